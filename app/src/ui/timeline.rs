//! A time axis and lanes of bars, drawn as SVG in per cent so that no bar needs inline style.

use leptos::prelude::*;

/// What a bar means; it is also said in words in the row that the lane belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    Work,
    Wait,
    Run,
    Failed,
    Ok,
}

/// A stretch of a lane; both ends are shares of the whole axis, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub kind: SegmentKind,
    pub start: f64,
    pub end: f64,
}

/// A labelled line across the lanes at a share of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

/// A bar shorter than this share of its lane would not be seen.
const LEAST_SHARE: f64 = 0.006;

impl Segment {
    /// Left edge and width, inside the lane and wide enough to see.
    fn extent(self) -> (f64, f64) {
        let start = self.start.clamp(0.0, 1.0 - LEAST_SHARE);
        let end = self.end.clamp(0.0, 1.0);
        (start, (end - start).max(LEAST_SHARE))
    }
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// The hatching of the waiting bars; place it once on a page that shows lanes.
#[component]
pub fn TimelineDefs() -> impl IntoView {
    view! {
        <svg class="lane-defs" aria-hidden="true">
            <defs>
                <pattern id="lane-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <path class="lane-hatch-line" d="M0 0V4"></path>
                </pattern>
            </defs>
        </svg>
    }
    .into_any()
}

/// The head of the lanes: a label at every tick.
#[component]
pub fn TimelineAxis(#[prop(into)] ticks: Signal<Vec<Tick>>) -> impl IntoView {
    let mark = |tick: Tick| {
        view! {
            <text x=percent(tick.at) dx="4" y="18">
                {tick.label}
            </text>
        }
    };
    view! { <svg class="lane lane-axis">{move || ticks.get().into_iter().map(mark).collect_view()}</svg> }.into_any()
}

/// One lane. `now` draws the present as a line; the picture is decoration, so the row must say the same in words.
#[component]
pub fn TimelineLane(
    #[prop(into)] segments: Signal<Vec<Segment>>,
    #[prop(into)] ticks: Signal<Vec<Tick>>,
    #[prop(into, optional)] now: MaybeProp<f64>,
) -> impl IntoView {
    let line = |class: &'static str, at: f64| {
        let x = percent(at);
        view! { <line class=class x1=x.clone() x2=x y1="0" y2="100%"></line> }
    };
    let bar = |segment: Segment| {
        let (start, width) = segment.extent();
        let (class, fill) = match segment.kind {
            SegmentKind::Work => ("lane-work", None),
            SegmentKind::Wait => ("lane-wait", Some("url(#lane-hatch)")),
            SegmentKind::Run => ("lane-run", None),
            SegmentKind::Failed => ("lane-bad", None),
            SegmentKind::Ok => ("lane-ok", None),
        };
        view! {
            <rect
                class=class
                fill=fill
                x=percent(start)
                width=percent(width)
                y="50%"
                height="8"
                rx="2"
                transform="translate(0 -4)"
            ></rect>
        }
    };
    view! {
        <svg class="lane" aria-hidden="true">
            {move || ticks.get().into_iter().map(|tick| line("lane-tick", tick.at)).collect_view()}
            {move || segments.get().into_iter().map(bar).collect_view()}
            {move || now.get().map(|at| line("lane-now", at))}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stays_inside_its_lane_and_wide_enough_to_see() {
        let ends = [(0.0, 0.0), (-3.0, 0.5), (0.999, 1.0), (1.0, 1.0), (0.2, 7.0), (0.6, 0.1)];
        for (start, end) in ends {
            let (left, width) = Segment { kind: SegmentKind::Work, start, end }.extent();
            assert!(left >= 0.0 && width >= LEAST_SHARE && left + width <= 1.0 + 1e-9, "{start} to {end}");
        }
    }
}
