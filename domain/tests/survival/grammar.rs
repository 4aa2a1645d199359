//! Schemas that are made from nothing, by each language's grammar, with names and texts that try to break out of what they stand in.

use std::fmt::Write as _;

use domain::subject::SchemaType;
use serde_json::{Map, Value, json};

use crate::dice::Dice;

/// The most types of one schema.
const MOST: usize = 40;

/// The text of a schema.
pub fn schema(language: SchemaType, dice: &mut Dice) -> String {
    match language {
        SchemaType::Avro => Avro { dice, left: MOST, named: vec![] }.record(0).to_string(),
        SchemaType::Json => json_schema(dice),
        SchemaType::Protobuf => protobuf(dice),
    }
}

/// A name: a plain one, one that collides or is reserved, or, where any text may stand, one that is hostile.
fn name(dice: &mut Dice, any_text: bool) -> String {
    const PLAIN: [&str; 14] = [
        "orderId",
        "order_id",
        "ORDER_ID",
        "order",
        "select",
        "_event_id",
        "_load_file",
        "source",
        "a",
        "A",
        "items",
        "email",
        "value",
        "x2",
    ];
    if any_text && dice.once_in(3) {
        return text(dice);
    }
    match dice.below(12) {
        0 => format!("{}{}", "long".repeat(1 + dice.below(90)), dice.below(100)),
        1 if any_text => String::new(),
        _ => {
            format!("{}{}", dice.pick(&PLAIN), if dice.once_in(2) { dice.below(30).to_string() } else { String::new() })
        }
    }
}

/// Text with what ends quotes, comments and statements in any of the languages that are written.
fn text(dice: &mut Dice) -> String {
    const PIECES: [&str; 26] = [
        "\"",
        "'",
        "\\",
        "${",
        "%{",
        "}",
        "$$",
        "\0",
        "\n",
        "\r\n",
        "--",
        "/*",
        "*/",
        ";",
        "\u{202e}",
        "\u{200b}",
        "EOT\n",
        "); DROP TABLE x; --",
        "{{ x }}",
        "#",
        "é",
        "🦀",
        "a",
        "B_1",
        " ",
        ".",
    ];
    (0..dice.below(7)).map(|_| *dice.pick(&PIECES)).collect()
}

struct Avro<'d> {
    dice: &'d mut Dice,
    left: usize,
    named: Vec<String>,
}

