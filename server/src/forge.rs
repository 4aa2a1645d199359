//! Where changes are proposed and merged: for now a git repository of our own.

mod local;

pub use local::LocalForge;
