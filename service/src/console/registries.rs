//! The registries: how each is read, what cannot be read of it, and the two acts on it, to read now and to test the connection.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::policy::{Action, Actor};
use domain::registry::{ProbeStep, RegistryName, RegistryState, Unreadable};
use domain::subject::SubjectName;

use super::{Console, authorise};
use crate::error::Error;
use crate::ports::registry::{Registry, RegistryError};
use crate::snapshot::Syncer;

/// The most unreadable subjects of one page.
const MAX_UNREADABLE: usize = 500;
/// The longest a step of a test may take.
const STEP: Duration = Duration::from_secs(20);

impl Console {
    /// Every registry, in the order of the configuration.
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

    /// Has a registry read now instead of at its next turn; many calls count as one. Gives back at once.
    pub fn read_registry(&self, actor: &Actor, registry: &RegistryName) -> Result<(), Error> {
        authorise(actor, Action::WriteDraft)?;
        self.syncer(registry)?.nudge();
        Ok(())
    }

    /// Tests the connection to a registry, step by step, up to the first that fails.
    pub async fn test_registry(&self, actor: &Actor, registry: &RegistryName) -> Result<Vec<ProbeStep>, Error> {
        authorise(actor, Action::WriteDraft)?;
        let syncer = self.syncer(registry)?;
        let Some(_turn) = syncer.test() else {
            return Err(Error::Conflict("A test of this connection is under way. Wait for it.".to_owned()));
        };
        let registry = syncer.registry();
        let mut steps = tokio::time::timeout(STEP, registry.reach()).await.unwrap_or_else(|_| vec![late("Reach it")]);
        if steps.iter().all(|step| step.passed) {
            ask(registry, &mut steps).await;
        }
        Ok(steps)
    }

    fn syncer(&self, registry: &RegistryName) -> Result<Arc<Syncer>, Error> {
        let found = self.parts.registries.iter().find(|syncer| syncer.name() == registry);
        found.cloned().ok_or_else(|| Error::NotFound(format!("There is no registry {registry}.")))
    }
}

fn late(step: &str) -> ProbeStep {
    let sentence = format!("It did not answer within {} s.", STEP.as_secs());
    ProbeStep { step: step.to_owned(), passed: false, sentence, millis: millis(STEP) }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Tries one step, adds it, and gives its value when it worked.
async fn try_step<T>(
    steps: &mut Vec<ProbeStep>,
    step: &str,
    work: impl Future<Output = Result<T, RegistryError>>,
    said: impl FnOnce(&T) -> String,
) -> Option<T> {
    let began = Instant::now();
    let Ok(result) = tokio::time::timeout(STEP, work).await else {
        steps.push(late(step));
        return None;
    };
    let sentence = result.as_ref().map_or_else(ToString::to_string, said);
    steps.push(ProbeStep { step: step.to_owned(), passed: result.is_ok(), sentence, millis: millis(began.elapsed()) });
    result.ok()
}

/// What the registry itself is asked: whether it lets in, what it lists, and one schema.
async fn ask(registry: &dyn Registry, steps: &mut Vec<ProbeStep>) {
    let level = try_step(steps, "Authenticate", registry.global_level(), |level| {
        level.map_or("It lets the console in.".to_owned(), |level| {
            format!("It lets the console in. Its level is {level}.")
        })
    });
    if level.await.is_none() {
        return;
    }
    let listed = try_step(steps, "List the subjects", registry.subjects(), |names: &Vec<String>| match names.len() {
        1 => "It lists 1 subject.".to_owned(),
        number => format!("It lists {number} subjects."),
    });
    let Some(name) = listed.await.and_then(|names| names.into_iter().find_map(|name| SubjectName::parse(name).ok()))
    else {
        return;
    };
    let read = async {
        let versions = registry.versions(&name).await?;
        let Some(newest) = versions.last() else {
            return Err(RegistryError::NotFound(format!("{name} is listed and has no version.")));
        };
        Ok((*newest, registry.schema(&name, *newest).await?))
    };
    let _read = try_step(steps, "Read one schema", read, |(version, schema)| {
        let bytes = schema.text.len();
        format!("Version {version} of {name} is {} with {bytes} bytes.", schema.schema_type.label())
    })
    .await;
}

#[cfg(test)]
mod tests {
    use crate::snapshot::tests::{Scripted, world};

    #[test]
    fn a_connection_is_tested_by_one_at_a_time() {
        let world = world(Scripted::default());
        let first = world.syncer.test();
        assert!(first.is_some() && world.syncer.test().is_none());
        drop(first);
        assert!(world.syncer.test().is_some());
    }
}
