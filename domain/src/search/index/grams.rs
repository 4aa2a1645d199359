//! Which texts have which three letters in a row, whatever their case. Letters are told apart roughly, so that what is found is a
//! superset, to be looked at again.

use super::bits::Bits;
use super::lines::Lines;
use super::postings::{List, Postings};

const KINDS: usize = 64;

/// Lists of texts by three letters.
#[derive(Debug, Clone, Default)]
pub struct Grams(Postings);

/// What a byte counts as: letters of either case the same, digits and usual signs each their own, the rest in a few heaps.
#[inline]
pub fn kind(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => byte - b'a',
        b'A'..=b'Z' => byte - b'A',
        b'0'..=b'9' => 26 + byte - b'0',
        b'_' => 36,
        b'-' => 37,
        b'.' => 38,
        b':' => 39,
        b'/' => 40,
        b' ' => 41,
        0x80.. => 48 + (byte & 15),
        _ => 42 + byte % 6,
    }
}

/// The number of three kinds in a row.
#[inline]
pub fn gram(kinds: [u8; 3]) -> u32 {
    kinds.iter().fold(0, |gram, kind| gram * KINDS as u32 + u32::from(*kind))
}

impl Grams {
    /// The lists of these texts.
    pub fn of(lines: &Lines) -> Self {
        const ALL: u32 = (KINDS * KINDS * KINDS) as u32;
        Self(Postings::build(lines.len(), ALL as usize, |with| {
            for at in 0..lines.len() {
                let mut gram = 0;
                for (place, byte) in lines.line(at).iter().enumerate() {
                    gram = (gram * KINDS as u32 + u32::from(kind(*byte))) % ALL;
                    if place >= 2 {
                        with(gram, at as u32);
                    }
                }
            }
        }))
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.0.bytes()
    }

    /// The texts that have all of these.
    pub fn all(&self, grams: &[u32], texts: usize) -> Bits {
        let mut lists: Vec<List<'_>> = grams.iter().map(|gram| self.0.list(*gram as usize)).collect();
        lists.sort_by_key(List::weight);
        let Some((first, rest)) = lists.split_first() else { return Bits::full(texts) };
        if let List::Common(_) = first {
            let mut found = first.to_bits(texts);
            for list in rest {
                if let List::Common(bits) = list {
                    found.and(bits);
                }
            }
            return found;
        }
        let mut few = first.to_vec();
        for list in rest {
            // Reading a long list costs more than looking at a few texts that it would have taken away.
            if few.len() < 64 || list.weight() / 64 > few.len() && matches!(list, List::Gaps(_)) {
                break;
            }
            list.retain(&mut few);
        }
        let mut found = Bits::new(texts);
        few.into_iter().for_each(|at| found.set(at as usize));
        found
    }
}
