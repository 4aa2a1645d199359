//! The letters in a row that every text with a match must have.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::search::index::bits::Bits;
use crate::search::index::grams::{Grams, gram, kind};

/// What a matching text must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Nothing in particular.
    Nothing,
    /// All of these.
    All(Vec<Need>),
    /// At least one of these.
    Any(Vec<Need>),
    /// All of these letters in a row.
    Grams(Vec<u32>),
}

impl Need {
    /// What a pattern needs that was made for lines.
    pub fn of(pattern: &Hir) -> Self {
        let mut needs = Vec::new();
        let mut run = Vec::new();
        follow(pattern, &mut run, &mut needs);
        close(&mut run, &mut needs);
        Self::all(needs)
    }

    fn all(mut needs: Vec<Need>) -> Self {
        needs.retain(|need| *need != Self::Nothing);
        match needs.len() {
            0 => Self::Nothing,
            1 => needs.pop().unwrap_or(Self::Nothing),
            _ => Self::All(needs),
        }
    }

    fn any(needs: Vec<Need>) -> Self {
        if needs.contains(&Self::Nothing) { Self::Nothing } else { Self::Any(needs) }
    }

    /// The texts that have it, and perhaps some more; nothing when that says too little.
    pub fn texts(&self, grams: &Grams, texts: usize) -> Option<Bits> {
        match self {
            Self::Nothing => None,
            Self::Grams(all) => Some(grams.all(all, texts)),
            Self::All(needs) => {
                let mut found = needs.iter().filter_map(|need| need.texts(grams, texts));
                let mut all = found.next()?;
                found.for_each(|more| all.and(&more));
                Some(all)
            }
            Self::Any(needs) => {
                let mut any = Bits::new(texts);
                for need in needs {
                    any.or(&need.texts(grams, texts)?);
                }
                Some(any)
            }
        }
    }
}

/// Adds what a part needs to `needs`; `run` is the letters in a row that end where the part begins.
fn follow(pattern: &Hir, run: &mut Vec<u8>, needs: &mut Vec<Need>) {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => {
            for byte in &literal.0 {
                if byte.is_ascii() { run.push(kind(*byte)) } else { close(run, needs) }
            }
        }
        HirKind::Class(class) => match one_kind(class) {
            Some(kind) => run.push(kind),
            None => close(run, needs),
        },
        HirKind::Capture(capture) => follow(&capture.sub, run, needs),
        HirKind::Concat(subs) => subs.iter().for_each(|sub| follow(sub, run, needs)),
        HirKind::Repetition(repeated) => {
            close(run, needs);
            if repeated.min > 0 {
                needs.push(Need::of(&repeated.sub));
            }
        }
        HirKind::Alternation(subs) => {
            close(run, needs);
            needs.push(Need::any(subs.iter().map(Need::of).collect()));
        }
    }
}

fn close(run: &mut Vec<u8>, needs: &mut Vec<Need>) {
    let grams: Vec<u32> =
        run.windows(3).filter_map(|three| Some(gram([*three.first()?, *three.get(1)?, *three.get(2)?]))).collect();
    if !grams.is_empty() {
        needs.push(Need::Grams(grams));
    }
    run.clear();
}

/// What all characters of a class count as, if it is one thing.
fn one_kind(class: &Class) -> Option<u8> {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start() as u32, range.end() as u32)).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let few = ranges.len() <= 4 && ranges.iter().all(|(start, end)| end - start < 8 && *end < 0x80);
    let mut kinds = ranges.iter().flat_map(|(start, end)| *start..=*end).map(|byte| kind(byte as u8));
    let first = if few { kinds.next()? } else { return None };
    kinds.all(|other| other == first).then_some(first)
}
