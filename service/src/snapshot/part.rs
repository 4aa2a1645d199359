//! What the snapshot has of one registry: a catalog, the few subjects that changed since it was made, and how the reading went.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Bound;
use std::sync::Arc;

use domain::compare::Level;
use domain::registry::{Freshness, Mode, RegistryName, RegistryState, Unreadable};
use domain::subject::SubjectName;
use domain::time::Timestamp;

use super::catalog::Catalog;
use super::entry::{Entry, Subject};
use crate::ports::registry::Traffic;

/// So many changed subjects, and one in so many of all, are kept beside the catalog before it is made anew.
const PATCHES: usize = 1024;
const PATCHES_OF: usize = 64;
/// The most unreadable subjects that go with every page; the list itself is asked for by page.
pub const SHOWN_UNREADABLE: usize = 20;

type Patches = BTreeMap<String, Option<Arc<Subject>>>;

/// One registry in the snapshot.
#[derive(Debug, Clone, Default)]
pub struct Part {
    pub(super) name: Arc<RegistryName>,
    base: Arc<Catalog>,
    patches: Patches,
    counts: Counts,
    pub(super) sync: SyncState,
}

/// How the reading of a registry goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncState {
    pub place: String,
    pub driver: &'static str,
    pub synced_at: Option<Timestamp>,
    pub details_at: Option<Timestamp>,
    pub trouble: Option<String>,
    pub listed: usize,
    /// What the registry lists and what cannot be a subject.
    pub strange: Arc<Vec<Unreadable>>,
    pub traffic: Traffic,
    pub level: Option<Level>,
    pub mode: Option<Mode>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Subjects that can be looked at.
    readable: usize,
    /// Subjects of which something cannot be read.
    unreadable: usize,
    /// Subjects that are listed and not read yet.
    pending: usize,
    all: usize,
}

impl Counts {
    fn count(&mut self, entry: &Entry<'_>, change: fn(usize, usize) -> usize) {
        self.all = change(self.all, 1);
        self.readable = change(self.readable, usize::from(!entry.versions.is_empty()));
        self.unreadable = change(self.unreadable, usize::from(entry.gaps.is_some()));
        self.pending = change(self.pending, usize::from(entry.is_pending()));
    }
}

impl Part {
    /// An empty one.
    pub fn new(name: RegistryName, place: String) -> Self {
        Self { name: Arc::new(name), sync: SyncState { place, ..SyncState::default() }, ..Self::default() }
    }

    /// How many subjects can be looked at.
    pub fn readable(&self) -> usize {
        self.counts.readable
    }

    /// How many subjects there are, those that are not read yet included.
    pub fn len(&self) -> usize {
        self.counts.all
    }

