//! Who refers to a subject and what it refers to: a small drawing, and the same as two lists for whoever does not see it.

use domain::registry::{About, Referred, Referring};
use domain::subject::{SubjectName, Version};
use leptos::prelude::*;

use crate::paths::{self, SubjectTab};
use crate::ui::{EmptyState, Tag, TagTone, grouped};

/// Width of a box, and between two columns, in px.
const WIDTH: f64 = 250.0;
const BETWEEN: f64 = 72.0;
/// Height of a box, and of a row of them.
const HEIGHT: f64 = 26.0;
const ROW: f64 = 34.0;
/// The most boxes of a column; the lists have the rest.
const MOST: usize = 12;
/// Characters that fit into a box.
const FITS: usize = 30;

/// Where everything is drawn.
#[derive(Debug, Clone, PartialEq)]
struct Layout {
    size: (f64, f64),
    centre: (f64, f64),
    left: Vec<(f64, f64)>,
    right: Vec<(f64, f64)>,
}

/// Places so many boxes on both sides of the one in the middle; a side without boxes takes no room.
fn layout(left: usize, right: usize) -> Layout {
    let (left, right) = (left.min(MOST), right.min(MOST));
    let rows = left.max(right).max(1);
    let height = rows as f64 * ROW;
    let column = |count: usize, x: f64| {
        let top = (height - count as f64 * ROW) / 2.0;
        (0..count).map(|at| (x, top + at as f64 * ROW + (ROW - HEIGHT) / 2.0)).collect::<Vec<_>>()
    };
    let shift = if left > 0 { WIDTH + BETWEEN } else { 0.0 };
    let width = shift + WIDTH + if right > 0 { BETWEEN + WIDTH } else { 0.0 };
    Layout {
        size: (width, height),
        centre: (shift, (height - HEIGHT) / 2.0),
        left: column(left, 0.0),
        right: column(right, shift + WIDTH + BETWEEN),
    }
}

/// A curve from the right edge of one box to the left edge of another.
fn curve(from: (f64, f64), to: (f64, f64)) -> String {
    let (x1, y1, x2, y2) = (from.0 + WIDTH, from.1 + HEIGHT / 2.0, to.0, to.1 + HEIGHT / 2.0);
    let bend = (x1 + x2) / 2.0;
    format!("M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}")
}

/// The end of a name, which tells more than its beginning, with what was cut marked.
fn fitted(name: &str) -> String {
    let length = name.chars().count();
    if length <= FITS {
        name.to_owned()
    } else {
        format!("…{}", name.chars().skip(length + 1 - FITS).collect::<String>())
    }
}

fn path_of(subject: &SubjectName, version: Version) -> String {
    paths::subject_version(subject, version, SubjectTab::References)
}

fn block(at: (f64, f64), name: &SubjectName, version: Version, own: bool, found: bool) -> AnyView {
    let (x, y) = at;
    let class = if own {
        "ref-box own"
    } else if found {
        "ref-box"
    } else {
        "ref-box lost"
    };
    let title = format!("{name} version {version}");
    view! {
        <a href=path_of(name, version)>
            <title>{title}</title>
            <rect class=class x=x y=y width=WIDTH height=HEIGHT rx="4"></rect>
            <text x=x + 8.0 y=y + 17.0>{fitted(name.as_str())}</text>
            <text class="ref-version" x=x + WIDTH - 8.0 y=y + 17.0 text-anchor="end">{format!("v{version}")}</text>
        </a>
    }
    .into_any()
}

/// The drawing.
#[component]
fn Graph(subject: SubjectName, version: Version, about: About) -> impl IntoView {
    let places = layout(about.referring.len(), about.references.len());
    let (width, height) = places.size;
    let edges: Vec<String> = places
        .left
        .iter()
        .map(|from| curve(*from, places.centre))
        .chain(places.right.iter().map(|to| curve(places.centre, *to)))
        .collect();
    let left =
        places.left.iter().zip(&about.referring).map(|(at, one)| block(*at, &one.subject, one.version, false, true));
    let right = places
        .right
        .iter()
        .zip(&about.references)
        .map(|(at, one)| block(*at, &one.subject, one.version, false, one.found));
    view! {
        <div class="scroll-x pane-block" tabindex="0" role="region" aria-label="References as a drawing">
            <svg class="refs" width=width.to_string() height=height.to_string() viewBox=format!("0 0 {width} {height}")>
                {edges.into_iter().map(|d| view! { <path d=d></path> }).collect_view()}
                {left.collect_view()}
                {block(places.centre, &subject, version, true, true)}
                {right.collect_view()}
            </svg>
        </div>
    }
}

