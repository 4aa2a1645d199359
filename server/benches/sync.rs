//! A registry of 20,000 subjects with five versions each read into the snapshot, beside a loop that only downloads the same answers in the
//! same run; and how long a restart takes. Run by `make bench`.

#![allow(clippy::unwrap_used, reason = "a benchmark may end when its own input is wrong")]

#[path = "sync/growth.rs"]
mod growth;
#[path = "sync/registry.rs"]
mod registry;

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use server::registry::{Auth, Confluent, Patience};
use server::store::SqliteSnapshotStore;
use service::ports::clock::SystemClock;
use service::ports::snapshot::SnapshotStore;
use service::snapshot::{SnapshotCell, Syncer};

use registry::Served;

const SUBJECTS: usize = 20_000;
const VERSIONS: usize = 5;
const ROUNDS: usize = 3;
/// As many calls at once as the syncer ends up with.
const AT_ONCE: usize = 8;
/// So many that the pace is none.
const UNPACED: u32 = 1_000_000;

#[tokio::main]
async fn main() {
    let served = Served::start(SUBJECTS, VERSIONS).await;
    let (mut bare, mut synced, mut restarts) = (Vec::new(), Vec::new(), Vec::new());
    let mut calls = 0;
    for round in 0..ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        served.forget();
        let (took, asked) = sync(&served, folder.path()).await;
        calls = asked;
        synced.push(took);
        let urls = served.asked();
        bare.push(download(&served, &urls).await);
        restarts.push(restart(&served, folder.path()).await);
        let last = (synced.last().unwrap(), bare.last().unwrap());
        println!("round {round}: synced in {:?}, the bare transfer {:?}", last.0, last.1);
    }
    let (bare, synced, restart) = (median(bare), median(synced), median(restarts));
    let one_by_one = 1 + SUBJECTS * (1 + VERSIONS);
    println!(
        "{SUBJECTS} subjects x {VERSIONS} versions, {:.0} MB: bare transfer {bare:?}, synced {synced:?}, ratio {:.2} (at most 2)",
        served.bytes() as f64 / 1e6,
        synced.as_secs_f64() / bare.as_secs_f64()
    );
    println!(
        "calls {calls}, one by one {one_by_one}: {:.0} times fewer (at least 500)",
        one_by_one as f64 / calls as f64
    );
    println!("a restart serves all of it after {restart:?}");
    growth::measure().await;
}

fn client(served: &Served) -> Confluent {
    Confluent::at_pace(served.url.parse().unwrap(), Auth::None, Patience::default(), UNPACED).unwrap()
}

async fn world(served: &Served, folder: &std::path::Path) -> (Arc<SnapshotCell>, Syncer) {
    let store: Arc<dyn SnapshotStore> =
        Arc::new(SqliteSnapshotStore::open(folder.join("registries.db")).await.unwrap());
    let cell = Arc::new(SnapshotCell::new(store));
    let syncer = Syncer::new(Arc::new(client(served)), cell.clone(), Arc::new(SystemClock));
    (cell, syncer)
}

async fn sync(served: &Served, folder: &std::path::Path) -> (Duration, u64) {
    let (cell, syncer) = world(served, folder).await;
    let started = Instant::now();
    syncer.refresh().await;
    let took = started.elapsed();
    let freshness = cell.snapshot().freshness(Default::default());
    assert_eq!((freshness.trouble, freshness.unreadable_count), (None, 0));
    assert_eq!(cell.snapshot().len(), SUBJECTS);
    println!("{} bytes a subject in memory", cell.snapshot().bytes() / SUBJECTS);
    (took, freshness.calls)
}

async fn restart(served: &Served, folder: &std::path::Path) -> Duration {
    let started = Instant::now();
    let (cell, syncer) = world(served, folder).await;
    assert!(syncer.restore().await.unwrap());
    assert_eq!(cell.snapshot().len(), SUBJECTS);
    started.elapsed()
}

/// The same answers, read to their end and dropped.
async fn download(served: &Served, asked: &[String]) -> Duration {
    let client = reqwest::Client::new();
    let started = Instant::now();
    let get = async |path: &String| {
        let mut answer = client.get(format!("{}{path}", served.url)).send().await.unwrap();
        let mut bytes = 0;
        while let Some(piece) = answer.chunk().await.unwrap() {
            bytes += piece.len();
        }
        bytes
    };
    let bytes: usize =
        futures::stream::iter(asked).map(get).buffer_unordered(AT_ONCE).fold(0, async |a, b| a + b).await;
    assert!(bytes > 0);
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
