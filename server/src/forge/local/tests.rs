//! The local forge against its port's promises, against real git, and against being killed.

mod changes;
mod crash;
mod merges;
mod pulls;

use std::path::Path;
use std::process::Command;

use service::ports::forge::{Change, CommitId, Forge, ForgeError};
use tempfile::TempDir;

use super::LocalForge;

struct World {
    forge: LocalForge,
    folder: TempDir,
}

async fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let forge = LocalForge::open(folder.path().join("forge.git")).await.unwrap();
    World { forge, folder }
}

impl World {
    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("forge.git")
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.path(), arguments)
    }

    async fn merged(&self, change: &Change) -> CommitId {
        self.forge.write_change(change).await.unwrap();
        let pull = self.forge.open_pull_request(&change.branch, "A title", "").await.unwrap();
        self.forge.merge(pull.number).await.unwrap()
    }
}

fn change(branch: &str, files: &[(&str, &str)]) -> Change {
    Change {
        branch: branch.into(),
        message: format!("Onboard {branch}"),
        author: "Ada Lovelace".into(),
        files: files.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned())).collect(),
        removed: vec![],
    }
}

/// What real git says, with nobody's configuration.
fn git(path: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("TZ", "UTC");
    for (key, value) in
        [("GIT_AUTHOR_NAME", "x"), ("GIT_AUTHOR_EMAIL", "x"), ("GIT_COMMITTER_NAME", "x"), ("GIT_COMMITTER_EMAIL", "x")]
    {
        command.env(key, value);
    }
    let output =
        command.arg("-C").arg(path).args(arguments).output().expect("these tests compare with git: install it");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, ForgeError>) -> String {
    match result {
        Err(ForgeError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}
