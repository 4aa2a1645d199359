//! Why a row is there: the match marked in its name, and what else matched as its place, its text and its version.

use std::fmt::Write as _;

use domain::search::{Match, Place, Row};
use leptos::prelude::*;

/// A text in pieces, each with whether it matched. Bytes that do not fit the text mark nothing.
fn pieces(text: &str, spans: &[(usize, usize)]) -> Vec<(String, bool)> {
    let (mut pieces, mut done) = (Vec::new(), 0);
    let mut add = |piece: &str, marked| {
        if !piece.is_empty() {
            pieces.push((piece.to_owned(), marked));
        }
    };
    for (start, end) in spans {
        if let (Some(before), Some(hit)) = (text.get(done..*start), text.get(*start..*end)) {
            add(before, false);
            add(hit, true);
            done = *end;
        }
    }
    add(text.get(done..).unwrap_or_default(), false);
    pieces
}

/// A text with what matched marked.
#[component]
pub fn Marked(#[prop(into)] text: String, spans: Vec<(usize, usize)>) -> impl IntoView {
    let piece = |(text, marked): (String, bool)| {
        if marked { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    pieces(&text, &spans).into_iter().map(piece).collect_view()
}

/// What of a row's name matched.
pub fn name_spans(row: &Row) -> Vec<(usize, usize)> {
    let in_name = |found: &&Match| found.place == Place::Subject && found.text == row.subject.as_str();
    row.matches.iter().find(in_name).map(|found| found.spans.clone()).unwrap_or_default()
}

/// The match to write out where the name has none, and the others in words.
fn told(row: &Row) -> (Option<&Match>, String) {
    let named = !name_spans(row).is_empty();
    let others: Vec<&Match> = row.matches.iter().filter(|found| found.place != Place::Subject).collect();
    let (shown, rest) = match others.split_first() {
        Some((first, rest)) if !named => (Some(*first), rest),
        _ => (None, others.as_slice()),
    };
    let mut counts = Vec::new();
    for place in Place::ALL {
        let number = rest.iter().filter(|found| found.place == place).count();
        match number {
            0 => {}
            1 => counts.push(format!("1 {}", noun(place))),
            many => counts.push(format!("{many} {}s", noun(place))),
        }
    }
    let mut more = counts.join(", ");
    if row.more_matches > 0 {
        let _ = write!(more, "{}{} more", if more.is_empty() { "" } else { ", " }, row.more_matches);
    }
    (shown, if more.is_empty() { more } else { format!("+ {more}") })
}

/// The row without the texts of matches that are only counted.
pub fn lightened(mut row: Row) -> Row {
    let shown = told(&row).0.cloned();
    for found in &mut row.matches {
        if found.place != Place::Subject && Some(&*found) != shown.as_ref() {
            found.text = String::new();
            found.spans = Vec::new();
        }
    }
    row
}

const fn noun(place: Place) -> &'static str {
    match place {
        Place::Subject => "name",
        Place::Record => "record",
        Place::Field => "field",
        Place::Type => "type",
        Place::Doc => "doc",
        Place::Tag => "tag",
    }
}

/// The cell beside the name.
#[component]
pub fn MatchedIn(row: Row) -> impl IntoView {
    let (shown, more) = told(&row);
    let shown = shown.cloned().map(|found| {
        let class = if found.place == Place::Doc { "text-muted" } else { "mono text-xs text-muted" };
        let version =
            found.version.map(|version| view! { <span class="text-faint">{format!(" v{version} only")}</span> });
        view! {
            <span class="text-faint">{noun(found.place)}</span>
            " "
            <span class=class>
                <Marked text=found.text spans=found.spans />
            </span>
            {version}
        }
    });
    let more = (!more.is_empty()).then(|| view! { <span class="text-faint">" " {more}</span> });
    view! { {shown} {more} }
}

#[cfg(test)]
mod tests {
    use domain::registry::Onboarding;
    use domain::subject::{SubjectName, Version};

    use super::*;

    fn found(place: Place, text: &str, spans: &[(usize, usize)]) -> Match {
        Match { place, text: text.to_owned(), spans: spans.to_vec(), version: None }
    }

    fn row(matches: Vec<Match>) -> Row {
        Row {
            registry: "default".to_owned(),
            subject: SubjectName::parse("order-value").unwrap(),
            schema_type: None,
            version: Some(Version(3)),
            id: None,
            versions: 3,
            fields: 2,
            deleted: false,
            compatibility: None,
            onboarding: Onboarding::None,
            owner: None,
            matches,
            more_matches: 0,
        }
    }

    #[test]
    fn matches_are_cut_out_at_their_bytes_and_never_inside_a_character() {
        let cut = |spans: &[(usize, usize)]| pieces("für_order_für", spans);
        assert_eq!(cut(&[(5, 10)]), [("für_".into(), false), ("order".into(), true), ("_für".into(), false)]);
        assert_eq!(cut(&[(2, 4)]), [("für_order_für".to_owned(), false)]);
        assert_eq!(cut(&[(5, 99)]).len(), 1);
        assert_eq!(cut(&[(0, 1), (5, 10)]).iter().filter(|(_, marked)| *marked).count(), 2);
    }

    #[test]
    fn a_name_that_matched_leaves_the_others_as_counts() {
        let row = row(vec![
            found(Place::Subject, "order-value", &[(0, 5)]),
            found(Place::Field, "order_id", &[(0, 5)]),
            found(Place::Doc, "an order", &[(3, 8)]),
            found(Place::Doc, "orders", &[(0, 5)]),
        ]);
        let (shown, more) = told(&row);
        assert_eq!((shown, more.as_str()), (None, "+ 1 field, 2 docs"));
    }

    #[test]
    fn a_row_says_the_same_without_the_texts_that_are_only_counted() {
        let whole = row(vec![
            found(Place::Subject, "order-value", &[(0, 5)]),
            found(Place::Field, "order_id", &[(0, 5)]),
            found(Place::Doc, "an order", &[(3, 8)]),
        ]);
        let light = lightened(whole.clone());
        assert_eq!((told(&light).1, name_spans(&light)), (told(&whole).1, name_spans(&whole)));
        let elsewhere = row(vec![found(Place::Field, "a.b", &[(0, 1)]), found(Place::Field, "a.c", &[(0, 1)])]);
        let light = lightened(elsewhere.clone());
        assert_eq!(told(&light).0, told(&elsewhere).0);
        assert_eq!(light.matches[1].text, "");
    }

    #[test]
    fn where_only_fields_match_the_first_is_written_out() {
        let mut row = row(vec![found(Place::Field, "a.email", &[(2, 7)]), found(Place::Field, "b.email", &[(2, 7)])]);
        row.more_matches = 4;
        let (shown, more) = told(&row);
        assert_eq!((shown.map(|found| found.text.as_str()), more.as_str()), (Some("a.email"), "+ 1 field, 4 more"));
    }
}
