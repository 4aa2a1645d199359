//! Pull requests, kept in the repository itself: `refs/pull/N/meta` is a blob with what people wrote, `refs/pull/N/head` the commit that is
//! proposed, and `refs/pull/N/merged` the commit that merged it. They are written in this order.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use serde::{Deserialize, Serialize};
use service::ports::forge::{ForgeError, PullRequest};

use super::change;
use super::repository::{Repository, broken, commit_id};

/// What is kept of a pull request beside its commits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub branch: String,
    pub title: String,
    pub body: String,
}

/// A pull request as it is in the repository.
#[derive(Debug)]
pub struct Pull {
    pub number: u64,
    pub details: Details,
    /// `None` when it was just being opened.
    pub head: Option<ObjectId>,
    pub merged: Option<ObjectId>,
}

/// Opens a pull request for a branch, or gives the one that is there; its head follows the branch until it is merged.
pub fn open(repository: &Repository, wanted: &Details) -> Result<PullRequest, ForgeError> {
    let tip = repository.tip(&change::branch(&wanted.branch)?)?.ok_or_else(|| {
        ForgeError::Refused(format!("There is no branch {}. Write the change before its pull request.", wanted.branch))
    })?;
    let pull = match find(repository, &wanted.branch)? {
        Some(pull) => pull,
        None => begin(repository, wanted)?,
    };
    if pull.merged.is_none() && pull.head != Some(tip) {
        repository.set(&reference(pull.number, "head"), tip, pull.head)?;
    }
    let head = match pull.merged {
        Some(_) => pull.head.unwrap_or(tip),
        None => tip,
    };
    Ok(PullRequest {
        number: pull.number,
        label: format!("#{}", pull.number),
        head: commit_id(head),
        merged: pull.merged.is_some(),
    })
}

/// The name of a reference of a pull request.
pub fn reference(number: u64, what: &str) -> String {
    format!("refs/pull/{number}/{what}")
}

/// The pull request with this number.
pub fn get(repository: &Repository, number: u64) -> Result<Option<Pull>, ForgeError> {
    let Some(meta) = repository.tip(&reference(number, "meta"))? else { return Ok(None) };
    let blob = repository.git.find_blob(meta).map_err(broken)?;
    let details = serde_json::from_slice(&blob.data)
        .map_err(|_| ForgeError::Refused(format!("The notes of pull request #{number} are damaged. Restore them.")))?;
    let (head, merged) = (repository.tip(&reference(number, "head"))?, repository.tip(&reference(number, "merged"))?);
    Ok(Some(Pull { number, details, head, merged }))
}

/// The newest pull request for a branch.
pub fn find(repository: &Repository, branch: &str) -> Result<Option<Pull>, ForgeError> {
    let mut numbers = numbers(repository)?;
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers.into_iter().rev() {
        if let Some(pull) = get(repository, number)?.filter(|pull| pull.details.branch == branch) {
            return Ok(Some(pull));
        }
    }
    Ok(None)
}

fn begin(repository: &Repository, wanted: &Details) -> Result<Pull, ForgeError> {
    let number = numbers(repository)?.into_iter().max().unwrap_or(0) + 1;
    let notes = serde_json::to_vec_pretty(wanted).map_err(broken)?;
    let blob = repository.git.write_blob(notes).map_err(broken)?.detach();
    repository.set(&reference(number, "meta"), blob, None)?;
    Ok(Pull { number, details: wanted.clone(), head: None, merged: None })
}

/// The numbers in use, in no order and with repetition.
fn numbers(repository: &Repository) -> Result<Vec<u64>, ForgeError> {
    let references = repository.git.references().map_err(broken)?;
    let mut numbers = Vec::new();
    for reference in references.prefixed("refs/pull/").map_err(broken)? {
        let reference = reference.map_err(broken)?;
        let mut parts = reference.name().as_bstr().split_str("/").skip(2);
        numbers.extend(parts.next().and_then(|number| number.to_str().ok()?.parse::<u64>().ok()));
    }
    Ok(numbers)
}
