//! Schema, random records, a Parquet file, the generated load: every column of every row holds what the event said.

use std::collections::{BTreeMap, HashSet};

use bytes::Bytes;
use domain::design::{ColumnEdit, Design};
use domain::platform::{Platform, Writer, WriterProfile};
use domain::render::{Rendering, render_schema};
use domain::schema::{Branch, Field, FieldPath, FieldType, Schema};
use domain::simulate::{
    BytesMark, Datum, Decimal, File, Lists, Loaded, Loader, Reader, Session, Shape, Shaping, Value, Variant, Writing,
    group, read, to_json,
};
use domain::subject::{SchemaType, SubjectName, Version};
use domain::table::{Context, Row};

use crate::records::{Random, record};
use crate::{expected, read as parquet, write};

/// The keys of the envelope beside the payload's, by the sink job's contract.
const ENVELOPE: [&str; 6] = ["event_id", "created_at", "source", "schema_ref", "encoding", "custom_attributes"];
const ROWS: u64 = 4;

/// What was compared.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Tables that were loaded, each from a file of its own.
    pub loads: usize,
    pub cells: usize,
    /// Tables that the generator has an error about, because the writer could not write the schema.
    pub refused: usize,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.loads += other.loads;
        self.cells += other.cells;
        self.refused += other.refused;
    }
}

/// A table with what was said, the file that says it, and what the table holds of that.
pub struct Load {
    pub rendering: Rendering,
    pub file: Bytes,
    pub records: Vec<Vec<(String, Datum)>>,
    pub rows: Vec<Vec<Value>>,
}

/// What a schema becomes under a profile.
pub fn rendered(schema: &Schema, language: SchemaType, design: &Design, writer_profile: WriterProfile) -> Rendering {
    let subject = SubjectName::parse("order.placed-value").unwrap();
    let platform = Platform { bucket_url: "s3://bucket/events/".into(), writer_profile, ..Platform::default() };
    let context = Context {
        subject: &subject,
        version: Version(3),
        schema_type: language,
        platform: &platform,
        design,
        live: &[],
    };
    render_schema(schema.clone(), context)
}

/// Why the generator refuses a schema: a writer could not write it. Any other error would hide what should be loaded.
const REFUSALS: [&str; 2] = ["writer-", "decimal-too-large"];

/// Writes random records of a schema to a file and loads them; `None` where the generator refuses, `Err` if the load fails.
pub fn load(
    schema: &Schema,
    language: SchemaType,
    design: &Design,
    (writer_profile, writing): (WriterProfile, Writing),
    seed: u64,
) -> Result<Option<Load>, String> {
    let rendering = rendered(schema, language, design, writer_profile);
    let mut errors = rendering.table.diagnostics.iter().filter(|found| found.is_error()).peekable();
    if errors.peek().is_some() {
        let other = errors.find(|found| !REFUSALS.iter().any(|code| found.code.starts_with(code)));
        return other.map_or(Ok(None), |other| Err(other.to_string()));
    }
    let json_text = json_text(&rendering);
    let shape = file_shape(schema, Shaping { language, writing, json_text: &json_text }, &rendering)
        .ok_or_else(|| "no error says that the writer cannot write this".to_owned())?;

    let mut random = Random(seed);
    let null_items = writing.lists == Lists::ThreeLevels && writing.writer != Writer::Protobuf;
    let records: Vec<_> = (0..ROWS).map(|_| record(&schema.fields, language, null_items, &mut random)).collect();
    let keys = &rendering.table.file_keys;
    let in_file = |(name, datum): (String, Datum)| (keys.get(&name).cloned().unwrap_or(name), datum);
    let all = records
        .iter()
        .enumerate()
        .map(|(i, record)| envelope(i).into_iter().chain(record.clone().into_iter().map(in_file)).collect::<Vec<_>>());
    let held: Vec<_> = all
        .map(|entries| group(&shape, &entries).ok_or_else(|| format!("{entries:?} is not held by {shape:?}")))
        .collect::<Result<_, _>>()?;
    let bytes = write::file(&shape, &held);
    let file = parquet::rows(bytes.clone());
    let seen = file.iter().map(|row| read(row, Reader::Vectorized)).collect::<Result<Vec<_>, _>>();
    let seen: Vec<Variant> = seen.map_err(|failure| failure.to_string())?;

    let loader = Loader::of(&rendering.table, false).map_err(|finding| format!("{finding:?}"))?;
    let from = File { name: "events/a.parquet", rows: &seen, scanned: 0 };
    let in_session = |session| match loader.load(from, session) {
        Ok(Loaded::Rows(rows)) => Ok(rows),
        Ok(Loaded::Skipped(skip)) => Err(format!("skipped: {skip:?}")),
        Err(failure) => Err(failure.to_string()),
    };
    let rows = in_session(Session::default())?;
    let elsewhere = in_session(Session { offset: 20_700 })?;
    let differs = rows.iter().flatten().zip(elsewhere.iter().flatten()).find(|(here, there)| here != there);
    match differs {
        Some((here, there)) => Err(format!("depends on the session's time zone: {here:?} or {there:?}")),
        None => Ok(Some(Load { rendering, file: bytes, records, rows })),
    }
}