impl Avro<'_> {
    fn record(&mut self, depth: usize) -> Value {
        let own = self.name_of_type();
        let count = if depth == 0 { 1 + self.dice.below(9) } else { self.dice.below(5) };
        let fields: Vec<Value> = (0..count).map(|_| self.field(depth)).collect();
        let mut record = json!({"type": "record", "name": own, "fields": fields});
        if self.dice.once_in(3) {
            record["namespace"] = json!("com.acme");
        }
        if self.dice.once_in(3) {
            record["doc"] = json!(text(self.dice));
        }
        record
    }

    fn name_of_type(&mut self) -> String {
        let own = format!("T{}", self.dice.below(12));
        self.named.push(own.clone());
        own
    }

    fn field(&mut self, depth: usize) -> Value {
        let mut field = json!({"name": name(self.dice, self.left.is_multiple_of(9)), "type": self.any_type(depth + 1)});
        if self.dice.once_in(3) {
            field["doc"] = json!(text(self.dice));
        }
        if self.dice.once_in(4) {
            field["default"] = self.value();
        }
        if self.dice.once_in(9) {
            field["aliases"] = json!([name(self.dice, true)]);
        }
        field
    }

    fn value(&mut self) -> Value {
        match self.dice.below(7) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(self.dice.number()),
            3 => json!(-1.5e300),
            4 => json!([]),
            5 => json!({"a": 1}),
            _ => json!(text(self.dice)),
        }
    }

    fn any_type(&mut self, depth: usize) -> Value {
        const PRIMITIVES: [&str; 10] =
            ["null", "boolean", "int", "long", "float", "double", "bytes", "string", "Nope", "com.acme.T1"];
        const LOGICAL: [(&str, &str); 11] = [
            ("long", "timestamp-millis"),
            ("long", "timestamp-micros"),
            ("long", "timestamp-nanos"),
            ("long", "local-timestamp-micros"),
            ("int", "date"),
            ("int", "time-millis"),
            ("long", "time-micros"),
            ("string", "uuid"),
            ("bytes", "big-decimal"),
            ("string", "date"),
            ("long", "nonsense"),
        ];
        self.left = self.left.saturating_sub(1);
        let most = if self.left == 0 || depth > 40 { 4 } else { 11 };
        match self.dice.below(most) {
            0 | 1 => json!(self.dice.pick(&PRIMITIVES)),
            2 => {
                let (base, logical) = self.dice.pick(&LOGICAL);
                json!({"type": base, "logicalType": logical})
            }
            3 => {
                let (precision, scale) = (self.dice.below(60), self.dice.below(60));
                json!({"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale})
            }
            4 => self.record(depth),
            5 => json!({"type": "array", "items": self.any_type(depth + 1)}),
            6 => json!({"type": "map", "values": self.any_type(depth + 1)}),
            7 => {
                let symbols: Vec<String> = (0..self.dice.below(5)).map(|_| name(self.dice, true)).collect();
                json!({"type": "enum", "name": self.name_of_type(), "symbols": symbols})
            }
            8 => json!({"type": "fixed", "name": self.name_of_type(), "size": self.dice.below(40)}),
            9 if !self.named.is_empty() => json!(self.dice.pick(&self.named)),
            _ => {
                Value::Array((0..self.dice.below(4)).map(|_| self.any_type(depth + 1)).chain([json!("null")]).collect())
            }
        }
    }
}

fn json_schema(dice: &mut Dice) -> String {
    let mut left = MOST;
    let mut root = json_object(dice, &mut left, 0);
    let defs: Map<String, Value> = (0..4).map(|i| (format!("d{i}"), json_value(dice, &mut left, 1))).collect();
    root["$defs"] = Value::Object(defs);
    const DRAFTS: [&str; 3] = [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2020-12/schema",
    ];
    if dice.once_in(2) {
        root["$schema"] = json!(dice.pick(&DRAFTS));
    }
    root.to_string()
}

fn json_object(dice: &mut Dice, left: &mut usize, depth: usize) -> Value {
    let properties: Map<String, Value> =
        (0..1 + dice.below(6)).map(|_| (name(dice, true), json_value(dice, left, depth + 1))).collect();
    let required: Vec<&String> = properties.keys().filter(|_| dice.once_in(2)).collect();
    let mut object = json!({"type": "object", "required": required, "properties": properties});
    match dice.below(8) {
        0 => object["additionalProperties"] = json_value(dice, left, depth + 1),
        1 => object["patternProperties"] = json!({"^x": json_value(dice, left, depth + 1)}),
        2 => object["allOf"] = json!([json_value(dice, left, depth + 1), json_value(dice, left, depth + 1)]),
        _ => {}
    }
    object
}

fn json_value(dice: &mut Dice, left: &mut usize, depth: usize) -> Value {
    const FORMATS: [&str; 7] = ["date-time", "date", "time", "uuid", "email", "int64", "nonsense"];
    const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
    *left = left.saturating_sub(1);
    let most = if *left == 0 || depth > 30 { 5 } else { 12 };
    let mut value = match dice.below(most) {
        0 => json!({"type": "string", "format": dice.pick(&FORMATS)}),
        1 => json!({"type": "string", "maxLength": dice.below(1000)}),
        2 => json!({"type": "number", "multipleOf": dice.pick(&[0.01, 1.0, 1e-30, 0.0])}),
        3 => json!({"type": [dice.pick(&TYPES), dice.pick(&TYPES)]}),
        4 => json!({"enum": [text(dice), dice.below(9), null, name(dice, true)]}),
        5 => json_object(dice, left, depth),
        6 => json!({"type": "array", "items": json_value(dice, left, depth + 1)}),
        7 => json!({"$ref": format!("#/$defs/d{}", dice.below(6))}),
        8 => json!({"oneOf": [json_value(dice, left, depth + 1), json_value(dice, left, depth + 1)]}),
        9 => json!({"anyOf": [json_value(dice, left, depth + 1), {"type": "null"}]}),
        10 => json!({"type": "integer", "minimum": -1, "maximum": dice.number()}),
        _ => json!(dice.once_in(2)),
    };
    if let Some(keywords) = value.as_object_mut() {
        if dice.once_in(3) {
            keywords.insert("description".to_owned(), json!(text(dice)));
        }
        if dice.once_in(4) {
            keywords.insert("default".to_owned(), json!(text(dice)));
        }
        if dice.once_in(6) {
            keywords.insert("title".to_owned(), json!(name(dice, true)));
        }
    }
    value
}

fn protobuf(dice: &mut Dice) -> String {
    let syntax = ["syntax = \"proto2\";", "syntax = \"proto3\";", "edition = \"2023\";"];
    let mut out = format!("{}\npackage acme.p{};\n", dice.pick(&syntax), dice.below(3));
    for import in ["timestamp", "wrappers", "struct", "duration", "field_mask", "any"] {
        if dice.once_in(2) {
            let _ = writeln!(out, "import \"google/protobuf/{import}.proto\";");
        }
    }
    let is_old = out.contains("proto2");
    for number in 0..1 + dice.below(3) {
        message(dice, &mut out, number, is_old, 0);
    }
    if dice.once_in(2) {
        out.push_str("enum E { E_ZERO = 0; E_ONE = 1; }\n");
    }
    out
}

fn message(dice: &mut Dice, out: &mut String, number: usize, is_old: bool, depth: usize) {
    const TYPES: [&str; 24] = [
        "int32",
        "int64",
        "uint32",
        "uint64",
        "sint32",
        "fixed64",
        "sfixed32",
        "float",
        "double",
        "bool",
        "string",
        "bytes",
        "E",
        "M0",
        "M1",
        "google.protobuf.Timestamp",
        "google.protobuf.Int64Value",
        "google.protobuf.Struct",
        "google.protobuf.Duration",
        "google.protobuf.FieldMask",
        "google.protobuf.Any",
        "google.protobuf.StringValue",
        "Nope",
        "map<string, int64>",
    ];
    const LABELS: [&str; 5] = ["optional ", "repeated ", "", "", "required "];
    let _ = writeln!(out, "// {}\nmessage M{number} {{", text(dice).replace(['\n', '\r', '\0'], " "));
    for tag in 1..2 + dice.below(7) {
        let label = if is_old { *dice.pick(&["optional ", "repeated ", "required "]) } else { *dice.pick(&LABELS) };
        let (ty, own) = (*dice.pick(&TYPES), format!("f{tag}_{}", name(dice, false)));
        let _ = match dice.below(12) {
            0 => writeln!(out, "  oneof o{tag} {{ {ty} {own} = {tag}; string s{tag} = {}; }}", tag + 100),
            1 if depth < 4 => {
                message(dice, out, 10 + tag, is_old, depth + 1);
                writeln!(out, "  {label}M{} {own} = {tag};", 10 + tag)
            }
            2 => writeln!(out, "  {label}{ty} {own} = {tag} [deprecated = true, json_name = {:?}];", name(dice, true)),
            3 => writeln!(out, "  reserved {}; {label}{ty} {own} = {tag};", 200 + tag),
            _ => writeln!(out, "  {}{ty} {own} = {tag};", if ty.starts_with("map") { "" } else { label }),
        };
    }
    out.push_str("}\n");
}
