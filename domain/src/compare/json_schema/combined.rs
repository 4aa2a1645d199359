//! Schemas that hold together (allOf) or by choice (anyOf, oneOf, several types): each member of the one side needs a partner.

use super::shape::{Criterion, Part, Shape};
use super::{Check, Findings, Found};

/// The most members that are matched.
const MAX_MEMBERS: usize = 300;

impl<'s> Check<'_, 's> {
    /// Where one side only is a combination: a combination of one is that one; a choice takes what one of its members takes; what
    /// satisfied several schemas satisfies each. Nothing if none of this settles it.
    pub(super) fn one_combined(
        &mut self,
        (old, wrote): (Part<'s>, &Shape<'s>),
        (new, read): (Part<'s>, &Shape<'s>),
    ) -> Option<Vec<Found>> {
        match (wrote, read) {
            (Shape::Combined(..), Shape::Combined(..)) => None,
            (_, Shape::Combined(_, members)) if members.len() == 1 => {
                members.iter().find_map(|member| self.agrees(old, *member))
            }
            (_, Shape::Combined(Criterion::Any | Criterion::One, members)) => {
                members.iter().find_map(|member| self.agrees(old, *member))
            }
            (Shape::Combined(_, members), _) if members.len() == 1 => {
                members.iter().find_map(|member| self.agrees(*member, new))
            }
            (Shape::Combined(Criterion::All, members), _) => {
                members.iter().find_map(|member| self.agrees(*member, new))
            }
            _ => None,
        }
    }

    fn agrees(&mut self, old: Part<'s>, new: Part<'s>) -> Option<Vec<Found>> {
        self.pair(old, new).is_empty().then(Vec::new)
    }

    pub(super) fn combined(
        &mut self,
        (wrote, old): (&Shape<'s>, &[Part<'s>]),
        (read, new): (&Shape<'s>, &[Part<'s>]),
    ) -> Vec<Found> {
        let (Shape::Combined(was, _), Shape::Combined(is, _)) = (wrote, read) else { return Vec::new() };
        let (old, new) = (distinct(old), distinct(new));
        if old.len() > MAX_MEMBERS || new.len() > MAX_MEMBERS {
            return self.says("has more alternatives here than can be compared, or", "has.");
        }
        if !criterion_holds((*was, old.len()), (*is, new.len())) {
            return self.says(
                "combines its schemas otherwise than",
                "does: allOf, anyOf and oneOf do not stand for each other.",
            );
        }
        let mut findings = Vec::new();
        if old.len() < new.len() && *is == Criterion::All {
            findings.extend(self.says("demands more schemas in \"allOf\" than", "does."));
        }
        if old.len() > new.len() && *was != Criterion::All {
            findings.extend(self.says("has fewer alternatives than", "allows."));
        }
        let table: Vec<Vec<Findings>> =
            old.iter().map(|old| new.iter().map(|new| self.pair(*old, *new)).collect()).collect();
        let partners = matching(&table, new.len());
        if partners.iter().flatten().count() < old.len().min(new.len()) {
            findings.extend(self.unmatched(&old, &new, &table, &partners));
        }
        findings
    }

    /// Members without a partner: what keeps each from the first of its kind, else that there is none.
    fn unmatched(
        &self,
        old: &[Part<'s>],
        new: &[Part<'s>],
        table: &[Vec<Findings>],
        partners: &[Option<usize>],
    ) -> Vec<Found> {
        let mut findings = Vec::new();
        for ((part, row), _) in old.iter().zip(table).zip(partners).filter(|(_, partner)| partner.is_none()) {
            let shape = self.wrote.shape(self.wrote.followed(*part));
            let near = new.iter().zip(row).find(|(new, found)| {
                let other = self.read.shape(self.read.followed(**new));
                !found.is_empty() && shape.is_like(&other) && !matches!(other, Shape::Combined(..))
            });
            match near {
                Some((_, found)) => findings.extend(found.iter().cloned()),
                None => {
                    let what = format!("has no alternative for {}, which", shape.label());
                    findings.extend(self.says(&what, "allows."));
                }
            }
        }
        if findings.is_empty() { self.says("has alternatives that do not match those that", "has.") } else { findings }
    }
}

fn distinct<'s>(parts: &[Part<'s>]) -> Vec<Part<'s>> {
    let mut kept: Vec<Part<'s>> = Vec::new();
    for part in parts.iter().take(MAX_MEMBERS + 1) {
        if !kept.iter().any(|other| other.says_the_same(part)) {
            kept.push(*part);
        }
    }
    kept
}

fn criterion_holds((was, old): (Criterion, usize), (is, new): (Criterion, usize)) -> bool {
    was == is
        || is == Criterion::Any
        || (old == 1 && new == 1)
        || (old == 1 && is == Criterion::One)
        || (new == 1 && was == Criterion::All)
}

/// A largest set of pairs without findings, each member in one pair at most: the partner of each row.
fn matching(table: &[Vec<Findings>], columns: usize) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; columns];
    for row in 0..table.len() {
        give(row, table, &mut owner, &mut vec![false; columns]);
    }
    let mut partners = vec![None; table.len()];
    for (column, row) in owner.iter().enumerate() {
        if let Some(partner) = row.and_then(|row| partners.get_mut(row)) {
            *partner = Some(column);
        }
    }
    partners
}

/// Finds a column for `row`, moving others where that frees one.
fn give(row: usize, table: &[Vec<Findings>], owner: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    let Some(cells) = table.get(row) else { return false };
    for (column, _) in cells.iter().enumerate().filter(|(_, found)| found.is_empty()) {
        if tried.get_mut(column).is_none_or(|tried| std::mem::replace(tried, true)) {
            continue;
        }
        let holder = owner.get(column).copied().flatten();
        if holder.is_none_or(|holder| give(holder, table, owner, tried)) {
            if let Some(slot) = owner.get_mut(column) {
                *slot = Some(row);
            }
            return true;
        }
    }
    false
}
