//! Searches that people keep, each name once a user.

use async_trait::async_trait;
use domain::policy::UserName;
use service::ports::store::{AuditRow, NewSearch, SavedSearch, SearchStore, StoreError};
use sqlx::sqlite::SqliteRow;

use super::error::Result;
use super::{SqliteStore, audit, row};

#[async_trait]
impl SearchStore for SqliteStore {
    async fn save_search(&self, search: NewSearch, audit: AuditRow) -> Result<SavedSearch, StoreError> {
        Ok(self.keep_search(search, audit).await?)
    }

    async fn saved_searches(&self, user: &UserName) -> Result<Vec<SavedSearch>, StoreError> {
        Ok(self.find_searches(user).await?)
    }

    async fn forget_search(&self, user: &UserName, id: i64, audit: AuditRow) -> Result<bool, StoreError> {
        Ok(self.drop_search(user, id, audit).await?)
    }
}

impl SqliteStore {
    async fn keep_search(&self, search: NewSearch, audit: AuditRow) -> Result<SavedSearch> {
        let mut tx = self.write().await?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO saved_searches (user, name, query, created_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (user, name) DO UPDATE SET query = excluded.query, created_at = excluded.created_at
             RETURNING id",
        )
        .bind(&search.user.0)
        .bind(&search.name)
        .bind(&search.query)
        .bind(search.at.0)
        .fetch_one(&mut *tx)
        .await?;
        audit::add(&mut tx, &audit, || format!("search:{id}")).await?;
        tx.commit().await?;
        let NewSearch { user, name, query, at } = search;
        Ok(SavedSearch { id, user, name, query, created_at: at })
    }

    async fn find_searches(&self, user: &UserName) -> Result<Vec<SavedSearch>> {
        let rows = sqlx::query("SELECT * FROM saved_searches WHERE user = ? ORDER BY name, id")
            .bind(&user.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(search).collect()
    }

    async fn drop_search(&self, user: &UserName, id: i64, audit: AuditRow) -> Result<bool> {
        let mut tx = self.write().await?;
        let dropped = sqlx::query("DELETE FROM saved_searches WHERE id = ? AND user = ?")
            .bind(id)
            .bind(&user.0)
            .execute(&mut *tx)
            .await?
            .rows_affected()
            > 0;
        if dropped {
            audit::add(&mut tx, &audit, || format!("search:{id}")).await?;
        }
        tx.commit().await?;
        Ok(dropped)
    }
}

fn search(r: &SqliteRow) -> Result<SavedSearch> {
    Ok(SavedSearch {
        id: row::get(r, "id")?,
        user: row::user(r, "user")?,
        name: row::get(r, "name")?,
        query: row::get(r, "query")?,
        created_at: row::time(r, "created_at")?,
    })
}
