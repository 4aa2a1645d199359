//! A text of code as numbered, coloured lines. Text nodes only, and a line is drawn again only when it changes.

use leptos::prelude::*;

use super::highlight::{Language, TokenKind, lines};

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

/// Past this many lines the rest of a text stays plain, so that a huge schema does not become a huge document.
const COLOURED_LINES: usize = 2_000;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    number: usize,
    pieces: Vec<(TokenKind, String)>,
}

fn lines_of(language: Language, text: &str) -> Vec<Line> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let coloured = text.match_indices('\n').nth(COLOURED_LINES).map_or(text.len(), |(at, _)| at);
    let (coloured, plain) = text.split_at(coloured);
    let tail = plain.split('\n').skip(1).map(|line| vec![(TokenKind::Plain, line.to_owned())]);
    lines(language, coloured)
        .into_iter()
        .map(|line| line.into_iter().map(|token| (token.kind, token.text.to_owned())).collect())
        .chain(tail)
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
    let code = Memo::new(move |_| text.with(|text| lines_of(language.get(), text)));
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
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_text_keeps_every_line_and_colours_the_first_ones() {
        let text = "select 1\n".repeat(COLOURED_LINES + 500);
        let lines = lines_of(Language::Sql, &text);
        assert_eq!(lines.len(), COLOURED_LINES + 500);
        assert!(lines.iter().enumerate().all(|(index, line)| line.number == index + 1));
        let read = |line: &Line| line.pieces.iter().map(|(_, text)| text.as_str()).collect::<String>();
        assert!(lines.iter().all(|line| read(line) == "select 1"));
        assert!(lines.first().is_some_and(|line| line.pieces.len() > 1));
        assert!(lines.last().is_some_and(|line| line.pieces.len() == 1));
    }

    #[test]
    fn hostile_code_is_written_as_text() {
        let text = "select '<img src=x onerror=alert(1)>' -- <script>".to_owned();
        let html = Owner::new().with(|| view! { <CodeView text language=Language::Sql label="Statement" /> }.to_html());
        assert!(html.contains("&lt;img") && html.contains("&lt;script"), "{html}");
        assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
    }
}
