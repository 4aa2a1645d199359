//! Drafts: each save builds on the one that its author saw, and whoever saves joins the authors for good.

use domain::draft::{Draft, DraftId};
use domain::policy::UserName;
use domain::request::RequestId;
use domain::subject::{SubjectName, Version};
use service::ports::store::{AuditRow, NewDraft, SavedDraft, SeenDraft};
use sqlx::sqlite::SqliteRow;

use super::error::{Result, broken, conflict};
use super::{SqliteStore, Tx, audit, row};

/// Authors are an array of the names in the order in which they joined.
const SELECT: &str =
    "SELECT d.*, (SELECT json_group_array(author ORDER BY position) FROM draft_authors WHERE draft = d.id) AS authors
     FROM drafts d WHERE d.id = ?";

const SELECT_OPEN: &str =
    "SELECT d.*, (SELECT json_group_array(author ORDER BY position) FROM draft_authors WHERE draft = d.id) AS authors
     FROM drafts d WHERE d.submitted = 0 ORDER BY d.updated_at DESC, d.id DESC LIMIT ?";

impl SqliteStore {
    pub(super) async fn make_draft(&self, new: NewDraft, audit: AuditRow) -> Result<Draft> {
        let mut tx = self.write().await?;
        let id = sqlx::query(
            "INSERT INTO drafts (subject, version, design, saves, request, submitted, created_at, updated_at)
             VALUES (?, ?, ?, 1, ?, 0, ?, ?)",
        )
        .bind(new.subject.as_str())
        .bind(new.version.0)
        .bind(row::text(&new.design)?)
        .bind(new.request.map(|id| id.0))
        .bind(new.at.0)
        .bind(new.at.0)
        .execute(&mut *tx)
        .await?
        .last_insert_rowid();
        join(&mut tx, id, &new.owner).await?;
        for author in &new.inherited_authors {
            join(&mut tx, id, author).await?;
        }
        audit::add(&mut tx, &audit, || format!("draft:{id}")).await?;
        let draft = find(&mut tx, DraftId(id)).await?.ok_or_else(|| broken("a new draft is not there"))?;
        tx.commit().await?;
        Ok(draft)
    }

    pub(super) async fn save(&self, save: SavedDraft, audit: AuditRow) -> Result<Draft> {
        let mut tx = self.write().await?;
        let saved = sqlx::query(
            "UPDATE drafts SET design = ?, saves = saves + 1, submitted = 0, updated_at = ? WHERE id = ? AND saves = ?",
        )
        .bind(row::text(&save.design)?)
        .bind(save.at.0)
        .bind(save.id.0)
        .bind(save.builds_on)
        .execute(&mut *tx)
        .await?;
        if saved.rows_affected() == 0 {
            return Err(conflict());
        }
        join(&mut tx, save.id.0, &save.author).await?;
        audit::add(&mut tx, &audit, || format!("draft:{}", save.id)).await?;
        let draft = find(&mut tx, save.id).await?.ok_or_else(|| broken("a saved draft is not there"))?;
        tx.commit().await?;
        Ok(draft)
    }

    pub(super) async fn find_draft(&self, id: DraftId) -> Result<Option<Draft>> {
        let found = sqlx::query(SELECT).bind(id.0).fetch_optional(&self.readers).await?;
        found.as_ref().map(draft).transpose()
    }

    pub(super) async fn open_drafts(&self, limit: u32) -> Result<Vec<Draft>> {
        let rows = sqlx::query(SELECT_OPEN).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(draft).collect()
    }

    pub(super) async fn open_subjects(&self) -> Result<Vec<SubjectName>> {
        let rows =
            sqlx::query("SELECT DISTINCT subject FROM drafts WHERE submitted = 0").fetch_all(&self.readers).await?;
        rows.iter().map(|subject| row::name(subject, "subject")).collect()
    }
}

/// One draft, as the transaction sees it.
pub async fn find(tx: &mut Tx, id: DraftId) -> Result<Option<Draft>> {
    let found = sqlx::query(SELECT).bind(id.0).fetch_optional(&mut **tx).await?;
    found.as_ref().map(draft).transpose()
}

/// Ties a draft to the request that it was submitted to; conflict when it was saved again, so that the newer save is not taken for
/// submitted.
pub async fn tie(tx: &mut Tx, draft: SeenDraft, request: RequestId) -> Result<()> {
    let tied = sqlx::query(
        "UPDATE drafts SET request = ?1, submitted = 1
         WHERE id = ?2 AND saves = ?3 AND (request IS NULL OR request = ?1)",
    )
    .bind(request.0)
    .bind(draft.id.0)
    .bind(draft.saves)
    .execute(&mut **tx)
    .await?;
    if tied.rows_affected() == 0 { Err(conflict()) } else { Ok(()) }
}

async fn join(tx: &mut Tx, draft: i64, author: &UserName) -> Result<()> {
    sqlx::query(
        "INSERT INTO draft_authors (draft, position, author)
         VALUES (?1, (SELECT COUNT(*) FROM draft_authors WHERE draft = ?1), ?2) ON CONFLICT DO NOTHING",
    )
    .bind(draft)
    .bind(&author.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn draft(r: &SqliteRow) -> Result<Draft> {
    Ok(Draft {
        id: DraftId(row::get(r, "id")?),
        subject: row::name(r, "subject")?,
        version: Version(row::get(r, "version")?),
        design: row::json(r, "design")?,
        saves: row::get(r, "saves")?,
        authors: row::json(r, "authors")?,
        request: row::get::<Option<i64>>(r, "request")?.map(RequestId),
        created_at: row::time(r, "created_at")?,
        updated_at: row::time(r, "updated_at")?,
    })
}
