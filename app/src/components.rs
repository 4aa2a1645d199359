//! Components that know the domain and fetch nothing: they take values and give callbacks.

pub mod account;
pub mod activity;
pub mod artifact_files;
pub mod decision;
pub mod design_list;
pub mod diagnostics;
pub mod digest;
pub mod event_table;
pub mod explore_empty;
pub mod explore_facets;
pub mod explore_keys;
pub mod explore_list;
pub mod explore_search;
pub mod explore_status;
pub mod field_node;
pub mod field_tree;
pub mod here;
pub mod onboarding;
pub mod outcome;
pub mod person;
pub mod plan_table;
pub mod problem;
pub mod raw_schema;
#[cfg(test)]
mod request_fixture;
pub mod request_head;
pub mod request_table;
#[cfg(test)]
mod run_fixture;
pub mod run_head;
pub mod run_lanes;
pub mod run_log;
pub mod run_output;
pub mod run_steps;
pub mod run_table;
pub mod shell;
pub mod standing;
pub mod state;
pub mod subject_head;
pub mod subject_side;
pub mod token_table;
