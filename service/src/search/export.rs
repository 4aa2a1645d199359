//! Everything that a search finds, row by row, without holding it all.

use std::sync::Arc;
use std::time::Duration;

use domain::search::export::Format;
use domain::search::{PatternError, SearchRequest};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::Outcome;

/// So many rows are written at a time.
const ROWS: usize = 500;
/// So many pieces wait for a reader that is slow; then the writing waits.
const PIECES: usize = 4;

/// What an export answers.
pub enum Export {
    /// The query cannot be used.
    Problem(PatternError),
    /// Pieces of the file; the channel ends with it. Whoever drops it ends the writing.
    Pieces(mpsc::Receiver<Result<String, Cut>>),
}

/// An export that nobody read on ended before it was whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The export was not read on and was cut off. Ask for it again.")]
pub struct Cut;

/// Writes on a thread of its own that holds `room`, and gives up on a reader that takes no piece for as long as `patience`.
pub(super) fn pieces(
    outcome: Outcome,
    request: SearchRequest,
    format: Format,
    room: OwnedSemaphorePermit,
    patience: Duration,
) -> mpsc::Receiver<Result<String, Cut>> {
    // One place more, kept for saying that it was cut off.
    let (sender, receiver) = mpsc::channel(PIECES + 1);
    let Ok(last_word) = sender.clone().try_reserve_owned() else { return receiver };
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let _room = room;
        let send = |piece| runtime.block_on(sender.send_timeout(Ok(piece), patience)).is_ok();
        if !write(&outcome, &request, format, send) {
            last_word.send(Err(Cut));
        }
    });
    receiver
}

/// Whether every piece was taken.
fn write(outcome: &Outcome, request: &SearchRequest, format: Format, send: impl Fn(String) -> bool) -> bool {
    let mut piece = format.head();
    for (at, row) in outcome.answer.rows(Arc::as_ref(&outcome.index), &outcome.standings, request).enumerate() {
        piece.push_str(&format.row(&row));
        if (at + 1).is_multiple_of(ROWS) && !send(std::mem::take(&mut piece)) {
            return false;
        }
    }
    send(piece)
}
