//! What is kept of a live event: what its revision makes, which pipes run, and who came before whom.

use domain::event::OnboardedEvent;
use domain::request::{Overtaken, RequestId, RequestState, Verdict};
use domain::run::RunId;
use domain::subject::Version;
use server::store::SqliteStore;
use service::ports::store::{ConsoleStore as _, NewRevision, Store, StoreError, Submitted};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};

use crate::world::*;

fn event(version: u32, pipes: &[u32], request: RequestId, run: RunId) -> OnboardedEvent {
    OnboardedEvent {
        name: "orders".into(),
        subject: subject("orders-value"),
        version: Version(version),
        newest: None,
        table: "RAW.EVENTS.ORDERS".into(),
        columns: 9,
        pipes: pipes.iter().copied().map(Version).collect(),
        topic: "orders".into(),
        owner: user("ann"),
        request,
        run,
        pull_request: "#1".into(),
        live_since: at(50),
    }
}

async fn overtaken(store: &dyn Store, request: RequestId) -> Option<Overtaken> {
    let alone = store.request(request).await.unwrap().unwrap().overtaken;
    let filter = service::ports::store::RequestFilter { limit: 50, ..Default::default() };
    let listed = store.requests(filter).await.unwrap().into_iter().find(|listed| listed.id == request).unwrap();
    assert_eq!(listed.overtaken, alone, "the list says what the page says");
    alone
}

async fn built_on(store: &dyn Store, content: &str, base: Option<RequestId>) -> Submitted {
    let mut new: NewRevision = submission(None, content, "ann");
    new.revision.built_on = base;
    store.submit(new, audit("request-submitted", "")).await.unwrap()
}

#[tokio::test]
async fn a_request_is_overtaken_while_another_one_of_its_event_is_under_way_and_when_that_went_live() {
    let world = world().await;
    let store = &*world.store;
    let waits = submit(store, "waits").await.request;
    assert_eq!(overtaken(store, waits).await, None);
    let (other, run) = approved(store, "other").await;
    assert_eq!(overtaken(store, waits).await, Some(Overtaken::UnderWay(other.request)));
    assert_eq!(overtaken(store, other.request).await, None, "nobody overtakes what is approved");
    store.record_event(event(3, &[3], other.request, run), audit("event-recorded", "")).await.unwrap();
    assert_eq!(overtaken(store, waits).await, Some(Overtaken::WentLive(other.request)));
    let next = built_on(store, "next", Some(other.request)).await.request;
    assert_eq!(overtaken(store, next).await, Some(Overtaken::UnderWay(other.request)), "its run is not over");
    let rejected = store.request(waits).await.unwrap().unwrap();
    let verdict =
        decision(&Submitted { request: waits, revision: 1, digest: rejected.digest, created: false }, Verdict::Reject);
    decide(store, verdict).await.unwrap();
    assert_eq!(overtaken(store, waits).await, None, "what is decided waits no more");
}

#[tokio::test]
async fn whether_an_approval_would_be_refused_is_known_before_it_and_asking_changes_nothing() {
    let world = world().await;
    let store = &*world.store;
    let mut rival = submission(None, "one", "bob");
    rival.revision.artifacts[0].content = "other bytes\n".into();
    rival.revision.digest = domain::render::digest(&rival.revision.artifacts);
    let rival = store.submit(rival, audit("request-submitted", "")).await.unwrap();
    store.check_claims(rival.request, 1).await.unwrap();
    let (first, _) = approved(store, "one").await;
    let refused = store.check_claims(rival.request, 1).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Taken { request, .. } if *request == first.request), "{refused}");
    assert_eq!(store.request(rival.request).await.unwrap().unwrap().state, RequestState::InReview);
}

#[tokio::test]
async fn what_is_live_and_which_pipes_run_outlives_the_process() {
    let world = world().await;
    let base = submit(&*world.store, "base").await.request;
    let kept = built_on(&*world.store, "kept", Some(base)).await;
    let wanted = world.store.revision(kept.request, 1).await.unwrap().unwrap();
    assert_eq!((wanted.built_on, wanted.makes.as_ref().map(|made| made.table.as_str())), (Some(base), Some("kept")));
    let (live, run) = approved(&*world.store, "live").await;
    let recorded = event(4, &[2, 4], live.request, run);
    world.store.record_event(recorded.clone(), audit("event-recorded", "")).await.unwrap();
    drop(world.store);
    let again = SqliteStore::open(world.folder.path().join("sluicegate.db")).await.unwrap();
    assert_eq!(again.revision(kept.request, 1).await.unwrap().unwrap(), wanted);
    assert_eq!(again.events().await.unwrap(), [recorded]);
}

#[tokio::test]
async fn a_file_of_before_knows_afterwards_which_pipes_run() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("old.db")).create_if_missing(true);
    let mut old = options.connect().await.unwrap();
    for before in [include_str!("../../migrations/0001_console.sql"), include_str!("../../migrations/0002_claims.sql")]
    {
        sqlx::raw_sql(before).execute(&mut old).await.unwrap();
    }
    let rows = r#"
        INSERT INTO requests (id, subject, version, state, requester, revision, digest, created_at, updated_at)
            VALUES (1, 's', 1, 'live', 'ann', 1, 'x', 0, 0), (2, 's', 4, 'live', 'ann', 1, 'y', 0, 0);
        INSERT INTO revisions (request, number, digest, submitter, authors, input, artifacts, diagnostics, submitted_at)
            VALUES (1, 1, 'x', 'ann', '[]', '{}', '[]', '[]', 0),
                   (2, 1, 'y', 'ann', '[]', '{"live":{"versions":[1,3]}}', '[]', '[]', 0);
        INSERT INTO runs (id, request, revision, approver, state, machine, counter, started_at)
            VALUES (1, 1, 1, 'pat', 'completed', '{}', 1, 0), (2, 2, 1, 'pat', 'completed', '{}', 1, 0);
        INSERT INTO events (name, subject, version, table_name, columns, topic, owner, request, run, pull_request, live_since)
            VALUES ('s', 's', 1, 'T', 1, 's', 'ann', 1, 1, '#1', 0), ('s', 's', 4, 'T', 1, 's', 'ann', 2, 2, '#2', 0);"#;
    sqlx::raw_sql(rows).execute(&mut old).await.unwrap();
    sqlx::raw_sql(include_str!("../../migrations/0003_life.sql")).execute(&mut old).await.unwrap();
    let pipes = sqlx::query("SELECT pipes FROM events ORDER BY id").fetch_all(&mut old).await.unwrap();
    assert_eq!(pipes.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>(), ["[1]", "[1,3,4]"]);
}
