//! Names of objects that exist already, as people type them: `POLICIES.MASK_EMAIL`, `"my db".PUBLIC."pii"`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Identifier, misleads};

const MAX_PARTS: usize = 3;
const MAX_PART_CHARS: usize = 255;

/// A name of one to three parts, outermost first, unquoted: an object, perhaps with its schema and database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ObjectName(Vec<String>);

/// Why a text is not such a name, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObjectNameError {
    /// A part without a character.
    #[error("A part of the name is empty; write it as DATABASE.SCHEMA.NAME, or only its last parts.")]
    Empty,
    /// A part that is too long.
    #[error("A part of a name has at most {MAX_PART_CHARS} characters.")]
    TooLong,
    /// More parts than there are places.
    #[error("A name has at most {MAX_PARTS} parts: database, schema and object.")]
    TooManyParts,
    /// Quotes without a partner.
    #[error("The double quotes do not match; put each part that needs them in quotes of its own.")]
    Quotes,
    /// A character that a name cannot have without quotes, or at all.
    #[error("{0:?} cannot stand in a name without double quotes; use letters, digits and underscores.")]
    Character(char),
}

impl ObjectName {
    /// Reads a name: without quotes it is folded to upper case, as Snowflake itself would; in quotes it is taken to the letter.
    pub fn parse(text: &str) -> Result<Self, ObjectNameError> {
        let (mut parts, mut rest) = (vec![], text.trim());
        loop {
            let (part, after) =
                if let Some(quoted) = rest.strip_prefix('"') { quoted_part(quoted)? } else { plain_part(rest)? };
            if part.chars().count() > MAX_PART_CHARS {
                return Err(ObjectNameError::TooLong);
            }
            parts.push(part);
            match after.strip_prefix('.') {
                Some(next) => rest = next,
                None if after.is_empty() => break,
                None => return Err(ObjectNameError::Quotes),
            }
        }
        if parts.len() > MAX_PARTS { Err(ObjectNameError::TooManyParts) } else { Ok(Self(parts)) }
    }

    /// The name of an object of the whole account, such as an integration: it has one part.
    pub fn parse_single(text: &str) -> Result<Self, ObjectNameError> {
        let name = Self::parse(text)?;
        if name.0.len() > 1 { Err(ObjectNameError::Character('.')) } else { Ok(name) }
    }

    /// The name with the database and schema that it leaves out.
    #[must_use]
    pub fn within(self, database: &str, schema: &str) -> Self {
        let missing = MAX_PARTS.saturating_sub(self.0.len());
        let outer = [database, schema].into_iter().take(missing).map(str::to_owned);
        Self(outer.chain(self.0).collect())
    }
}

fn quoted_part(text: &str) -> Result<(String, &str), ObjectNameError> {
    let (mut part, mut chars) = (String::new(), text.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if chars.next_if(|(_, next)| *next == '"').is_some() => part.push('"'),
            '"' if part.is_empty() => return Err(ObjectNameError::Empty),
            '"' => return Ok((part, text.get(at + 1..).unwrap_or_default())),
            c if misleads(c) => return Err(ObjectNameError::Character(c)),
            c => part.push(c),
        }
    }
    Err(ObjectNameError::Quotes)
}

fn plain_part(text: &str) -> Result<(String, &str), ObjectNameError> {
    let (part, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    if part.contains('"') {
        return Err(ObjectNameError::Quotes);
    }
    let is_plain =
        |(i, c): &(usize, char)| c.is_ascii_alphabetic() || *c == '_' || (*i > 0 && (c.is_ascii_digit() || *c == '$'));
    match part.char_indices().find(|at| !is_plain(at)) {
        Some((_, c)) => Err(ObjectNameError::Character(c)),
        None if part.is_empty() => Err(ObjectNameError::Empty),
        None => Ok((part.to_ascii_uppercase(), rest)),
    }
}

impl TryFrom<String> for ObjectName {
    type Error = ObjectNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ObjectName> for String {
    fn from(name: ObjectName) -> Self {
        name.to_string()
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.0.iter().enumerate() {
            write!(f, "{}{}", if i > 0 { "." } else { "" }, Identifier(part))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(text: &str) -> Result<String, ObjectNameError> {
        ObjectName::parse(text).map(|name| name.to_string())
    }

    #[test]
    fn names_are_folded_without_quotes_and_kept_within_them() {
        assert_eq!(name(" mask_email "), Ok(r#""MASK_EMAIL""#.into()));
        assert_eq!(name(r#"db."my schema"."a.""b"#), Err(ObjectNameError::Quotes));
        assert_eq!(name(r#"db."my schema"."a.""b""""#), Ok(r#""DB"."my schema"."a.""b""""#.into()));
        let whole = ObjectName::parse("policies.mask").unwrap().within("RAW", "EVENTS");
        assert_eq!(whole.to_string(), r#""RAW"."POLICIES"."MASK""#);
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        for text in ["", ".", "a..b", "\"\"", "a.\"\"", "a."] {
            assert_eq!(name(text), Err(ObjectNameError::Empty), "{text:?}");
        }
        assert_eq!(name("a.b.c.d"), Err(ObjectNameError::TooManyParts));
        assert_eq!(name("a b"), Err(ObjectNameError::Character(' ')));
        assert_eq!(name("a; DROP TABLE x"), Err(ObjectNameError::Character(';')));
        assert_eq!(name("1a"), Err(ObjectNameError::Character('1')));
        assert_eq!(name("\"a\0\""), Err(ObjectNameError::Character('\0')));
        assert_eq!(name("\"a\"b"), Err(ObjectNameError::Quotes));
        assert_eq!(name(&"x".repeat(256)), Err(ObjectNameError::TooLong));
        assert!(ObjectName::parse_single("a.b").is_err() && ObjectName::parse_single("a").is_ok());
    }

    proptest! {
        #[test]
        fn a_name_read_again_is_the_same(text in "[a-z.\" ;]{0,20}") {
            let Ok(read) = ObjectName::parse(&text) else { return Ok(()) };
            prop_assert_eq!(ObjectName::parse(&read.to_string()), Ok(read));
        }
    }
}
