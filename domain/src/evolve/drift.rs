//! What this console would write otherwise than an older one that made what is live: the reviewer of the next change sees it.

use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, ArtifactKind};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::warning;

/// The most files that are told of, and the most characters that are shown of a line.
const MAX_FILES: usize = 20;
const MAX_CHARS: usize = 160;

/// One file that an older console made and this one would make otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Drift {
    /// Its path.
    pub path: String,
    /// How many of its lines are others now, or gone.
    pub lines: usize,
    /// The first such line as it is live, shortened; empty where the file only has more now.
    pub was: String,
    /// The first line that stands there instead, shortened; empty where it only has less now.
    pub becomes: String,
}

impl Drift {
    /// Every file that is live and would be another one now. Steps are those of one change, and so no file of these.
    pub fn between(live: &[Artifact], now: &[Artifact]) -> Vec<Self> {
        let lasting = live.iter().filter(|artifact| artifact.kind != ArtifactKind::Evolution);
        let of = |artifact: &Artifact| {
            let now = now.iter().find(|now| now.path == artifact.path).map_or("", |now| &now.content);
            Self::of(&artifact.path, &artifact.content, now)
        };
        lasting.filter_map(of).take(MAX_FILES).collect()
    }

    fn of(path: &str, was: &str, becomes: &str) -> Option<Self> {
        if was == becomes {
            return None;
        }
        let (old, new): (Vec<&str>, Vec<&str>) = (was.lines().collect(), becomes.lines().collect());
        let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let (old, new) = (old.get(same..).unwrap_or_default(), new.get(same..).unwrap_or_default());
        let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
        let between = |lines: &[&str]| lines.len().saturating_sub(behind);
        let shown = |lines: &[&str]| lines.first().filter(|_| between(lines) > 0).map(|line| shortened(line));
        Some(Self {
            path: path.to_owned(),
            lines: between(old).max(between(new)),
            was: shown(old).unwrap_or_default(),
            becomes: shown(new).unwrap_or_default(),
        })
    }

    /// The same for the reviewer.
    pub fn finding(&self) -> Diagnostic {
        let Self { path, lines, was, becomes } = self;
        let lines = if *lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        let instead = match (was.as_str(), becomes.as_str()) {
            ("", "") => String::new(),
            ("", becomes) => format!(": {becomes} comes in"),
            (was, "") => format!(": {was} goes"),
            (was, becomes) => format!(": {was} becomes {becomes}"),
        };
        let message = format!(
            "An older version of the console made {path}, and this one writes {lines} of it otherwise{instead}."
        );
        warning("live-older-console", message, "Look whether you want this too: it comes with any change of the event.")
    }
}

fn shortened(line: &str) -> String {
    let line = line.trim().trim_end_matches(',');
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(line)),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_first_other_line_and_their_number() {
        let of = |was, becomes| Drift::of("f", was, becomes).map(|drift| (drift.lines, drift.was, drift.becomes));
        assert_eq!(of("a\nb\nc\n", "a\nb\nc\n"), None);
        assert_eq!(of("a\n  b,\nc\n", "a\n  x,\nc\n"), Some((1, "b".into(), "x".into())));
        assert_eq!(of("a\nc\n", "a\nb\nc\n"), Some((1, String::new(), "b".into())));
        assert_eq!(of("a\nb\nc\n", "a\nc\n"), Some((1, "b".into(), String::new())));
        assert_eq!(of("a\nb\nc\n", ""), Some((3, "a".into(), String::new())));
        let long = Drift::of("f", &"x".repeat(500), "").unwrap();
        assert_eq!(long.was.chars().count(), MAX_CHARS + 1);
    }
}
