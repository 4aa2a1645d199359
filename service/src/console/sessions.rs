//! Sessions of the seeded people. A sign-in always makes a new secret and ends the session that it replaces.

use domain::policy::Actor;
use serde_json::json;

use super::Console;
use crate::error::Error;
use crate::people;
use crate::ports::secret;
use crate::ports::store::Session;

/// How long a session lasts, in seconds.
pub const SESSION_SECONDS: i64 = 12 * 60 * 60;

impl Console {
    /// Signs a seeded person in; gives the session's secret.
    pub async fn begin_session(&self, name: &str, replaces: Option<&str>) -> Result<String, Error> {
        let actor = people::find(name)
            .ok_or_else(|| Error::NotFound(format!("There is no user {name}. Choose one of those offered.")))?;
        let secret = self.parts.secrets.secret();
        let now = self.now();
        let session =
            Session { user: actor.name.clone(), begun_at: now, expires_at: now.plus_millis(SESSION_SECONDS * 1000) };
        let audit = self.audit(&actor, "session-begun", format!("user:{}", actor.name), json!({}));
        let replaced = replaces.map(secret::digest);
        self.store().begin_session(session, &secret::digest(&secret), replaced.as_deref(), audit).await?;
        Ok(secret)
    }

    /// Who a session's secret stands for.
    pub async fn actor_of_session(&self, secret: &str) -> Result<Option<Actor>, Error> {
        let session = self.store().session(&secret::digest(secret), self.now()).await?;
        Ok(session.and_then(|s| people::find(&s.user.0)))
    }

    /// Ends a session.
    pub async fn end_session(&self, actor: &Actor, secret: &str) -> Result<(), Error> {
        let audit = self.audit(actor, "session-ended", format!("user:{}", actor.name), json!({}));
        Ok(self.store().end_session(&secret::digest(secret), audit).await?)
    }
}
