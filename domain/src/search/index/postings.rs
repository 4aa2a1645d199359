//! For each of many values the entries that have it: common values as bits, rare ones as the gaps between entries.

use super::bits::Bits;
use super::varint;

/// Lists of entries, one for each value.
#[derive(Debug, Clone, Default)]
pub struct Postings {
    /// How many entries there are.
    entries: usize,
    /// Where each value's gaps begin in `gaps`; one more than there are values.
    starts: Vec<u32>,
    gaps: Vec<u8>,
    /// The values whose list is a set of bits, ascending.
    common: Vec<(u32, Bits)>,
}

/// One value's entries.
#[derive(Debug, Clone, Copy)]
pub enum List<'a> {
    /// As gaps.
    Gaps(&'a [u8]),
    /// As bits.
    Common(&'a Bits),
}

/// What is known of a value's list before it is written.
#[derive(Clone, Copy, Default)]
struct Measure {
    /// One more than the last entry.
    next: u32,
    bytes: u32,
}

impl Postings {
    /// Builds the lists of `values` values over `entries` entries. `replay` gives every pair of value and entry, twice the same, the
    /// entries of each value ascending; a pair may come again.
    pub fn build(entries: usize, values: usize, replay: impl Fn(&mut dyn FnMut(u32, u32))) -> Self {
        let mut measures = vec![Measure::default(); values];
        replay(&mut |value, entry| {
            if let Some(measure) = measures.get_mut(value as usize)
                && measure.next <= entry
            {
                measure.bytes += varint::width(entry - measure.next) as u32;
                measure.next = entry + 1;
            }
        });
        let is_common = |bytes: u32| bytes as usize * 3 / 2 > entries / 8 + 8;
        let mut built = Self { entries, starts: Vec::with_capacity(values + 1), gaps: Vec::new(), common: Vec::new() };
        let mut end = 0;
        for (value, measure) in measures.iter_mut().enumerate() {
            built.starts.push(end);
            if is_common(measure.bytes) {
                built.common.push((value as u32, Bits::new(entries)));
            } else {
                end += measure.bytes;
            }
            measure.next = 0;
            measure.bytes = *built.starts.last().unwrap_or(&0);
        }
        built.starts.push(end);
        built.gaps = vec![0; end as usize];
        built.fill(&mut measures, replay);
        built
    }

    /// The second pass: `measures` now say where each value's next gap goes.
    fn fill(&mut self, measures: &mut [Measure], replay: impl Fn(&mut dyn FnMut(u32, u32))) {
        let mut place = vec![u32::MAX; measures.len()];
        for (at, (value, _)) in self.common.iter().enumerate() {
            if let Some(place) = place.get_mut(*value as usize) {
                *place = at as u32;
            }
        }
        let mut number = Vec::with_capacity(5);
        replay(&mut |value, entry| {
            let (Some(measure), Some(place)) = (measures.get_mut(value as usize), place.get(value as usize)) else {
                return;
            };
            if let Some((_, bits)) = self.common.get_mut(*place as usize) {
                bits.set(entry as usize);
            } else if measure.next <= entry {
                number.clear();
                varint::write(&mut number, entry - measure.next);
                let start = measure.bytes as usize;
                if let Some(room) = self.gaps.get_mut(start..start + number.len()) {
                    room.copy_from_slice(&number);
                }
                measure.bytes += number.len() as u32;
                measure.next = entry + 1;
            }
        });
    }

    /// Whether any value has an entry.
    pub fn has_entries(&self) -> bool {
        !self.gaps.is_empty() || !self.common.is_empty()
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        let common: usize = self.common.iter().map(|(_, bits)| bits.bytes() + 40).sum();
        self.starts.capacity() * 4 + self.gaps.capacity() + common
    }

    /// The entries of a value.
    pub fn list(&self, value: usize) -> List<'_> {
        if let Ok(at) = self.common.binary_search_by_key(&(value as u32), |(value, _)| *value)
            && let Some((_, bits)) = self.common.get(at)
        {
            return List::Common(bits);
        }
        let bounds = self.starts.get(value).zip(self.starts.get(value + 1));
        let gaps = bounds.and_then(|(start, end)| self.gaps.get(*start as usize..*end as usize));
        List::Gaps(gaps.unwrap_or_default())
    }

    /// The entries that have any of some values; the common ones first, until there are all.
    pub fn union(&self, values: &Bits) -> Bits {
        let mut found = Bits::new(self.entries);
        for (_, bits) in self.common.iter().filter(|(value, _)| values.get(*value as usize)) {
            found.or(bits);
        }
        for (at, value) in values.iter().enumerate() {
            if at.is_multiple_of(4096) && found.count() == self.entries {
                break;
            }
            if let List::Gaps(gaps) = self.list(value) {
                each(gaps, |entry| found.set(entry));
            }
        }
        found
    }
}

