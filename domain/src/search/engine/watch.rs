//! What a search is told from outside: whether to go on, and how long things take.

/// Asked now and then by a search under way.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    keep_going: &'a dyn Fn() -> bool,
    nanos: &'a dyn Fn() -> u64,
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

impl<'a> Watch<'a> {
    /// `keep_going` is asked at least every 512 texts and ends the search with false; `nanos` is a clock that only the choice between
    /// ways that find the same is made by.
    pub fn new(keep_going: &'a dyn Fn() -> bool, nanos: &'a dyn Fn() -> u64) -> Self {
        Self { keep_going, nanos }
    }

    /// Never ends a search, and has no clock.
    pub fn patient() -> Watch<'static> {
        Watch { keep_going: &|| true, nanos: &|| 0 }
    }

    /// Whether to go on.
    pub fn keep_going(&self) -> bool {
        (self.keep_going)()
    }

    /// Nanoseconds since some moment.
    pub fn nanos(&self) -> u64 {
        (self.nanos)()
    }
}
