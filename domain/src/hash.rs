//! Short, stable hashes that tell apart names which would otherwise be equal.

use sha2::{Digest, Sha256};

/// The first hex digits, lower case, of the SHA-256 of a text.
pub(crate) fn short_hex(text: &str, digits: usize) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(half.into(), 16)).take(digits).collect()
}
