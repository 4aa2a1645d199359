//! The options of the load: what loads the event, who writes its files if it has any, where they are, and what happens to those that
//! do not load.

use domain::design::{Change, LoadEdit, OnError};
use domain::platform::{LoadKind, WriterProfile};
use domain::schema::FieldPath;
use domain::subject::Version;
use leptos::prelude::*;

use super::design_notes::TableNotes;
use super::design_option::{ChoiceOption, RootSwitch, RootText, TextOption};
use super::design_state::Designer;
use crate::ui::SelectOption;

/// An edit of the load.
fn load(patch: LoadEdit) -> Change {
    Change::Load(Box::new(patch))
}

/// The pane.
#[component]
pub fn LoadOptions(designer: Designer) -> impl IntoView {
    view! {
        <div class="pane-body">
            <TableNotes designer />
            <div class="pane-block grid gap-4 max-w-[560px]">
                <Kind designer />
                <Show when=move || load_kind(designer).has_files() fallback=move || view! { <WithoutFiles designer /> }>
                    <Profile designer />
                    <h2 class="option-group">"Which files"</h2>
                    <Files designer />
                    <h2 class="option-group">"When something goes wrong"</h2>
                    <Errors designer />
                    <h2 class="option-group">"What more each row says"</h2>
                    <Metadata designer />
                </Show>
                <OlderPipes designer />
            </div>
        </div>
    }
}

/// What loads the event, by the design or the platform.
pub fn load_kind(designer: Designer) -> LoadKind {
    let platform = designer.with_input(|input| input.platform.load_kind);
    designer.design.with(|design| design.load.kind.unwrap_or(platform))
}

/// The kinds of load, and what the chosen one means; the platform's own stands for no edit.
#[component]
fn Kind(designer: Designer) -> impl IntoView {
    let generated = designer.with_input(|input| input.platform.load_kind);
    let options = LoadKind::ALL.map(|kind| SelectOption::new(kind.word(), kind.label())).into();
    let value = Signal::derive(move || load_kind(designer).word().to_owned());
    let on_change = Callback::new(move |word: String| {
        if let Some(kind) = LoadKind::ALL.into_iter().find(|kind| kind.word() == word) {
            let patch = LoadEdit { kind: Some(kind), ..LoadEdit::default() };
            designer.change(&FieldPath::root(), load(patch), kind == generated);
        }
    });
    view! {
        <div>
            <ChoiceOption
                designer
                id="load-kind"
                label="What loads the event"
                hint="It decides what is made beside the table. An event that is live keeps its kind."
                options
                value
                on_change
            />
            <p class="field-hint" aria-live="polite">
                {move || load_kind(designer).about()}
            </p>
        </div>
    }
}

/// Why the options of files are not there.
#[component]
fn WithoutFiles(designer: Designer) -> impl IntoView {
    view! {
        <p class="caption">
            {move || {
                format!(
                    "{} has no files, so there is nothing to say of who writes them, where they are and what happens to one with errors: a row that does not fit is set aside alone, in the table's error table.",
                    load_kind(designer).label(),
                )
            }}
        </p>
    }
}

/// The pipes that load what is left of older versions; one that has drained can be taken out with this change.
#[component]
fn OlderPipes(designer: Designer) -> impl IntoView {
    let older = designer.with_input(|input| {
        let newest = input.live.newest();
        input.live.versions.iter().copied().filter(|version| Some(*version) != newest).collect::<Vec<_>>()
    });
    if older.is_empty() {
        return ().into_any();
    }
    let rows = older.into_iter().map(|version| view! { <OlderPipe designer version /> }).collect_view();
    view! {
        <fieldset class="field">
            <legend class="option-group">"Pipes of older versions"</legend>
            <p class="field-hint">
                "Take one out when it has drained: SYSTEM$PIPE_STATUS has said 0 for pendingFileCount and numOutstandingMessagesOnChannel for a day."
            </p>
            {rows}
        </fieldset>
    }
    .into_any()
}

#[component]
fn OlderPipe(designer: Designer, version: Version) -> impl IntoView {
    let retired = move || designer.design.with(|design| design.load.retire.clone().unwrap_or_default());
    let on = Memo::new(move |_| retired().contains(&version));
    let toggle = move |on: bool| {
        let mut versions = retired();
        versions.retain(|kept| *kept != version);
        versions.extend(on.then_some(version));
        let none_left = versions.is_empty();
        let retire = Some(versions);
        designer.change(&FieldPath::root(), load(LoadEdit { retire, ..LoadEdit::default() }), none_left);
    };
    view! {
        <label class="check-row">
            <input
                id=format!("retire-v{version}")
                type="checkbox"
                class="checkbox"
                checked=on.get_untracked()
                prop:checked=move || on.get()
                disabled=move || !designer.awake.get()
                on:change:target=move |event| toggle(event.target().checked())
            />
            {format!("Take out the pipe of version {version}")}
        </label>
    }
    .into_any()
}

