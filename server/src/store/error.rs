//! What SQLite says, in the words of the port: a unique index that refuses is a conflict, a file that does not answer is unavailable,
//! and everything else is broken.

use std::borrow::Cow;

use service::ports::store::StoreError;
use sqlx::error::ErrorKind;

/// SQLite's primary result codes for a file that cannot be read or written now: PERM, BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
const UNAVAILABLE: [i64; 7] = [3, BUSY, 6, 8, 10, 13, 14];

/// SQLite's primary result code for a file that another process holds.
const BUSY: i64 = 5;

/// What a call of the store gives.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// A [`StoreError`] on its way out; exists so that `?` takes errors of sqlx.
#[derive(Debug)]
pub struct Failure(StoreError);

/// What cannot be, as a sentence for the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Broken(Cow<'static, str>);

/// The caller saw something else.
pub fn conflict() -> Failure {
    Failure(StoreError::Conflict)
}

/// Something that cannot be.
pub fn broken(what: impl Into<Cow<'static, str>>) -> Failure {
    Failure(StoreError::Broken(Box::new(Broken(what.into()))))
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(error)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        Self(match &error {
            E::Database(database) if database.kind() == ErrorKind::UniqueViolation => StoreError::Conflict,
            E::Database(database) if is_unavailable(database.code().as_deref()) => {
                StoreError::Unavailable(Box::new(error))
            }
            E::Io(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed => StoreError::Unavailable(Box::new(error)),
            _ => StoreError::Broken(Box::new(error)),
        })
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(StoreError::Broken(Box::new(error)))
    }
}

fn is_unavailable(code: Option<&str>) -> bool {
    primary(code).is_some_and(|code| UNAVAILABLE.contains(&code))
}

/// Whether another process holds the file.
pub fn is_busy(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|error| primary(error.code().as_deref())) == Some(BUSY)
}

/// Extended codes keep the primary one in their lowest byte.
fn primary(code: Option<&str>) -> Option<i64> {
    code.and_then(|code| code.parse::<i64>().ok()).map(|code| code & 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_or_full_disk_is_unavailable_and_a_broken_rule_is_not() {
        for code in ["5", "261", "13", "10", "266", "14"] {
            assert!(is_unavailable(Some(code)), "{code}");
        }
        for code in ["1", "19", "1811", "11", "26", "none"] {
            assert!(!is_unavailable(Some(code)), "{code}");
        }
        assert!(!is_unavailable(None));
    }
}
