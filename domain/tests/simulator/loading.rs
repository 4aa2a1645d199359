//! The simulator's files, loaded once more by fakesnow: the generated statements run there, and every cell is what the simulator has.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use domain::artifact::ArtifactKind;
use domain::design::Design;
use domain::render::Rendering;
use domain::schema::Schema;
use domain::simulate::{Decimal, Scalar, Value, Variant, parse_json};
use domain::subject::SchemaType;
use domain::table::Column;
use serde_json::{Value as Json, json};

use crate::oracles::{Gaps, ask};
use crate::roundtrip::{Load, load, writings};
use crate::schemas::{is_sound, of_cases, of_demonstration};

const TABLE: &str = r#""RAW"."EVENTS"."ORDER_PLACED""#;

/// How often a column of one gap is tried, so that the gap shows if it is still there.
const TRIES: usize = 20;

/// A column as the lists of gaps see it.
fn seen(written: &str, column: &Column) -> String {
    format!("{written}: {} -> {}", column.expression, column.ty)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn content(rendering: &Rendering, kind: ArtifactKind) -> &str {
    let artifact = rendering.artifacts.iter().find(|artifact| artifact.kind == kind);
    artifact.map(|artifact| artifact.content.as_str()).unwrap()
}

/// The generated COPY with some of its columns. fakesnow knows one way to go on after errors, and files are loaded more than once.
fn copy(rendering: &Rendering, columns: &[&Column]) -> String {
    let pipe = content(rendering, ArtifactKind::Pipe);
    let (head, rest) = pipe.split_once("\nAS ").unwrap().1.split_once(" (\n").unwrap();
    let from = &rest[rest.rfind("\n  FROM @").unwrap()..];
    let from = from.replace("\nON_ERROR = SKIP_FILE", "").replace(';', " FORCE = TRUE");
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let selected: Vec<String> = columns.iter().map(|column| column.expression.to_string()).collect();
    format!("{head} ({}) FROM (\n  SELECT {}{from}", names.join(", "), selected.join(", "))
}

/// A column in a table of its own.
fn alone(rendering: &Rendering, column: &Column) -> Json {
    let table = format!("CREATE TABLE {TABLE} ({} {})", quoted(&column.name), column.ty);
    json!({ "table": table, "copy": copy(rendering, &[column]) })
}

/// A load under way: its columns apart by whether fakesnow is known to fail at them.
struct Tried {
    name: String,
    /// Language and profile.
    written: String,
    load: Load,
    /// Places of the columns that it should load.
    able: Vec<usize>,
    /// Places of those that it is tried on because of a gap, with the list and the pattern.
    gaps: Vec<(usize, &'static str, String)>,
}

/// What fakesnow is known to get wrong: columns that it refuses, and columns whose cells differ.
struct Known {
    refuses: Gaps,
    differs: Gaps,
}

impl Known {
    fn of(&mut self, list: &str) -> &mut Gaps {
        if list == "refuses" { &mut self.refuses } else { &mut self.differs }
    }

    fn named(&self, text: &str) -> Option<(&'static str, String)> {
        let refuses = self.refuses.named(text).map(|pattern| ("refuses", pattern));
        refuses.or_else(|| self.differs.named(text).map(|pattern| ("differs", pattern)))
    }

    /// A load with its gaps, those that were `met` often enough left out.
    fn tried(&self, name: String, written: String, load: Load, met: &mut BTreeMap<String, usize>) -> Tried {
        let (mut able, mut gaps) = (vec![], vec![]);
        for (place, column) in load.rendering.table.columns().enumerate() {
            let Some((list, pattern)) = self.named(&seen(&written, column)) else {
                able.push(place);
                continue;
            };
            let times = met.entry(pattern.clone()).or_default();
            *times += 1;
            if *times <= TRIES {
                gaps.push((place, list, pattern));
            }
        }
        Tried { name, written, load, able, gaps }
    }
}

impl Tried {
    /// Writes the file, and gives the job.
    fn job(&self, folder: &Path) -> Json {
        let rendering = &self.load.rendering;
        let place = folder.join(&rendering.load.path);
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("a.parquet"), &self.load.file).unwrap();
        let stage =
            content(rendering, ArtifactKind::Stage).replace("CREATE STAGE IF NOT EXISTS", "CREATE OR REPLACE STAGE");
        let columns: Vec<&Column> = rendering.table.columns().collect();
        let able: Vec<&Column> = self.able.iter().map(|place| columns[*place]).collect();
        json!({
            "name": self.name,
            "stage": stage.replace(&rendering.load.stage_url, &format!("file://{}/", folder.display())),
            "table": content(rendering, ArtifactKind::Table),
            "copy": copy(rendering, &able),
            "columns": able.iter().map(|column| alone(rendering, column)).collect::<Vec<_>>(),
            "alone": self.gaps.iter().map(|(place, ..)| alone(rendering, columns[*place])).collect::<Vec<_>>(),
        })
    }

    /// The first cell of a column that differs.
    fn differing(&self, place: usize, rows: &Json) -> Option<String> {
        let column = self.load.rendering.table.columns().nth(place).unwrap();
        let rows = rows.as_array().unwrap();
        if rows.len() != self.load.rows.len() {
            return Some(format!("{} rows", rows.len()));
        }
        let mut cells = self.load.rows.iter().zip(rows);
        let differs = cells.find(|(ours, theirs)| !agrees(&ours[place], &theirs[&column.name]));
        differs.map(|(ours, theirs)| {
            format!("{}: {:?} is {}", seen(&self.written, column), ours[place], theirs[&column.name])
        })
    }

    /// Compares what was loaded, and gives what is wrong with it and how many cells are right.
    fn settle(&self, answer: &Json, known: &mut Known) -> (Vec<String>, usize) {
        let alone = answer["alone"].as_array().unwrap();
        for ((place, list, pattern), found) in self.gaps.iter().zip(alone) {
            let fails = match *list {
                "refuses" => found["error"].is_string(),
                _ => found["rows"].is_array() && self.differing(*place, &found["rows"]).is_some(),
            };
            if fails {
                known.of(list).apply(pattern);
            }
        }
        let whole = &answer["whole"];
        if whole["error"].is_string() {
            let columns: Vec<&Column> = self.load.rendering.table.columns().collect();
            let each = self.able.iter().zip(&alone[self.gaps.len()..]);
            let each = each.filter(|(_, found)| found["error"].is_string());
            let told: Vec<_> = each
                .map(|(place, found)| format!("{} refused: {}", seen(&self.written, columns[*place]), found["error"]))
                .collect();
            let told = if told.is_empty() { vec![whole["error"].to_string()] } else { told };
            return (told, 0);
        }
        let wrong: Vec<_> = self.able.iter().filter_map(|place| self.differing(*place, &whole["rows"])).collect();
        (wrong, self.able.len() * self.load.rows.len())
    }
}

/// Whether a cell holds what fakesnow has.
fn agrees(ours: &Value, theirs: &Json) -> bool {
    let parsed = || theirs["text"].as_str().and_then(parse_json);
    match ours {
        Value::Null => theirs.is_null(),
        Value::Scalar(scalar) => is_scalar(scalar, theirs),
        Value::Variant(variant) => parsed().is_some_and(|parsed| is_inside(variant, &parsed)),
        Value::Array(items) => parsed().is_some_and(|parsed| is_inside(&Variant::Array(items.clone()), &parsed)),
        Value::Object(entries) => parsed().is_some_and(|parsed| is_inside(&Variant::Object(entries.clone()), &parsed)),
    }
}

fn is_number(ours: Decimal, theirs: Decimal) -> bool {
    let scale = ours.scale().max(theirs.scale());
    ours == theirs || (ours.rescaled(scale).is_some() && ours.rescaled(scale) == theirs.rescaled(scale))
}

fn is_scalar(ours: &Scalar, theirs: &Json) -> bool {
    let text = |kind: &str| theirs[kind].as_str();
    match ours {
        Scalar::Boolean(boolean) => theirs["boolean"] == *boolean,
        Scalar::Number(number) => {
            text("number").and_then(Decimal::parse).is_some_and(|found| is_number(*number, found))
        }
        Scalar::Float(number) => text("float").and_then(|text| text.parse().ok()) == Some(*number),
        Scalar::Text(ours) => text("text") == Some(ours),
        Scalar::Binary(bytes) => {
            text("binary") == Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().as_str())
        }
        Scalar::Date(days) => theirs["date"] == *days,
        Scalar::Time(nanos) => theirs["time"] == nanos.div_euclid(1000),
        Scalar::Ntz(nanos) | Scalar::Ltz(nanos) | Scalar::Tz { instant: nanos, .. } => {
            theirs["timestamp"].as_i64().map(|micros| i128::from(micros) * 1000) == Some(*nanos)
        }
    }
}