fn each(mut gaps: &[u8], mut with: impl FnMut(usize)) {
    let mut next = 0;
    while !gaps.is_empty() {
        let entry = next + varint::read(&mut gaps) as usize;
        with(entry);
        next = entry + 1;
    }
}

impl List<'_> {
    /// A number that grows with the list.
    pub fn weight(&self) -> usize {
        match self {
            Self::Gaps(gaps) => gaps.len(),
            Self::Common(bits) => bits.bytes() * 4,
        }
    }

    /// The entries as a set.
    pub fn to_bits(self, entries: usize) -> Bits {
        match self {
            Self::Common(bits) => bits.clone(),
            Self::Gaps(gaps) => {
                let mut found = Bits::new(entries);
                each(gaps, |entry| found.set(entry));
                found
            }
        }
    }

    /// The entries, ascending.
    pub fn to_vec(self) -> Vec<u32> {
        match self {
            Self::Common(bits) => bits.iter().map(|entry| entry as u32).collect(),
            Self::Gaps(gaps) => {
                let mut found = Vec::with_capacity(gaps.len());
                each(gaps, |entry| found.push(entry as u32));
                found
            }
        }
    }

    /// Keeps the entries of an ascending list that are in this one.
    pub fn retain(&self, of: &mut Vec<u32>) {
        match self {
            Self::Common(bits) => of.retain(|entry| bits.get(*entry as usize)),
            Self::Gaps(gaps) => {
                let (mut rest, mut current, mut next) = (*gaps, None, 0);
                of.retain(|entry| {
                    while current.is_none_or(|current| current < *entry) && !rest.is_empty() {
                        let read: u32 = next + varint::read(&mut rest);
                        current = Some(read);
                        next = read + 1;
                    }
                    current == Some(*entry)
                });
            }
        }
    }

    /// How many of a set are in it.
    pub fn count_in(&self, set: &Bits) -> usize {
        match self {
            Self::Common(bits) => bits.count_with(set),
            Self::Gaps(gaps) => {
                let mut count = 0;
                each(gaps, |entry| count += usize::from(set.get(entry)));
                count
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_hold_what_they_were_built_of(rows in proptest::collection::vec(proptest::collection::vec(0u32..9, 0..4), 0..400)) {
            let built = Postings::build(rows.len(), 9, |with| {
                for (entry, values) in rows.iter().enumerate() {
                    values.iter().for_each(|value| with(*value, entry as u32));
                }
            });
            let of = |value: u32| -> Vec<u32> {
                (0..rows.len() as u32).filter(|entry| rows[*entry as usize].contains(&value)).collect()
            };
            for value in 0..9 {
                let list = built.list(value as usize);
                prop_assert_eq!(list.to_vec(), of(value));
                prop_assert_eq!(list.to_bits(rows.len()).iter().map(|e| e as u32).collect::<Vec<_>>(), of(value));
                let mut both = of((value + 1) % 9);
                list.retain(&mut both);
                prop_assert_eq!(both, of((value + 1) % 9).into_iter().filter(|e| of(value).contains(e)).collect::<Vec<_>>());
                prop_assert_eq!(list.count_in(&Bits::full(rows.len())), of(value).len());
            }
            let some: Bits = (0..9).map(|value| value % 2 == 0).collect();
            let any = built.union(&some);
            prop_assert_eq!(any.iter().collect::<Vec<_>>(), (0..rows.len()).filter(|e| rows[*e].iter().any(|v| v % 2 == 0)).collect::<Vec<_>>());
        }
    }
}
