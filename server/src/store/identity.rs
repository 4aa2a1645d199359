//! Sessions and API tokens, by the digests of their secrets.

use async_trait::async_trait;
use domain::policy::UserName;
use domain::time::Timestamp;
use service::ports::store::{ApiToken, AuditRow, IdentityStore, Session, StoreError};
use sqlx::sqlite::SqliteRow;

use super::error::Result;
use super::{SqliteStore, audit, row};

/// A token's last use is kept to the minute: a script that calls a thousand times is not a thousand writes.
const USE_MILLIS: i64 = 60_000;

#[async_trait]
impl IdentityStore for SqliteStore {
    async fn begin_session(
        &self,
        session: Session,
        digest: &str,
        replaces: Option<&str>,
        audit: AuditRow,
    ) -> Result<(), StoreError> {
        Ok(self.keep_session(session, digest, replaces, audit).await?)
    }

    async fn session(&self, digest: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
        Ok(self.find_session(digest, now).await?)
    }

    async fn end_session(&self, digest: &str, audit: AuditRow) -> Result<(), StoreError> {
        Ok(self.drop_session(digest, audit).await?)
    }

    async fn create_token(
        &self,
        user: &UserName,
        name: &str,
        digest: &str,
        at: Timestamp,
        audit: AuditRow,
    ) -> Result<ApiToken, StoreError> {
        Ok(self.keep_token(user, name, digest, at, audit).await?)
    }

    async fn use_token(&self, digest: &str, now: Timestamp) -> Result<Option<ApiToken>, StoreError> {
        Ok(self.touch_token(digest, now).await?)
    }

    async fn tokens(&self, user: &UserName) -> Result<Vec<ApiToken>, StoreError> {
        Ok(self.find_tokens(user).await?)
    }

    async fn revoke_token(&self, user: &UserName, id: i64, audit: AuditRow) -> Result<bool, StoreError> {
        Ok(self.end_token(user, id, audit).await?)
    }
}

impl SqliteStore {
    async fn keep_session(
        &self,
        session: Session,
        digest: &str,
        replaces: Option<&str>,
        audit: AuditRow,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        sqlx::query("DELETE FROM sessions WHERE digest = ? OR expires_at <= ?")
            .bind(replaces)
            .bind(session.begun_at.0)
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO sessions (digest, user, begun_at, expires_at) VALUES (?, ?, ?, ?)")
            .bind(digest)
            .bind(&session.user.0)
            .bind(session.begun_at.0)
            .bind(session.expires_at.0)
            .execute(&mut *tx)
            .await?;
        audit::add(&mut tx, &audit, || format!("user:{}", session.user)).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn find_session(&self, digest: &str, now: Timestamp) -> Result<Option<Session>> {
        let found = sqlx::query("SELECT * FROM sessions WHERE digest = ? AND expires_at > ?")
            .bind(digest)
            .bind(now.0)
            .fetch_optional(&self.readers)
            .await?;
        found.as_ref().map(session).transpose()
    }

    async fn drop_session(&self, digest: &str, audit: AuditRow) -> Result<()> {
        let mut tx = self.write().await?;
        let ended: Option<String> = sqlx::query_scalar("DELETE FROM sessions WHERE digest = ? RETURNING user")
            .bind(digest)
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(user) = ended {
            audit::add(&mut tx, &audit, || format!("user:{user}")).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn keep_token(
        &self,
        user: &UserName,
        name: &str,
        digest: &str,
        at: Timestamp,
        audit: AuditRow,
    ) -> Result<ApiToken> {
        let mut tx = self.write().await?;
        let id = sqlx::query("INSERT INTO api_tokens (user, name, digest, created_at) VALUES (?, ?, ?, ?)")
            .bind(&user.0)
            .bind(name)
            .bind(digest)
            .bind(at.0)
            .execute(&mut *tx)
            .await?
            .last_insert_rowid();
        audit::add(&mut tx, &audit, || format!("token:{id}")).await?;
        tx.commit().await?;
        Ok(ApiToken { id, user: user.clone(), name: name.to_owned(), created_at: at, used_at: None })
    }

    async fn touch_token(&self, digest: &str, now: Timestamp) -> Result<Option<ApiToken>> {
        let found = sqlx::query("SELECT * FROM api_tokens WHERE digest = ? AND revoked_at IS NULL")
            .bind(digest)
            .fetch_optional(&self.readers)
            .await?;
        let Some(found) = found.as_ref().map(token).transpose()? else { return Ok(None) };
        if found.used_at.is_some_and(|used| now.millis_since(used) < USE_MILLIS) {
            return Ok(Some(found));
        }
        let mut tx = self.write().await?;
        let touched = sqlx::query("UPDATE api_tokens SET used_at = ? WHERE id = ? AND revoked_at IS NULL")
            .bind(now.0)
            .bind(found.id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok((touched.rows_affected() > 0).then_some(ApiToken { used_at: Some(now), ..found }))
    }

    async fn find_tokens(&self, user: &UserName) -> Result<Vec<ApiToken>> {
        let rows = sqlx::query("SELECT * FROM api_tokens WHERE user = ? AND revoked_at IS NULL ORDER BY id DESC")
            .bind(&user.0)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(token).collect()
    }

    async fn end_token(&self, user: &UserName, id: i64, audit: AuditRow) -> Result<bool> {
        let mut tx = self.write().await?;
        let ended =
            sqlx::query("UPDATE api_tokens SET revoked_at = ? WHERE id = ? AND user = ? AND revoked_at IS NULL")
                .bind(audit.at.0)
                .bind(id)
                .bind(&user.0)
                .execute(&mut *tx)
                .await?
                .rows_affected()
                > 0;
        if ended {
            audit::add(&mut tx, &audit, || format!("token:{id}")).await?;
        }
        tx.commit().await?;
        Ok(ended)
    }
}

fn session(r: &SqliteRow) -> Result<Session> {
    Ok(Session {
        user: row::user(r, "user")?,
        begun_at: row::time(r, "begun_at")?,
        expires_at: row::time(r, "expires_at")?,
    })
}

fn token(r: &SqliteRow) -> Result<ApiToken> {
    Ok(ApiToken {
        id: row::get(r, "id")?,
        user: row::user(r, "user")?,
        name: row::get(r, "name")?,
        created_at: row::time(r, "created_at")?,
        used_at: row::time_if(r, "used_at")?,
    })
}
