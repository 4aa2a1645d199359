//! The pure heart of Sluicegate: values in, values out. No clock, no I/O, no async, no randomness; the same code runs on the
//! server and, compiled to wasm, in the browser.

pub mod artifact;
pub mod bulk;
pub mod compare;
pub mod design;
pub mod diagnostic;
pub mod draft;
pub mod event;
pub mod evolve;
mod hash;
pub mod journal;
mod limit;
pub mod load;
pub mod plan;
pub mod platform;
pub mod policy;
pub mod preset;
pub mod registry;
pub mod render;
pub mod request;
pub mod run;
pub mod schema;
pub mod search;
pub mod simulate;
pub mod sink_job;
pub mod sql;
pub mod sql_application;
pub mod subject;
pub mod table;
pub mod time;
pub mod topic;
