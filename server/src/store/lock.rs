//! The lock on a data folder. Its one engine takes leases under one name at every start, so two servers on a folder would take each
//! other's steps; the kernel gives the lock up when its process ends, however it ends.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::open::{make_folder, private};

/// Held for as long as a server serves from a folder.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held, not read")] File);

/// Why the folder could not be locked, as a sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Someone else has it.
    #[error("Another sluicegate serves from {path} already. Stop it first, or give this one a data folder of its own.", path = .0.display())]
    Held(PathBuf),
    /// The file cannot be made or locked.
    #[error("The data folder {path} cannot be locked. Check that it exists and is writable for this user.", path = .0.display())]
    Failed(PathBuf, #[source] std::io::Error),
}

impl FolderLock {
    /// Takes the lock of a folder, which is made if it is missing.
    pub fn take(folder: impl AsRef<Path>) -> Result<Self, LockError> {
        let folder = folder.as_ref();
        let failed = |error| LockError::Failed(folder.to_owned(), error);
        make_folder(folder).map_err(failed)?;
        let mut options = std::fs::OpenOptions::new();
        let file = private(options.write(true).create(true).truncate(false))
            .open(folder.join("serve.lock"))
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(LockError::Held(folder.to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}