/// Both directions, drawn and listed.
#[component]
pub fn References(subject: SubjectName, version: Version, about: About) -> impl IntoView {
    if about.references.is_empty() && about.referring.is_empty() {
        return view! {
            <EmptyState title="It stands alone" text="This schema refers to no other, and no other that is known refers to it." />
        }
        .into_any();
    }
    let (to, from) = (about.references.clone(), about.referring.clone());
    let more = about.more_referring;
    view! {
        <Graph subject version about />
        <RefersTo list=to />
        <ReferredBy list=from more />
    }
    .into_any()
}

#[component]
fn RefersTo(list: Vec<Referred>) -> impl IntoView {
    let number = list.len();
    let row = |one: Referred| {
        let lost = (!one.found).then(|| view! { <Tag text="not in the registry" tone=TagTone::Bad /> });
        view! {
            <li>
                <a href=path_of(&one.subject, one.version)>
                    <span class="mono text-xs">{one.subject.to_string()}</span>
                    {lost}
                    <span class="grow"></span>
                    <span class="mono text-xs text-faint overflow-hidden text-ellipsis">{one.name}</span>
                    <span class="num text-xs text-faint">{format!("v{}", one.version)}</span>
                </a>
            </li>
        }
    };
    view! {
        <div class="pane-head">
            <h2>"Refers to"</h2>
            <span class="text-faint num">{grouped(number as u64)}</span>
        </div>
        <ul class="versions">{list.into_iter().map(row).collect_view()}</ul>
        {(number == 0).then(|| view! { <p class="pane-block text-muted">"Nothing."</p> })}
    }
}

#[component]
fn ReferredBy(list: Vec<Referring>, more: usize) -> impl IntoView {
    let number = list.len() + more;
    let row = |one: Referring| {
        view! {
            <li>
                <a href=path_of(&one.subject, one.version)>
                    <span class="mono text-xs">{one.subject.to_string()}</span>
                    <span class="grow"></span>
                    <span class="num text-xs text-faint">{format!("v{} refers to v{}", one.version, one.to)}</span>
                </a>
            </li>
        }
    };
    view! {
        <div class="pane-head">
            <h2>"Referred to by"</h2>
            <span class="text-faint num">{grouped(number as u64)}</span>
        </div>
        <ul class="versions">{list.into_iter().map(row).collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="pane-block text-muted">{format!("and {} more subjects.", grouped(more as u64))}</p> })}
        {(number == 0).then(|| view! { <p class="pane-block text-muted">"No subject that is known."</p> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_never_overlap_and_stay_in_the_drawing() {
        for (left, right) in [(0, 0), (1, 0), (0, 1), (3, 7), (40, 2), (12, 12)] {
            let places = layout(left, right);
            let boxes: Vec<(f64, f64)> =
                places.left.iter().chain(&places.right).chain([&places.centre]).copied().collect();
            for (at, one) in boxes.iter().enumerate() {
                assert!(one.0 >= 0.0 && one.0 + WIDTH <= places.size.0 + 0.01, "{left}, {right}: {one:?}");
                assert!(one.1 >= 0.0 && one.1 + HEIGHT <= places.size.1 + 0.01, "{left}, {right}: {one:?}");
                for other in boxes.iter().skip(at + 1) {
                    let apart = (one.0 - other.0).abs() >= WIDTH || (one.1 - other.1).abs() >= HEIGHT;
                    assert!(apart, "{left}, {right}: {one:?} and {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_long_name_keeps_its_end() {
        assert_eq!(fitted("order_placed-value"), "order_placed-value");
        let long = fitted("com.example.very.long.package.name.of.a.ReferencedThing");
        assert_eq!((long.chars().count(), long.ends_with("ReferencedThing")), (FITS, true));
    }
}
