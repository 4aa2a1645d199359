//! Undo and redo over designs.
use super::Design;

/// A design with its past and future.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    past: Vec<Design>,
    present: Design,
    future: Vec<Design>,
}
