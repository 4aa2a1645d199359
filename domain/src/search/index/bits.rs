//! A set of numbers below a bound, one bit each.

use std::ops::Range;

const WORD: usize = 64;

/// A set of numbers below [`len`](Self::len).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// The empty set of numbers below `len`.
    pub fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(WORD)], len }
    }

    /// All numbers below `len`.
    pub fn full(len: usize) -> Self {
        let mut all = Self { words: vec![u64::MAX; len.div_ceil(WORD)], len };
        all.trim();
        all
    }

    /// The bound.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }

    /// Whether it is in.
    pub fn get(&self, at: usize) -> bool {
        self.words.get(at / WORD).is_some_and(|word| word >> (at % WORD) & 1 == 1)
    }

    /// Puts it in; nothing happens beyond the bound.
    pub fn set(&mut self, at: usize) {
        if at < self.len
            && let Some(word) = self.words.get_mut(at / WORD)
        {
            *word |= 1 << (at % WORD);
        }
    }

    /// Puts it in or takes it out.
    pub fn put(&mut self, at: usize, value: bool) {
        self.set(at);
        if !value && let Some(word) = self.words.get_mut(at / WORD) {
            *word &= !(1 << (at % WORD));
        }
    }

    /// Puts all of a range in.
    pub fn set_range(&mut self, range: Range<usize>) {
        let end = range.end.min(self.len);
        if range.start >= end {
            return;
        }
        let (first, last) = (range.start / WORD, (end - 1) / WORD);
        let (head, tail) = (u64::MAX << (range.start % WORD), u64::MAX >> (WORD - 1 - (end - 1) % WORD));
        if first == last {
            self.or_word(first, head & tail);
            return;
        }
        self.or_word(first, head);
        self.words.iter_mut().take(last).skip(first + 1).for_each(|word| *word = u64::MAX);
        self.or_word(last, tail);
    }

    /// Takes all out that are not below `end`.
    pub fn cut(&mut self, end: usize) {
        if end >= self.len {
            return;
        }
        self.words.iter_mut().skip(end.div_ceil(WORD)).for_each(|word| *word = 0);
        if !end.is_multiple_of(WORD)
            && let Some(word) = self.words.get_mut(end / WORD)
        {
            *word &= (1 << (end % WORD)) - 1;
        }
    }

    /// How many are in.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many are in both.
    pub fn count_with(&self, other: &Self) -> usize {
        self.words.iter().zip(&other.words).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    /// Keeps what is in the other too.
    pub fn and(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    /// Keeps what is not in the other.
    pub fn and_not(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= !b);
    }

    /// Adds what is in the other.
    pub fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    /// Keeps what was out and the other way round.
    pub fn invert(&mut self) {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
    }

    /// What is in, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.from(0)
    }

    /// What is in and not below `start`, ascending.
    pub fn from(&self, start: usize) -> impl Iterator<Item = usize> {
        let mut at = start / WORD;
        let mut word = self.words.get(at).map_or(0, |word| word & (u64::MAX << (start % WORD)));
        std::iter::from_fn(move || {
            while word == 0 {
                at += 1;
                word = *self.words.get(at)?;
            }
            let bit = word.trailing_zeros() as usize;
            word &= word - 1;
            Some(at * WORD + bit)
        })
    }

    /// What is in and below `end`, descending.
    pub fn down_from(&self, end: usize) -> impl Iterator<Item = usize> {
        let mut at = end / WORD;
        let mut word = self.words.get(at).map_or(0, |word| word & ((1u64 << (end % WORD)) - 1));
        std::iter::from_fn(move || {
            while word == 0 {
                at = at.checked_sub(1)?;
                word = *self.words.get(at)?;
            }
            let bit = WORD - 1 - word.leading_zeros() as usize;
            word &= !(1 << bit);
            Some(at * WORD + bit)
        })
    }

    /// How many are in and below `at`.
    pub fn rank(&self, at: usize) -> usize {
        let whole: usize = self.words.iter().take(at / WORD).map(|word| word.count_ones() as usize).sum();
        let part = self.words.get(at / WORD).map_or(0, |word| (word & ((1u64 << (at % WORD)) - 1)).count_ones());
        whole + part as usize
    }

    /// The one that has `rank` others below it.
    pub fn select(&self, mut rank: usize) -> Option<usize> {
        for (at, word) in self.words.iter().enumerate() {
            let count = word.count_ones() as usize;
            if rank < count {
                return self.from(at * WORD).nth(rank);
            }
            rank -= count;
        }
        None
    }

    fn or_word(&mut self, at: usize, with: u64) {
        if let Some(word) = self.words.get_mut(at) {
            *word |= with;
        }
    }

    fn trim(&mut self) {
        let used = self.len % WORD;
        if used > 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }
}

impl FromIterator<bool> for Bits {
    fn from_iter<I: IntoIterator<Item = bool>>(values: I) -> Self {
        let mut bits = Self::default();
        for value in values {
            if bits.len.is_multiple_of(WORD) {
                bits.words.push(0);
            }
            bits.len += 1;
            if value {
                bits.set(bits.len - 1);
            }
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sets_of_bits_are_sets_of_numbers(values in proptest::collection::vec(any::<bool>(), 0..300), at in 0usize..320, end in 0usize..320) {
            let bits: Bits = values.iter().copied().collect();
            let numbers: Vec<usize> = values.iter().enumerate().filter(|(_, v)| **v).map(|(i, _)| i).collect();
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), numbers.clone());
            prop_assert_eq!(bits.count(), numbers.len());
            prop_assert_eq!(bits.from(at).collect::<Vec<_>>(), numbers.iter().copied().filter(|n| *n >= at).collect::<Vec<_>>());
            let down: Vec<_> = numbers.iter().copied().rev().filter(|n| *n < at).collect();
            prop_assert_eq!(bits.down_from(at.min(values.len())).collect::<Vec<_>>(), down.iter().copied().filter(|n| *n < at.min(values.len())).collect::<Vec<_>>());
            prop_assert_eq!(bits.rank(at), numbers.iter().filter(|n| **n < at).count());
            prop_assert_eq!(bits.select(at), numbers.get(at).copied());
            let mut range = Bits::new(values.len());
            range.set_range(at..end);
            prop_assert_eq!(range.iter().collect::<Vec<_>>(), (at..end.min(values.len())).collect::<Vec<_>>());
            let mut cut = bits.clone();
            cut.cut(at);
            prop_assert_eq!(cut.iter().collect::<Vec<_>>(), numbers.into_iter().filter(|n| *n < at).collect::<Vec<_>>());
            let mut inverted = bits.clone();
            inverted.invert();
            prop_assert_eq!(inverted.count() + bits.count(), values.len());
        }
    }
}