fn json_text(rendering: &Rendering) -> HashSet<&FieldPath> {
    rendering.table.rows.iter().filter(|row| row.json_text).map(|row| &row.path).collect()
}

/// Loads random records of a schema and compares every cell; `Err` says which one differs. `None` cells where the generator refuses.
fn check(
    schema: &Schema,
    language: SchemaType,
    design: &Design,
    writing: (WriterProfile, Writing),
    seed: u64,
) -> Result<Option<usize>, String> {
    let Some(load) = load(schema, language, design, writing, seed)? else { return Ok(None) };
    let json_text = json_text(&load.rendering);
    let (profile, Writing { plain_local, .. }) = writing;
    let kept = expected::Kept { profile, plain_local, language, json_text: &json_text };
    compare(&load.rendering, &schema.fields, &load.records, &load.rows, kept).map(Some)
}

fn file_shape(schema: &Schema, shaping: Shaping<'_>, of: &Rendering) -> Option<Vec<(String, Shape)>> {
    let text = Shape::Bytes(BytesMark::Text);
    let around = ENVELOPE
        .iter()
        .map(|key| ((*key).to_owned(), if *key == "created_at" { shaping.creation_time() } else { text.clone() }));
    let keys = &of.table.file_keys;
    let payload = shaping.fields(&schema.fields)?.into_iter();
    let payload = payload.map(|(name, shape)| (keys.get(&name).cloned().unwrap_or(name), shape));
    Some(around.chain(payload).collect())
}

pub fn envelope(i: usize) -> Vec<(String, Datum)> {
    let attributes = ["{\"trace\": \"t\"}", "{broken", "null", "[1]"];
    let texts = [
        format!("01890a5d-ac96-774b-bcce-b30209900{i:03}"),
        String::new(),
        "shop".into(),
        "order.placed/3".into(),
        "AVRO".into(),
        attributes[i % 4].into(),
    ];
    let datum = |(key, text): (&&str, String)| {
        let datum = if *key == "created_at" { Datum::Instant(created_at(i)) } else { Datum::Text(text) };
        ((*key).to_owned(), datum)
    };
    ENVELOPE.iter().zip(texts).map(datum).collect()
}

fn created_at(i: usize) -> i128 {
    1_795_437_296_123_456_000 + i as i128
}

fn compare(
    rendering: &Rendering,
    fields: &[Field],
    records: &[Vec<(String, Datum)>],
    loaded: &[Vec<Value>],
    kept: expected::Kept<'_>,
) -> Result<usize, String> {
    let table = &rendering.table;
    let payload: Vec<&Row> = table.payload().collect();
    let mut cells = 0;
    for (i, (record, row)) in records.iter().zip(loaded).enumerate() {
        let (around, rest) = row.split_at(table.envelope.len());
        check_envelope(i, around)?;
        let (inside, metadata) = rest.split_at(payload.len());
        if metadata[1] != Value::from(Decimal::from(i64::try_from(i).unwrap() + 1)) {
            return Err(format!("row number {metadata:?}"));
        }
        for (column, cell) in payload.iter().zip(inside) {
            let found = find(fields, record, column.path.segments());
            let (field, datum) = found.ok_or_else(|| format!("nothing is said at {}", column.path))?;
            let text = column.json_text.then(|| to_json(&datum).to_string());
            let wanted = expected::column(&field, &datum, kept, text.as_deref());
            if *cell != wanted {
                let (path, from) = (&column.path, &column.column.expression);
                return Err(format!("{path} of {:?}: {datum:?} by {from}\n  is {cell:?}\n  not {wanted:?}", field.ty));
            }
            cells += 1;
        }
    }
    Ok(cells)
}

pub fn check_envelope(i: usize, cells: &[Value]) -> Result<(), String> {
    let attributes = [
        Value::Variant(domain::simulate::parse_json("{\"trace\":\"t\"}").unwrap()),
        Value::Null,
        Value::Variant(Variant::Null),
        Value::Variant(domain::simulate::parse_json("[1]").unwrap()),
    ];
    let created = domain::simulate::Scalar::Ntz(created_at(i) / 1000 * 1000);
    let id = format!("01890a5d-ac96-774b-bcce-b30209900{i:03}");
    let wanted = [
        Value::from(id),
        created.into(),
        Value::from("shop".to_owned()),
        Value::from("order.placed/3".to_owned()),
        Value::from("AVRO".to_owned()),
        attributes[i % 4].clone(),
    ];
    if cells == wanted { Ok(()) } else { Err(format!("the envelope is {cells:?}\n  not {wanted:?}")) }
}

