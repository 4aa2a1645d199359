//! Secrets from the operating system.

use service::ports::secret::SecretSource;

/// The operating system's source of randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsSecrets;

impl SecretSource for OsSecrets {
    /// Panics when the operating system has no randomness: a console must not go on with secrets that can be guessed.
    #[allow(clippy::expect_used)]
    fn secret(&self) -> String {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
