//! The bare repository itself: opening or making it, references with what they are expected to be, and commits.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use gix::ObjectId;
use gix::actor::Signature;
use gix::refs::transaction::{PreviousValue, RefEdit};
use gix::refs::{FullName, Target};
use service::ports::forge::{CommitId, ForgeError};

/// The main line.
pub const MAIN: &str = "refs/heads/main";
/// A reference is locked for milliseconds; a lock older than this was left by a process that was killed.
const STALE_LOCK: Duration = Duration::from_secs(60);
const README: &str =
    "# Sluicegate\n\nEvery merged request is a commit here, made by the console. Each event has its own files.\n";

/// An open repository, and the only place that writes to one.
pub struct Repository {
    pub git: gix::Repository,
    path: PathBuf,
}

impl Repository {
    /// Opens the repository, after making it or completing its making.
    pub fn open(path: &Path) -> Result<Self, ForgeError> {
        if is_free(path) {
            create(path)?;
        }
        let git = options().open(path).map_err(|error| {
            let path = path.display();
            ForgeError::Refused(format!("{path} is not a git repository that can be used: {error}. Move it away."))
        })?;
        let repository = Self { git: git.to_thread_local(), path: path.to_owned() };
        if repository.tip(MAIN)?.is_none() {
            repository.begin()?;
        }
        Ok(repository)
    }

    fn begin(&self) -> Result<(), ForgeError> {
        let readme = [("README.md".to_owned(), README.to_owned())];
        let tree = super::tree::with_files(self, self.git.empty_tree().id, &readme)?;
        let first = self.commit(tree, Vec::new(), &console(), "Begin")?;
        self.set(MAIN, first, None)
    }

    /// What a reference points to, if it exists.
    pub fn tip(&self, name: &str) -> Result<Option<ObjectId>, ForgeError> {
        let found = self.git.try_find_reference(name).map_err(broken)?;
        Ok(found.and_then(|reference| reference.try_id().map(gix::Id::detach)))
    }

    /// The commit of the main line.
    pub fn main(&self) -> Result<ObjectId, ForgeError> {
        self.tip(MAIN)?.ok_or_else(|| ForgeError::Refused("The repository has no branch main. Restore it.".into()))
    }

    /// Points a reference to `new`, provided that it is what it was `before`.
    pub fn set(&self, name: &str, new: ObjectId, before: Option<ObjectId>) -> Result<(), ForgeError> {
        let Err(error) = self.try_set(name, new, before) else { return Ok(()) };
        let lock = self.path.join(format!("{name}.lock"));
        if lock.exists() {
            if !is_stale(&lock) {
                return Err(ForgeError::Unavailable(format!(
                    "{name} is locked by another process. It is tried again; a lock that stays is removed after a minute."
                )));
            }
            tracing::warn!(lock = %lock.display(), "removing a lock that a killed process left");
            fs::remove_file(&lock).map_err(broken)?;
            return self.try_set(name, new, before).map_err(broken);
        }
        if self.tip(name)? != before {
            return Err(ForgeError::Unavailable(format!(
                "{name} was changed by someone else just now. It is tried again."
            )));
        }
        Err(broken(error))
    }

    fn try_set(&self, name: &str, new: ObjectId, before: Option<ObjectId>) -> Result<(), gix::Error> {
        let expected = match before {
            Some(before) => PreviousValue::MustExistAndMatch(Target::Object(before)),
            None => PreviousValue::MustNotExist,
        };
        let name = FullName::try_from(name).map_err(gix::Error::from_error)?;
        self.git.edit_reference(RefEdit::update(name, Target::Object(new), expected, "console"))?;
        Ok(())
    }

    /// Writes a commit that no reference points to yet.
    pub fn commit(
        &self,
        tree: ObjectId,
        parents: Vec<ObjectId>,
        author: &Signature,
        message: &str,
    ) -> Result<ObjectId, ForgeError> {
        let commit = gix::objs::Commit {
            tree,
            parents: parents.into(),
            author: author.clone(),
            committer: console(),
            encoding: None,
            message: format!("{}\n", message.replace('\0', " ").trim_end()).into(),
            extra_headers: Vec::new(),
        };
        self.git.write_object(commit).map(gix::Id::detach).map_err(broken)
    }

    /// The tree of a commit.
    pub fn tree_of(&self, commit: ObjectId) -> Result<ObjectId, ForgeError> {
        self.git.find_commit(commit).and_then(|commit| commit.tree_id().map(gix::Id::detach)).map_err(broken)
    }

    /// The parents of a commit.
    pub fn parents_of(&self, commit: ObjectId) -> Result<Vec<ObjectId>, ForgeError> {
        let commit = self.git.find_commit(commit).map_err(broken)?;
        Ok(commit.parent_ids().map(gix::Id::detach).collect())
    }
}

/// A commit as the port names it.
pub fn commit_id(id: ObjectId) -> CommitId {
    CommitId(id.to_hex().to_string())
}

/// What to say when git itself fails: a full disk, missing rights, a damaged file.
pub fn broken(error: impl Display) -> ForgeError {
    ForgeError::Unavailable(format!("The local repository cannot be used: {error}. Check its disk and its rights."))
}

/// An author with this name, and an address that cannot be anyone's.
pub fn author(name: &str) -> Signature {
    let keep = |c: char| if c.is_control() || matches!(c, '<' | '>') { ' ' } else { c };
    let shown: String = name.chars().take(200).map(keep).collect();
    let shown = if shown.trim().is_empty() { "unknown" } else { shown.trim() };
    let keep = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c.to_ascii_lowercase() } else { '-' };
    let local: String = shown.chars().take(64).map(keep).collect();
    let local = local.trim_matches('-');
    let local = if local.is_empty() { "unknown" } else { local };
    Signature {
        name: shown.into(),
        email: format!("{local}@sluicegate.invalid").into(),
        time: gix::date::Time::now_utc(),
    }
}

/// The console itself, who commits everything.
pub fn console() -> Signature {
    Signature {
        name: "Sluicegate".into(),
        email: "console@sluicegate.invalid".into(),
        time: gix::date::Time::now_utc(),
    }
}

/// Makes the repository beside its place and moves it there, so that it is never there by half.
fn create(path: &Path) -> Result<(), ForgeError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    if beside.exists() {
        fs::remove_dir_all(&beside).map_err(broken)?;
    }
    fs::create_dir_all(&beside).map_err(broken)?;
    let kind = gix::create::Kind::Bare;
    gix::ThreadSafeRepository::init_opts(&beside, kind, gix::create::Options::default(), options()).map_err(broken)?;
    fs::rename(&beside, path).map_err(broken)
}

/// Whether nothing is there, or an empty folder as a volume mount leaves it.
fn is_free(path: &Path) -> bool {
    !path.exists() || fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Nobody's configuration but the repository's own has a say, and no reference log is written, which would need an identity.
fn options() -> gix::open::Options {
    gix::open::Options::isolated().open_path_as_is(true).with(gix::sec::Trust::Full).config_overrides([
        "core.logAllRefUpdates=false",
        "core.filesRefLockTimeout=1000",
        "core.packedRefsTimeout=1000",
    ])
}

fn is_stale(lock: &Path) -> bool {
    let age = fs::metadata(lock).and_then(|meta| meta.modified()).ok().and_then(|at| at.elapsed().ok());
    age.is_some_and(|age| age > STALE_LOCK)
}
