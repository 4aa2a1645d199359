//! The audit: rows are added in the transaction of what they tell about, and never change.

use domain::time::Timestamp;
use serde_json::Value;
use service::ports::store::AuditRow;

use super::error::Result;
use super::{SqliteStore, Tx, row};

/// Adds a row; `made` names the object where the caller could not know it.
pub async fn add(tx: &mut Tx, audit: &AuditRow, made: impl FnOnce() -> String) -> Result<()> {
    let object = if audit.object.is_empty() { made() } else { audit.object.clone() };
    insert(tx, audit.at, &audit.actor, &audit.action, &object, &audit.detail).await
}

/// Adds a row about something else that the same action moved.
pub async fn add_consequence(tx: &mut Tx, audit: &AuditRow, action: &str, object: &str, detail: Value) -> Result<()> {
    insert(tx, audit.at, &audit.actor, action, object, &detail).await
}

async fn insert(tx: &mut Tx, at: Timestamp, actor: &str, action: &str, object: &str, detail: &Value) -> Result<()> {
    sqlx::query("INSERT INTO audit (at, actor, action, object, detail) VALUES (?, ?, ?, ?, ?)")
        .bind(at.0)
        .bind(actor)
        .bind(action)
        .bind(object)
        .bind(row::text(detail)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

impl SqliteStore {
    pub(super) async fn audit_about(&self, object: &str, limit: u32) -> Result<Vec<AuditRow>> {
        let rows = sqlx::query("SELECT * FROM audit WHERE object = ? ORDER BY id DESC LIMIT ?")
            .bind(object)
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|r| {
                Ok(AuditRow {
                    at: row::time(r, "at")?,
                    actor: row::get(r, "actor")?,
                    action: row::get(r, "action")?,
                    object: row::get(r, "object")?,
                    detail: row::json(r, "detail")?,
                })
            })
            .collect()
    }
}
