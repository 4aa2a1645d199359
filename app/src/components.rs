//! Components that know the domain and fetch nothing: they take values and give callbacks.

pub mod artifact_files;
pub mod explore_empty;
pub mod explore_facets;
pub mod explore_keys;
pub mod explore_list;
pub mod explore_search;
pub mod explore_status;
pub mod onboarding;
pub mod plan_table;
pub mod problem;
pub mod shell;
