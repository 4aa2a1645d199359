//! The newest answers, so that pages of the same query and a query that is typed back cost nothing.

use std::collections::VecDeque;
use std::sync::Arc;

use super::answer::Answer;
use crate::search::{Case, Place, SearchRequest};

/// What makes two requests ask the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asking {
    query: String,
    scopes: Vec<Place>,
    literal: bool,
    case: Case,
    index: u64,
    overlay: u64,
}

impl Asking {
    /// What a request asks of one index under one overlay.
    pub fn of(request: &SearchRequest, index: u64, overlay: u64) -> Self {
        let SearchRequest { query, scopes, literal, case, .. } = request.clone();
        Self { query, scopes, literal, case, index, overlay }
    }
}

/// Keeps so many bytes of answers, the ones that were used last.
#[derive(Debug)]
pub struct Answers {
    room: usize,
    used: usize,
    kept: VecDeque<(Asking, Arc<Answer>)>,
}

impl Answers {
    /// Room for so many bytes.
    pub fn with_room(room: usize) -> Self {
        Self { room, used: 0, kept: VecDeque::new() }
    }

    /// A known answer.
    pub fn get(&mut self, asking: &Asking) -> Option<Arc<Answer>> {
        let at = self.kept.iter().position(|(other, _)| other == asking)?;
        let found = self.kept.remove(at)?;
        let answer = Arc::clone(&found.1);
        self.kept.push_front(found);
        Some(answer)
    }

    /// Keeps an answer, if it is whole and there is room.
    pub fn put(&mut self, asking: Asking, answer: Arc<Answer>) {
        let bytes = answer.bytes();
        if !answer.is_whole() || bytes > self.room || self.get(&asking).is_some() {
            return;
        }
        self.used += bytes;
        self.kept.push_front((asking, answer));
        while self.used > self.room {
            let Some((_, last)) = self.kept.pop_back() else { break };
            self.used = self.used.saturating_sub(last.bytes());
        }
    }
}
