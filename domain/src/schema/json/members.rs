//! The members of an object, found by name.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Value;

/// Up to so many members, going through them is faster than an index.
const FEW: usize = 16;

/// The members of an object in the order of the text, each name once.
#[derive(Debug, Clone, Default)]
pub struct Members<'t> {
    entries: Vec<(Cow<'t, str>, Value<'t>)>,
    /// The signs of all names together: most names that are asked for are not there, and show it at a glance.
    signs: u64,
    /// The entries by name, where there are more than a few.
    #[expect(clippy::box_collection, reason = "most objects are small, and a value should be too")]
    by_name: Option<Box<Vec<u32>>>,
}

impl<'t> Members<'t> {
    /// Of a name that stands several times the last value counts, at the place of the first, as `serde_json` has it.
    pub(super) fn new(entries: Vec<(Cow<'t, str>, Value<'t>)>) -> Self {
        let signs = entries.iter().fold(0, |signs, (key, _)| signs | sign(key));
        if entries.len() <= FEW {
            return Self { entries: without_repeats(entries), signs, by_name: None };
        }
        let mut members = Self { by_name: Some(Box::new(index(&entries))), signs, entries };
        if members.has_repeats() {
            let mut last = HashMap::new();
            let mut kept: Vec<(Cow<'t, str>, Value<'t>)> = Vec::with_capacity(members.entries.len());
            for (key, value) in members.entries {
                let place = *last.entry(key.clone()).or_insert(kept.len());
                match kept.get_mut(place) {
                    Some(entry) => entry.1 = value,
                    None => kept.push((key, value)),
                }
            }
            members = Self { by_name: Some(Box::new(index(&kept))), signs, entries: kept };
        }
        members
    }

    /// The members with texts of their own.
    pub(super) fn into_owned(self) -> Members<'static> {
        let owned = |(key, value): (Cow<'t, str>, Value<'t>)| (Cow::Owned(key.into_owned()), value.into_owned());
        Members { entries: self.entries.into_iter().map(owned).collect(), signs: self.signs, by_name: self.by_name }
    }

    fn has_repeats(&self) -> bool {
        let name = |at: &u32| self.entries.get(*at as usize).map(|(key, _)| key);
        self.by_name.as_ref().is_some_and(|order| order.windows(2).any(|pair| name(&pair[0]) == name(&pair[1])))
    }

    /// The value of this name.
    #[inline]
    pub fn get(&self, name: &str) -> Option<&Value<'t>> {
        self.position(name).and_then(|at| self.entries.get(at)).map(|(_, value)| value)
    }

    /// The place of this name among the members, from 0.
    #[inline]
    pub fn position(&self, name: &str) -> Option<usize> {
        if self.signs & sign(name) == 0 { None } else { self.found(name) }
    }

    fn found(&self, name: &str) -> Option<usize> {
        let Some(order) = &self.by_name else { return self.entries.iter().position(|(key, _)| key == name) };
        let named = |at: &u32| self.entries.get(*at as usize).map_or("", |(key, _)| key);
        order.binary_search_by(|at| named(at).cmp(name)).ok().and_then(|found| order.get(found)).map(|at| *at as usize)
    }

    /// Whether a member has this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The members in the order of the text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value<'t>)> {
        self.entries.iter().map(|(key, value)| (&**key, value))
    }

    /// Their names.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// Their values.
    pub fn values(&self) -> impl Iterator<Item = &Value<'t>> {
        self.iter().map(|(_, value)| value)
    }
}

/// One bit of 64, by a name's length and ends.
#[inline]
fn sign(name: &str) -> u64 {
    let [first, last] = [name.as_bytes().first(), name.as_bytes().last()].map(|byte| byte.copied().unwrap_or(0));
    1 << ((name.len() + usize::from(first) * 3 + usize::from(last) * 5) % 64)
}

/// The places of the entries in the order of their names, equal names in the order of the text.
fn index(entries: &[(Cow<'_, str>, Value<'_>)]) -> Vec<u32> {
    let name = |at: u32| entries.get(at as usize).map_or("", |(key, _)| key);
    let mut order: Vec<u32> = (0..u32::try_from(entries.len()).unwrap_or(u32::MAX)).collect();
    order.sort_by(|a, b| name(*a).cmp(name(*b)));
    order
}

fn without_repeats<'t>(mut entries: Vec<(Cow<'t, str>, Value<'t>)>) -> Vec<(Cow<'t, str>, Value<'t>)> {
    let mut at = 1;
    while let Some((before, [(key, value), ..])) = entries.split_at_mut_checked(at) {
        match before.iter_mut().find(|(earlier, _)| earlier == key) {
            Some(first) => {
                first.1 = std::mem::replace(value, Value::Null);
                entries.remove(at);
            }
            None => at += 1,
        }
    }
    entries
}

/// Objects are equal in whatever order their members stand.
impl PartialEq for Members<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<'m, 't> IntoIterator for &'m Members<'t> {
    type Item = (&'m str, &'m Value<'t>);
    type IntoIter = std::iter::Map<
        std::slice::Iter<'m, (Cow<'t, str>, Value<'t>)>,
        fn(&'m (Cow<'t, str>, Value<'t>)) -> (&'m str, &'m Value<'t>),
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter().map(|(key, value)| (&**key, value))
    }
}
