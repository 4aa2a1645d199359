//! `sluicegate search`: reads a registry and prints the subjects that a query finds.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use domain::search::export::Format;
use domain::search::{Match, Matched, Overlay, PatternError, Row, SearchPage, SearchRequest, Sort, SortBy};
use service::ports::clock::{Clock, SystemClock};
use service::search::{Export, Searcher};
use service::snapshot::{MemorySnapshotStore, SnapshotCell, Syncer};

use super::source;
use crate::config::{SearchArgs, SearchFormat};
use crate::http::api::search::places;

/// Exit code when nothing was found, as of grep.
const NOTHING: u8 = 1;

/// Searches once.
pub async fn run(args: &SearchArgs) -> ExitCode {
    match search(args).await {
        Ok(code) => code,
        Err(sentence) => super::fail(super::MISUSE, &sentence),
    }
}

async fn search(args: &SearchArgs) -> Result<ExitCode, String> {
    let request = request(args)?;
    let registry = source::registry(&args.registry)?.ok_or("Say which registry to search with --registry.")?;
    let cell = Arc::new(SnapshotCell::new(Arc::new(MemorySnapshotStore::default())));
    Syncer::new(registry, Arc::clone(&cell), Arc::new(SystemClock)).refresh().await;
    let freshness = cell.snapshot().freshness(SystemClock.now());
    if let Some(trouble) = freshness.trouble {
        if freshness.synced_at.is_none() {
            return Err(plain(&trouble));
        }
        eprintln!("warning: {}", plain(&trouble));
    }
    let searcher = Searcher::new(cell);
    searcher.bring_up_to_date().await;
    match args.format {
        SearchFormat::Table => table(&searcher, request).await,
        SearchFormat::Json => all(&searcher, request, Format::Json).await,
        SearchFormat::Csv => all(&searcher, request, Format::Csv).await,
    }
}

fn request(args: &SearchArgs) -> Result<SearchRequest, String> {
    let (word, descending) = args.sort.strip_prefix('-').map_or((args.sort.as_str(), false), |word| (word, true));
    let words = SortBy::ALL.map(SortBy::word).join(", ");
    let by = SortBy::from_word(word).ok_or_else(|| format!("There is no order {word:?}. There are {words}."))?;
    Ok(SearchRequest {
        query: args.query.join(" "),
        scopes: places(&args.places)?,
        literal: args.literal,
        sort: Sort { by, descending },
        limit: args.limit,
        ..SearchRequest::default()
    })
}

async fn all(searcher: &Searcher, request: SearchRequest, format: Format) -> Result<ExitCode, String> {
    let found =
        searcher.export(Overlay::default(), request.clone(), format).await.map_err(|error| error.to_string())?;
    let mut pieces = match found {
        Export::Problem(problem) => return Err(explained(&request.query, &problem)),
        Export::Pieces(pieces) => pieces,
    };
    let (mut out, mut lines) = (std::io::stdout(), 0);
    while let Some(piece) = pieces.recv().await {
        let piece = piece.map_err(|cut| cut.to_string())?;
        lines += piece.lines().count();
        // Whoever reads may have had enough, as head has.
        if out.write_all(piece.as_bytes()).is_err() {
            break;
        }
    }
    Ok(outcome(lines > format.head().lines().count()))
}

async fn table(searcher: &Searcher, request: SearchRequest) -> Result<ExitCode, String> {
    let page = searcher.page("", Overlay::default(), request.clone()).await.map_err(|error| error.to_string())?;
    if let Some(problem) = &page.problem {
        return Err(explained(&request.query, problem));
    }
    let mut out = std::io::stdout();
    let width = page.rows.iter().map(|row| row.subject.as_str().chars().count()).max().unwrap_or_default();
    for row in &page.rows {
        if writeln!(out, "{}", line(row, width)).is_err() {
            return Ok(ExitCode::SUCCESS);
        }
    }
    eprintln!("{}", counts(&page));
    Ok(outcome(!page.rows.is_empty()))
}

fn line(row: &Row, width: usize) -> String {
    let ty = row.schema_type.map_or("", |ty| ty.word());
    let version = row.version.map(|version| format!("v{version}")).unwrap_or_default();
    let deleted = if row.deleted { "  deleted" } else { "" };
    let elsewhere = row.matches.iter().filter(|one| one.place != domain::search::Place::Subject).map(reason);
    let reasons: String = elsewhere.take(3).collect();
    plain(format!("{:<width$}  {ty:<8}  {version:>5}{deleted}{reasons}", row.subject.as_str()).trim_end())
}

/// Without what a terminal would obey: texts of a registry are anybody's.
fn plain(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

fn reason(one: &Match) -> String {
    let version = one.version.map(|version| format!(" (version {version})")).unwrap_or_default();
    format!("  {} {}{version}", one.place, one.text)
}

fn counts(page: &SearchPage) -> String {
    match page.matched {
        Matched::Exact { count } => format!("{} of {count} shown, {} subjects searched", page.rows.len(), page.total),
        Matched::AtLeast { count, searched, of } => {
            format!("{} of at least {count} shown, {searched} of {of} subjects searched", page.rows.len())
        }
    }
}

fn outcome(found: bool) -> ExitCode {
    if found { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) }
}

/// The sentence with the query and a mark under what is wrong with it.
fn explained(query: &str, problem: &PatternError) -> String {
    let Some(column) = problem.column else { return problem.message.clone() };
    let (blanks, marks) = (" ".repeat(column.saturating_sub(1)), "^".repeat(problem.width));
    let repair = problem.repair.as_ref().map(|repair| format!("\nPerhaps: {repair}")).unwrap_or_default();
    format!("{}\n  {query}\n  {blanks}{marks}{repair}", problem.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_registry_says_cannot_steer_the_terminal() {
        assert_eq!(plain("doc \u{1b}[2J\r\n\u{9b}1m ü"), "doc \u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}1m ü");
    }
}
