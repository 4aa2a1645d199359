//! The search field of Explore: an expression, filters as tokens, where words are looked for, and how they are read.

use std::time::Duration;

use domain::search::Place;
use domain::search::query::Term;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::explore_state::Search;
use crate::paths;
use crate::ui::{Glyph, Icon, IconSize, Menu};

/// Long enough to swallow the repeats of a held key, short enough not to be felt.
const PAUSE: Duration = Duration::from_millis(60);

/// The form. Every keystroke is told to `on_search` after a moment; without JavaScript the form is sent.
#[component]
pub fn SearchBox(
    #[prop(into)] search: Signal<Search>,
    #[prop(into)] broken: Signal<bool>,
    #[prop(into)] took: Signal<Option<u64>>,
    on_search: Callback<Search>,
    field: NodeRef<Input>,
) -> impl IntoView {
    let typed = RwSignal::new(search.with_untracked(|search| search.text.clone()));
    let under_way = StoredValue::new(Vec::<String>::new());
    // The address is outside: tokens, repair links, back and forward change it without the box. What the box itself sent comes back
    // late, when more may have been typed already, and must not take that away.
    Effect::new(move |_| {
        let text = search.with(|search| search.text.clone());
        let echo = under_way.with_value(|sent| sent.iter().position(|sent| *sent == text));
        match echo {
            Some(place) => under_way.update_value(|sent| drop(sent.drain(..=place))),
            None if typed.with_untracked(|typed| *typed != text) => typed.set(text),
            None => {}
        }
    });
    let tell = move |next: Search| {
        if search.with_untracked(|search| *search != next) {
            under_way.update_value(|sent| sent.push(next.text.clone()));
            if next.text != typed.get_untracked() {
                typed.set(next.text.clone());
            }
            on_search.run(next);
        }
    };
    let send = move |text: String| {
        // A filter is a token once something follows it.
        let next = search.with_untracked(|search| search.with_text(text.clone()));
        tell(if text.ends_with(char::is_whitespace) { next.tokenised() } else { next });
    };
    let mut send_soon = debounce(PAUSE, send);
    let submit = move || tell(search.with_untracked(|search| search.with_text(typed.get_untracked()).tokenised()));
    let on_key = move |event: KeyboardEvent| {
        let at_start = field.get_untracked().is_some_and(|input| {
            input.selection_start().ok().flatten() == Some(0) && input.selection_end().ok().flatten() == Some(0)
        });
        if event.key() == "Backspace"
            && at_start
            && let Some(next) = search.with_untracked(Search::without_last_token)
        {
            event.prevent_default();
            on_search.run(next);
        }
    };
    view! {
        <form
            role="search"
            method="get"
            action=paths::EXPLORE
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            {move || search.with(hidden)}
            <div class="search-box">
                <Icon glyph=Glyph::Search />
                <input
                    class="mono"
                    type="search"
                    name="q"
                    node_ref=field
                    value=typed.get_untracked()
                    prop:value=move || typed.get()
                    placeholder="Search subjects, records and fields by regular expression"
                    aria-label="Search subjects by regular expression"
                    aria-describedby="search-error"
                    aria-invalid=move || broken.get().then_some("true")
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    on:keydown=on_key
                    on:input:target=move |event| {
                        let text = event.target().value();
                        typed.set(text.clone());
                        send_soon(text);
                    }
                />
                <Tokens search />
                <span class="took wide-only num">{move || took.get().map(said)}</span>
                <Scopes search />
                <Reading search on_search />
                <kbd class="kbd wide-only" aria-hidden="true">"/"</kbd>
            </div>
        </form>
    }
}

