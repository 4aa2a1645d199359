//! Trees as sets of paths: putting files in, and telling what changed between two.

use std::collections::{BTreeMap, BTreeSet};

use gix::ObjectId;
use gix::bstr::{BString, ByteSlice as _};
use gix::objs::tree::{EntryKind, EntryMode};
use gix::validate::path::component;
use service::ports::forge::ForgeError;

use super::repository::{Repository, broken};

const MAX_PATH_BYTES: usize = 1024;

/// A file in a tree.
pub type Leaf = (EntryMode, ObjectId);

/// The tree with these files put in. A path that would replace a folder, or that needs a file to be a folder, is refused.
pub fn with_files(repository: &Repository, tree: ObjectId, files: &[(String, String)]) -> Result<ObjectId, ForgeError> {
    check(files)?;
    let base = repository.git.find_tree(tree).map_err(broken)?;
    let mut editor = repository.git.edit_tree(tree).map_err(broken)?;
    for (path, content) in files {
        let is_in_the_way = |at: &str, as_folder: bool| -> Result<bool, ForgeError> {
            let entry = base.lookup_entry_by_path(at).map_err(broken)?;
            Ok(entry.is_some_and(|entry| entry.mode().is_tree() != as_folder))
        };
        let mut blocked = is_in_the_way(path, false)?;
        for (at, _) in path.match_indices('/') {
            blocked = blocked || is_in_the_way(&path[..at], true)?;
        }
        if blocked {
            return Err(ForgeError::Refused(format!(
                "{path} cannot be written: a file is where a folder must be, or the other way round. Rename one of them."
            )));
        }
        let blob = repository.git.write_blob(content).map_err(broken)?;
        editor.upsert(path.as_str(), EntryKind::Blob, blob).map_err(broken)?;
    }
    editor.write().map(gix::Id::detach).map_err(broken)
}

/// The tree without the files at these paths.
pub fn without(repository: &Repository, tree: ObjectId, paths: &[String]) -> Result<ObjectId, ForgeError> {
    let mut editor = repository.git.edit_tree(tree).map_err(broken)?;
    for path in paths {
        if leaf(repository, tree, &BString::from(path.as_str()))?.is_some() {
            editor.remove(path.as_str()).map_err(broken)?;
        }
    }
    editor.write().map(gix::Id::detach).map_err(broken)
}

/// Paths are relative and normal, none is git's own, and none is both a file and a folder.
fn check(files: &[(String, String)]) -> Result<(), ForgeError> {
    let refused = |path: &str, why: &str| {
        let shown: String = path.chars().take(200).flat_map(char::escape_debug).collect();
        Err(ForgeError::Refused(format!("The path {shown} {why}.")))
    };
    let mut paths = BTreeSet::new();
    for (path, _) in files {
        if path.len() > MAX_PATH_BYTES || path.chars().any(|c| c.is_control() || c == '\\') {
            return refused(path, "is too long or has characters that paths should not have");
        }
        let options = component::Options { protect_windows: false, protect_hfs: true, protect_ntfs: true };
        if path.split('/').any(|part| gix::validate::path::component(part.into(), None, options).is_err()) {
            return refused(path, "is not a normal relative path, or is git's own");
        }
        if !paths.insert(path.as_str()) {
            return refused(path, "is there twice");
        }
    }
    for path in &paths {
        if path.match_indices('/').any(|(at, _)| paths.contains(&path[..at])) {
            return refused(path, "needs a folder where another path has a file");
        }
    }
    Ok(())
}

/// The file at a path, if there is one.
pub fn leaf(repository: &Repository, tree: ObjectId, path: &BString) -> Result<Option<Leaf>, ForgeError> {
    let tree = repository.git.find_tree(tree).map_err(broken)?;
    let entry = tree.lookup_entry(path.split_str("/")).map_err(broken)?;
    Ok(entry.filter(|entry| !entry.mode().is_tree()).map(|entry| (entry.mode(), entry.object_id())))
}

/// Every file that differs from `old` to `new`, with what it is in `new`.
pub fn changes(
    repository: &Repository,
    old: ObjectId,
    new: ObjectId,
) -> Result<BTreeMap<BString, Option<Leaf>>, ForgeError> {
    let mut found = BTreeMap::new();
    let mut open = vec![(BString::default(), Some(old), Some(new))];
    while let Some((folder, old, new)) = open.pop() {
        let (old, new) = (entries(repository, old)?, entries(repository, new)?);
        for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let (before, after) = (old.get(name).copied(), new.get(name).copied());
            if before == after {
                continue;
            }
            let mut path = folder.clone();
            path.extend_from_slice(name);
            let leaf = |entry: Option<Leaf>| entry.filter(|(mode, _)| !mode.is_tree());
            if leaf(before) != leaf(after) {
                found.insert(path.clone(), leaf(after));
            }
            let folder = |entry: Option<Leaf>| entry.filter(|(mode, _)| mode.is_tree()).map(|(_, id)| id);
            path.push(b'/');
            open.push((path, folder(before), folder(after)));
        }
    }
    Ok(found)
}

fn entries(repository: &Repository, tree: Option<ObjectId>) -> Result<BTreeMap<BString, Leaf>, ForgeError> {
    let Some(tree) = tree else { return Ok(BTreeMap::new()) };
    let tree = repository.git.find_tree(tree).map_err(broken)?;
    let entry = |entry: gix::Result<gix::object::tree::EntryRef<'_, '_>>| {
        let entry = entry.map_err(broken)?;
        Ok((entry.filename().to_owned(), (entry.mode(), entry.object_id())))
    };
    tree.iter().map(entry).collect()
}
