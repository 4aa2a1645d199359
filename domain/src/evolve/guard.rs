//! What of an event that is live stays as it is, because no statement changes it without losing rows, files or protection.

use super::live::Live;
use super::standing::{Home, Standing};
use super::{Procedure, kind};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::event::{error, warning};
use crate::platform::LoadKind;
use crate::schema::Schema;
use crate::schema::walk::quote;
use crate::subject::Version;
use crate::table::{TableOptions, Tag};

/// How a version is reached: its pipe is touched only if its COPY becomes another one. The connector has one pipe for all versions.
pub fn procedure(live: &Live, version: Version, wanted: &Standing) -> Procedure {
    if wanted.kind != LoadKind::KafkaConnector && !live.versions.contains(&version) {
        return Procedure::VersionedPrefix;
    }
    let is_same = live.standing.as_ref().is_some_and(|stands| stands.copy == wanted.copy);
    if is_same { Procedure::TableOnly } else { Procedure::SamePrefix }
}

/// What is refused, and what is risky, on the way from what stands to what is wanted.
pub fn of_standing(live: &Live, wanted: &Standing) -> Vec<Diagnostic> {
    let Some(stands) = &live.standing else { return Vec::new() };
    let mut found = place(stands, wanted);
    found.extend(kind::of_standing(stands.kind, wanted.kind));
    found.extend(topic(&stands.home, &wanted.home));
    found.extend(row_access(&stands.options, &wanted.options));
    found.extend(tags(&stands.options, &wanted.options));
    found
}

/// That the rows go on being of one message. A file that has another one first, or a choice of another, would load that one's records
/// into the same columns wherever the two have fields of one name.
pub fn message(live: &Live, schema: &Schema) -> Option<Diagnostic> {
    let stands = live.standing.as_ref()?;
    let stood = stands.event_class.as_deref()?;
    let wanted = schema.name.as_str();
    // Only files of Protobuf have messages, and one that could not be read has none.
    if schema.event.messages.is_empty() || stood == wanted {
        return None;
    }
    let [old, new] = [stood, wanted].map(quote);
    if schema.has_full_name(stood) {
        let message = format!("The rows of this table are messages {old}; {new} would be loaded instead of them.");
        let keep = match stands.kind {
            LoadKind::KafkaConnector => format!("Register a version whose first message is {old}"),
            _ => format!("Choose {old}"),
        };
        let hint = format!("{keep}, or onboard {new} under a new subject.");
        return Some(error("live-event-message", message, hint));
    }
    let message =
        format!("The rows of this table are messages {old}, which the file no longer has; the event is {new}.");
    let hint = format!("Go on only if {old} was renamed to {new}; another message belongs under a new subject.");
    Some(warning("live-event-message", message, hint))
}

fn place(stands: &Standing, wanted: &Standing) -> Vec<Diagnostic> {
    let (home, new) = (&stands.home, &wanted.home);
    let mut found = Vec::new();
    if (&home.database, &home.schema) != (&new.database, &new.schema) {
        let message = format!(
            "The table is in {}.{} with its rows and pipes, and nothing moves it to {}.{}.",
            home.database, home.schema, new.database, new.schema
        );
        found.push(error(
            "live-table-moved",
            message,
            "Keep database and schema, or onboard the event under a new subject.",
        ));
    }
    if stands.kind == wanted.kind && stands.stage_url != wanted.stage_url {
        let message = format!(
            "The stage reads {} and its pipes go on reading there, so that files under {} would never be loaded.",
            stands.stage_url, wanted.stage_url
        );
        found.push(error("live-stage-moved", message, "Give the event the stage prefix and bucket that it has."));
    }
    let kind = |options: &TableOptions| (options.transient, options.iceberg.clone());
    if kind(&stands.options) != kind(&wanted.options) {
        let message = "A table of another kind, or with its files elsewhere, is another table: this one would be dropped with its rows.";
        found.push(error(
            "live-table-kind",
            message,
            "Keep the table's kind, or onboard the event under a new subject.",
        ));
    }
    if stands.aws_sns_topic != wanted.aws_sns_topic {
        let message = "Another SNS topic makes every pipe of the event anew, also those that still load, and loses what is queued.";
        found.push(error("live-sns-topic", message, "Take the SNS topic back to what it was."));
    }
    found
}

fn topic(stands: &Home, wanted: &Home) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if stands.cluster != wanted.cluster {
        let message = format!(
            "The topic is on {}; on {} it would be a new one without its messages.",
            stands.cluster, wanted.cluster
        );
        found.push(error("live-topic-cluster", message, "Keep the cluster, or onboard the event under a new subject."));
    }
    if wanted.partitions < stands.partitions {
        let message = format!(
            "The topic has {} partitions and cannot have fewer: it would be made anew without its messages.",
            stands.partitions
        );
        found.push(error("live-topic-partitions", message, format!("Set {} partitions or more.", stands.partitions)));
    }
    if wanted.partitions > stands.partitions {
        let message =
            "With more partitions a key's new messages go to another one, and overtake those that wait in the old one.";
        found.push(warning(
            "live-topic-partitions",
            message,
            "Let the consumers catch up before partitions are added.",
        ));
    }
    if stands.replication != wanted.replication {
        let message = format!(
            "The topic has {} copies of each partition, and another number means moving them between brokers.",
            stands.replication
        );
        let hint = format!("Set {} copies, and leave a reassignment to the platform team.", stands.replication);
        found.push(error("live-topic-replication", message, hint));
    }
    found
}

fn row_access(stands: &TableOptions, wanted: &TableOptions) -> Option<Diagnostic> {
    match (&stands.row_access, &wanted.row_access) {
        (Some((policy, _)), None) => {
            let message =
                format!("The table has the row access policy {policy}; without it everybody would see every row.");
            Some(error(
                "live-policy-removed",
                message,
                "Keep the policy in the design; only the platform team takes it off.",
            ))
        }
        (Some(old), Some(new)) if old != new => {
            let message = "The row access policy is given other columns or is another one, so other rows are seen, those of before included.";
            Some(warning(
                "live-row-access",
                message,
                "Check what the policy answers for rows that have NULL in its columns.",
            ))
        }
        _ => None,
    }
}

fn tags(stands: &TableOptions, wanted: &TableOptions) -> Option<Diagnostic> {
    let is_gone = |tag: &Tag| !wanted.tags.iter().any(|kept| kept.name == tag.name);
    stands.tags.iter().any(is_gone).then(|| {
        let message = "The table loses a tag, and its columns whatever policies come with the tag.";
        warning("live-tag-removed", message, "Keep the tag unless nothing guards values by it.")
    })
}
