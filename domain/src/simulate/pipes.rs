//! Which files a pipe loads: what it was told of under its prefix, each path once, as long as it remembers.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::Timestamp;

const DAY: i64 = 86_400_000;
/// How long a pipe remembers what it has loaded.
const HISTORY: i64 = 14 * DAY;
/// How old a file may be for a refresh to find it.
const REFRESH: i64 = 7 * DAY;

/// A bucket, the pipes that read from it, and how often each file was loaded through all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pipes {
    files: BTreeMap<String, Timestamp>,
    pipes: BTreeMap<String, Pipe>,
    loads: BTreeMap<String, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pipe {
    prefix: String,
    paused: bool,
    /// Files that it was told of and has not loaded.
    pending: BTreeSet<String>,
    /// What it has loaded, and when.
    history: BTreeMap<String, Timestamp>,
}

impl Pipes {
    /// Creates a pipe over a prefix, or replaces it: what it remembered and what was waiting is gone.
    pub fn create(&mut self, name: &str, prefix: &str) {
        let pipe =
            Pipe { prefix: prefix.to_owned(), paused: false, pending: BTreeSet::new(), history: BTreeMap::new() };
        self.pipes.insert(name.to_owned(), pipe);
    }

    /// Drops a pipe.
    pub fn drop(&mut self, name: &str) {
        self.pipes.remove(name);
    }

    /// Pauses a pipe or lets it go on. What arrives meanwhile waits.
    pub fn pause(&mut self, name: &str, paused: bool, now: Timestamp) {
        if let Some(pipe) = self.pipes.get_mut(name) {
            pipe.paused = paused;
        }
        self.work(now);
    }

    /// A file arrives in the bucket, or is written again under its name, and every pipe over it is told.
    pub fn arrive(&mut self, path: &str, now: Timestamp) {
        self.files.insert(path.to_owned(), now);
        for pipe in self.pipes.values_mut().filter(|pipe| path.starts_with(&pipe.prefix)) {
            pipe.pending.insert(path.to_owned());
        }
        self.work(now);
    }

    /// `ALTER PIPE … REFRESH`: the pipe is told of every file under its prefix of the last seven days.
    pub fn refresh(&mut self, name: &str, now: Timestamp) {
        let Some(pipe) = self.pipes.get_mut(name) else { return };
        let found = self
            .files
            .iter()
            .filter(|(path, written)| path.starts_with(&pipe.prefix) && now.millis_since(**written) <= REFRESH);
        pipe.pending.extend(found.map(|(path, _)| path.clone()));
        self.work(now);
    }

    /// Files that a pipe was told of and has not looked at.
    pub fn pending(&self, name: &str) -> usize {
        self.pipes.get(name).map_or(0, |pipe| pipe.pending.len())
    }

    /// How often a file was loaded.
    pub fn loads(&self, path: &str) -> usize {
        self.loads.get(path).copied().unwrap_or(0)
    }

    fn work(&mut self, now: Timestamp) {
        for pipe in self.pipes.values_mut().filter(|pipe| !pipe.paused) {
            pipe.history.retain(|_, loaded| now.millis_since(*loaded) <= HISTORY);
            for path in std::mem::take(&mut pipe.pending) {
                if pipe.history.insert(path.clone(), now).is_none() {
                    *self.loads.entry(path).or_default() += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_000 * DAY);

    fn later(days: i64) -> Timestamp {
        START.plus_millis(days * DAY)
    }

    fn one() -> Pipes {
        let mut pipes = Pipes::default();
        pipes.create("P", "events/v=1/");
        pipes.arrive("events/v=1/a.parquet", START);
        pipes
    }

    #[test]
    fn a_path_is_loaded_once_even_if_it_is_written_again_until_the_pipe_forgets() {
        let mut pipes = one();
        pipes.arrive("events/v=1/a.parquet", later(1));
        assert_eq!(pipes.loads("events/v=1/a.parquet"), 1);
        pipes.arrive("events/v=1/a.parquet", later(20));
        assert_eq!(pipes.loads("events/v=1/a.parquet"), 2);
    }

    #[test]
    fn a_prefix_without_a_slash_loads_other_versions_too() {
        let mut pipes = Pipes::default();
        pipes.create("P1", "events/v=1");
        pipes.create("P10", "events/v=10/");
        pipes.arrive("events/v=10/a.parquet", START);
        assert_eq!(pipes.loads("events/v=10/a.parquet"), 2);
        let mut pipes = Pipes::default();
        pipes.create("P1", "events/v=1/");
        pipes.create("P10", "events/v=10/");
        pipes.arrive("events/v=10/a.parquet", START);
        assert_eq!(pipes.loads("events/v=10/a.parquet"), 1);
    }

    #[test]
    fn a_pipe_made_again_forgets_and_a_refresh_then_loads_twice() {
        let mut pipes = one();
        pipes.create("P", "events/v=1/");
        assert_eq!(pipes.loads("events/v=1/a.parquet"), 1);
        pipes.refresh("P", later(6));
        assert_eq!(pipes.loads("events/v=1/a.parquet"), 2);
    }

    #[test]
    fn a_refresh_finds_the_files_of_seven_days() {
        let mut pipes = Pipes::default();
        pipes.arrive("events/v=1/old.parquet", START);
        pipes.arrive("events/v=1/new.parquet", later(2));
        pipes.create("P", "events/v=1/");
        pipes.refresh("P", later(8));
        assert_eq!((pipes.loads("events/v=1/old.parquet"), pipes.loads("events/v=1/new.parquet")), (0, 1));
    }

    #[test]
    fn a_paused_pipe_loads_what_waited_when_it_goes_on_and_loses_it_when_it_is_made_again() {
        let mut pipes = one();
        pipes.pause("P", true, START);
        pipes.arrive("events/v=1/b.parquet", later(1));
        assert_eq!((pipes.pending("P"), pipes.loads("events/v=1/b.parquet")), (1, 0));
        let mut replaced = pipes.clone();
        pipes.pause("P", false, later(2));
        assert_eq!((pipes.pending("P"), pipes.loads("events/v=1/b.parquet")), (0, 1));
        replaced.create("P", "events/v=1/");
        assert_eq!((replaced.pending("P"), replaced.loads("events/v=1/b.parquet")), (0, 0));
    }
}
