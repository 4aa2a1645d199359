//! Components that know the domain and fetch nothing: they take values and give callbacks.

pub mod artifact_files;
pub mod plan_table;
pub mod problem;
pub mod shell;
