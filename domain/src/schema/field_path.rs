//! Where a field is: the names from the event down to it.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The dotted place of a field in its schema. A segment's own `.` and `\` are escaped with `\` in the text form; array items
/// are `[]`, map values `{}`, union branches `<name>`. The empty path is the schema itself. Shared, because every row, column and
/// finding names its field.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldPath(Arc<[String]>);

/// Why a text is not a field path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "A field path cannot have an empty part; write it as the field tree shows it, for example shippingAddress.city."
)]
pub struct FieldPathError;

impl FieldPath {
    /// The empty path.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path of these segments, outermost first.
    pub fn of<S: Into<String>>(segments: impl IntoIterator<Item = S>) -> Self {
        Self(segments.into_iter().map(Into::into).collect())
    }

    /// The path of a field of the thing at this path.
    #[must_use]
    pub fn child(&self, segment: impl Into<String>) -> Self {
        Self(self.0.iter().cloned().chain([segment.into()]).collect())
    }

    /// The path of what this is a field of; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_last().map(|(_, rest)| Self(rest.into()))
    }

    /// The unescaped segments, outermost first.
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    /// The unescaped segments, to be kept.
    pub(crate) fn shared(&self) -> Arc<[String]> {
        Arc::clone(&self.0)
    }

    /// Whether it is the schema itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `other` lies below this path.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.len() > self.0.len() && other.0.starts_with(&self.0)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            for run in segment.split_inclusive(['.', '\\']) {
                let plain = run.trim_end_matches(['.', '\\']);
                f.write_str(plain)?;
                if plain.len() < run.len() {
                    write!(f, "\\{}", &run[plain.len()..])?;
                }
            }
        }
        Ok(())
    }
}

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self::root());
        }
        let mut segments = vec![String::new()];
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '.' => segments.push(String::new()),
                c => {
                    let literal = if c == '\\' { chars.next().unwrap_or('\\') } else { c };
                    if let Some(last) = segments.last_mut() {
                        last.push(literal);
                    }
                }
            }
        }
        if segments.iter().any(String::is_empty) { Err(FieldPathError) } else { Ok(Self(segments.into())) }
    }
}

impl TryFrom<String> for FieldPath {
    type Error = FieldPathError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        path.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_path_survives_its_text_form(segments in proptest::collection::vec(".{1,8}", 0..5)) {
            let path = FieldPath::of(segments);
            prop_assert_eq!(path.to_string().parse::<FieldPath>(), Ok(path));
        }
    }

    #[test]
    fn a_path_with_an_empty_part_is_refused() {
        for text in [".", "a..b", "a.", ".a"] {
            assert_eq!(text.parse::<FieldPath>(), Err(FieldPathError));
        }
    }

    #[test]
    fn a_parent_contains_its_children_and_not_itself() {
        let parent = FieldPath::of(["a"]);
        assert!(parent.contains(&parent.child("b")));
        assert!(!parent.contains(&parent));
        assert!(!parent.contains(&FieldPath::of(["ab", "c"])));
    }
}
