//! The demo registry: the folder `demo` as it was when the binary was built, so that a newcomer sees something without setting up anything.

use include_dir::{Dir, include_dir};
use service::ports::registry::RegistryError;

use super::files::{Files, Folders};

static DEMO: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/demo");

/// The registry in the binary.
pub fn demo() -> Files<Demo> {
    Files::new(Demo)
}

/// The folders in the binary.
pub struct Demo;

impl Folders for Demo {
    fn describe(&self) -> String {
        "demo registry".into()
    }

    fn rewrites(&self) -> bool {
        false
    }

    fn folders(&self) -> Result<Vec<String>, RegistryError> {
        Ok(DEMO.dirs().filter_map(|dir| name(dir.path())).collect())
    }

    fn files(&self, folder: &str) -> Result<Vec<String>, RegistryError> {
        Ok(find(folder)?.files().filter_map(|file| name(file.path())).collect())
    }

    fn read(&self, folder: &str, file: &str) -> Result<Vec<u8>, RegistryError> {
        let found = find(folder)?.files().find(|entry| name(entry.path()).as_deref() == Some(file));
        found.map(|file| file.contents().to_vec()).ok_or_else(|| missing(file))
    }
}

fn find(folder: &str) -> Result<&'static Dir<'static>, RegistryError> {
    DEMO.dirs().find(|dir| name(dir.path()).as_deref() == Some(folder)).ok_or_else(|| missing(folder))
}

fn name(path: &std::path::Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.to_owned())
}

fn missing(what: &str) -> RegistryError {
    RegistryError::NotFound(format!("The demo registry has no {what}."))
}
