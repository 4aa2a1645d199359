//! The log of a run: time, step, text. What a line says is hostile text, so it is only ever text nodes.

use domain::journal::LogLine;
use leptos::prelude::*;

use crate::ui::time;

/// The lines, oldest first; new ones are appended and announced.
#[component]
pub fn RunLog(#[prop(into)] lines: Signal<Vec<LogLine>>) -> impl IntoView {
    let line = |line: LogLine| {
        let pieces = pieces(&line.text)
            .into_iter()
            .map(|(key, text)| {
                let text = text.to_owned();
                if key { view! { <span class="log-key">{text}</span> }.into_any() } else { text.into_any() }
            })
            .collect_view();
        view! {
            <div>
                <span class="log-time">{time::clock(line.at.0)}</span>
                <span class="log-source">{line.step.to_string()}</span>
                <span class="log-text">{pieces}</span>
            </div>
        }
    };
    let empty = move || {
        lines.with(Vec::is_empty).then(|| {
            view! {
                <div>
                    <span class="log-text text-faint">"The first line comes with the first step."</span>
                </div>
            }
        })
    };
    view! {
        <div class="log log-fill" role="log" tabindex="0" aria-label="Log of the run">
            {empty}
            <For each=move || lines.get() key=|line| line.number children=line />
        </div>
    }
    .into_any()
}

/// The text cut at its `name=` parts, which are said to be keys.
fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut plain_until = 0;
    while let Some(at) = rest.get(plain_until..).and_then(|tail| tail.find('=')).map(|at| at + plain_until) {
        let before = rest.get(..at).unwrap_or_default();
        let start = before.rfind(|c: char| !is_key(c)).map_or(0, |space| space + before.get(space..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8));
        let begins_word = start == 0 || before.get(..start).is_some_and(|head| head.ends_with(' '));
        if start == at || !begins_word {
            plain_until = at + 1;
            continue;
        }
        let (plain, tail) = rest.split_at(start);
        let (key, tail) = tail.split_at(at + 1 - start);
        if !plain.is_empty() {
            pieces.push((false, plain));
        }
        pieces.push((true, key));
        rest = tail;
        plain_until = 0;
    }
    if !rest.is_empty() {
        pieces.push((false, rest));
    }
    pieces
}

fn is_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn keys_are_told_from_values_and_nothing_is_lost() {
        assert_eq!(
            pieces("wrote 7 files branch=onboard/r-12 commit=5f0c"),
            [(false, "wrote 7 files "), (true, "branch="), (false, "onboard/r-12 "), (true, "commit="), (false, "5f0c")]
        );
        assert_eq!(pieces("a=1"), [(true, "a="), (false, "1")]);
        for plain in ["", "no keys here", "= a", "x == y", "ü=1", "(a)=1", "a/b=c"] {
            assert!(pieces(plain).iter().all(|(key, _)| !key), "{plain}");
        }
        for text in ["k=v=w", "é a=é=b ü", "a==b c=", "=a=b="] {
            assert_eq!(pieces(text).into_iter().map(|(_, text)| text).collect::<String>(), text);
        }
    }
}
