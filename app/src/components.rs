//! Components that know the domain and fetch nothing: they take values and give callbacks.

pub mod artifact_files;
pub mod design_list;
pub mod diagnostics;
pub mod explore_empty;
pub mod explore_facets;
pub mod explore_keys;
pub mod explore_list;
pub mod explore_search;
pub mod explore_status;
pub mod field_node;
pub mod field_tree;
pub mod onboarding;
pub mod plan_table;
pub mod problem;
pub mod raw_schema;
pub mod shell;
pub mod subject_head;
pub mod subject_side;
