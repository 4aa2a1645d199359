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
                <span class="log-time">{format!("{}.{:03}", time::clock(line.at.0), line.at.0.rem_euclid(1_000))}</span>
                <span class="log-source w-40 whitespace-nowrap">{line.step.to_string()}</span>
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
    let (mut given, mut at) = (0, 0);
    for word in text.split_inclusive(' ') {
        let key = word.split_once('=').map(|(key, _)| key).filter(|key| !key.is_empty() && key.chars().all(is_key));
        if let Some(key) = key {
            let value = at + key.len() + 1;
            pieces.push((false, &text[given..at]));
            pieces.push((true, &text[at..value]));
            given = value;
        }
        at += word.len();
    }
    pieces.push((false, &text[given..]));
    pieces.retain(|(_, text)| !text.is_empty());
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
            [
                (false, "wrote 7 files "),
                (true, "branch="),
                (false, "onboard/r-12 "),
                (true, "commit="),
                (false, "5f0c")
            ]
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
