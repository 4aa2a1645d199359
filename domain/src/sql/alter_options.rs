//! The statements from what a table or column has besides its type to what it is to have: policies, tags, clustering, Time Travel.

use super::ObjectName;
use super::alter::Altered;
use super::create_table::{assigned, clustering, row_access};
use crate::platform::Platform;
use crate::table::{Attributes, TableOptions, Tag};

/// What a column's policy and tags need; a collation cannot be changed.
pub fn alter_attributes(table: Altered<'_>, column: &str, (stands, wanted): (&Attributes, &Attributes)) -> Vec<String> {
    let mut changes = Vec::new();
    match (&stands.masking_policy, &wanted.masking_policy) {
        (None, Some(policy)) => changes.push(format!("SET MASKING POLICY {policy}")),
        (Some(old), Some(policy)) if old != policy => changes.push(format!("SET MASKING POLICY {policy} FORCE")),
        _ => {}
    }
    changes.extend(tags(&stands.tags, &wanted.tags));
    let head = table.column(column);
    changes.into_iter().map(|change| format!("{head} {change};")).collect()
}

/// What a table's options need, one statement each. Its kind and where its files are cannot be changed.
pub fn alter_options(table: Altered<'_>, stands: &TableOptions, wanted: &TableOptions) -> Vec<String> {
    let mut changes = Vec::new();
    if stands.cluster_by != wanted.cluster_by {
        changes.push(clustering(wanted).unwrap_or_else(|| "DROP CLUSTERING KEY".to_owned()));
    }
    changes.extend(days("DATA_RETENTION_TIME_IN_DAYS", stands.retention_days, wanted.retention_days));
    changes.extend(days(
        "MAX_DATA_EXTENSION_TIME_IN_DAYS",
        stands.max_data_extension_days,
        wanted.max_data_extension_days,
    ));
    changes.extend(switch("CHANGE_TRACKING", stands.change_tracking, wanted.change_tracking));
    changes.extend(switch("ERROR_LOGGING", stands.error_logging, wanted.error_logging));
    changes.extend(switch("ENABLE_SCHEMA_EVOLUTION", stands.schema_evolution, wanted.schema_evolution));
    changes.extend(tags(&stands.tags, &wanted.tags));
    match (&stands.row_access, &wanted.row_access) {
        (None, Some(access)) => changes.push(format!("ADD {}", row_access(access))),
        (Some(old), Some(access)) if old != access => changes.push(replaced_row_access(&old.0, access)),
        _ => {}
    }
    let head = table.head();
    changes.into_iter().map(|change| format!("{head} {change};")).collect()
}

/// One policy goes and the other comes in one statement, so that there is no moment without.
pub(super) fn replaced_row_access(old: &ObjectName, access: &(ObjectName, Vec<String>)) -> String {
    format!("DROP ROW ACCESS POLICY {old}, ADD {}", row_access(access))
}

/// Who hears of a pipe's errors.
pub fn set_error_integration(pipe: &str, integration: Option<&ObjectName>, platform: &Platform) -> String {
    let name = super::statement::qualified(platform, pipe);
    match integration {
        Some(integration) => format!("ALTER PIPE {name} SET ERROR_INTEGRATION = {integration};"),
        None => format!("ALTER PIPE {name} UNSET ERROR_INTEGRATION;"),
    }
}

fn days(what: &str, stands: Option<u8>, wanted: Option<u8>) -> Option<String> {
    (stands != wanted).then(|| match wanted {
        Some(days) => format!("SET {what} = {days}"),
        None => format!("UNSET {what}"),
    })
}

fn switch(what: &str, stands: bool, wanted: bool) -> Option<String> {
    (stands != wanted).then(|| format!("SET {what} = {}", if wanted { "TRUE" } else { "FALSE" }))
}

fn tags(stands: &[Tag], wanted: &[Tag]) -> Vec<String> {
    let gone: Vec<String> = stands
        .iter()
        .filter(|tag| !wanted.iter().any(|kept| kept.name == tag.name))
        .map(|tag| tag.name.to_string())
        .collect();
    let set: Vec<Tag> = wanted.iter().filter(|tag| !stands.contains(tag)).cloned().collect();
    let unset = (!gone.is_empty()).then(|| format!("UNSET TAG {}", gone.join(", ")));
    let set = (!set.is_empty()).then(|| format!("SET TAG {}", assigned(&set)));
    unset.into_iter().chain(set).collect()
}
