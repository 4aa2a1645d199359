//! Secrets: where they come from, and the only form in which they are kept.

use sha2::{Digest, Sha256};

/// Makes secrets that nobody guesses.
pub trait SecretSource: Send + Sync {
    /// 256 random bits in lower-case hex.
    fn secret(&self) -> String;
}

/// SHA-256 of a secret in hex. The secrets have 256 random bits, so no salt and no slow hash are needed.
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
