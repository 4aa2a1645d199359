//! The rows of `GET /api/v1/subjects`. Every name is matched on every request, so it is asked off the threads that serve requests.

use domain::registry::{ExplorePage, ExploreQuery, Onboarding, SubjectSummary};
use domain::search::Pattern;
use domain::subject::{SchemaType, SubjectName};
use domain::time::Timestamp;

use super::{Entry, Snapshot, StoredVersion};

/// The most rows of one page.
pub const MAX_ROWS: usize = 500;

impl Snapshot {
    /// The subjects whose names match, with counts; `onboarding` is asked only for the rows that are given back. A pattern that cannot
    /// be used gives no rows and says why.
    pub fn explore(
        &self,
        query: &ExploreQuery,
        onboarding: &dyn Fn(&SubjectName) -> Onboarding,
        now: Timestamp,
    ) -> ExplorePage {
        let mut page = ExplorePage {
            total: self.len(),
            by_type: SchemaType::ALL.map(|schema_type| (schema_type, 0)).to_vec(),
            freshness: self.freshness(now),
            ..ExplorePage::default()
        };
        let pattern = match Pattern::parse(&query.pattern) {
            Ok(pattern) => pattern,
            Err(problem) => return ExplorePage { problem: Some(problem), ..page },
        };
        let limit = query.limit.clamp(1, MAX_ROWS);
        let mut more = false;
        for (subject, newest) in self.matching(&pattern) {
            count(&mut page.by_type, newest.schema_type);
            if !query.types.is_empty() && !query.types.contains(&newest.schema_type) {
                continue;
            }
            page.matched += 1;
            if query.after.as_ref().is_some_and(|after| subject.name <= after.as_str()) {
                continue;
            }
            if page.rows.len() == limit {
                more = true;
                continue;
            }
            page.rows.extend(row(&subject, newest, &pattern, onboarding));
        }
        page.next = page.rows.last().filter(|_| more).map(|last| last.subject.clone());
        page
    }

    fn matching(&self, pattern: &Pattern) -> impl Iterator<Item = (Entry<'_>, StoredVersion)> {
        self.entries()
            .filter(|entry| pattern.is_match(entry.name))
            .filter_map(|entry| entry.newest().map(|newest| (entry, *newest)))
    }
}

fn count(by_type: &mut [(SchemaType, usize)], schema_type: SchemaType) {
    if let Some((_, count)) = by_type.iter_mut().find(|(counted, _)| *counted == schema_type) {
        *count += 1;
    }
}

fn row(
    entry: &Entry<'_>,
    newest: StoredVersion,
    pattern: &Pattern,
    onboarding: &dyn Fn(&SubjectName) -> Onboarding,
) -> Option<SubjectSummary> {
    let subject = entry.subject()?;
    Some(SubjectSummary {
        schema_type: newest.schema_type,
        version: newest.version,
        versions: entry.live().count(),
        matched: pattern.find(entry.name).map(|found| (found.start, found.end)),
        onboarding: onboarding(&subject),
        subject,
    })
}
