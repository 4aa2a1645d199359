//! API tokens of one's own. The secret is shown once; the store keeps its digest.

use domain::policy::{Action, Actor};
use serde_json::json;

use super::{Console, authorise};
use crate::error::Error;
use crate::people;
use crate::ports::secret;
use crate::ports::store::ApiToken;

/// What every token begins with, so that scanners and people know one when they see it.
pub const TOKEN_PREFIX: &str = "sgt_";
const MAX_NAME_CHARS: usize = 80;

impl Console {
    /// Makes a token of the actor's; gives it with its secret.
    pub async fn create_token(&self, actor: &Actor, name: &str) -> Result<(ApiToken, String), Error> {
        authorise(actor, Action::ManageOwnTokens)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(Error::Invalid("Give the token a name that says what it is for.".into()));
        }
        let length = name.chars().count();
        if length > MAX_NAME_CHARS {
            return Err(Error::Invalid(format!(
                "A token's name can have {MAX_NAME_CHARS} characters; this one has {length}."
            )));
        }
        let secret = format!("{TOKEN_PREFIX}{}", self.parts.secrets.secret());
        let audit = self.audit(actor, "token-created", "", json!({ "name": name }));
        let digest = secret::digest(&secret);
        let token = self.store().create_token(&actor.name, name, &digest, self.now(), audit).await?;
        Ok((token, secret))
    }

    /// The actor's tokens, newest first.
    pub async fn tokens(&self, actor: &Actor) -> Result<Vec<ApiToken>, Error> {
        authorise(actor, Action::ManageOwnTokens)?;
        Ok(self.store().tokens(&actor.name).await?)
    }

    /// Revokes one of the actor's tokens.
    pub async fn revoke_token(&self, actor: &Actor, id: i64) -> Result<(), Error> {
        authorise(actor, Action::ManageOwnTokens)?;
        let audit = self.audit(actor, "token-revoked", format!("token:{id}"), json!({}));
        if self.store().revoke_token(&actor.name, id, audit).await? {
            Ok(())
        } else {
            Err(Error::NotFound(format!("You have no token {id}.")))
        }
    }

    /// Who a token's secret stands for.
    pub async fn actor_of_token(&self, secret: &str) -> Result<Option<Actor>, Error> {
        let token = self.store().use_token(&secret::digest(secret), self.now()).await?;
        Ok(token.and_then(|t| people::find(&t.user.0)))
    }
}
