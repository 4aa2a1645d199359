//! Why a row matched: the texts that the patterns were found in.

use super::answer::Answer;
use crate::search::index::{Index, number};
use crate::search::query::VersionIs;
use crate::search::{Match, Place, Row};
use crate::subject::Version;

impl Answer {
    /// The texts of an entry that matched, the weightiest first, and how many more there are.
    pub(super) fn reasons(&self, index: &Index, entry: usize) -> (Vec<Match>, usize) {
        let numbers = index.forward.numbers(entry);
        let name = index.name(entry);
        let (mut matches, mut more) = (Vec::new(), 0);
        let mut add = |place: Place, text: &str, version: Option<u32>| {
            let spans = self.spans(index, place, text);
            if spans.is_empty() {
                return;
            }
            if matches.len() < Row::MATCHES {
                let version = version.map(Version);
                matches.push(Match { place, text: text.to_owned(), spans, version }.shortened());
            } else {
                more += 1;
            }
        };
        let (now, old) = (self.asked.versions != Some(VersionIs::Old), self.asked.versions != Some(VersionIs::Newest));
        for place in Place::ALL {
            let Some(at) = number(place) else {
                add(place, name, None);
                continue;
            };
            for text in numbers.now.get(at).into_iter().flatten().filter(|text| now && self.hit(at, **text)) {
                add(place, index.texts(place).map_or("", |texts| texts.lines.get(*text as usize)), None);
            }
        }
        for place in Place::ALL {
            let Some(at) = number(place) else { continue };
            for (text, version) in
                numbers.old.get(at).into_iter().flatten().filter(|(text, _)| old && self.hit(at, *text))
            {
                add(place, index.texts(place).map_or("", |texts| texts.lines.get(*text as usize)), Some(*version));
            }
        }
        (matches, more)
    }

    /// Whether one of the patterns that keep matched this text.
    fn hit(&self, place: usize, text: u32) -> bool {
        let kept = self.asked.texts.iter().zip(&self.found).filter(|(term, _)| !term.excluded);
        kept.filter_map(|(_, found)| found.texts.get(place)?.as_ref()).any(|texts| texts.get(text as usize))
    }

    /// Where the patterns that look in this place match a text.
    fn spans(&self, index: &Index, place: Place, text: &str) -> Vec<(usize, usize)> {
        let lines = index.texts(place).map_or(&index.names, |texts| &texts.lines);
        let kept = self.asked.texts.iter().zip(&self.compiled);
        let here = kept.filter(|(term, _)| !term.excluded && term.places.contains(&place));
        Match::spans_of(here.filter_map(|(_, compiled)| compiled.program(lines).ok()?.find(text)))
    }
}
