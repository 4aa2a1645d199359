//! What is said under the search box when the query is broken: where, why, and the ways on.

use domain::search::PatternError;
use leptos::prelude::*;

use super::explore_state::Search;

/// How much of a long query is repeated on each side of its broken place.
const AROUND: usize = 24;

/// The broken place, the sentence and the ways on.
#[component]
pub fn BrokenPattern(search: Search, error: PatternError) -> impl IntoView {
    let place = error.column.map(|column| Place::of(&search.query(), column, error.width));
    let repair = error.repair.map(|repair| {
        let verb = if repair.starts_with(&search.query()) { "Close it: " } else { "Write: " };
        let href = search.with_query(&repair).path();
        view! {
            <a class="btn btn-sm" href=href>
                {verb}
                <span class="mono">{repair}</span>
            </a>
        }
    });
    let literal = (!error.literal.is_empty()).then(|| {
        let href = search.with_query(&error.literal).path();
        view! { <a class="btn btn-sm btn-ghost" href=href>"Search as plain text"</a> }
    });
    view! {
        {place.map(|place| view! { <CaretLine place /> })}
        <p class="font-medium text-bad">{error.message}</p>
        <div class="btn-row pt-1.5 pb-1">{repair}{literal}</div>
    }
}

/// A piece of the query around its broken place.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    before: String,
    bad: String,
    after: String,
}

impl Place {
    /// `column` counts characters from 1.
    fn of(pattern: &str, column: usize, width: usize) -> Self {
        let characters: Vec<char> = pattern.chars().collect();
        let start = column.saturating_sub(1).min(characters.len());
        let end = start.saturating_add(width).min(characters.len());
        let (from, to) = (start.saturating_sub(AROUND), end.saturating_add(AROUND).min(characters.len()));
        let piece =
            |range: std::ops::Range<usize>| characters.get(range).unwrap_or_default().iter().collect::<String>();
        let cut = |cut: bool| if cut { "…" } else { "" };
        Self {
            before: format!("{}{}", cut(from > 0), piece(from..start)),
            bad: piece(start..end),
            after: format!("{}{}", piece(end..to), cut(to < characters.len())),
        }
    }

    fn carets(&self) -> String {
        format!("\n{}{}", " ".repeat(self.before.chars().count()), "^".repeat(self.bad.chars().count().max(1)))
    }
}

#[component]
fn CaretLine(place: Place) -> impl IntoView {
    let carets = place.carets();
    view! {
        <pre class="mono">
            {(!place.before.is_empty()).then(|| view! { <span>{place.before}</span> })}
            <span class="bad-char">{place.bad}</span>
            <span>{place.after}</span>
            <span class="text-bad" aria-hidden="true">
                {carets}
            </span>
        </pre>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_broken_place() {
        let place = Place::of("ab(c", 3, 1);
        assert_eq!((place.before.as_str(), place.bad.as_str(), place.after.as_str()), ("ab", "(", "c"));
        assert_eq!(place.carets(), "\n  ^");
        assert_eq!(Place::of("ab\\", 4, 1).carets(), "\n   ^");
    }

    #[test]
    fn a_long_pattern_is_cut_around_its_broken_place() {
        let place = Place::of(&format!("{}({}", "a".repeat(100), "b".repeat(100)), 101, 1);
        assert_eq!(place.before.chars().count(), AROUND + 1);
        assert!(place.before.starts_with('…') && place.after.ends_with('…'));
    }
}
