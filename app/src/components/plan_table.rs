//! What a request makes, one line a thing: the files that only describe another line's thing are left to the list of files.

use domain::artifact::{Artifact, ArtifactKind};
use leptos::prelude::*;

/// Whether what is made changes an event that is live.
pub fn is_evolution(artifacts: &[Artifact]) -> bool {
    artifacts.iter().any(|artifact| artifact.kind == ArtifactKind::Evolution)
}

/// What an evolution makes; everything else is there already and is changed, or stays as it is.
fn is_new_in_evolution(kind: ArtifactKind) -> bool {
    matches!(kind, ArtifactKind::Evolution | ArtifactKind::Pipe)
}

/// Whether an artifact makes a thing of its own. Terraform of the warehouse says again what the statements make.
fn makes_something(artifact: &Artifact) -> bool {
    artifact.kind != ArtifactKind::Warehouse
}

/// The table "What will be made".
#[component]
pub fn PlanTable(artifacts: Vec<Artifact>) -> impl IntoView {
    let evolves = is_evolution(&artifacts);
    let mut artifacts: Vec<Artifact> = artifacts.into_iter().filter(makes_something).collect();
    artifacts.sort_by_key(|artifact| artifact.kind != ArtifactKind::Evolution);
    let row = move |artifact: Artifact| {
        let is_there = evolves && !is_new_in_evolution(artifact.kind);
        view! {
            <tr>
                <th scope="row">
                    <span class=if is_there { "sign-keep" } else { "sign-add" } aria-hidden="true">
                        {if is_there { "~" } else { "+" }}
                    </span>
                    {is_there.then(|| view! { <span class="sr-only">"There already: "</span> })}
                    {artifact.kind.label()}
                </th>
                <td class="mono" title=artifact.makes.clone()>
                    {artifact.makes.clone()}
                </td>
                <td class="c-wide text-muted" title=artifact.summary.clone()>
                    {artifact.summary.clone()}
                </td>
            </tr>
        }
    };
    view! {
        <table class="plan-table" aria-label="What will be made">
            <colgroup>
                <col class="cw-md" />
                <col class="wide:w-[340px]" />
                <col class="c-wide" />
            </colgroup>
            <tbody>{artifacts.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
