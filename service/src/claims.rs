//! What belongs to an event that is live: its subject, its table and its files. The store refuses at the approval; this says so when a
//! request is submitted, with what to do.

use domain::artifact::Slug;
use domain::event::OnboardedEvent;
use domain::render::Rendering;
use domain::subject::SubjectName;

/// The table's whole name, `DATABASE.SCHEMA.NAME`.
pub fn table_name(rendering: &Rendering, platform: &domain::platform::Platform) -> String {
    format!("{}.{}.{}", platform.database, platform.schema, rendering.table.name)
}

/// The sentence that refuses a subject whose table or files another live event has.
pub fn taken(events: &[OnboardedEvent], subject: &SubjectName, table: &str) -> Option<String> {
    let file = Slug::of(subject).file().to_owned();
    let others = events.iter().filter(|event| event.subject != *subject);
    others.into_iter().find_map(|event| {
        if event.table.eq_ignore_ascii_case(table) {
            let owner = &event.subject;
            return Some(format!(
                "{table} is the table of {owner} already. Give the table another name in the designer."
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
    use domain::request::RequestId;
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
        let table = taken(&events, &name("order_placed-value"), "RAW.EVENTS.Order_Placed").unwrap();
        assert!(table.contains("order.placed-value"), "{table}");
        let events = [live("order-value", "RAW.EVENTS.ORDER_")];
        let files = taken(&events, &name("order-key"), "RAW.EVENTS.OTHER").unwrap();
        assert!(files.contains("same files"), "{files}");
    }

    #[test]
    fn a_subject_keeps_its_own_table_and_takes_a_free_one() {
        let events = [live("order-value", "RAW.EVENTS.ORDER_")];
        assert_eq!(taken(&events, &name("order-value"), "RAW.EVENTS.ORDER_"), None);
        assert_eq!(taken(&events, &name("refund-value"), "RAW.EVENTS.REFUND"), None);
    }
}
