//! API tokens of one's own. The secret is shown once; the store keeps its digest.

use domain::policy::{Action, Actor};
use serde_json::json;

use super::{Console, authorise};
use crate::error::Error;
use crate::ports::store::ApiToken;

const MAX_NAME_CHARS: usize = 80;

/// A token to keep: its name and the digest of its secret, which the caller made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What for, in the user's words.
    pub name: String,
    /// SHA-256 of the secret, in hex.
    pub digest: String,
}

impl Console {
    /// Keeps a token of the actor's.
    pub async fn create_token(&self, actor: &Actor, token: NewToken) -> Result<ApiToken, Error> {
        authorise(actor, Action::ManageOwnTokens)?;
        let name = token.name.trim();
        if name.is_empty() {
            return Err(Error::Invalid("Give the token a name that says what it is for.".into()));
        }
        let length = name.chars().count();
        if length > MAX_NAME_CHARS {
            return Err(Error::Invalid(format!(
                "A token's name can have {MAX_NAME_CHARS} characters; this one has {length}."
            )));
        }
        let audit = self.audit(actor, "token-created", "", json!({ "name": name }));
        Ok(self.store().create_token(&actor.name, name, &token.digest, self.now(), audit).await?)
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
}
