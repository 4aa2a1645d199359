//! Components that know the domain and fetch nothing: they take values and give callbacks.

pub mod shell;
