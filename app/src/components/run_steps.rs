//! The steps of a run over its time axis, with the attempts unfolded where there was more than one.

mod row;

pub use row::retries;

use domain::journal::RunView;
use domain::run::StepState;
use leptos::prelude::*;

use self::row::{AttemptRow, StepRow, attempt_rows, step_row};
use super::run_lanes::Axis;
use super::run_output::Output;
use crate::ui::{Glyph, Icon, IconSize, Tag, TagTone, Tick, TimelineAxis, TimelineDefs, TimelineLane};

/// The table. A step is drawn again only when something of it changed.
#[component]
pub fn RunSteps(#[prop(into)] view: Signal<RunView>) -> impl IntoView {
    let axis = Memo::new(move |_| view.with(Axis::of));
    let ticks = Memo::new(move |_| axis.get().ticks());
    let count = Memo::new(move |_| view.with(|view| view.machine.plan().steps.len()));
    let rows = move || (0..count.get()).map(|index| view! { <Step view index axis ticks /> }).collect_view();
    view! {
        <TimelineDefs />
        <div class="scroll-x">
            <table class="steps" aria-label="Steps of the run">
                <colgroup>
                    <col class="w-[40px]" />
                    <col class="wide:w-[320px]" />
                    <col class="w-[124px] c-wide" />
                    <col class="c-wide" />
                    <col class="w-[88px]" />
                    <col class="w-[240px] c-wide" />
                </colgroup>
                <thead>
                    <tr>
                        <th scope="col">
                            <span class="sr-only">"State"</span>
                        </th>
                        <th scope="col">"Step"</th>
                        <th scope="col" class="c-wide">
                            "Attempts"
                        </th>
                        <th class="c-lane c-wide" aria-hidden="true">
                            <TimelineAxis ticks />
                        </th>
                        <th scope="col" class="c-num">
                            "Took"
                        </th>
                        <th scope="col" class="c-wide">
                            "Output"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Step(view: Signal<RunView>, index: usize, axis: Memo<Axis>, ticks: Memo<Vec<Tick>>) -> impl IntoView {
    let step = Memo::new(move |_| view.with(|view| step_row(view, index)));
    let attempts = Memo::new(move |_| view.with(|view| attempt_rows(view, index)));
    let now = Signal::derive(move || axis.get().now());
    let row = move || step.get().map(|row| view! { <StepLine row ticks now /> });
    let unfolded = move || attempts.get().into_iter().map(|row| view! { <AttemptLine row ticks now /> }).collect_view();
    view! {
        {row}
        {unfolded}
    }
    .into_any()
}

#[component]
fn StepLine(row: StepRow, ticks: Memo<Vec<Tick>>, now: Signal<Option<f64>>) -> impl IntoView {
    let active = matches!(row.state, StepState::Running | StepState::Waiting).then_some("true");
    let name = if active.is_some() { "font-medium" } else { "" };
    view! {
        <tr data-active=active>
            <td>
                <StepIcon state=row.state />
            </td>
            <td>
                <span class=name>{row.title}</span>
                " "
                <span class="text-faint">{row.detail}</span>
            </td>
            <td class="c-wide">
                {row.attempts.map(|text| view! { <Tag text tone=TagTone::Warn icon=Glyph::RotateCcw /> })}
            </td>
            <td class="c-lane c-wide">
                <TimelineLane segments=row.segments ticks now />
            </td>
            <td class="c-num num">{row.took}</td>
            <td class="c-wide">{row.made.map(|made| view! { <Output made /> })}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn AttemptLine(row: AttemptRow, ticks: Memo<Vec<Tick>>, now: Signal<Option<f64>>) -> impl IntoView {
    let (glyph, class) = match row.failed {
        Some(true) => (Glyph::CircleX, "text-bad"),
        Some(false) => (Glyph::Check, "text-ok"),
        None => (Glyph::Circle, "text-faint"),
    };
    view! {
        <tr class="attempt">
            <td></td>
            <td>
                // As wide as the step and its tag, so that a message has room; a long one takes more lines.
                <div class="flex gap-1.5 py-1 wide:w-[424px] whitespace-normal break-words">
                    <Icon glyph size=IconSize::Small class label=row.word />
                    <span class="shrink-0">{row.title}</span>
                    <span class="min-w-0 text-faint">{row.message}</span>
                </div>
            </td>
            <td class="c-wide"></td>
            <td class="c-lane c-wide">
                <TimelineLane segments=row.segments ticks now />
            </td>
            <td class="c-num num">{row.took}</td>
            <td class="c-wide">{row.note}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn StepIcon(state: StepState) -> impl IntoView {
    let icon = |glyph, class| view! { <Icon glyph class label=state.label() /> }.into_any();
    let drawn = match state {
        StepState::Pending => icon(Glyph::Circle, "text-faint"),
        StepState::Running => view! { <span class="spin" role="img" aria-label=state.label()></span> }.into_any(),
        StepState::Waiting => icon(Glyph::Clock, "text-muted"),
        StepState::Failed => icon(Glyph::CircleX, "text-bad"),
        StepState::Done => icon(Glyph::CircleCheck, "text-ok"),
        StepState::Skipped => icon(Glyph::Ban, "text-faint"),
    };
    view! { <span class="step-icon">{drawn}</span> }.into_any()
}
