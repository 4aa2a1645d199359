//! What belongs to an event that is live: its subject, its topic, its table and its files. The store refuses at the approval; this says so when a
//! request is submitted, with what to do.

use domain::artifact::{ArtifactKind, Slug};
use domain::event::OnboardedEvent;
use domain::platform::Platform;
use domain::render::Rendering;
use domain::request::RequestId;
use domain::subject::SubjectName;

/// A table's whole name, `DATABASE.SCHEMA.NAME`.
pub fn table_name(table: &str, platform: &Platform) -> String {
    format!("{}.{}.{table}", platform.database, platform.schema)
}

/// The topic that the rendering's SQL application writes to, if it has one.
pub fn sink_topic(rendering: &Rendering) -> Option<&str> {
    let application = rendering.artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::SqlApplication)?;
    application.occupies.as_deref()
}

/// The sentence that says what an approval would make and another request makes already. `name` is as the store claims it.
pub fn sentence(name: &str, request: RequestId, subject: &str) -> String {
    let owner = format!("request {request} of {subject}");
    match name.split_once(':') {
        Some(("evolves", _)) => format!(
            "{subject} is being changed by request {request} already, which is approved. Wait until its run has ended, or cancel it; then open the draft again, look at what it would change, and submit it anew."
        ),
        Some(("prefix", url)) => format!(
            "The stage would read files that are not its own: {url} is the place of {owner}. Send this request back for another stage prefix, neither within that place nor around it, or reject it."
        ),
        Some(("topic", topic)) => format!(
            "The topic {topic} belongs to {owner}. Only one request can write to it: send this one back for another topic, or reject it."
        ),
        _ => format!(
            "{name} belongs to {owner}. Only one request can make it: send this one back for another name, or reject it."
        ),
    }
}

/// The sentence that refuses a subject whose table or files another live event has, or an SQL application that would write into
/// another live event's topic.
pub fn taken(
    events: &[OnboardedEvent],
    subject: &SubjectName,
    table: &str,
    sink_topic: Option<&str>,
) -> Option<String> {
    let file = Slug::of(subject).file().to_owned();
    let others = events.iter().filter(|event| event.subject != *subject);
    others.into_iter().find_map(|event| {
        if event.table.eq_ignore_ascii_case(table) {
            let owner = &event.subject;
            return Some(format!(
                "{table} is the table of {owner} already. Give the table another name in the designer."
            ));
        }
        if sink_topic == Some(event.topic.as_str()) {
            let (topic, owner) = (&event.topic, &event.subject);
            return Some(format!(
                "{topic} is the topic of {owner}, which is live. Have the SQL application write to another topic."
            ));
        }
        (Slug::of(&event.subject).file() == file).then(|| {
            let owner = &event.subject;
            format!(
                "{subject} would write the same files as {owner}, which is live. Only one of them can be onboarded."
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use domain::journal::RunId;
    use domain::policy::UserName;
    use domain::subject::Version;
    use domain::time::Timestamp;

    use super::*;

    fn live(subject: &str, table: &str) -> OnboardedEvent {
        OnboardedEvent {
            name: "order".into(),
            subject: name(subject),
            version: Version(1),
            newest: None,
            table: table.into(),
            columns: 9,
            pipes: vec![Version(1)],
            topic: "order".into(),
            owner: UserName("engineer".into()),
            request: RequestId(1),
            run: RunId(1),
            pull_request: "#1".into(),
            live_since: Timestamp(0),
        }
    }

    fn name(text: &str) -> SubjectName {
        SubjectName::parse(text).unwrap()
    }

    #[test]
    fn another_subject_may_not_take_the_table_or_the_files_of_a_live_event() {
        let events = [live("order.placed-value", "RAW.EVENTS.ORDER_PLACED")];
        let table = taken(&events, &name("order_placed-value"), "RAW.EVENTS.Order_Placed", None).unwrap();
        assert!(table.contains("order.placed-value"), "{table}");
        let events = [live("order-value", "RAW.EVENTS.ORDER_")];
        let files = taken(&events, &name("order-key"), "RAW.EVENTS.OTHER", None).unwrap();
        assert!(files.contains("same files"), "{files}");
    }

    #[test]
    fn a_subject_keeps_its_own_table_and_takes_a_free_one() {
        let events = [live("order-value", "RAW.EVENTS.ORDER_")];
        assert_eq!(taken(&events, &name("order-value"), "RAW.EVENTS.ORDER_", None), None);
        assert_eq!(taken(&events, &name("refund-value"), "RAW.EVENTS.REFUND", Some("sums")), None);
    }

    #[test]
    fn an_sql_application_may_not_write_into_the_topic_of_another_live_event() {
        let events = [live("order-value", "RAW.EVENTS.ORDER_")];
        let sink = taken(&events, &name("refund-value"), "RAW.EVENTS.REFUND", Some("order")).unwrap();
        assert!(sink.contains("order is the topic of order-value"), "{sink}");
    }

    #[test]
    fn no_sentence_shows_how_the_store_names_what_it_claims() {
        for name in ["evolves:2", "prefix:s3://bucket/orders/", "topic:orders", "RAW.EVENTS.ORDER_"] {
            let sentence = sentence(name, RequestId(7), "order-value");
            assert!(sentence.contains("order-value") && !sentence.contains("evolves"), "{sentence}");
            assert!(!sentence.contains("prefix:") && !sentence.contains("topic:"), "{sentence}");
        }
    }
}
