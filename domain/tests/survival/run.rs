//! A run over so many documents: made, read, edited, rendered, compared and checked, with the worst time and memory of all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use domain::compare::compare;
use domain::design::{Change, Design, Edit, History};
use domain::platform::Platform;
use domain::render::{RenderInput, Rendering, render, render_read};
use domain::schema::{Field, FieldPath, Reference, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::dice::Dice;
use crate::seeds::Seeds;
use crate::{PEAK, designs, grammar, mutation, verdict};

/// The most bytes that a document may need.
const MOST_MEMORY: usize = 256 << 20;
/// The most columns that are edited and parsed: the parsers of the check take their time.
const MOST_COLUMNS: usize = 400;

/// What a run has seen.
#[derive(Debug, Default)]
pub struct Tally {
    pub documents: u64,
    pub without_error: u64,
    pub statements: u64,
    pub columns: u64,
    pub slowest: (Duration, u64),
    pub largest: (usize, u64),
    pub failed: Vec<u64>,
}

/// Runs over documents of a seed.
pub fn run(seed: u64, documents: impl Iterator<Item = u64>, patience: Duration) -> Tally {
    let (seeds, mut tally) = (Seeds::find(), Tally::default());
    println!("{} schemas to mutate; seed {seed}", seeds.count());
    for document in documents {
        let mut dice = Dice::of(seed, document);
        let made = input(&seeds, &mut dice);
        let survived = catch_unwind(AssertUnwindSafe(|| one(&made, &mut dice, document, patience, &mut tally)));
        if survived.is_err() {
            println!("FAILED document {document}: {}", serde_json::to_string(&made).unwrap());
            tally.failed.push(document);
        }
        tally.documents += 1;
        if tally.documents.is_multiple_of(50_000) {
            println!("{tally:?}");
        }
    }
    tally
}

fn one(made: &RenderInput, dice: &mut Dice, document: u64, patience: Duration, tally: &mut Tally) {
    let before = PEAK.current_usage();
    PEAK.reset_peak_usage();
    let started = on_cpu();
    let plain = render(made);
    let (design, rendering) = edited(&plain, made, dice);
    if dice.once_in(4) {
        undone(&design, &plain.schema.fields);
        let old = SchemaText {
            text: made.schema.references.first().map(|r| r.text.clone()).unwrap_or_default(),
            ..made.schema.clone()
        };
        let _ = (compare(&old, &made.schema), compare(&made.schema, &old));
    }
    let took = on_cpu().saturating_sub(started);
    let memory = PEAK.peak_usage().saturating_sub(before);
    tally.slowest = tally.slowest.max((took, document));
    tally.largest = tally.largest.max((memory, document));
    tally.without_error += u64::from(!plain.has_errors());
    assert!(took < patience, "took {took:?}");
    assert!(memory < MOST_MEMORY, "{memory} bytes");
    for rendering in [&plain, &rendering] {
        let columns = rendering.table.columns().count();
        if columns <= MOST_COLUMNS {
            verdict::check(rendering, &made.platform);
            if dice.once_in(8) {
                verdict::check_files(rendering);
            }
            (tally.statements, tally.columns) = (tally.statements + 13, tally.columns + columns as u64);
        }
    }
}

/// The same with edits of whatever fields there are.
fn edited(plain: &Rendering, made: &RenderInput, dice: &mut Dice) -> (Design, Rendering) {
    let mut paths = designs::paths(&plain.schema.fields);
    paths.truncate(24);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &dice.seed());
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let design = designs::design(paths).new_tree(&mut runner).unwrap().current();
    let rendering = render_read(plain.schema.clone(), made, &design);
    (design, rendering)
}

/// Makes the edits of a design one after another, takes all of them back, and makes them again.
fn undone(design: &Design, fields: &[Field]) {
    let mut history = History::new(Design::default());
    let columns = design.columns.iter().map(|(path, edit)| (path.clone(), Change::Column(Box::new(edit.clone()))));
    let table = (FieldPath::root(), Change::Table(Box::new(design.table.clone())));
    let load = (FieldPath::root(), Change::Load(Box::new(design.load.clone())));
    let reset = fields.first().map(|field| (field.path.clone(), Change::Reset));
    for (path, change) in columns.chain([table, load]).chain(reset) {
        let _ = history.apply(&Edit { path, change });
    }
    let last = history.present().clone();
    while history.undo() {}
    assert_eq!(*history.present(), Design::default());
    while history.redo() {}
    assert_eq!(*history.present(), last);
}

/// A schema by mutation or by grammar, now and then with references to another.
fn input(seeds: &Seeds, dice: &mut Dice) -> RenderInput {
    let schema_type = *dice.pick(&SchemaType::ALL);
    let text = text(seeds, schema_type, dice);
    let references = if dice.once_in(3) {
        let other = self::text(seeds, schema_type, dice);
        let names = ["customer.json", "acme/outer.proto", "a.proto", "com.acme.common.Customer"];
        names.iter().map(|name| reference(name, &other)).collect()
    } else {
        vec![]
    };
    let subjects = ["order_placed-value", ":.eu:order/placed-value", "a.b", "ü", "2fa-key"];
    RenderInput {
        subject: SubjectName::parse(*dice.pick(&subjects)).unwrap(),
        version: Version(u32::try_from(1 + dice.below(900)).unwrap()),
        schema: SchemaText { references, ..SchemaText::new(schema_type, text) },
        platform: Platform::default(),
        design: Design::default(),
        live: domain::evolve::Live::default(),
    }
}

fn text(seeds: &Seeds, language: SchemaType, dice: &mut Dice) -> String {
    let made = match dice.below(3) {
        0 => return grammar::schema(language, dice),
        1 => grammar::schema(language, dice),
        _ => dice.pick(seeds.of(language)).clone(),
    };
    let edits = mutation::edits(dice);
    match (dice.once_in(2), language) {
        (true, _) => mutation::bytes_moved(&made, &edits),
        (false, SchemaType::Protobuf) => mutation::words_moved(&made, &edits),
        (false, _) => mutation::values_moved(&made, &edits),
    }
}

fn reference(name: &str, text: &str) -> Reference {
    let subject = SubjectName::parse(name).unwrap();
    Reference { name: name.to_owned(), subject, version: Version(1), text: text.to_owned() }
}

/// How long this thread has run, where the system says it: waiting for other programs is no fault of the generator.
fn on_cpu() -> Duration {
    static STARTED: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let wall = || STARTED.get_or_init(Instant::now).elapsed();
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = stat.and_then(|stat| stat.split(' ').next()?.parse().ok());
    ran.map_or_else(wall, Duration::from_nanos)
}
