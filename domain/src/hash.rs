//! Short, stable hashes that tell apart names which would otherwise be equal.

use sha2::{Digest, Sha256};

/// The first hex digits, lower case, of the SHA-256 of a text.
pub(crate) fn short_hex(text: &str, digits: usize) -> String {
    let hex: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    hex.chars().take(digits).collect()
}
