//! The catalogue of events that went live.

use domain::event::OnboardedEvent;
use domain::policy::{Action, Actor};

use super::{Console, authorise};
use crate::error::Error;

impl Console {
    /// Every onboarded event, by name, with the newest version that the registry has.
    pub async fn events(&self, actor: &Actor) -> Result<Vec<OnboardedEvent>, Error> {
        authorise(actor, Action::Read)?;
        let snapshot = self.parts.snapshot.snapshot();
        let mut events = self.store().events().await?;
        for event in &mut events {
            event.newest = snapshot.newest(&event.subject);
        }
        Ok(events)
    }
}
