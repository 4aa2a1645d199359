//! The catalogue as rows: every onboarded event, its table, and how far it is behind the registry.

use domain::event::OnboardedEvent;
use domain::subject::{SubjectName, Version};
use domain::time::Timestamp as Instant;
use leptos::prelude::*;

use super::state::counted;
use crate::paths::{self, SubjectTab};
use crate::ui::{ListColumn, ListHead, Tag, Timestamp, grouped};

const COLUMNS: &[ListColumn] = &[
    ListColumn::text("Event", ""),
    ListColumn::text("Table", ""),
    ListColumn::number("Version", "w-[72px]"),
    ListColumn::text("Registry", "w-[190px]"),
    ListColumn::text("Pipes", "w-[180px]"),
    ListColumn::number("Columns", "w-[72px]"),
    ListColumn::text("Topic", "cw-lg"),
    ListColumn::text("Owner", "cw-md"),
    ListColumn::text("Request", "w-[72px]"),
    ListColumn::text("Run", "w-[64px]"),
    ListColumn::number("Live since", "w-[96px]"),
];

/// A table of events, in the order given; `retire` gives the form that begins to take the pipe of a version out.
#[component]
pub fn EventTable(
    #[prop(into)] events: Signal<Vec<OnboardedEvent>>,
    now: Instant,
    retire: Callback<(SubjectName, Version), AnyView>,
) -> impl IntoView {
    view! {
        <table class="list-table">
            <ListHead columns=COLUMNS />
            <tbody>
                <For each=move || events.get() key=|event| event.subject.clone() children=move |event| view! { <EventRow event now retire /> } />
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn EventRow(event: OnboardedEvent, now: Instant, retire: Callback<(SubjectName, Version), AnyView>) -> impl IntoView {
    let (lag, pipes) = (lag(&event), pipes(&event));
    let oldest = event.older_pipes().first().map(|version| retire.run((event.subject.clone(), *version)));
    view! {
        <tr>
            <td class="c-name mono" title=event.subject.to_string()>
                <a href=paths::subject_version(&event.subject, event.version, SubjectTab::Fields)>{event.name}</a>
            </td>
            <td class="c-meta mono text-muted" title=event.table.clone()>
                {event.table.clone()}
            </td>
            <td class="c-meta c-num">{format!("v{}", event.version)}</td>
            <td class="c-state">{lag.map(|text| view! { <Tag text /> })}</td>
            <td class="c-meta">
                <span class="dots">
                    <span>{pipes}</span>
                    {oldest}
                </span>
            </td>
            <td class="c-wide c-num">{grouped(u64::try_from(event.columns).unwrap_or(u64::MAX))}</td>
            <td class="c-wide mono text-muted" title=event.topic.clone()>
                {event.topic.clone()}
            </td>
            <td class="c-wide">{event.owner.to_string()}</td>
            <td class="c-wide num">
                <a class="link" href=paths::request(event.request)>
                    {event.request.to_string()}
                </a>
            </td>
            <td class="c-wide num">
                <a class="link" href=paths::run(event.run) aria-label=format!("Run {}", event.run)>
                    {event.run.to_string()}
                </a>
            </td>
            <td class="c-wide c-num text-muted">
                <Timestamp at_ms=event.live_since.0 now_ms=now.0 />
            </td>
        </tr>
    }
    .into_any()
}

/// The pipes that run, by their versions where there are several.
fn pipes(event: &OnboardedEvent) -> String {
    match event.pipes.as_slice() {
        [] | [_] => "1 pipe".to_owned(),
        several => several.iter().map(|version| format!("v{version}")).collect::<Vec<_>>().join(", "),
    }
}

/// What the registry has that the table does not, short enough for a narrow window.
fn lag(event: &OnboardedEvent) -> Option<String> {
    match event.newest {
        None => Some("subject is gone".to_owned()),
        Some(newest) if newest > event.version => {
            let ahead = usize::try_from(newest.0 - event.version.0).unwrap_or(usize::MAX);
            Some(format!("{} ahead", counted(ahead, "version", "versions")))
        }
        Some(_) => None,
    }
}

/// Whether the registry has a newer version than the table.
pub fn is_behind(event: &OnboardedEvent) -> bool {
    event.newest.is_some_and(|newest| newest > event.version)
}

/// Whether every word of the filter occurs in the event's name, table, topic or owner, in any case.
pub fn matches(event: &OnboardedEvent, filter: &str) -> bool {
    let text = format!("{}\n{}\n{}\n{}", event.name, event.table, event.topic, event.owner).to_lowercase();
    filter.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use domain::policy::UserName;
    use domain::request::RequestId;
    use domain::run::RunId;

    use super::*;

    fn event(newest: Option<u32>) -> OnboardedEvent {
        OnboardedEvent {
            name: "order_placed".to_owned(),
            subject: SubjectName::parse("order_placed-value").unwrap(),
            version: Version(2),
            newest: newest.map(Version),
            table: "RAW.EVENTS.ORDER_PLACED".to_owned(),
            columns: 25,
            pipes: vec![Version(1), Version(2)],
            topic: "order_placed".to_owned(),
            owner: UserName("engineer".to_owned()),
            request: RequestId(1),
            run: RunId(1),
            pull_request: "#1".to_owned(),
            live_since: Instant(0),
        }
    }

    #[test]
    fn the_distance_to_the_registry_is_said_in_versions() {
        let said = [Some(2), Some(3), Some(5), Some(1), None].map(|newest| lag(&event(newest)));
        assert_eq!(
            said,
            [
                None,
                Some("1 version ahead".to_owned()),
                Some("3 versions ahead".to_owned()),
                None,
                Some("subject is gone".to_owned()),
            ]
        );
        assert!(!is_behind(&event(None)));
    }

    #[test]
    fn pipes_are_named_where_there_are_several() {
        let two = event(None);
        assert_eq!((pipes(&two), two.older_pipes()), ("v1, v2".to_owned(), &[Version(1)][..]));
        let one = OnboardedEvent { pipes: vec![Version(2)], ..two };
        assert_eq!((pipes(&one), one.older_pipes()), ("1 pipe".to_owned(), &[][..]));
    }

    #[test]
    fn a_filter_finds_its_words_in_any_order_and_case() {
        let event = event(None);
        for filter in ["", "  ", "ORDER", "engineer raw.events", "placed eng"] {
            assert!(matches(&event, filter), "{filter}");
        }
        assert!(!matches(&event, "order refund"));
    }
}
