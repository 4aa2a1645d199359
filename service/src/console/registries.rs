//! The registries themselves: how each is read, how far, and what of it cannot be.

use domain::policy::{Action, Actor};
use domain::registry::{RegistryName, RegistryState, Unreadable};

use super::{Console, authorise};
use crate::error::Error;

/// The most unreadable subjects of one page.
const MAX_UNREADABLE: usize = 500;

impl Console {
    /// Every registry with how fresh it is, in the order of the configuration.
    pub fn registries(&self, actor: &Actor) -> Result<Vec<RegistryState>, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.parts.snapshot.snapshot().registries(self.now()))
    }

    /// What could not be read of a registry after this name, with the reasons; at most five hundred at a time.
    pub fn unreadable(
        &self,
        actor: &Actor,
        registry: &RegistryName,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Unreadable>, Error> {
        authorise(actor, Action::Read)?;
        Ok(self.parts.snapshot.snapshot().unreadable(registry, after, limit.clamp(1, MAX_UNREADABLE)))
    }
}
