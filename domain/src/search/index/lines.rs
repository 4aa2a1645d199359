//! Many texts, sorted, one after the other with line breaks between, so that one pass of a regular expression reads them all.

use std::ops::Range;

/// Sorted texts without repetition of the work that they have in common.
#[derive(Debug, Clone)]
pub struct Lines {
    /// Every text with `\n` behind it.
    bytes: Vec<u8>,
    /// Where each begins; one more than there are.
    starts: Vec<u32>,
    /// How many bytes each has in common with the one before, up to 255.
    shared: Vec<u8>,
    /// Whether all are ASCII.
    ascii: bool,
    /// Texts that have line breaks, which stand as blanks in `bytes`.
    broken: Vec<(u32, Box<str>)>,
}

impl Default for Lines {
    fn default() -> Self {
        Self { bytes: Vec::new(), starts: vec![0], shared: Vec::new(), ascii: true, broken: Vec::new() }
    }
}

impl Lines {
    /// Texts that stand in ascending order. What does not fit in 4 GiB altogether is kept as empty text.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut lines = Self::default();
        texts.into_iter().for_each(|text| lines.push(text));
        lines.bytes.shrink_to_fit();
        lines.starts.shrink_to_fit();
        lines.shared.shrink_to_fit();
        lines
    }

    fn push(&mut self, text: &str) {
        let start = self.bytes.len();
        let fits = start + text.len() < u32::MAX as usize;
        let text = if fits { text } else { "" };
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'\n');
        if text.contains('\n') {
            self.broken.push((self.shared.len() as u32, text.into()));
            let end = self.bytes.len() - 1;
            let line = self.bytes.get_mut(start..end).unwrap_or_default();
            line.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b' ');
        }
        self.ascii &= text.is_ascii();
        let before = self.shared.len().checked_sub(1).map_or([].as_slice(), |before| self.line(before));
        let both = before.iter().zip(self.bytes.get(start..).unwrap_or_default());
        self.shared.push(both.take(255).take_while(|(a, b)| a == b).count() as u8);
        self.starts.push(self.bytes.len() as u32);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.shared.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shared.is_empty()
    }

    /// Whether all are ASCII.
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// How many bytes it takes.
    pub fn bytes_used(&self) -> usize {
        let broken: usize = self.broken.iter().map(|(_, text)| text.len() + 24).sum();
        self.bytes.capacity() + self.starts.capacity() * 4 + self.shared.capacity() + broken
    }

    /// All texts with a line break behind each.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where one begins in [`bytes`](Self::bytes); for their number, where all end.
    #[inline]
    pub fn start(&self, at: usize) -> usize {
        self.starts.get(at).map_or(self.bytes.len(), |start| *start as usize)
    }

    /// Which one holds this byte; it is not before `from`, and before `end`.
    #[inline]
    pub fn at_byte(&self, byte: usize, from: usize, end: usize) -> usize {
        let byte = byte as u32;
        let near = self.starts.get(from + 1..(from + 9).min(end + 1)).unwrap_or_default();
        if let Some(ahead) = near.iter().position(|start| *start > byte) {
            return from + ahead;
        }
        let starts = self.starts.get(from + 1..end + 1).unwrap_or_default();
        from + starts.partition_point(|start| *start <= byte)
    }

    /// One as it stands in [`bytes`](Self::bytes), without its line break.
    #[inline]
    pub fn line(&self, at: usize) -> &[u8] {
        self.bytes.get(self.start(at)..self.start(at + 1).saturating_sub(1)).unwrap_or_default()
    }

    /// How many bytes of it are those of the one before.
    #[inline]
    pub fn shared(&self, at: usize) -> usize {
        self.shared.get(at).map_or(0, |shared| usize::from(*shared))
    }

    /// One as it was given.
    pub fn get(&self, at: usize) -> &str {
        match self.broken.binary_search_by_key(&(at as u32), |(at, _)| *at) {
            Ok(found) => self.broken.get(found).map_or("", |(_, text)| text),
            Err(_) => std::str::from_utf8(self.line(at)).unwrap_or_default(),
        }
    }

    /// Those that do not stand in [`bytes`](Self::bytes) as they are.
    pub fn broken(&self) -> impl Iterator<Item = (usize, &str)> {
        self.broken.iter().map(|(at, text)| (*at as usize, text.as_ref()))
    }

    /// All as they were given.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Those that begin with these bytes.
    pub fn beginning_with(&self, prefix: &[u8]) -> Range<usize> {
        let begins = |text: &[u8]| text.get(..prefix.len()).unwrap_or(text) > prefix;
        let start = self.first_where(|text| text >= prefix);
        start..self.first_where(begins).max(start)
    }

    /// The first that a condition holds for, which holds for all after it too.
    fn first_where(&self, holds: impl Fn(&[u8]) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let text = if self.broken.is_empty() { self.line(middle) } else { self.get(middle).as_bytes() };
            if holds(text) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn texts_come_back_and_are_found(texts in proptest::collection::btree_set("[ab\nü]{0,6}", 0..30), other in "[ab\nü]{0,3}") {
            let texts: Vec<String> = texts.into_iter().collect();
            let lines = Lines::of(texts.iter().map(String::as_str));
            prop_assert_eq!(lines.iter().collect::<Vec<_>>(), texts.clone());
            prop_assert_eq!(lines.is_ascii(), texts.iter().all(|text| text.is_ascii()));
            let begins: Vec<usize> = (0..texts.len()).filter(|at| texts[*at].starts_with(&other)).collect();
            prop_assert_eq!(lines.beginning_with(other.as_bytes()).collect::<Vec<_>>(), begins);
            for at in 0..texts.len() {
                for byte in lines.start(at)..lines.start(at + 1) {
                    prop_assert_eq!(lines.at_byte(byte, at / 2, texts.len()), at);
                }
            }
        }
    }
}
