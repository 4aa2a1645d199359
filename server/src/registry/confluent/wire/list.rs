//! An answer that is a list, element by element as it arrives.

use std::collections::VecDeque;

use reqwest::Response;
use service::ports::registry::RegistryError;

use super::super::pace::Turn;
use super::super::rows::{Fault, Rows};
use super::Wire;

/// A list on its way.
pub struct List<'a> {
    wire: &'a Wire,
    response: Response,
    turn: Option<Turn<'a>>,
    rows: Rows,
    ready: VecDeque<Vec<u8>>,
    longest: usize,
    what: String,
}

impl<'a> List<'a> {
    pub(super) fn new(wire: &'a Wire, response: Response, turn: Turn<'a>, longest: usize, what: &str) -> Self {
        let (rows, what) = (Rows::new(longest), what.to_owned());
        Self { wire, response, turn: Some(turn), rows, ready: VecDeque::new(), longest, what }
    }

    /// The next element as it was sent; nothing at the end. A list that is left before its end breaks off the connection.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, RegistryError> {
        loop {
            if let Some(row) = self.ready.pop_front() {
                return Ok(Some(row));
            }
            let piece = match tokio::time::timeout(self.wire.patience.total, self.response.chunk()).await {
                Ok(piece) => piece.map_err(|error| self.wire.unreachable(&error)),
                Err(_) => Err(self.wire.too_slow()),
            };
            match piece {
                Err(error) => {
                    self.turn.take().into_iter().for_each(|turn| turn.failed(&error.to_string()));
                    return Err(error);
                }
                Ok(Some(piece)) => self.rows.feed(&piece, &mut self.ready).map_err(|fault| self.explain(fault))?,
                Ok(None) => {
                    self.rows.finish().map_err(|fault| self.explain(fault))?;
                    self.turn.take().into_iter().for_each(Turn::went_well);
                    return Ok(None);
                }
            }
        }
    }

    fn explain(&mut self, fault: Fault) -> RegistryError {
        self.turn.take().into_iter().for_each(Turn::went_well);
        let (server, what) = (&self.wire.server, &self.what);
        match fault {
            Fault::NoArray(Some(b'<')) => self.wire.html(),
            Fault::NoArray(_) | Fault::Cut => self.wire.not_that(what),
            Fault::TooLong => RegistryError::Garbage(format!(
                "{server} answered with more than {} KiB for one element of {what}, which is not read.",
                self.longest >> 10
            )),
            Fault::Padded => RegistryError::Garbage(format!(
                "{server} answered with an endless row of blanks for {what}, which is not read."
            )),
        }
    }
}
