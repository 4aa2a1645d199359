//! The options of the topic and of the sink job that writes or sends its events, if there is one.

use domain::design::{Bucketing, Change, SinkJobEdit, SqlApplicationEdit, TopicEdit};
use domain::platform::Platform;
use domain::schema::FieldPath;
use leptos::prelude::*;

use super::design_load::load_kind;
use super::design_notes::TableNotes;
use super::design_option::{ChoiceOption, RootArea, RootNumber, RootText};
use super::design_state::Designer;
use crate::ui::SelectOption;

/// The pane.
#[component]
pub fn JobOptions(designer: Designer) -> impl IntoView {
    let platform = StoredValue::new(designer.with_input(|input| input.platform.clone()));
    view! {
        <div class="pane-body">
            <TableNotes designer />
            <div class="pane-block grid gap-4 max-w-[560px]">
                <Topic designer platform />
                <Show
                    when=move || load_kind(designer).has_job()
                    fallback=move || {
                        view! {
                            <h2 class="option-group">"Kafka connector"</h2>
                            <Parallelism designer platform />
                            <p class="caption">
                                "There is no sink job: Kafka Connect runs the connector's tasks on machines of its own."
                            </p>
                        }
                    }
                >
                    <h2 class="option-group">"Sink job"</h2>
                    <Job designer platform />
                    <Machines designer />
                </Show>
                <h2 class="option-group">"A query over the topic"</h2>
                <Query designer />
            </div>
        </div>
    }
}

/// What the platform sets, as a placeholder.
fn said(platform: StoredValue<Platform>, read: fn(&Platform) -> u32) -> String {
    platform.with_value(read).to_string()
}

#[component]
fn Topic(designer: Designer, platform: StoredValue<Platform>) -> impl IntoView {
    view! {
        <Cluster designer platform />
        <RootNumber
            designer
            id="partitions"
            label="Partitions"
            hint="1 to 1000. Events of one key stay in one partition, so the number is hard to change later."
            placeholder=said(platform, |platform| platform.topic_partitions)
            rule="topic-partitions"
            read=|design| design.topic.partitions
            change=|number| Change::Topic(TopicEdit { partitions: number, ..TopicEdit::default() })
        />
        <RootNumber
            designer
            id="replication"
            label="Copies of each partition"
            hint="1 to 10."
            placeholder=said(platform, |platform| platform.topic_replication)
            rule="topic-replication"
            read=|design| design.topic.replication
            change=|number| Change::Topic(TopicEdit { replication: number, ..TopicEdit::default() })
        />
        <RootNumber
            designer
            id="retention-hours"
            label="Messages are kept, in hours"
            hint="Long enough to mend a sink job, a weekend included."
            placeholder=said(platform, |platform| platform.topic_retention_hours)
            rule="topic-retention"
            read=|design| design.topic.retention_hours
            change=|number| Change::Topic(TopicEdit { retention_hours: number, ..TopicEdit::default() })
        />
    }
}

/// The platform's Kafka clusters; not shown where there is no choice.
#[component]
fn Cluster(designer: Designer, platform: StoredValue<Platform>) -> impl IntoView {
    let (own, further) =
        platform.with_value(|platform| (platform.kafka_cluster.clone(), platform.further_kafka_clusters.clone()));
    if further.is_empty() {
        return ().into_any();
    }
    let options =
        std::iter::once(&own).chain(&further).map(|name| SelectOption::new(name.clone(), name.clone())).collect();
    let generated = StoredValue::new(own);
    let value = Signal::derive(move || {
        designer.design.with(|design| design.topic.cluster.clone()).unwrap_or_else(|| generated.get_value())
    });
    let on_change = Callback::new(move |cluster: String| {
        let is_default = generated.with_value(|own| *own == cluster);
        let patch = TopicEdit { cluster: Some(cluster), ..TopicEdit::default() };
        designer.change(&FieldPath::root(), Change::Topic(patch), is_default);
    });
    view! {
        <ChoiceOption
            designer
            id="topic-cluster"
            label="Kafka cluster"
            hint="Where the topic is made."
            options
            value
            on_change
        />
    }
    .into_any()
}

