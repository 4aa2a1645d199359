//! A registry in a folder on disk. Symbolic links are not followed: what is outside the folder is not the registry's.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use service::ports::registry::RegistryError;

use super::files::{Files, Folders, MAX_FILE_BYTES};

/// The registry in this folder.
pub fn directory(path: PathBuf) -> Files<Disk> {
    Files::new(Disk(path))
}

/// A folder's path.
pub struct Disk(PathBuf);

impl Folders for Disk {
    fn describe(&self) -> String {
        self.0.display().to_string()
    }

    fn rewrites(&self) -> bool {
        true
    }

    fn folders(&self) -> Result<Vec<String>, RegistryError> {
        let list = || entries(&self.0, |kind| kind.is_dir());
        list().map_err(|error| {
            let path = self.0.display();
            RegistryError::Unreachable(match error.kind() {
                io::ErrorKind::NotFound => {
                    format!("The registry folder {path} does not exist. Create it or name another.")
                }
                io::ErrorKind::NotADirectory => {
                    format!("The registry {path} is not a folder. Name the folder it is in.")
                }
                _ => format!("The registry folder {path} cannot be read: {error}."),
            })
        })
    }

    fn files(&self, folder: &str) -> Result<Vec<String>, RegistryError> {
        entries(&self.0.join(folder), |kind| kind.is_file()).map_err(|error| unreadable(folder, &error))
    }

    fn read(&self, folder: &str, file: &str) -> Result<Vec<u8>, RegistryError> {
        read(&self.0.join(folder).join(file)).map_err(|error| unreadable(&format!("{folder}/{file}"), &error))
    }
}

/// Names of what is in a folder; names that are not UTF-8 cannot be meant, because subjects are percent-encoded.
fn entries(path: &Path, wanted: impl Fn(std::fs::FileType) -> bool) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        if wanted(entry.file_type()?) {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    Ok(names)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(what: &str, error: &io::Error) -> RegistryError {
    match error.kind() {
        io::ErrorKind::NotFound => RegistryError::NotFound(format!("{what} is not in the registry's folder any more.")),
        _ => RegistryError::Garbage(format!("{what} in the registry's folder cannot be read: {error}.")),
    }
}
