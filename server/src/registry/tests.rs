//! The adapters against the same suite, against a scripted server of the API, and against servers that misbehave.

mod complete;
mod contract;
mod disk;
mod faults;
mod flavours;
mod names;
mod scripted;
mod wire;

use std::path::{Path, PathBuf};

use domain::subject::SubjectName;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

fn demo_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("demo")
}

fn name(text: &str) -> SubjectName {
    SubjectName::parse(text).unwrap()
}

/// Writes a file of a registry folder, `file` being `1.avsc` or the like.
fn put(root: &Path, subject: &str, file: &str, content: impl AsRef<[u8]>) {
    let folder = root.join(utf8_percent_encode(subject, NON_ALPHANUMERIC).to_string());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(file), content).unwrap();
}
