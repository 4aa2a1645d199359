//! Sessions and API tokens. Only SHA-256 digests of the secrets are kept.

use async_trait::async_trait;
use domain::policy::UserName;
use domain::time::Timestamp;

use super::{AuditRow, StoreError};

/// Keeps who is signed in and which tokens there are.
#[async_trait]
pub trait IdentityStore: Send + Sync {
    /// Begins a session under the digest of its secret; ends the one it replaces, if any.
    async fn begin_session(
        &self,
        session: Session,
        digest: &str,
        replaces: Option<&str>,
        audit: AuditRow,
    ) -> Result<(), StoreError>;

    /// The session with this digest, unless it has expired at `now`.
    async fn session(&self, digest: &str, now: Timestamp) -> Result<Option<Session>, StoreError>;

    /// Ends a session; ending one that is not there is no error.
    async fn end_session(&self, digest: &str, audit: AuditRow) -> Result<(), StoreError>;

    /// Keeps a token under the digest of its secret; gives it with its number.
    async fn create_token(
        &self,
        user: &UserName,
        name: &str,
        digest: &str,
        at: Timestamp,
        audit: AuditRow,
    ) -> Result<ApiToken, StoreError>;

    /// The token with this digest; notes that it was used.
    async fn use_token(&self, digest: &str, now: Timestamp) -> Result<Option<ApiToken>, StoreError>;

    /// A user's tokens, newest first.
    async fn tokens(&self, user: &UserName) -> Result<Vec<ApiToken>, StoreError>;

    /// Revokes a token of this user; false when there is none with that number.
    async fn revoke_token(&self, user: &UserName, id: i64, audit: AuditRow) -> Result<bool, StoreError>;
}

/// Someone signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub user: UserName,
    /// Since when.
    pub begun_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}

/// A token for scripts, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub user: UserName,
    /// What for, in the user's words.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}