/// The field at a path and what a record says there; a field of a missing record is missing.
pub fn find(fields: &[Field], record: &[(String, Datum)], path: &[String]) -> Option<(Field, Datum)> {
    let (first, rest) = path.split_first()?;
    let field = fields.iter().find(|field| field.name == *first)?;
    let said = record.iter().find(|(key, _)| key == first).map_or(&Datum::Null, |(_, datum)| datum);
    inside(field, said, rest)
}

fn inside(field: &Field, said: &Datum, rest: &[String]) -> Option<(Field, Datum)> {
    let Some((next, further)) = rest.split_first() else { return Some((field.clone(), said.clone())) };
    match (&field.ty, said) {
        (FieldType::Record { name, .. }, said) if name == "google.type.Money" && next == "units" => {
            let part = |key: &str| match said {
                Datum::Record(parts) => parts.iter().find(|(name, _)| name == key).map(|(_, datum)| datum.clone()),
                _ => None,
            };
            let amount = match (part("units"), part("nanos")) {
                (Some(Datum::Integer(units)), Some(Datum::Integer(nanos))) => {
                    Datum::Duration(units * 1_000_000_000 + nanos)
                }
                _ => Datum::Null,
            };
            // Nine digits after the point, as a length of time has.
            Some((Field { ty: FieldType::Duration, ..field.clone() }, amount))
        }
        (FieldType::Record { fields, .. }, Datum::Record(inner)) => find(fields, inner, rest),
        (FieldType::Record { fields, .. }, _) => find(fields, &[], rest),
        (FieldType::Union { branches }, said) => {
            let place = branches.iter().position(|branch| format!("<{}>", branch.name) == *next)?;
            let field = Field { ty: branches[place].ty.clone(), ..field.clone() };
            let chosen = match said {
                Datum::Chosen(chosen, datum) if *chosen == place => (**datum).clone(),
                _ => Datum::Null,
            };
            inside(&field, &chosen, further)
        }
        _ => None,
    }
}

/// The design that gives the fields of every record columns of their own, and where Avro is written the types of every union.
pub fn expanded(schema: &Schema, writer: Writer) -> Design {
    fn all(fields: &[Field], writer: Writer, columns: &mut BTreeMap<FieldPath, ColumnEdit>) {
        for field in fields {
            let inner: Vec<Field> = match &field.ty {
                FieldType::Record { fields, .. } => fields.clone(),
                FieldType::Union { branches } if writer == Writer::Avro => {
                    let member = |branch: &Branch| {
                        Field::required(&field.path, &format!("<{}>", branch.name), branch.ty.clone())
                    };
                    branches.iter().map(member).collect()
                }
                _ => continue,
            };
            if !inner.is_empty() {
                columns.insert(field.path.clone(), ColumnEdit { expand: Some(true), ..ColumnEdit::default() });
                all(&inner, writer, columns);
            }
        }
    }
    let mut columns = BTreeMap::new();
    all(&schema.fields, writer, &mut columns);
    Design { columns, ..Design::default() }
}

/// Every way to write events of a language.
pub fn writings(language: SchemaType) -> Vec<(WriterProfile, Writing)> {
    let able = WriterProfile::ALL.into_iter().filter(|profile| profile.writes(language));
    let mut all: Vec<_> = able.map(|profile| (profile, Writing::of(profile))).collect();
    if language == SchemaType::Avro {
        let older = Writing { plain_local: true, ..Writing::of(WriterProfile::Avro3Level) };
        all.push((WriterProfile::Avro3Level, older));
    }
    all
}

/// Checks a schema with a design and with every record expanded, under every profile that writes its language.
pub fn check_all(name: &str, schema: &Schema, language: SchemaType, seed: u64) -> Vec<(WriterProfile, Count)> {
    let all = writings(language).into_iter().map(|writing| {
        let mut sum = Count::default();
        for design in [Design::default(), expanded(schema, writing.0.writer())] {
            let checked = check(schema, language, &design, writing, seed);
            let checked = checked.unwrap_or_else(|problem| panic!("{name}, {}, seed {seed}: {problem}", writing.0));
            sum += match checked {
                Some(cells) => Count { loads: 1, cells, refused: 0 },
                None => Count { refused: 1, ..Count::default() },
            };
        }
        (writing.0, sum)
    });
    all.collect()
}