#[component]
fn Parallelism(designer: Designer, platform: StoredValue<Platform>) -> impl IntoView {
    view! {
        <RootNumber
            designer
            id="parallelism"
            label="Tasks side by side"
            hint="1 to 512; more than the topic's partitions have nothing to read."
            placeholder=said(platform, |platform| platform.sink_parallelism)
            rule="sink-parallelism"
            read=|design| design.sink_job.parallelism
            change=|number| Change::SinkJob(SinkJobEdit { parallelism: number, ..SinkJobEdit::default() })
        />
    }
}

#[component]
fn Job(designer: Designer, platform: StoredValue<Platform>) -> impl IntoView {
    let options = StoredValue::new(vec![
        SelectOption::new("hour", "A folder an hour"),
        SelectOption::new("day", "A folder a day"),
    ]);
    let value = Signal::derive(move || {
        let bucketing = designer.design.with(|design| design.sink_job.bucketing.unwrap_or_default());
        if bucketing == Bucketing::Day { "day" } else { "hour" }.to_owned()
    });
    let on_change = Callback::new(move |word: String| {
        let bucketing = if word == "day" { Bucketing::Day } else { Bucketing::Hour };
        let patch = SinkJobEdit { bucketing: Some(bucketing), ..SinkJobEdit::default() };
        designer.change(&FieldPath::root(), Change::SinkJob(patch), bucketing == Bucketing::default());
    });
    view! {
        <Parallelism designer platform />
        <RootNumber
            designer
            id="checkpoint-seconds"
            label="Seconds between checkpoints"
            hint="The age of the freshest row where there are files, of which short ones make many small ones."
            placeholder=said(platform, |platform| platform.sink_checkpoint_seconds)
            rule="sink-checkpoint"
            read=|design| design.sink_job.checkpoint_seconds
            change=|number| Change::SinkJob(SinkJobEdit { checkpoint_seconds: number, ..SinkJobEdit::default() })
        />
        <Show when=move || load_kind(designer).has_files()>
            <ChoiceOption
                designer
                id="bucketing"
                label="Folders"
                hint="By the time at which the files are written, in UTC."
                options=options.get_value()
                value
                on_change
            />
        </Show>
    }
}

#[component]
fn Machines(designer: Designer) -> impl IntoView {
    view! {
        <RootNumber
            designer
            id="task-managers"
            label="Task managers"
            hint="Empty leaves it to the platform's chart, as below."
            placeholder="chart's"
            rule="sink-task-managers"
            read=|design| design.sink_job.task_managers
            change=|number| Change::SinkJob(SinkJobEdit { task_managers: number, ..SinkJobEdit::default() })
        />
        <RootNumber
            designer
            id="memory-mib"
            label="Memory of each, in MiB"
            hint="512 to 65536."
            placeholder="chart's"
            rule="sink-memory"
            read=|design| design.sink_job.memory_mib
            change=|number| Change::SinkJob(SinkJobEdit { memory_mib: number, ..SinkJobEdit::default() })
        />
        <RootNumber
            designer
            id="cpu-millis"
            label="Processor of each, in thousandths of a core"
            hint="100 to 32000."
            placeholder="chart's"
            rule="sink-cpu"
            read=|design| design.sink_job.cpu_millis
            change=|number| Change::SinkJob(SinkJobEdit { cpu_millis: number, ..SinkJobEdit::default() })
        />
    }
}

/// The SQL application; without a query there is none.
#[component]
fn Query(designer: Designer) -> impl IntoView {
    view! {
        <RootArea
            designer
            id="sql"
            label="Query"
            hint="A continuous query in Flink's SQL. Empty makes no SQL application."
            rule="sql-application-empty"
            read=|design| design.sql_application.sql.as_ref()
            change=|text| Change::SqlApplication(SqlApplicationEdit { sql: Some(text), ..SqlApplicationEdit::default() })
        />
        <RootText
            designer
            id="sink-topic"
            label="Topic that its rows go to"
            hint="Another topic than the event's own."
            rule="sql-application-sink"
            read=|design| design.sql_application.sink_topic.as_ref()
            change=|text| Change::SqlApplication(SqlApplicationEdit { sink_topic: Some(text), ..SqlApplicationEdit::default() })
        />
    }
}