/// What the form sends besides its text.
fn hidden(search: &Search) -> AnyView {
    let pairs = Search { text: String::new(), after: None, ..search.clone() }.pairs();
    let input = |(name, value): (&'static str, String)| view! { <input type="hidden" name=name value=value /> };
    pairs.into_iter().map(input).collect_view().into_any()
}

/// How long the search took.
fn said(micros: u64) -> String {
    match micros {
        0..1_000 => "< 1 ms".to_owned(),
        _ => format!("{} ms", micros / 1_000),
    }
}

#[component]
fn Tokens(search: Signal<Search>) -> impl IntoView {
    let token = move |(at, term): (usize, Term)| {
        let key = term.key.map(|key| format!("{}{}:", if term.excluded { "−" } else { "" }, key.word()));
        let label = format!("Remove the filter {term}");
        view! {
            <span class="token" data-excluded=term.excluded.then_some("true")>
                <span class="token-key">{key}</span>
                <span class="mono">{term.text}</span>
                <a href=search.with_untracked(|search| search.without_token(at).path()) aria-label=label.clone() title=label>
                    <Icon glyph=Glyph::X size=IconSize::Tiny />
                </a>
            </span>
        }
    };
    let tokens = Memo::new(move |_| search.with(|search| (search.tokens(), search.path())));
    move || {
        let tokens = tokens.get().0;
        (!tokens.is_empty())
            .then(|| view! { <span class="tokens">{tokens.into_iter().map(token).collect_view()}</span> })
    }
}

const fn place_label(place: Place) -> &'static str {
    match place {
        Place::Subject => "Subject names",
        Place::Record => "Record and message names",
        Place::Field => "Field paths",
        Place::Type => "Field types",
        Place::Doc => "Documentation",
        Place::Tag => "Tags",
    }
}

/// Where words are looked for: each place a link that turns it on or off.
#[component]
fn Scopes(search: Signal<Search>) -> impl IntoView {
    let words = move || {
        let scopes = search.with(Search::scopes);
        let all = scopes.len() == Place::ALL.len();
        if all {
            "everywhere".to_owned()
        } else {
            scopes.iter().map(|place| place.word()).collect::<Vec<_>>().join(", ")
        }
    };
    let summary = view! {
        <span class="text-xs font-medium">"in " {words}</span>
        <Icon glyph=Glyph::ChevronDown size=IconSize::Tiny />
    }
    .into_any();
    let row = move |place: Place| {
        let on = move || search.with(|search| search.scopes().contains(&place));
        view! {
            <a
                class="menu-item"
                href=move || search.with(|search| search.with_scope_toggled(place).path())
                aria-current=move || on().then_some("true")
            >
                <span class="checkbox" aria-hidden="true" aria-checked=move || if on() { "true" } else { "false" }></span>
                {place_label(place)}
            </a>
        }
    };
    view! {
        <span class="wide-only">
            <Menu summary>
                <p class="menu-note">"Look for words in"</p>
                {Place::ALL.map(row).into_iter().collect_view()}
            </Menu>
        </span>
    }
}

/// How words are read: with their case, and as regular expressions. Buttons of the form, so that they work without a script.
#[component]
fn Reading(search: Signal<Search>, on_search: Callback<Search>) -> impl IntoView {
    let pressed = |on: bool| if on { "true" } else { "false" };
    let exact = move || search.with(|search| search.exact);
    let literal = move || search.with(|search| search.literal);
    let change = move |next: Search| on_search.run(Search { after: None, ..next });
    view! {
        <button type="submit" class="sr-only" tabindex="-1">"Search"</button>
        <span class="btn-group">
            <button
                type="submit"
                class="btn btn-sm"
                name="case"
                value=move || if exact() { "" } else { "exact" }
                aria-pressed=move || pressed(exact())
                aria-label="Match case"
                title="Match case"
                on:click=move |event| {
                    event.prevent_default();
                    change(search.with_untracked(|search| Search { exact: !search.exact, ..search.clone() }));
                }
            >
                "Aa"
            </button>
            <button
                type="submit"
                class="btn btn-sm mono"
                name="as"
                value=move || if literal() { "" } else { "text" }
                aria-pressed=move || pressed(!literal())
                aria-label="Regular expression"
                title="Regular expression"
                on:click=move |event| {
                    event.prevent_default();
                    change(search.with_untracked(|search| Search { literal: !search.literal, ..search.clone() }));
                }
            >
                ".*"
            </button>
        </span>
    }
}
