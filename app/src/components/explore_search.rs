//! The search box of the Explore page, and what is said under it when the pattern is broken.

use std::time::Duration;

use domain::search::PatternError;
use domain::subject::{SchemaType, SubjectName};
use leptos::html::Input;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::paths;
use crate::ui::{Glyph, Icon};

/// Long enough to swallow the repeats of a held key, short enough not to be felt.
const PAUSE: Duration = Duration::from_millis(60);
/// How much of a long pattern is repeated on each side of its broken place.
const AROUND: usize = 24;

/// What is searched for; the address holds exactly this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// The pattern as typed.
    pub pattern: String,
    /// The chosen types; all when empty.
    pub types: Vec<SchemaType>,
    /// The subject that the shown page begins after.
    pub after: Option<SubjectName>,
}

impl Search {
    /// The search that the values of an address stand for; what cannot be read counts as absent.
    pub fn of(pattern: Option<String>, types: Option<&str>, after: Option<String>) -> Self {
        let words = types.unwrap_or_default().split(',');
        let chosen: Vec<SchemaType> = words.filter_map(SchemaType::from_word).collect();
        Self {
            pattern: pattern.unwrap_or_default(),
            types: SchemaType::ALL.into_iter().filter(|ty| chosen.contains(ty)).collect(),
            after: after.and_then(|name| SubjectName::parse(name).ok()),
        }
    }

    /// The address of this search.
    pub fn path(&self) -> String {
        match &self.after {
            Some(after) => paths::explore_after(&self.pattern, &self.types, after),
            None => paths::explore(&self.pattern, &self.types),
        }
    }

    /// The same search, from its first page, for another pattern.
    pub fn with_pattern(&self, pattern: impl Into<String>) -> Self {
        Self { pattern: pattern.into(), types: self.types.clone(), after: None }
    }

    /// The same search, from its first page, with one type chosen that was not, or not chosen that was.
    pub fn with_toggled(&self, ty: SchemaType) -> Self {
        let on = |other: &SchemaType| self.types.contains(other) != (*other == ty);
        Self { types: SchemaType::ALL.into_iter().filter(on).collect(), after: None, ..self.clone() }
    }

    /// The same search, from its first page, of all types.
    pub fn with_all_types(&self) -> Self {
        Self { types: Vec::new(), after: None, ..self.clone() }
    }

    /// The words of the chosen types, as the server takes them.
    pub fn type_words(&self) -> String {
        self.types.iter().map(|ty| ty.word()).collect::<Vec<_>>().join(",")
    }

    /// The search for exactly the typed text; `None` when the pattern means that already.
    pub fn literally(&self) -> Option<Self> {
        let special = |c: char| "\\.+*?()|[]{}^$".contains(c);
        let escaped: String =
            self.pattern.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect();
        (escaped != self.pattern).then(|| self.with_pattern(escaped))
    }
}

/// The form. Every keystroke is told to `on_search` after a moment; without JavaScript the form is sent.
#[component]
pub fn SearchBox(
    #[prop(into)] search: Signal<Search>,
    #[prop(into)] broken: Signal<bool>,
    on_search: Callback<Search>,
    field: NodeRef<Input>,
) -> impl IntoView {
    let typed = RwSignal::new(search.with_untracked(|search| search.pattern.clone()));
    let under_way = StoredValue::new(Vec::<String>::new());
    // The address is outside: repair links, back and forward change it without the box. What the box itself sent comes back late,
    // when more may have been typed already, and must not take that away.
    Effect::new(move |_| {
        let pattern = search.with(|search| search.pattern.clone());
        let echo = under_way.with_value(|sent| sent.iter().position(|sent| *sent == pattern));
        match echo {
            Some(place) => under_way.update_value(|sent| drop(sent.drain(..=place))),
            None if typed.with_untracked(|typed| *typed != pattern) => typed.set(pattern),
            None => {}
        }
    });
    let send = move |pattern: String| {
        let next = search.with_untracked(|search| search.with_pattern(pattern));
        if search.with_untracked(|search| *search != next) {
            under_way.update_value(|sent| sent.push(next.pattern.clone()));
            on_search.run(next);
        }
    };
    let mut send_soon = debounce(PAUSE, send);
    view! {
        <form
            role="search"
            method="get"
            action=paths::EXPLORE
            on:submit=move |event| {
                event.prevent_default();
                send(typed.get_untracked());
            }
        >
            {move || {
                let words = search.with(Search::type_words);
                (!words.is_empty()).then(|| view! { <input type="hidden" name="type" value=words /> })
            }}
            <label class="search-box">
                <Icon glyph=Glyph::Search />
                <input
                    class="mono"
                    type="search"
                    name="q"
                    node_ref=field
                    value=typed.get_untracked()
                    prop:value=move || typed.get()
                    placeholder="Search subjects by regular expression"
                    aria-label="Search subjects by regular expression"
                    aria-describedby="search-error"
                    aria-invalid=move || broken.get().then_some("true")
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    on:input:target=move |event| {
                        let text = event.target().value();
                        typed.set(text.clone());
                        send_soon(text);
                    }
                />
                <kbd class="kbd wide-only" aria-hidden="true">"/"</kbd>
            </label>
        </form>
    }
}

/// The broken place, the sentence and the ways on.
#[component]
pub fn BrokenPattern(search: Search, error: PatternError) -> impl IntoView {
    let place = error.column.map(|column| Place::of(&search.pattern, column, error.width));
    let repair = error.repair.map(|repair| {
        let verb = if repair.starts_with(&search.pattern) { "Close it: " } else { "Write: " };
        let href = search.with_pattern(repair.clone()).path();
        view! {
            <a class="btn btn-sm" href=href>
                {verb}
                <span class="mono">{repair}</span>
            </a>
        }
    });
    let literal = (!error.literal.is_empty()).then(|| {
        let href = search.with_pattern(error.literal).path();
        view! { <a class="btn btn-sm btn-ghost" href=href>"Search as plain text"</a> }
    });
    view! {
        {place.map(|place| view! { <CaretLine place /> })}
        <p class="font-medium text-bad">{error.message}</p>
        <div class="btn-row pt-1.5 pb-1">{repair}{literal}</div>
    }
}

/// A piece of the pattern around its broken place.
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
    fn a_search_survives_its_address() {
        let search = Search::of(Some("(a|b) +c".into()), Some("json,avro,xml"), None);
        assert_eq!(search.types, [SchemaType::Avro, SchemaType::Json]);
        assert_eq!(search.path(), "/?q=%28a%7Cb%29%20%2Bc&type=avro,json");
        let next = Search { after: SubjectName::parse("x/y").ok(), ..Search::default() };
        assert_eq!(next.path(), "/?after=x%2Fy");
    }

    #[test]
    fn a_type_is_toggled_and_the_first_page_comes_back() {
        let search = Search { after: SubjectName::parse("x").ok(), ..Search::default() };
        let one = search.with_toggled(SchemaType::Protobuf);
        assert_eq!((one.types.as_slice(), &one.after), ([SchemaType::Protobuf].as_slice(), &None));
        assert_eq!(one.with_toggled(SchemaType::Protobuf), Search::default());
    }

    #[test]
    fn plain_text_is_offered_only_where_it_differs() {
        assert_eq!(Search::default().with_pattern("order_placed").literally(), None);
        let literal = Search::default().with_pattern("a.b(").literally();
        assert_eq!(literal.map(|search| search.pattern).as_deref(), Some(r"a\.b\("));
    }

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
