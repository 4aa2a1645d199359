//! What a request makes, one line a thing: the files that only describe another line's thing are left to the list of files.

use domain::artifact::{Artifact, ArtifactKind};
use leptos::prelude::*;

/// Whether an artifact makes a thing of its own. Terraform of the warehouse says again what the statements make.
fn makes_something(artifact: &Artifact) -> bool {
    artifact.kind != ArtifactKind::Warehouse
}

/// The table "What will be made".
#[component]
pub fn PlanTable(artifacts: Vec<Artifact>) -> impl IntoView {
    let row = |artifact: Artifact| {
        view! {
            <tr>
                <th scope="row">
                    <span class="sign-add" aria-hidden="true">
                        "+"
                    </span>
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
            <tbody>{artifacts.into_iter().filter(makes_something).map(row).collect_view()}</tbody>
        </table>
    }
}
