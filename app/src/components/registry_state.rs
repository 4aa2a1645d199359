//! One registry: how far it is read and how old that is, how it is asked, and the acts on it.

use domain::registry::{Freshness, Mode, ProbeStep, RegistryState};
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::explore_list::level_label;
use super::explore_status::age;
use super::outcome::{Refusal, problem};
use crate::api::registries::{ReadRegistry, TestRegistry};
use crate::ui::{Button, ButtonSize, Dot, Glyph, Icon, IconSize, Notice, NoticeTone, Timestamp, grouped, time};

/// How much of what is listed was read, for people; true numbers and never a guess.
fn progress(freshness: &Freshness) -> String {
    let (read, listed) = (grouped(freshness.read as u64), grouped(freshness.listed as u64));
    if freshness.listed == 0 && freshness.synced_at.is_none() {
        return "Nothing has been listed yet".to_owned();
    }
    format!("{read} of {listed} subjects read")
}

/// What a mode lets one do.
const fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::ReadWrite => "read and write",
        Mode::ReadOnly => "read only",
        Mode::ReadOnlyOverride => "read only, whatever a subject says",
        Mode::Import => "import",
        Mode::Forward => "forwards to another registry",
    }
}

/// The registry.
#[component]
pub fn RegistryPanel(
    state: RegistryState,
    sync: ServerAction<ReadRegistry>,
    test: ServerAction<TestRegistry>,
) -> impl IntoView {
    let freshness = state.freshness.clone();
    let (word, tone) = age(&freshness);
    let name = state.name.to_string();
    let heading = format!("registry-{name}");
    let trouble = freshness.trouble.clone().map(|trouble| {
        let detail = match freshness.synced_at {
            Some(at) => format!("What was read {} is served meanwhile.", time::relative(at.0, freshness.now.0)),
            None => "Nothing of it has been read yet.".to_owned(),
        };
        view! { <Notice tone=NoticeTone::Bad icon=Glyph::Unplug text=trouble detail /> }
    });
    let pace = match freshness.pace {
        0 => "without a limit".to_owned(),
        pace => format!("{} calls a second at most", grouped(u64::from(pace))),
    };
    let how = if state.driver.is_empty() { pace } else { format!("{}, {pace}", state.driver) };
    let time = |at: Option<domain::time::Timestamp>| match at {
        Some(at) => view! { <Timestamp at_ms=at.0 now_ms=freshness.now.0 /> }.into_any(),
        None => "not yet".into_any(),
    };
    let whole = freshness.listed.max(1);
    view! {
        <section class="registry" aria-labelledby=heading.clone()>
            {trouble}
            <div class="registry-head">
                <h2 class="page-name" id=heading.clone()>{name.clone()}</h2>
                <Dot word tone />
                <span class="grow"></span>
                <Acts name sync test />
            </div>
            <div class="pane-block">
                <p class="text-muted" role="status">{progress(&freshness)}</p>
                <progress class="progress-bar" max=whole.to_string() value=freshness.read.to_string() aria-label="Subjects read">
                    {progress(&freshness)}
                </progress>
                <dl class="facts registry-facts">
                    <dt>"Place"</dt>
                    <dd class="mono">{state.place}</dd>
                    <dt>"Read"</dt>
                    <dd>{how}</dd>
                    <dt>"Names read"</dt>
                    <dd>{time(freshness.synced_at)}</dd>
                    <dt>"Versions read"</dt>
                    <dd>{time(freshness.details_at)}</dd>
                    <dt>"Calls since the start"</dt>
                    <dd class="num">{grouped(freshness.calls)}</dd>
                    <dt>"Compatibility"</dt>
                    <dd>{state.level.map_or("not known".to_owned(), |level| level_label(level.word()))}</dd>
                    <dt>"Mode"</dt>
                    <dd>{state.mode.map_or("not known", mode_word)}</dd>
                </dl>
            </div>
            <Tested name=state.name.to_string() test />
        </section>
    }
}

#[component]
fn Acts(name: String, sync: ServerAction<ReadRegistry>, test: ServerAction<TestRegistry>) -> impl IntoView {
    let testing = move || test.pending().get();
    let of = name.clone();
    view! {
        <div class="btn-row">
            <ActionForm action=test>
                <input type="hidden" name="registry" value=of />
                <Button
                    label=Signal::derive(move || if testing() { "Testing…" } else { "Test the connection" }.to_owned())
                    submit=true
                    size=ButtonSize::Small
                />
            </ActionForm>
            <ActionForm action=sync>
                <input type="hidden" name="registry" value=name />
                <Button label="Sync now" icon=Glyph::RefreshCw submit=true size=ButtonSize::Small />
            </ActionForm>
        </div>
        <Refusal problem=problem(sync) />
        <Refusal problem=problem(test) />
    }
}

/// What the last test of this registry found.
#[component]
fn Tested(name: String, test: ServerAction<TestRegistry>) -> impl IntoView {
    let of = StoredValue::new(name);
    let asked = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(input) = test.input().get() {
            asked.set(Some(input.registry));
        }
    });
    let steps = move || {
        let mine = asked.get().is_none_or(|name| of.with_value(|of| *of == name));
        test.value().get().and_then(Result::ok).filter(|_| mine)
    };
    view! {
        <div role="status">
            {move || steps().map(|steps| view! {
                <ol class="probe" aria-label="Test of the connection">{steps.into_iter().map(step).collect_view()}</ol>
            })}
        </div>
    }
}

fn step(step: ProbeStep) -> impl IntoView {
    let (glyph, class, word) =
        if step.passed { (Glyph::CircleCheck, "text-ok", "passed") } else { (Glyph::CircleX, "text-bad", "failed") };
    view! {
        <li>
            <Icon glyph size=IconSize::Small class label=word />
            <b>{step.step}</b>
            <span class="text-muted">{step.sentence}</span>
            <span class="grow"></span>
            <span class="num text-xs text-faint">{time::duration(i64::try_from(step.millis).unwrap_or(i64::MAX))}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_true_numbers() {
        let some = Freshness { read: 20_412, listed: 1_002_114, ..Freshness::default() };
        assert_eq!(progress(&some), "20,412 of 1,002,114 subjects read");
        assert_eq!(progress(&Freshness::default()), "Nothing has been listed yet");
    }
}
