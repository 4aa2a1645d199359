//! How many bytes an index takes, part by part.

use super::Index;
use super::grams::Grams;
use crate::search::Place;

/// The parts of an index with their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// Each part with what it is for.
    pub parts: Vec<(String, usize)>,
}

impl Sizes {
    /// All parts together.
    pub fn total(&self) -> usize {
        self.parts.iter().map(|(_, bytes)| bytes).sum()
    }
}

impl Index {
    /// How many bytes it takes.
    pub fn sizes(&self) -> Sizes {
        let mut parts = vec![
            ("names".to_owned(), self.names.bytes_used()),
            ("names, by letters".to_owned(), self.grams.as_ref().map_or(0, Grams::bytes)),
            ("versions".to_owned(), self.versions.bytes()),
            ("columns".to_owned(), self.columns.bytes()),
            ("facets".to_owned(), self.columns.facet_bytes()),
            ("texts of each entry".to_owned(), self.forward.bytes()),
        ];
        for place in Place::ALL {
            let Some(texts) = self.texts(place).filter(|texts| !texts.lines.is_empty()) else { continue };
            parts.push((format!("{place}s"), texts.dictionary_bytes()));
            parts.push((format!("entries of {place}s"), texts.postings_bytes()));
        }
        Sizes { parts }
    }
}
