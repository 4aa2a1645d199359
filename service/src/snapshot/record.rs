//! A subject as bytes for the store: thirteen bytes a version, and what could not be read as JSON behind them.

use domain::compare::Level;
use domain::registry::Mode;
use domain::subject::{SchemaId, SchemaType, SubjectName, Version};

use super::entry::{Gaps, StoredVersion, Subject};
use crate::ports::snapshot::ContentKey;

/// The first byte; a record that begins otherwise was written by another sluicegate and is read from the registry again.
const FORMAT: u8 = 1;
const VERSION_BYTES: usize = 13;
const DELETED: u8 = 1 << 7;

/// A subject's record, without its name.
pub fn encode(subject: &Subject) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(7 + VERSION_BYTES * subject.versions.len());
    let count = u32::try_from(subject.versions.len()).unwrap_or(u32::MAX);
    bytes.extend([FORMAT, place(&Level::ALL, subject.level), place(&Mode::ALL, subject.mode)]);
    bytes.extend(count.to_le_bytes());
    for stored in &subject.versions {
        bytes.extend(stored.version.0.to_le_bytes());
        bytes.extend(stored.id.0.to_le_bytes());
        bytes.extend(stored.content.0.to_le_bytes());
        bytes.push(place(&SchemaType::ALL, Some(stored.schema_type)) | if stored.deleted { DELETED } else { 0 });
    }
    if !subject.gaps.is_empty() {
        let missing: Vec<(u32, &str)> = subject.gaps.missing.iter().map(|(v, why)| (v.0, why.as_str())).collect();
        bytes.extend(serde_json::to_vec(&(&subject.gaps.reason, missing)).unwrap_or_default());
    }
    bytes
}

/// The subject of a record; `None` when it is not one.
pub fn decode(name: SubjectName, bytes: &[u8]) -> Option<Subject> {
    let (&[FORMAT, level, mode], rest) = bytes.split_first_chunk::<3>()? else { return None };
    let (count, rest) = number(rest)?;
    let (versions, gaps) = rest.split_at_checked(VERSION_BYTES.checked_mul(count as usize)?)?;
    Some(Subject {
        name,
        versions: versions.chunks_exact(VERSION_BYTES).map(version).collect::<Option<_>>()?,
        level: level.checked_sub(1).and_then(|at| Level::ALL.get(usize::from(at)).copied()),
        mode: mode.checked_sub(1).and_then(|at| Mode::ALL.get(usize::from(at)).copied()),
        gaps: if gaps.is_empty() { Gaps::default() } else { decode_gaps(gaps)? },
    })
}

fn decode_gaps(bytes: &[u8]) -> Option<Gaps> {
    let (reason, missing): (Option<String>, Vec<(u32, String)>) = serde_json::from_slice(bytes).ok()?;
    Some(Gaps { reason, missing: missing.into_iter().map(|(version, why)| (Version(version), why)).collect() })
}

fn version(bytes: &[u8]) -> Option<StoredVersion> {
    let (version, rest) = number(bytes)?;
    let (id, rest) = number(rest)?;
    let (content, rest) = number(rest)?;
    let flags = *rest.first()?;
    Some(StoredVersion {
        version: Version(version),
        id: SchemaId(id),
        content: ContentKey(content),
        schema_type: *SchemaType::ALL.get(usize::from(flags & !DELETED).checked_sub(1)?)?,
        deleted: flags & DELETED != 0,
    })
}

fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*number), rest))
}

/// Counted from 1; 0 is none.
fn place<T: PartialEq>(all: &[T], value: Option<T>) -> u8 {
    value
        .and_then(|value| all.iter().position(|one| *one == value))
        .and_then(|at| u8::try_from(at + 1).ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stored() -> impl Strategy<Value = StoredVersion> {
        (any::<u32>(), any::<u32>(), any::<u32>(), 0..3usize, any::<bool>()).prop_map(|(v, id, key, of, deleted)| {
            let schema_type = SchemaType::ALL[of];
            StoredVersion { version: Version(v), id: SchemaId(id), content: ContentKey(key), schema_type, deleted }
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(
            versions in proptest::collection::vec(stored(), 0..20),
            (level, mode) in (0..8usize, 0..6usize),
            reason in proptest::option::of(".{1,20}"),
            missing in proptest::collection::vec((any::<u32>().prop_map(Version), ".{0,20}"), 0..3),
        ) {
            let name = SubjectName::parse("orders-value").unwrap();
            let (level, mode) = (Level::ALL.get(level).copied(), Mode::ALL.get(mode).copied());
            let subject = Subject { name: name.clone(), versions, level, mode, gaps: Gaps { reason, missing } };
            prop_assert_eq!(decode(name, &encode(&subject)), Some(subject));
        }

        #[test]
        fn bytes_that_are_no_record_are_refused_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = decode(SubjectName::parse("a").unwrap(), &bytes);
            let mut like = vec![FORMAT];
            like.extend(bytes);
            let _ = decode(SubjectName::parse("a").unwrap(), &like);
        }
    }
}
