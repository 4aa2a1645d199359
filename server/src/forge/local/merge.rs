//! Merging a pull request: a commit with two parents, made path by path. Events have files of their own, so a path that changed on both sides
//! is for a person to look at.

use std::collections::HashSet;

use gix::ObjectId;
use service::ports::forge::{CommitId, ForgeError};

use super::pull::{self, Pull};
use super::repository::{MAIN, Repository, broken, commit_id, console};
use super::tree::{changes, leaf};

/// Merges a pull request into the main line, or gives the merge that is there, whoever made it.
pub fn merge(repository: &Repository, number: u64) -> Result<CommitId, ForgeError> {
    let pull = pull::get(repository, number)?
        .ok_or_else(|| ForgeError::Refused(format!("There is no pull request #{number}.")))?;
    if let Some(merged) = pull.merged {
        return Ok(commit_id(merged));
    }
    let head = pull.head.ok_or_else(|| {
        ForgeError::Refused(format!(
            "Pull request #{number} was not opened to the end. Open it again and merge it then."
        ))
    })?;
    let main = repository.main()?;
    let merged = match search(repository, main, head)? {
        Search::Merged(commit) => commit,
        Search::Forked(base) => {
            let commit = join(repository, &pull, main, head, base)?;
            repository.set(MAIN, commit, Some(main))?;
            commit
        }
        Search::Unrelated => {
            return Err(ForgeError::Refused(format!(
                "The branch of pull request #{number} does not begin on the main line. Make a new revision."
            )));
        }
    };
    repository.set(&pull::reference(number, "merged"), merged, None)?;
    Ok(commit_id(merged))
}

enum Search {
    /// This commit of the main line brought the head in.
    Merged(ObjectId),
    /// The head is not in the main line; it left it at this commit.
    Forked(ObjectId),
    Unrelated,
}

/// Walks down the main line until the head is found in it, or the commit that it begins at.
fn search(repository: &Repository, main: ObjectId, head: ObjectId) -> Result<Search, ForgeError> {
    let start = repository.parents_of(head)?.first().copied();
    let (mut line, mut at) = (HashSet::new(), Some(main));
    while let Some(commit) = at {
        let parents = repository.parents_of(commit)?;
        if commit == head || parents.iter().skip(1).any(|parent| *parent == head) {
            return Ok(Search::Merged(commit));
        }
        if Some(commit) == start {
            return Ok(Search::Forked(commit));
        }
        line.insert(commit);
        at = parents.first().copied();
    }
    // Someone added commits to the branch by hand.
    let mut at = start;
    while let Some(commit) = at {
        if line.contains(&commit) {
            return Ok(Search::Forked(commit));
        }
        at = repository.parents_of(commit)?.first().copied();
    }
    Ok(Search::Unrelated)
}

/// The commit that has the main line's files with the branch's changes.
fn join(
    repository: &Repository,
    pull: &Pull,
    main: ObjectId,
    head: ObjectId,
    base: ObjectId,
) -> Result<ObjectId, ForgeError> {
    let (ours, base_tree) = (repository.tree_of(main)?, repository.tree_of(base)?);
    let wanted = changes(repository, base_tree, repository.tree_of(head)?)?;
    let moved = changes(repository, base_tree, ours)?;
    let mut editor = repository.git.edit_tree(ours).map_err(broken)?;
    for (path, new) in &wanted {
        let overlaps = |other: &[u8]| is_inside(path, other) || is_inside(other, path);
        let clash = match moved.get(path) {
            Some(there) => there != new,
            None => moved.iter().any(|(other, there)| there.is_some() && new.is_some() && overlaps(other)),
        };
        if clash {
            return Err(ForgeError::Refused(format!(
                "{path} was changed on the main line since #{} was written. Make a new revision, which begins there.",
                pull.number
            )));
        }
        match new {
            Some((mode, blob)) => editor.upsert(path, mode.kind(), *blob).map_err(broken)?,
            None if leaf(repository, ours, path)?.is_some() => editor.remove(path).map_err(broken)?,
            None => continue,
        };
    }
    let tree = editor.write().map_err(broken)?.detach();
    let message = format!("Merge pull request #{} from {}\n\n{}", pull.number, pull.details.branch, pull.details.title);
    repository.commit(tree, vec![main, head], &console(), &message)
}

/// Whether a path lies in a folder of that name.
fn is_inside(path: &[u8], folder: &[u8]) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.first() == Some(&b'/'))
}