const fn label(profile: WriterProfile) -> &'static str {
    match profile {
        WriterProfile::FlinkRowdataInt64Utc => "Flink rows, timestamps as INT64 in UTC",
        WriterProfile::FlinkRowdataInt96 => "Flink rows, timestamps as INT96",
        WriterProfile::Avro3Level => "Avro records, three-level lists",
        WriterProfile::Avro2Level => "Avro records, two-level lists",
        WriterProfile::ProtoSpec => "Protobuf messages, standard lists and maps",
        WriterProfile::ProtoLegacy => "Protobuf messages, bare repeated fields",
    }
}

/// The profiles that can write the event's language; the platform's own stands for no edit.
#[component]
fn Profile(designer: Designer) -> impl IntoView {
    let (language, generated) = designer.with_input(|input| (input.schema.schema_type, input.platform.writer_profile));
    let able = WriterProfile::ALL.into_iter().filter(|profile| profile.writes(language) || *profile == generated);
    let options = able.map(|profile| SelectOption::new(profile.word(), label(profile))).collect();
    let value = Signal::derive(move || {
        designer.design.with(|design| design.load.writer_profile.unwrap_or(generated).word().to_owned())
    });
    let on_change = Callback::new(move |word: String| {
        let chosen = WriterProfile::ALL.into_iter().find(|profile| profile.word() == word);
        designer.change(&FieldPath::root(), Change::WriterProfile(chosen), chosen == Some(generated));
    });
    view! {
        <ChoiceOption
            designer
            id="writer-profile"
            label="Who writes the files"
            hint="It decides what a file holds of each field, and so what the load selects. It must be what the sink job does."
            options
            value
            on_change
        />
    }
}

#[component]
fn Files(designer: Designer) -> impl IntoView {
    view! {
        <RootText
            designer
            id="stage-prefix"
            label="Prefix below the platform's bucket"
            hint="Empty gives the generated one, which no other event has."
            rule="stage-prefix-invalid"
            read=|design| design.load.stage_prefix.as_ref()
            change=|text| load(LoadEdit { stage_prefix: Some(text), ..LoadEdit::default() })
        />
        <RootText
            designer
            id="pattern"
            label="Pattern of paths"
            hint="A regular expression that the whole path below the pipe's prefix has to match. Empty loads every file."
            rule="pattern-invalid"
            read=|design| design.load.pattern.as_ref()
            change=|text| load(LoadEdit { pattern: Some(text), ..LoadEdit::default() })
        />
        <RootText
            designer
            id="aws-sns-topic"
            label="SNS topic that announces files"
            hint="Its ARN, where the bucket does not notify the pipe's own queue."
            rule="sns-topic-invalid"
            read=|design| design.load.aws_sns_topic.as_ref()
            change=|text| load(LoadEdit { aws_sns_topic: Some(text), ..LoadEdit::default() })
        />
    }
}

/// What is typed as ON_ERROR, kept while it is not yet one of its values.
#[component]
fn OnErrorOption(designer: Designer) -> impl IntoView {
    let wrong = RwSignal::new(None::<String>);
    let value =
        Signal::derive(move || designer.design.with(|design| design.load.on_error.unwrap_or_default().to_string()));
    let typed = Callback::new(move |text: String| {
        let parsed = if text.trim().is_empty() { Ok(OnError::default()) } else { text.parse::<OnError>() };
        wrong.set(parsed.as_ref().err().map(ToString::to_string));
        if let Ok(on_error) = parsed {
            let patch = LoadEdit { on_error: Some(on_error), ..LoadEdit::default() };
            designer.type_in(&FieldPath::root(), load(patch), on_error == OnError::default());
        }
    });
    view! {
        <TextOption
            designer
            id="on-error"
            label="A file with a row that does not load"
            hint="SKIP_FILE, CONTINUE, SKIP_FILE_10 for a number of such rows, or SKIP_FILE_10% for a share of them."
            class="input mono"
            value
            error=wrong
            on_text=typed
            on_leave=Callback::new(move |()| wrong.set(None))
        />
    }
}

#[component]
fn Errors(designer: Designer) -> impl IntoView {
    view! {
        <OnErrorOption designer />
        <RootText
            designer
            id="error-integration"
            label="Notification integration"
            hint="Who hears of a file that was skipped, such as NI_SNOWPIPE_ERRORS."
            rule="error-integration-invalid"
            read=|design| design.load.error_integration.as_ref()
            change=|text| load(LoadEdit { error_integration: Some(text), ..LoadEdit::default() })
        />
        <RootSwitch
            designer
            id="truncate-columns"
            label="Cut texts that are too long for their column"
            hint="Otherwise one such text makes the load skip its whole file."
            read=|design| design.load.truncate_columns
            change=|on| load(LoadEdit { truncate_columns: Some(on), ..LoadEdit::default() })
        />
    }
}

#[component]
fn Metadata(designer: Designer) -> impl IntoView {
    view! {
        <RootSwitch
            designer
            id="file-content-key"
            label="The content key of its file"
            hint="Tells whether a file was written anew under its old name."
            read=|design| design.load.file_content_key
            change=|on| load(LoadEdit { file_content_key: Some(on), ..LoadEdit::default() })
        />
        <RootSwitch
            designer
            id="file-last-modified"
            label="When its file was last modified"
            hint="Beside the time of the load it shows how long files wait."
            read=|design| design.load.file_last_modified
            change=|on| load(LoadEdit { file_last_modified: Some(on), ..LoadEdit::default() })
        />
    }
}