/// Whether a VARIANT holds what fakesnow has as JSON, which knows neither bytes nor times: those have to be texts.
fn is_inside(ours: &Variant, theirs: &Variant) -> bool {
    match (ours, theirs) {
        (Variant::Array(ours), Variant::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_inside(ours, theirs))
        }
        (Variant::Object(ours), Variant::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(key, ours)| theirs.get(key).is_some_and(|theirs| is_inside(ours, theirs)))
        }
        (Variant::Scalar(Scalar::Number(ours)), Variant::Scalar(Scalar::Number(theirs))) => is_number(*ours, *theirs),
        (Variant::Scalar(Scalar::Float(ours)), theirs) => is_float(*ours, theirs),
        (Variant::Scalar(Scalar::Boolean(_) | Scalar::Number(_) | Scalar::Text(_)), _) => ours == theirs,
        (Variant::Scalar(_), Variant::Scalar(Scalar::Text(_))) => true,
        (Variant::Null, Variant::Null) => true,
        _ => false,
    }
}

/// Whether JSON has a float; one of 32 bits is printed as short as that can be.
fn is_float(ours: f64, theirs: &Variant) -> bool {
    let theirs = match theirs {
        Variant::Scalar(Scalar::Float(float)) => *float,
        Variant::Scalar(Scalar::Number(number)) => number.to_float(),
        _ => return false,
    };
    (ours - theirs).abs() <= ours.abs() * f64::from(f32::EPSILON)
}

