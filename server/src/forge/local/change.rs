//! Writing a change: one commit on top of the main line, on a branch of its own.

use gix::ObjectId;
use service::ports::forge::{Change, CommitId, ForgeError};

use super::pull;
use super::repository::{MAIN, Repository, author, commit_id};
use super::tree::{with_files, without};

/// Makes the commit and its branch, unless the branch holds exactly these files already.
pub fn write(repository: &Repository, change: &Change) -> Result<CommitId, ForgeError> {
    let branch = branch(&change.branch)?;
    let before = repository.tip(&branch)?;
    if let Some(tip) = before {
        if holds(repository, tip, change)? {
            return Ok(commit_id(tip));
        }
        if pull::find(repository, &change.branch)?.is_some_and(|pull| pull.merged.is_some()) {
            return Err(ForgeError::Refused(format!(
                "The branch {} was merged with other files. Make a new revision, which gets a branch of its own.",
                change.branch
            )));
        }
    }
    let main = repository.main()?;
    let tree = changed(repository, repository.tree_of(main)?, change)?;
    let commit = repository.commit(tree, vec![main], &author(&change.author), &change.message)?;
    repository.set(&branch, commit, before)?;
    Ok(commit_id(commit))
}

/// The branch's reference; the main line is nobody's branch.
pub fn branch(name: &str) -> Result<String, ForgeError> {
    let full = format!("refs/heads/{name}");
    let valid = !name.starts_with('-') && gix::validate::reference::branch_name(full.as_str().into()).is_ok();
    if !valid || full == MAIN || full.len() > 250 {
        let shown: String = name.chars().take(200).flat_map(char::escape_debug).collect();
        return Err(ForgeError::Refused(format!("{shown} cannot be the name of a branch for a change.")));
    }
    Ok(full)
}

/// The tree with the change's files, and without those that go.
fn changed(repository: &Repository, tree: ObjectId, change: &Change) -> Result<ObjectId, ForgeError> {
    without(repository, with_files(repository, tree, &change.files)?, &change.removed)
}

/// Whether a commit is its parent with this change and nothing else.
fn holds(repository: &Repository, commit: ObjectId, change: &Change) -> Result<bool, ForgeError> {
    let [parent] = repository.parents_of(commit)?[..] else { return Ok(false) };
    Ok(changed(repository, repository.tree_of(parent)?, change)? == repository.tree_of(commit)?)
}
