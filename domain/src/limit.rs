//! Numbers that have a least and a most.

use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;

/// What a number may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// The rule's name.
    pub code: &'static str,
    /// What is counted.
    pub what: &'static str,
    /// The smallest number.
    pub least: u32,
    /// The largest number.
    pub most: u32,
}

impl Limit {
    /// The number that is wanted where it is within the limits; otherwise the default, and what is wrong.
    pub fn within(self, wanted: Option<u32>, default: u32, found: &mut Vec<Diagnostic>) -> u32 {
        self.optional(wanted, found).unwrap_or(default)
    }

    /// The number that is wanted, if it is within the limits.
    pub fn optional(self, wanted: Option<u32>, found: &mut Vec<Diagnostic>) -> Option<u32> {
        let number = wanted?;
        if (self.least..=self.most).contains(&number) {
            return Some(number);
        }
        let Self { code, what, least, most } = self;
        let message = format!("The number of {what} cannot be {number}.");
        found.push(Diagnostic::error(code, FieldPath::root(), message).hint(format!("Choose {least} to {most}.")));
        None
    }
}