/// Loads records of every sound schema, under so many of the profiles that can write them.
fn loads(
    schemas: &[(String, Schema, SchemaType)],
    profiles: usize,
    known: &Known,
    met: &mut BTreeMap<String, usize>,
) -> Vec<Tried> {
    let mut all = vec![];
    let mut sound: Vec<_> = schemas.iter().filter(|(_, schema, _)| is_sound(schema)).collect();
    sound.sort_by_key(|(name, ..)| name);
    for (name, schema, language) in sound {
        for writing in writings(*language).into_iter().take(profiles) {
            // The same on every machine, wherever the checkout is and whatever cases are added.
            let place = name.rsplit('/').take(2).flat_map(str::bytes);
            let seed = place.fold(7, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
            let load = load(schema, *language, &Design::default(), writing, seed);
            let load = load.unwrap_or_else(|problem| panic!("{name}, {}: {problem}", writing.0));
            let written = format!("{} {}", language.word(), writing.0);
            all.extend(load.map(|load| known.tried(name.clone(), written, load, met)));
        }
    }
    all
}

#[test]
#[ignore = "needs fakesnow: make test-real installs it"]
fn fakesnow_loads_what_the_simulator_loads() {
    let mut known =
        Known { refuses: Gaps::of("fakesnow.txt", "refuses"), differs: Gaps::of("fakesnow.txt", "differs") };
    let mut met = BTreeMap::new();
    let mut tried = loads(&of_cases(), usize::MAX, &known, &mut met);
    tried.extend(loads(&of_demonstration(), 1, &known, &mut met));
    let folder = std::env::temp_dir().join(format!("sluicegate-loading-{}", std::process::id()));
    let jobs: Vec<Json> = tried.iter().enumerate().map(|(i, one)| one.job(&folder.join(i.to_string()))).collect();
    let answers = ask("loading.py", &jobs);
    fs::remove_dir_all(&folder).unwrap();
    let (mut wrong, mut cells) = (vec![], 0);
    for (one, answer) in tried.iter().zip(&answers) {
        let (problems, right) = one.settle(answer, &mut known);
        wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}", one.name)));
        cells += right;
    }
    println!("{} loads, {cells} cells; beyond fakesnow are these columns: {met:#?}", tried.len());
    wrong.iter().for_each(|problem| println!("{problem}"));
    assert!(wrong.is_empty(), "{} problems, printed above", wrong.len());
    known.refuses.settle();
    known.differs.settle();
}
