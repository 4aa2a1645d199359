//! Column names: the naming algorithm, reserved words and collisions.

/// The longest identifier, in characters.
pub const MAX_IDENTIFIER_CHARS: usize = 255;

/// Whether Snowflake reserves the word, in any case.
pub fn is_reserved(_word: &str) -> bool {
    false
}
