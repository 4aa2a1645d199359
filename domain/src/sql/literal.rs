//! String literals. In Snowflake a backslash escapes inside single quotes, so doubling quotes alone is not enough; control and
//! direction characters are written as escapes, so that a literal never leaves its line nor shows other than it is.

use std::fmt;

/// A text as a single-quoted literal on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Literal<'a>(pub &'a str);

impl Literal<'_> {
    /// Writes it; into a text without what a formatter costs, since a statement has thousands.
    pub(super) fn write(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("'")?;
        if self.0.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'\'' | b'\\')) {
            f.write_str(self.0)?;
            return f.write_str("'");
        }
        for run in self.0.split_inclusive(is_escaped) {
            let plain = run.trim_end_matches(is_escaped);
            f.write_str(plain)?;
            match run.chars().next_back().filter(|_| plain.len() < run.len()) {
                None => {}
                Some('\'') => f.write_str("''")?,
                Some('\\') => f.write_str("\\\\")?,
                Some('\n') => f.write_str("\\n")?,
                Some('\r') => f.write_str("\\r")?,
                Some('\t') => f.write_str("\\t")?,
                Some(c) => write!(f, "\\u{:04x}", u32::from(c))?,
            }
        }
        f.write_str("'")
    }
}

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

fn is_escaped(c: char) -> bool {
    matches!(c, '\'' | '\\') || misleads(c)
}

/// Whether a character is invisible or reorders what stands around it. All of these have four hex digits.
pub(crate) fn misleads(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
