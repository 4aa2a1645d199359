//! A text of code as numbered, coloured lines. Text nodes only, and a line is drawn again only when it changes.

use leptos::prelude::*;

use super::highlight::{Language, TokenKind, lines};
use super::number::grouped;

/// Why a line carries a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineMark {
    Edited,
    Warned,
    Wrong,
}

impl LineMark {
    const fn word(self) -> &'static str {
        match self {
            Self::Edited => "edit",
            Self::Warned => "warn",
            Self::Wrong => "bad",
        }
    }
}

/// Past this many lines the rest of a text is one plain block that begins closed, so that a huge schema does not become a huge
/// document.
const LINES: usize = 2_000;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    number: usize,
    pieces: Vec<(TokenKind, String)>,
}

/// The text up to the limit, and what is left.
fn split(text: &str) -> (&str, Option<&str>) {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let end = text.match_indices('\n').nth(LINES - 1).map(|(at, _)| at);
    end.and_then(|end| text.split_at_checked(end))
        .map_or((text, None), |(first, rest)| (first, Some(rest.strip_prefix('\n').unwrap_or(rest))))
}

fn lines_of(language: Language, text: &str) -> Vec<Line> {
    lines(language, text)
        .into_iter()
        .map(|line| line.into_iter().map(|token| (token.kind, token.text.to_owned())).collect())
        .enumerate()
        .map(|(index, pieces)| Line { number: index + 1, pieces })
        .collect()
}

/// Shows `text`. `label` names the region; `marks` puts bars at line numbers (from 1), `active` tints one line, and `on_hover` tells which
/// line the pointer is over, so that a grid beside it can tint its row.
#[component]
pub fn CodeView(
    #[prop(into)] text: Signal<String>,
    #[prop(into)] language: Signal<Language>,
    #[prop(into)] label: String,
    #[prop(into, optional)] marks: Signal<Vec<(usize, LineMark)>>,
    #[prop(into, optional)] active: MaybeProp<usize>,
    #[prop(optional)] on_hover: Option<Callback<Option<usize>>>,
) -> impl IntoView {
    let code = Memo::new(move |_| text.with(|text| lines_of(language.get(), split(text).0)));
    let rest = Memo::new(move |_| text.with(|text| split(text).1.map(str::to_owned)));
    let hover = move |line: Option<usize>| {
        if let Some(callback) = on_hover {
            callback.run(line);
        }
    };
    let draw = move |line: Line| {
        let number = line.number;
        let mark = move || marks.with(|marks| marks.iter().find(|(at, _)| *at == number).map(|(_, mark)| mark.word()));
        let pieces = line.pieces.into_iter().map(|(kind, text)| match kind.class() {
            Some(class) => view! { <span class=class>{text}</span> }.into_any(),
            None => text.into_any(),
        });
        view! {
            <span
                class="code-line"
                data-n=number.to_string()
                data-mark=mark
                data-active=move || (active.get() == Some(number)).then_some("true")
                on:mouseenter=move |_| hover(Some(number))
            >
                {pieces.collect_view()}
            </span>
        }
    };
    view! {
        <div class="code" role="region" tabindex="0" aria-label=label on:mouseleave=move |_| hover(None)>
            <code>
                <For each=move || code.get() key=Clone::clone children=draw />
            </code>
            {move || rest.get().map(|rest| view! { <Rest text=rest /> })}
        </div>
    }
    .into_any()
}

/// What is past the limit, closed until it is asked for.
#[component]
fn Rest(text: String) -> impl IntoView {
    let number = grouped(text.split('\n').count() as u64);
    view! {
        <details class="code-rest">
            <summary class="btn btn-sm">{format!("The other {number} lines")}</summary>
            <pre>{text}</pre>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_text_is_cut_after_a_line_and_loses_nothing() {
        let text = "select 1\n".repeat(LINES + 500);
        let (first, rest) = split(&text);
        assert_eq!(lines_of(Language::Sql, first).len(), LINES);
        assert_eq!(rest.map(|rest| rest.split('\n').count()), Some(500));
        assert_eq!(format!("{first}\n{}\n", rest.unwrap_or_default()), text);
    }

    #[test]
    fn a_text_of_exactly_the_limit_has_no_rest() {
        let text = "a\n".repeat(LINES);
        let (first, rest) = split(&text);
        assert_eq!((lines_of(Language::Plain, first).len(), rest), (LINES, None));
        assert_eq!(split(""), ("", None));
    }
}
