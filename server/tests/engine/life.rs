//! A live event's pipes end by a reviewed change, its record is what was approved, and no change overwrites another one's steps.

use domain::artifact::ArtifactKind;
use domain::plan::Plan;
use domain::render::{RenderInput, render};
use domain::request::RequestState;
use domain::run::RunState;
use domain::subject::Version;

use crate::world::*;

/// The event as `old` left it, with one more field, as this version and with this design.
fn changed(old: &RenderInput, version: u32, field: Option<&str>, design: &str) -> RenderInput {
    let live = render(old).live();
    let mut new =
        RenderInput { version: Version(version), live, design: serde_json::from_str(design).unwrap(), ..old.clone() };
    if let Some(field) = field {
        let added = format!(r#"{{"name":"{field}","type":["null","string"],"default":null}},{{"name":"id""#);
        new.schema.text = new.schema.text.replacen(r#"{"name":"id""#, &added, 1);
    }
    new
}

async fn completes(world: &World, input: &RenderInput) {
    let (request, run) = world.launch_input(input.clone(), quick(Plan::onboarding())).await.unwrap();
    world.until(run, RunState::Completed).await;
    assert_eq!(world.state(request).await, RequestState::Live);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pipe_that_was_taken_out_is_gone_from_the_catalogue_and_from_the_repository_also_after_a_restart() {
    let world = World::new().await;
    let engine = world.engine();
    let first = input("orders");
    completes(&world, &first).await;
    let second = changed(&first, 2, Some("note"), "{}");
    completes(&world, &second).await;
    assert_eq!(world.store.events().await.unwrap()[0].pipes, [Version(1), Version(2)]);
    let retired = changed(&second, 2, None, r#"{"load":{"retire":[1]}}"#);
    completes(&world, &retired).await;
    drop(engine);
    let removed = world.forge.removed();
    assert_eq!(removed, ["terraform-snowflake/events/sql/orders_v1.copy.sql"]);
    let (store, _) = parts(world.folder.path()).await;
    let event = store.events().await.unwrap().remove(0);
    assert_eq!((event.pipes.as_slice(), event.version), (&[Version(2)][..], Version(2)));
    let revision = store.revision(event.request, 1).await.unwrap().unwrap();
    assert_eq!(revision.makes.unwrap().versions, [Version(2)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_called_a_retirement_where_it_is_nothing_else() {
    let world = World::new().await;
    let _engine = world.engine();
    let first = input("orders");
    let second = changed(&first, 2, Some("note"), "{}");
    let retired = changed(&second, 2, None, r#"{"load":{"retire":[1]}}"#);
    let third = changed(&retired, 3, Some("more"), "{}");
    let job = r#"{"load":{"retire":[2]},"sinkJob":{"parallelism":7}}"#;
    for input in [&first, &second, &retired, &third, &changed(&third, 3, None, job)] {
        completes(&world, input).await;
    }
    let subject = &first.subject;
    let titles = [
        format!("Onboard {subject} v1"),
        format!("Evolve {subject} v2"),
        format!("Retire the pipe of {subject} v1"),
        format!("Evolve {subject} v3"),
        format!("Evolve {subject} v3, and retire the pipe of v2"),
    ];
    assert_eq!(world.forge.titles(), titles);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_steps_of_every_change_stay_in_the_repository() {
    let world = World::new().await;
    let _engine = world.engine();
    let first = input("orders");
    completes(&world, &first).await;
    let mut before = first;
    for comment in ["one", "two", "three"] {
        let next = changed(&before, 1, None, &format!(r#"{{"table":{{"comment":"{comment}"}}}}"#));
        completes(&world, &next).await;
        before = next;
    }
    let steps: Vec<String> = world.forge.files().into_iter().filter(|path| path.contains("/5-change-")).collect();
    assert_eq!(steps, [1, 2, 3].map(|number| format!("statements/orders/5-change-{number}-v1.sql")));
    assert!(world.forge.removed().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_rebuild_the_record_is_what_is_live() {
    let world = World::new().await;
    let _engine = world.engine();
    let first = input("orders");
    completes(&world, &first).await;
    let mut second = changed(&first, 2, None, r#"{"table":{"rebuild":true}}"#);
    second.schema.text = second.schema.text.replacen(r#""type":"string""#, r#""type":"int""#, 1);
    let rendering = render(&second);
    let steps = rendering.artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::Evolution).unwrap();
    assert!(steps.content.contains("SWAP WITH"), "{}", steps.content);
    completes(&world, &second).await;
    let event = world.store.events().await.unwrap().remove(0);
    assert_eq!((event.version, event.pipes.as_slice()), (Version(2), &[Version(2)][..]));
    assert_eq!((event.table.as_str(), event.columns), ("RAW.EVENTS.ORDERS", render(&first).live().columns.len()));
    let made = world.store.revision(event.request, 1).await.unwrap().unwrap().makes.unwrap();
    let id = made.columns.iter().find(|column| column.name == "ID").unwrap();
    assert_eq!((id.column_type.as_str(), id.filled), ("NUMBER(38,0)", true));
}
