//! The requests that a visitor's page sends, as the browser tells of them.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{Result, Visitor};

/// The requests since the listening began, oldest first, each as `METHOD address`.
#[derive(Clone, Debug, Default)]
pub struct Traffic(Arc<Mutex<Vec<String>>>);

impl Traffic {
    /// Listens from now on.
    pub async fn of(visitor: &Visitor) -> Result<Traffic> {
        let traffic = Traffic::default();
        let heard = traffic.clone();
        visitor
            .on_request(move |request| {
                let line = format!("{} {}", request.method(), request.url());
                heard.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                async { Ok(()) }
            })
            .await?;
        Ok(traffic)
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
