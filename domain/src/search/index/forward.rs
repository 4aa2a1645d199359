//! For each entry the texts that it has, as numbers: what the index was built of, and why a row matched.

use super::texts::PLACES;
use super::varint;

/// The texts of one entry: for each place those of the newest version, ascending, and those that only older versions have, with the
/// newest that has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// By place.
    pub now: [Vec<u32>; PLACES],
    /// By place: the text and the version.
    pub old: [Vec<(u32, u32)>; PLACES],
}

/// The texts of every entry.
#[derive(Debug, Clone)]
pub struct Forward {
    starts: Vec<u32>,
    bytes: Vec<u8>,
}

impl Default for Forward {
    fn default() -> Self {
        Self { starts: vec![0], bytes: Vec::new() }
    }
}

impl Forward {
    /// Adds the next entry's. What does not fit in 4 GiB altogether is left out.
    pub fn push(&mut self, numbers: &Numbers) {
        if self.bytes.len() < (u32::MAX - (1 << 28)) as usize {
            self.write(numbers);
        }
        self.starts.push(self.bytes.len() as u32);
    }

    /// A mask says which lists are there; lists that are not take nothing.
    fn write(&mut self, numbers: &Numbers) {
        let now = numbers.now.iter().enumerate().filter(|(_, list)| !list.is_empty());
        let old = numbers.old.iter().enumerate().filter(|(_, list)| !list.is_empty());
        let mask = now.fold(0, |mask, (place, _)| mask | 1 << place);
        let mask: u32 = old.fold(mask, |mask, (place, _)| mask | 1 << (PLACES + place));
        varint::write(&mut self.bytes, mask);
        for list in numbers.now.iter().filter(|list| !list.is_empty()) {
            varint::write(&mut self.bytes, list.len() as u32);
            let mut next = 0;
            for text in list {
                varint::write(&mut self.bytes, text - next);
                next = text + 1;
            }
        }
        for list in numbers.old.iter().filter(|list| !list.is_empty()) {
            varint::write(&mut self.bytes, list.len() as u32);
            let mut next = 0;
            for (text, version) in list {
                varint::write(&mut self.bytes, text - next);
                varint::write(&mut self.bytes, *version);
                next = text + 1;
            }
        }
    }

    /// Gives room back that is not needed.
    pub fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.starts.capacity() * 4 + self.bytes.capacity()
    }

    /// One entry's.
    pub fn numbers(&self, entry: usize) -> Numbers {
        let mut numbers = Numbers::default();
        self.replay(entry, &mut |place, text, version| match version {
            None => numbers.now.get_mut(place).into_iter().for_each(|list| list.push(text)),
            Some(version) => numbers.old.get_mut(place).into_iter().for_each(|list| list.push((text, version))),
        });
        numbers
    }

    /// Gives place, text and, for what is old, version of everything that an entry has.
    pub fn replay(&self, entry: usize, with: &mut impl FnMut(usize, u32, Option<u32>)) {
        let bounds = self.starts.get(entry).zip(self.starts.get(entry + 1));
        let Some(mut rest) = bounds.and_then(|(start, end)| self.bytes.get(*start as usize..*end as usize)) else {
            return;
        };
        let mask = varint::read(&mut rest);
        for section in (0..2 * PLACES).filter(|section| mask >> section & 1 == 1) {
            let (place, old) = (section % PLACES, section >= PLACES);
            let mut next = 0;
            for _ in 0..varint::read(&mut rest) {
                let text = next + varint::read(&mut rest);
                let version = old.then(|| varint::read(&mut rest));
                with(place, text, version);
                next = text + 1;
            }
        }
    }

    /// How many texts of the first list an entry has: its fields.
    pub fn first_len(&self, entry: usize) -> usize {
        let Some(mut rest) = self.starts.get(entry).and_then(|start| self.bytes.get(*start as usize..)) else {
            return 0;
        };
        let has = self.starts.get(entry + 1).zip(self.starts.get(entry)).is_some_and(|(end, start)| end > start);
        if has && varint::read(&mut rest) & 1 == 1 { varint::read(&mut rest) as usize } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lists() -> impl Strategy<Value = Numbers> {
        let now = proptest::collection::btree_set(0u32..100_000, 0..6);
        let old = proptest::collection::btree_map(0u32..100_000, 1u32..300, 0..4);
        let places = (proptest::array::uniform5(now), proptest::array::uniform5(old));
        places.prop_map(|(now, old)| Numbers {
            now: now.map(|list| list.into_iter().collect()),
            old: old.map(|list| list.into_iter().collect()),
        })
    }

    proptest! {
        #[test]
        fn numbers_come_back(all in proptest::collection::vec(lists(), 0..6)) {
            let mut forward = Forward::default();
            all.iter().for_each(|numbers| forward.push(numbers));
            for (entry, numbers) in all.iter().enumerate() {
                prop_assert_eq!(&forward.numbers(entry), numbers);
                prop_assert_eq!(forward.first_len(entry), numbers.now[0].len());
            }
        }
    }
}