    /// One subject.
    pub fn entry(&self, name: &str) -> Option<Entry<'_>> {
        match self.patches.get(name) {
            Some(patch) => patch.as_ref().map(|subject| subject.entry(&self.name)),
            None => self.base.entry(&self.name, self.base.find(name)?),
        }
    }

    /// All subjects by name, in byte order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.entries_from("")
    }

    /// The subjects from this name on.
    pub fn entries_from(&self, name: &str) -> impl Iterator<Item = Entry<'_>> {
        let base = self.base.lower_bound(name)..self.base.len();
        let base = base.filter_map(|at| self.base.entry(&self.name, at)).peekable();
        let patches = self.patches.range::<str, _>((Bound::Included(name), Bound::Unbounded));
        Merged { base, patches: patches.peekable(), registry: &self.name }
    }

    /// Puts subjects in or takes them out.
    pub fn patch(&mut self, subjects: impl IntoIterator<Item = (String, Option<Arc<Subject>>)>) {
        for (name, subject) in subjects {
            let mut counts = self.counts;
            if let Some(old) = self.entry(&name) {
                counts.count(&old, usize::saturating_sub);
            }
            if let Some(new) = &subject {
                counts.count(&new.entry(&self.name), usize::saturating_add);
            }
            self.counts = counts;
            self.patches.insert(name, subject);
        }
        if self.patches.len() > PATCHES + self.base.len() / PATCHES_OF {
            self.settle();
        }
    }

    /// The subjects that are not among these names, which are in order.
    pub fn not_among(&self, names: &[SubjectName]) -> Vec<SubjectName> {
        let mut names = names.iter().peekable();
        let is_gone = |entry: &Entry<'_>| {
            while names.next_if(|name| name.as_str() < entry.name).is_some() {}
            names.peek().is_none_or(|name| name.as_str() != entry.name)
        };
        self.entries().filter(is_gone).filter_map(|entry| entry.subject()).collect()
    }

    /// Those of these names, which are in order, that are not there.
    pub fn new_among(&self, names: &[SubjectName]) -> Vec<SubjectName> {
        let mut entries = self.entries().peekable();
        let is_new = |name: &&SubjectName| {
            while entries.next_if(|entry| entry.name < name.as_str()).is_some() {}
            entries.peek().is_none_or(|entry| entry.name != name.as_str())
        };
        names.iter().filter(is_new).cloned().collect()
    }

    /// Puts in these names, which are in order and not there; they wait for being read.
    pub fn expect(&mut self, new: &[SubjectName]) {
        if new.len() <= PATCHES {
            return self
                .patch(new.into_iter().map(|name| (name.to_string(), Some(Arc::new(Subject::new(name.clone()))))));
        }
        let mut base = Catalog::default();
        let mut new = new.iter().map(|name| Entry::pending(&self.name, name)).peekable();
        for entry in self.entries() {
            while let Some(pending) = new.next_if(|pending| pending.name < entry.name) {
                base.push(&pending);
            }
            base.push(&entry);
        }
        new.for_each(|pending| {
            base.push(&pending);
        });
        *self = std::mem::take(self).with_catalog(base);
    }

    /// Makes the catalog anew with everything in it.
    pub fn settle(&mut self) {
        let mut base = Catalog::default();
        for entry in self.entries() {
            base.push(&entry);
        }
        base.shrink();
        self.base = Arc::new(base);
        self.patches = Patches::new();
    }

    /// A part over a catalog that was read from the store.
    pub fn with_catalog(mut self, mut base: Catalog) -> Self {
        base.shrink();
        self.base = Arc::new(base);
        self.patches = Patches::new();
        let mut counts = Counts::default();
        for entry in self.entries() {
            counts.count(&entry, usize::saturating_add);
        }
        self.counts = counts;
        self
    }

    /// What could not be read after this name, by name, at most `limit`; the names that are no subjects come first.
    pub fn unreadable(&self, after: Option<&str>, limit: usize) -> Vec<Unreadable> {
        let strange = match after {
            None => self.sync.strange.as_slice(),
            Some(after) => {
                let at = self.sync.strange.iter().position(|one| one.subject == after);
                at.and_then(|at| self.sync.strange.get(at + 1..)).unwrap_or_default()
            }
        };
        let mut list: Vec<Unreadable> = strange.iter().take(limit).cloned().collect();
        let after = after.filter(|after| self.sync.strange.iter().all(|one| one.subject != *after)).unwrap_or_default();
        let tell = |entry: Entry<'_>| {
            let reason = entry.gaps?.sentence()?;
            Some(Unreadable { subject: entry.name.to_owned(), reason })
        };
        let kept = self.base.gaps_from(&self.name, self.base.lower_bound(after));
        let kept = kept.filter(|entry| entry.name != after && !self.patches.contains_key(entry.name));
        let mut subjects: Vec<Unreadable> = kept.filter_map(tell).take(limit).collect();
        let patched = self.patches.range::<str, _>((Bound::Excluded(after), Bound::Unbounded));
        let patched = patched.filter_map(|(_, subject)| tell(subject.as_ref()?.entry(&self.name)));
        subjects.extend(patched.take(limit));
        subjects.sort_unstable_by(|a, b| a.subject.cmp(&b.subject));
        list.extend(subjects);
        list.truncate(limit);
        list
    }

    /// How many could not be read.
    pub fn unreadable_count(&self) -> usize {
        self.sync.strange.len() + self.counts.unreadable
    }

    /// How fresh this is at `now`.
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        let count = self.unreadable_count();
        Freshness {
            synced_at: self.sync.synced_at,
            now,
            trouble: self.sync.trouble.clone(),
            unreadable: self.unreadable(None, SHOWN_UNREADABLE),
            unreadable_count: count,
            read: self.counts.all - self.counts.pending + self.sync.strange.len(),
            listed: self.sync.listed.max(self.counts.all + self.sync.strange.len()),
            details_at: self.sync.details_at,
            calls: self.sync.traffic.calls,
            pace: self.sync.traffic.pace,
        }
    }

    /// The registry as a page shows it.
    pub fn state(&self, now: Timestamp) -> RegistryState {
        RegistryState {
            name: self.name.as_ref().clone(),
            place: self.sync.place.clone(),
            driver: self.sync.driver.to_owned(),
            level: self.sync.level,
            mode: self.sync.mode,
            freshness: self.freshness(now),
        }
    }

    /// Bytes of the catalog in memory.
    pub fn bytes(&self) -> usize {
        self.base.bytes()
    }
}

/// The catalog's entries with the patches laid over them.
struct Merged<'a, B: Iterator<Item = Entry<'a>>, P: Iterator<Item = (&'a String, &'a Option<Arc<Subject>>)>> {
    base: Peekable<B>,
    patches: Peekable<P>,
    registry: &'a RegistryName,
}

impl<'a, B, P> Iterator for Merged<'a, B, P>
where
    B: Iterator<Item = Entry<'a>>,
    P: Iterator<Item = (&'a String, &'a Option<Arc<Subject>>)>,
{
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Entry<'a>> {
        loop {
            let patched = self.patches.peek().map(|(name, _)| name.as_str());
            let base_is_first = match (self.base.peek(), patched) {
                (Some(entry), Some(patched)) if entry.name == patched => {
                    self.base.next();
                    false
                }
                (Some(entry), Some(patched)) => entry.name < patched,
                (entry, _) => entry.is_some(),
            };
            if base_is_first {
                return self.base.next();
            }
            let (_, patch) = self.patches.next()?;
            if let Some(subject) = patch {
                return Some(subject.entry(self.registry));
            }
        }
    }
}
