//! Searches that people keep.

use async_trait::async_trait;
use domain::policy::UserName;
use domain::time::Timestamp;

use super::{AuditRow, StoreError};

/// Keeps searches under names.
#[async_trait]
pub trait SearchStore: Send + Sync {
    /// Keeps a search; one of the same user and name is replaced.
    async fn save_search(&self, search: NewSearch, audit: AuditRow) -> Result<SavedSearch, StoreError>;

    /// A user's searches, by name.
    async fn saved_searches(&self, user: &UserName) -> Result<Vec<SavedSearch>, StoreError>;

    /// Forgets a search of this user; false when there is none with that number.
    async fn forget_search(&self, user: &UserName, id: i64, audit: AuditRow) -> Result<bool, StoreError>;
}

/// A search to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSearch {
    /// Whose.
    pub user: UserName,
    /// Its name, in the user's words.
    pub name: String,
    /// The query of Explore's address, without its question mark.
    pub query: String,
    /// When.
    pub at: Timestamp,
}

/// A search that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub user: UserName,
    /// Its name.
    pub name: String,
    /// The query of Explore's address.
    pub query: String,
    /// When it was kept.
    pub created_at: Timestamp,
}
