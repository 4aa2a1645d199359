//! Two texts line by line: what was taken out, what was put in, and a few lines around each change.

use leptos::prelude::*;
use similar::{ChangeTag, TextDiff};

use super::highlight::{Language, TokenKind, lines};
use super::number::grouped;

/// Lines shown around a change.
const CONTEXT: usize = 3;
/// The longest texts that are compared, in lines; the work grows with the product of both.
const MAX_LINES: usize = 5_000;

/// One line of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DiffLine {
    tag: ChangeTag,
    old: Option<usize>,
    new: Option<usize>,
    pieces: Vec<(TokenKind, String)>,
}

/// Neighbouring lines, and how many equal ones were left out before them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk {
    skipped: usize,
    lines: Vec<DiffLine>,
}

/// What the two texts differ in; `None` when they are too long to compare here.
fn hunks(language: Language, old: &str, new: &str) -> Option<Vec<Hunk>> {
    if old.lines().count().max(new.lines().count()) > MAX_LINES {
        return None;
    }
    let (old_code, new_code) = (lines(language, old), lines(language, new));
    let diff = TextDiff::from_lines(old, new);
    let mut seen = 0;
    let mut hunks = Vec::new();
    for group in diff.grouped_ops(CONTEXT) {
        let start = group.first().map_or(seen, |op| op.old_range().start);
        let changes = group.iter().flat_map(|op| diff.iter_changes(op));
        let line = |change: similar::Change<&str>| {
            let (old, new) = (change.old_index(), change.new_index());
            let tokens = match (new, old) {
                (Some(at), _) => new_code.get(at),
                (None, Some(at)) => old_code.get(at),
                (None, None) => None,
            };
            let pieces = tokens.into_iter().flatten().map(|token| (token.kind, token.text.to_owned())).collect();
            DiffLine { tag: change.tag(), old: old.map(|at| at + 1), new: new.map(|at| at + 1), pieces }
        };
        hunks.push(Hunk { skipped: start.saturating_sub(seen), lines: changes.map(line).collect() });
        seen = group.last().map_or(seen, |op| op.old_range().end);
    }
    Some(hunks)
}

/// Shows how `new` differs from `old`; `label` names the region.
#[component]
pub fn DiffView(
    #[prop(into)] old: Signal<String>,
    #[prop(into)] new: Signal<String>,
    #[prop(into)] language: Signal<Language>,
    #[prop(into)] label: String,
) -> impl IntoView {
    let found = Memo::new(move |_| old.with(|old| new.with(|new| hunks(language.get(), old, new))));
    let content = move || match found.get() {
        None => {
            let most = grouped(MAX_LINES as u64);
            view! { <p class="pane-block text-muted">{format!("Texts of more than {most} lines are not compared here.")}</p> }.into_any()
        }
        Some(hunks) if hunks.is_empty() => {
            view! { <p class="pane-block text-muted">"The two texts are the same."</p> }.into_any()
        }
        Some(hunks) => hunks.into_iter().map(hunk).collect_view().into_any(),
    };
    view! {
        <div class="code diff" role="region" tabindex="0" aria-label=label>
            {content}
        </div>
    }
    .into_any()
}

fn hunk(hunk: Hunk) -> impl IntoView {
    let skipped = (hunk.skipped > 0).then(|| {
        let number = grouped(hunk.skipped as u64);
        let text =
            if hunk.skipped == 1 { "1 line is the same".to_owned() } else { format!("{number} lines are the same") };
        view! { <p class="diff-skip">{text}</p> }
    });
    view! {
        {skipped}
        <code>{hunk.lines.into_iter().map(line).collect_view()}</code>
    }
}

fn line(line: DiffLine) -> impl IntoView {
    let (word, sign, spoken) = match line.tag {
        ChangeTag::Delete => (Some("old"), "−", "removed: "),
        ChangeTag::Insert => (Some("new"), "+", "added: "),
        ChangeTag::Equal => (None, "\u{a0}", ""),
    };
    let number = |at: Option<usize>| at.map(|at| at.to_string()).unwrap_or_default();
    let pieces = line.pieces.into_iter().map(|(kind, text)| match kind.class() {
        Some(class) => view! { <span class=class>{text}</span> }.into_any(),
        None => text.into_any(),
    });
    view! {
        <span class="code-line" data-diff=word data-o=number(line.old) data-n=number(line.new) data-sign=sign>
            {word.map(|_| view! { <span class="sr-only">{spoken}</span> })}
            {pieces.collect_view()}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<(usize, Vec<String>)> {
        let sign = |tag| match tag {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => ' ',
        };
        let text = |line: DiffLine| {
            let text: String = line.pieces.iter().map(|(_, text)| text.as_str()).collect();
            format!("{}{text}", sign(line.tag))
        };
        let hunks = hunks(Language::Json, old, new).unwrap();
        hunks.into_iter().map(|hunk| (hunk.skipped, hunk.lines.into_iter().map(text).collect())).collect()
    }

    #[test]
    fn a_change_stands_between_its_neighbours_and_what_is_far_is_left_out() {
        let text = |word: &str| {
            (1..=20).map(|i| if i == 10 { format!("{word}\n") } else { format!("{i}\n") }).collect::<String>()
        };
        let found = shown(&text("old"), &text("new"));
        assert_eq!(found, [(6, [" 7", " 8", " 9", "-old", "+new", " 11", " 12", " 13"].map(str::to_owned).to_vec())]);
    }

    #[test]
    fn equal_texts_have_no_hunks_and_endless_ones_are_not_compared() {
        assert_eq!(shown("a\nb\n", "a\nb\n"), []);
        assert_eq!(hunks(Language::Plain, &"x\n".repeat(MAX_LINES + 1), "x"), None);
    }

    #[test]
    fn line_numbers_are_those_of_each_text() {
        let found = hunks(Language::Plain, "a\nb\nc\n", "a\nc\nd\n").unwrap();
        let numbers: Vec<_> = found.into_iter().flat_map(|hunk| hunk.lines).map(|line| (line.old, line.new)).collect();
        assert_eq!(numbers, [(Some(1), Some(1)), (Some(2), None), (Some(3), Some(2)), (None, Some(3))]);
    }
}
