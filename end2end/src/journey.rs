//! One journey: it hands out servers and visitors, and when it ends it judges what they complained about. A journey is a
//! closure and not a value to drop, since a complaint found in a destructor could not fail the test in a readable way.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use playwright_rs::{BrowserContext, Page};

use crate::problems::Problems;
use crate::world::Ground;
use crate::{Failure, Result, Settings, Visit, Visitor, World, browser, target};

/// How long the browser's last complaints may take to arrive after its window is closed.
const STRAGGLERS: Duration = Duration::from_millis(100);

/// What a running journey can ask for.
pub struct Journey {
    name: String,
    problems: Arc<Problems>,
    windows: Mutex<Vec<(BrowserContext, Page)>>,
    grounds: Mutex<Vec<Arc<Ground>>>,
}

/// Runs one journey to its end, and fails when it failed or when the browser complained.
///
/// A failure prints what the servers said and leaves a picture of every window in `target/journeys`.
pub fn journey(play: impl AsyncFnOnce(&Journey) -> Result) -> Result {
    let runtime = browser::runtime()?;
    let journey = Journey::of_this_test();
    let ended = catch_unwind(AssertUnwindSafe(|| runtime.block_on(play(&journey))));
    let pictures = match &ended {
        Ok(Ok(())) if journey.problems.verdict().is_empty() => Vec::new(),
        _ => runtime.block_on(journey.pictures()),
    };
    runtime.block_on(journey.close());
    let mut troubles = journey.problems.verdict();
    if let Ok(Err(trouble)) = &ended {
        troubles.insert(0, trouble.to_string());
    }
    if ended.is_err() || !troubles.is_empty() {
        journey.print_logs();
        troubles.extend(pictures.iter().map(|picture| format!("picture: {}", picture.display())));
    }
    match ended {
        Err(panic) => {
            troubles.iter().for_each(|trouble| eprintln!("{trouble}"));
            resume_unwind(panic)
        }
        Ok(_) if troubles.is_empty() => Ok(()),
        Ok(_) => Err(Failure(troubles.join("\n")).into()),
    }
}

impl Journey {
    fn of_this_test() -> Journey {
        Journey {
            name: std::thread::current().name().unwrap_or("journey").replace("::", "-"),
            problems: Arc::default(),
            windows: Mutex::default(),
            grounds: Mutex::default(),
        }
    }

    /// Starts the real server on a free port and an empty data folder.
    pub async fn world(&self) -> Result<World> {
        self.world_with(Settings::default()).await
    }

    /// Starts the real server with these settings.
    pub async fn world_with(&self, settings: Settings) -> Result<World> {
        let keep = |ground| self.grounds.lock().unwrap_or_else(PoisonError::into_inner).push(ground);
        World::start(settings, keep).await
    }

    /// Opens a window on the server at this address (`http://host:port`).
    pub async fn visitor(&self, base: &str, visit: Visit) -> Result<Visitor> {
        let visitor = Visitor::open(visit, base, &self.problems).await?;
        let window = (visitor.context().clone(), Page::clone(&visitor));
        self.windows.lock().unwrap_or_else(PoisonError::into_inner).push(window);
        Ok(visitor)
    }

    /// Announces that the browser will complain with this text, as it does of every answer of 400 and above.
    pub fn expects_complaint(&self, text: &str) {
        self.problems.announce(text);
    }

    /// Excuses a complaint with this text, which may come or not, as when a server is killed under an open page.
    pub fn excuses_complaint(&self, text: &str) {
        self.problems.excuse(text);
    }

    fn windows(&self) -> Vec<(BrowserContext, Page)> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn pictures(&self) -> Vec<PathBuf> {
        let folder = target().join("journeys");
        if std::fs::create_dir_all(&folder).is_err() {
            return Vec::new();
        }
        let mut taken = Vec::new();
        for (number, (_, page)) in self.windows().iter().enumerate() {
            let file = folder.join(format!("{}-{}.png", self.name, number + 1));
            if page.screenshot_to_file(&file, None).await.is_ok() {
                taken.push(file);
            }
        }
        taken
    }

    async fn close(&self) {
        let windows = self.windows();
        for (context, page) in &windows {
            // A round trip behind all that the page has said so far; a crashed page cannot answer, and has complained.
            let _ = page.evaluate_value("0").await;
            let _ = context.close().await;
        }
        if !windows.is_empty() {
            tokio::time::sleep(STRAGGLERS).await;
        }
        let grounds = self.grounds.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for ground in grounds {
            ground.end().await;
        }
    }

    fn print_logs(&self) {
        for ground in self.grounds.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            eprintln!("--- what the server said in {}\n{}---", self.name, ground.said());
        }
    }
}
