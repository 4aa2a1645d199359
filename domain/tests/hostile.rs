//! Schemas made to hurt: bombs, endless names, deep nesting. None may panic, overflow a stack of the size that a browser gives,
//! or take its time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use domain::schema::{self, MAX_FIELDS, MAX_SCHEMA_BYTES, Reference, Schema, SchemaText};
use domain::subject::{SchemaType, SubjectName, Version};

/// The stack of a wasm module.
const STACK: usize = 1 << 20;
/// Generous, because tests are built without optimisation and share the machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest text, without optimisation a smaller one, so that these tests stay bearable.
const FLOOD: usize = if cfg!(debug_assertions) { MAX_SCHEMA_BYTES / 4 } else { MAX_SCHEMA_BYTES };

fn read(schema_type: SchemaType, text: impl Into<String>) -> Schema {
    read_all(SchemaText::new(schema_type, text))
}

fn read_all(source: SchemaText) -> Schema {
    let shown: String = source.text.chars().take(80).collect();
    let timed = move || {
        let (before, started) = (on_cpu(), Instant::now());
        let read = schema::read(&source);
        (read, on_cpu().zip(before).map_or(started.elapsed(), |(after, before)| after - before))
    };
    let (read, took) = thread::Builder::new().stack_size(STACK).spawn(timed).unwrap().join().unwrap();
    println!("{:>6} ms {shown:?}", took.as_millis());
    assert!(took < PATIENCE, "took {took:?}: {shown:?}");
    assert!(read.field_count() <= MAX_FIELDS);
    read
}

/// How long this thread has run, where the system says it: waiting for other programs is no fault of the reader.
fn on_cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn has(schema: &Schema, code: &str) -> bool {
    schema.diagnostics.iter().any(|d| d.code == code)
}

fn filled(prefix: &str, each: impl Fn(usize) -> String, suffix: &str) -> String {
    let mut text = prefix.to_owned();
    for i in 0.. {
        let piece = each(i);
        if text.len() + piece.len() + suffix.len() >= FLOOD {
            break;
        }
        text.push_str(&piece);
    }
    text + suffix
}

mod avro {
    use super::*;

    #[test]
    fn a_bomb_of_named_types_stops_at_the_budget_with_one_error() {
        let mut ty = "\"int\"".to_owned();
        for level in 0..8 {
            let mut fields = format!(r#"{{"name":"f0","type":{ty}}}"#);
            let again = if level == 0 { "\"int\"".to_owned() } else { format!("\"R{}\"", level - 1) };
            (1..10).for_each(|i| write!(fields, r#",{{"name":"f{i}","type":{again}}}"#).unwrap());
            ty = format!(r#"{{"type":"record","name":"R{level}","fields":[{fields}]}}"#);
        }
        let read = read(SchemaType::Avro, ty);
        assert_eq!(read.diagnostics.iter().filter(|d| d.code == "schema-too-many-fields").count(), 1);
        assert!(read.field_count() > MAX_FIELDS / 2);
    }

    #[test]
    fn twelve_records_that_refer_to_each_other_in_unions_end() {
        let record = |i: usize| {
            let refs: Vec<String> = (0..12).map(|j| format!("\"R{j}\"")).collect();
            format!(r#"{{"type":"record","name":"R{i}","fields":[{{"name":"u","type":["null",{}]}}]}}"#, refs.join(","))
        };
        let records: Vec<String> = (0..12).map(record).collect();
        let read = read(SchemaType::Avro, format!("[{}]", records.join(",")));
        assert!(has(&read, "schema-too-many-fields"));
    }

    #[test]
    fn deep_nesting_is_refused_or_truncated() {
        for depth in [1, 30, 60, 120, 200, 10_000, 200_000] {
            let array = format!("{}\"int\"{}", r#"{"type":"array","items":"#.repeat(depth), "}".repeat(depth));
            read(SchemaType::Avro, array);
            read(SchemaType::Avro, format!("{}\"int\"{}", r#"{"type":"#.repeat(depth), "}".repeat(depth)));
            read(SchemaType::Avro, "[".repeat(depth));
        }
        let forty = format!("{}\"int\"{}", r#"{"type":"array","items":"#.repeat(40), "}".repeat(40));
        assert!(has(&read(SchemaType::Avro, forty), "schema-truncated"));
        assert!(has(&read(SchemaType::Avro, "[".repeat(200)), "schema-too-deep"));
    }

    #[test]
    fn a_large_enum_that_is_used_often_does_not_fill_the_memory() {
        let symbols: Vec<String> = (0..100_000).map(|i| format!("\"S{i}\"")).collect();
        let mut fields =
            format!(r#"{{"name":"f","type":{{"type":"enum","name":"E","symbols":[{}]}}}}"#, symbols.join(","));
        (0..5000).for_each(|i| write!(fields, r#",{{"name":"f{i}","type":"E"}}"#).unwrap());
        let read = read(SchemaType::Avro, format!(r#"{{"type":"record","name":"R","fields":[{fields}]}}"#));
        assert_eq!(read.fields.len(), 5001);
        assert!(has(&read, "schema-too-many-symbols"));
    }

    #[test]
    fn endless_docs_defaults_and_names_are_cut_where_they_are_repeated() {
        let long = "x".repeat(1_000_000);
        let spaces = " ".repeat(1_000_000);
        let inner = format!(
            r#"{{"type":"record","name":"In","fields":[{{"name":"a","type":"string","doc":"{spaces}","default":"{long}"}},{{"name":"{long}","type":"int"}}]}}"#
        );
        let mut fields = format!(r#"{{"name":"f","type":{inner}}}"#);
        (0..9000).for_each(|i| write!(fields, r#",{{"name":"f{i}","type":"In"}}"#).unwrap());
        let read = read(SchemaType::Avro, format!(r#"{{"type":"record","name":"R","fields":[{fields}]}}"#));
        assert!(has(&read, "schema-long-name"));
    }

    #[test]
    fn a_flood_of_mistakes_gives_a_bounded_list() {
        for each in [r#"{"name":"f","type":"Nope"},"#, "{},", r#"{"name":"é-","type":7},"#] {
            let text = filled(r#"{"type":"record","name":"R","fields":["#, |_| each.to_owned(), "{}]}");
            let read = read(SchemaType::Avro, text);
            assert!(read.diagnostics.len() < 300 && read.diagnostics.iter().any(|d| d.is_error()));
        }
        let same = filled("[", |_| "\"string\",".to_owned(), "\"string\"]");
        assert!(has(&read(SchemaType::Avro, same), "avro-duplicate-branch"));
    }
}

mod json {
    use super::*;

    fn chain(link: impl Fn(usize) -> String, levels: usize) -> String {
        let links: Vec<String> = (0..levels).map(|i| format!(r#""d{i}":{}"#, link(i + 1))).collect();
        format!(r##"{{"$ref":"#/$defs/d0","$defs":{{{},"d{levels}":{{"type":"string"}}}}}}"##, links.join(","))
    }

    #[test]
    fn chains_and_trees_of_references_end() {
        let one = |i: usize| format!(r##"{{"$ref":"#/$defs/d{i}"}}"##);
        for levels in [30, 100, 20_000] {
            read(SchemaType::Json, chain(one, levels));
            for word in ["allOf", "anyOf", "oneOf"] {
                read(SchemaType::Json, chain(|i| format!(r#"{{"{word}":[{}]}}"#, one(i)), levels));
                read(SchemaType::Json, chain(|i| format!(r#"{{"{word}":[{},{}]}}"#, one(i), one(i)), levels));
                read(SchemaType::Json, chain(|i| format!(r#"{{"{word}":[{},{{"type":"null"}}]}}"#, one(i)), levels));
            }
            read(SchemaType::Json, chain(|i| format!(r#"{{"properties":{{"a":{},"b":{}}}}}"#, one(i), one(i)), levels));
            read(SchemaType::Json, chain(|i| format!(r#"{{"items":{}}}"#, one(i)), levels));
            read(SchemaType::Json, chain(|i| format!(r#"{{"additionalProperties":{}}}"#, one(i)), levels));
        }
        assert!(has(&read(SchemaType::Json, chain(one, 100)), "json-ref-circle"));
    }

    #[test]
    fn circles_of_references_are_reported() {
        for text in [
            r##"{"$ref":"#"}"##,
            r##"{"allOf":[{"$ref":"#"}]}"##,
            r##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
        ] {
            assert!(has(&read(SchemaType::Json, text), "json-ref-circle"), "{text}");
        }
        let through_properties = r##"{"properties":{"a":{"$ref":"#"}}}"##;
        assert!(has(&read(SchemaType::Json, through_properties), "json-recursive"));
    }

    #[test]
    fn deep_nesting_is_refused_or_truncated() {
        for depth in [1, 30, 59, 100, 200, 200_000] {
            for open in [r#"{"items":"#, r#"{"not":"#, r#"{"anyOf":["#] {
                let close = if open.ends_with('[') { "]}" } else { "}" };
                read(SchemaType::Json, format!("{}{{}}{}", open.repeat(depth), close.repeat(depth)));
            }
        }
    }

    #[test]
    fn large_definitions_that_are_used_often_end() {
        let many = |each: &dyn Fn(usize) -> String| (0..FLOOD / 70).map(each).collect::<Vec<_>>().join(",");
        let numbers = many(&|i| i.to_string());
        let quoted = many(&|i| format!("\"p{i}\""));
        let members = many(&|i| format!("\"p{i}\":[]"));
        let users: Vec<String> = (0..20_000).map(|i| format!(r##""u{i}":{{"$ref":"#/$defs/big"}}"##)).collect();
        for big in [
            format!(r#"{{"enum":[{numbers}]}}"#),
            format!(r#"{{"enum":[{quoted}]}}"#),
            format!(r#"{{"required":[{quoted}],"properties":{{"p1":{{}}}}}}"#),
            format!(r#"{{"dependencies":{{{members}}}}}"#),
            format!(r#"{{"type":[{}]}}"#, many(&|_| "\"string\"".to_owned())),
            format!(
                r#"{{"patternProperties":{{{}}},"properties":{{"a":true}}}}"#,
                many(&|i| format!(r#""{i}":{{"a":1}}"#))
            ),
            format!(r#"{{{}}}"#, many(&|i| format!(r#""x{i}":1"#))),
            format!(r#"{{"allOf":[{}]}}"#, many(&|i| format!(r#"{{"properties":{{"p{i}":{{}}}}}}"#))),
            format!(r#"{{"oneOf":[{}]}}"#, many(&|i| format!(r#"{{"properties":{{"p{i}":{{}}}}}}"#))),
            format!(r#"{{"default":[{numbers}],"description":"{}"}}"#, " ".repeat(1_000_000)),
            format!(r##"{{"$ref":"#/{}"}}"##, "a/".repeat(500_000)),
            format!(r#"{{"type":"object","title":"{0}","properties":{{"{0}":{{}}}}}}"#, "x".repeat(500_000)),
        ] {
            let text = format!(r##"{{"properties":{{{}}},"$defs":{{"big":{big}}}}}"##, users.join(","));
            assert!(text.len() <= MAX_SCHEMA_BYTES, "{}", text.len());
            read(SchemaType::Json, text);
        }
    }

    #[test]
    fn nothing_is_fetched_and_a_remote_reference_is_an_error() {
        for reference in ["http://127.0.0.1:9/a.json", "file:///etc/passwd", "other.json#/x"] {
            let read = read(SchemaType::Json, format!(r#"{{"properties":{{"a":{{"$ref":"{reference}"}}}}}}"#));
            assert!(has(&read, "json-missing-reference"));
        }
    }
}

mod protobuf {
    use super::*;

    #[test]
    fn a_bomb_of_messages_stops_at_the_budget() {
        let mut text = "syntax = \"proto3\";\n".to_owned();
        for level in 0..9 {
            let ty = if level == 8 { "int32".to_owned() } else { format!("M{}", level + 1) };
            let fields: String = (1..11).map(|i| format!("{ty} f{i} = {i};")).collect();
            writeln!(text, "message M{level} {{ {fields} }}").unwrap();
        }
        assert!(has(&read(SchemaType::Protobuf, text), "schema-too-many-fields"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        for depth in [10, 31, 32, 200, 100_000] {
            for open in ["message M {", "message M { optional group G = 1 {", "option (a) = {", "option (a) = { a: {"] {
                let closing = "}".repeat(open.matches('{').count() * depth);
                read(SchemaType::Protobuf, format!("syntax = \"proto2\"; {}{closing}", open.repeat(depth)));
            }
        }
    }

    #[test]
    fn floods_of_mistakes_comments_fields_and_enum_values_end() {
        for (prefix, each, suffix) in [
            ("", "@", ""),
            ("", "é", ""),
            ("", "enum ", ""),
            ("", "message message ", ""),
            ("", "= ", ""),
            ("", "0x ", ""),
            ("", "1a ", ""),
            ("message M { string a = 1 [default = \"", "\\q", "\"]; }"),
            ("message M { string a = 1 [default = \"", "\\x41", "\"]; }"),
            ("message M { string a = 1 [default = ", "'a' ", "]; }"),
            ("", "// comment\n", "message M {}"),
            ("", "/* c */\n\n", "message M {}"),
            ("", "/*", ""),
            ("/*", "\n*", "*/ message M { int32 a = 1; }"),
            ("message M { reserved ", "1, ", "2; int32 a = 5; }"),
            ("message M { extensions ", "1, ", "2; }"),
            ("option (a) = {", "a: 1 ", "};"),
            ("message M { int32 a = 1 [", "(a) = 1, ", "(b) = 2]; }"),
            ("package a", ".a", "; message M { string a = 1; }"),
            ("message M { .a", ".a", " f = 1; }"),
            ("message M { map<string, ", "map<string, ", ""),
        ] {
            let text = filled(&format!("syntax = \"proto3\"; {prefix}"), |_| each.to_owned(), suffix);
            read(SchemaType::Protobuf, text);
        }
    }

    #[test]
    fn floods_of_declarations_end() {
        for (prefix, each, suffix) in [
            ("message M { ", "optional A f# = #;", "}"),
            ("message M { ", "optional int32 f# = #;", "}"),
            ("message M { ", "optional int32 f = 1;", "}"),
            ("message M { enum E { ", "V# = -#;", "} }"),
            ("message M { enum E { ", "V = 1;", "} }"),
            ("", "message M# {}", ""),
            ("", "message M {}", ""),
            ("message M { ", "oneof o# { int32 f# = #; }", "}"),
            ("message M { ", "map<string, int32> f# = #;", "}"),
            ("message M { reserved 1; ", "extensions #;", "}"),
            ("message M { extensions 1 to max; } ", "extend M { optional int32 f# = #; }", ""),
            ("", "import \"a#.proto\";", "message M {}"),
            ("", "option (a#) = 1;", "message M {}"),
            ("service S { ", "rpc R# (A) returns (A);", "}"),
        ] {
            for most in [5_000, usize::MAX] {
                let each =
                    |i: usize| if i < most { each.replace('#', &(i + 1).to_string()) } else { " ".repeat(1 << 16) };
                read(SchemaType::Protobuf, filled(&format!("syntax = \"proto2\"; {prefix}"), each, suffix));
            }
        }
    }

    #[test]
    fn a_long_chain_of_imports_is_followed_without_recursion() {
        let references = (0..100)
            .map(|i| Reference {
                name: format!("r{i}.proto"),
                subject: SubjectName::parse("r").unwrap(),
                version: Version(1),
                text: format!(
                    "syntax = \"proto3\"; import public \"r{}.proto\"; message R{i} {{ int32 a = 1; }}",
                    i + 1
                ),
            })
            .collect();
        let text = "syntax = \"proto3\"; import \"r0.proto\"; message M { R99 a = 1; }".to_owned();
        let read = read_all(SchemaText { references, ..SchemaText::new(SchemaType::Protobuf, text) });
        assert_eq!(read.diagnostics.len(), 1);
        assert!(has(&read, "protobuf-missing-import"));
        assert_eq!(read.field_count(), 2);
    }

    #[test]
    fn floods_in_an_edition_end() {
        for (prefix, each, suffix) in [
            ("message M { ", "string f# = # [features.field_presence = IMPLICIT];", "}"),
            ("message M { ", "string f# = # [default = \"x\", features = { field_presence: IMPLICIT }];", "}"),
            ("message M { ", "reserved a#;", "string a = 1; }"),
            ("message M { reserved a", ", a#", "; string a = 1; }"),
            ("", "export ", "message M {}"),
            ("", "export message M# { local enum E { A = 0; } }", ""),
            ("", "message M {", ""),
            ("option features = {", "{", ""),
            ("option features = {", "x: [", "};"),
            ("message M { string a = 1 [(confluent.field_meta) = { tags: [", "\"t#\", ", "\"t\"] }]; }"),
            ("message M { string a = 1 [(confluent.field_meta) = { tags: \"", "t", "\" }]; }"),
            ("message M { string a = 1 [", "features.field_presence = IMPLICIT, ", "deprecated = true]; }"),
            ("", "import option \"a#.proto\";", "message M {}"),
            ("", "= ", ""),
            ("", "}", ""),
            ("", "[", ""),
        ] {
            let each = |i: usize| each.replace('#', &(i + 1).to_string());
            read(SchemaType::Protobuf, filled(&format!("edition = \"2024\"; {prefix}"), each, suffix));
        }
    }

    #[test]
    fn a_flood_of_messages_offers_a_bounded_choice() {
        let read = read(
            SchemaType::Protobuf,
            filled(
                "syntax = \"proto3\"; ",
                |i| if i < 5_000 { format!("message M{i} {{}}") } else { " ".repeat(1 << 16) },
                "",
            ),
        );
        assert_eq!(read.event.messages.len(), 1_000);
    }
}

mod metadata {
    use super::*;

    #[test]
    fn patterns_that_fit_in_many_ways_and_tags_without_end_stop_at_the_budget() {
        let fields: String =
            (0..5_000).map(|i| format!(r#"{{"name":"{}{i}","type":"int"}},"#, "a".repeat(200))).collect();
        let text = format!(r#"{{"type":"record","name":"R","fields":[{}]}}"#, fields.trim_end_matches(','));
        let patterns = (0..1_000).map(|i| (format!("{}{i}", "**a".repeat(300)), vec!["t".to_owned()]));
        let tags = SchemaText { tags: patterns.collect(), ..SchemaText::new(SchemaType::Avro, text.clone()) };
        assert!(has(&read_all(tags), "schema-too-many-tags"));
        let long = (0..32).map(|i| format!("{}{i}", "t".repeat(990))).collect();
        let tags = SchemaText { tags: [("**".to_owned(), long)].into(), ..SchemaText::new(SchemaType::Avro, text) };
        assert!(has(&read_all(tags), "schema-too-many-tags"));
    }
}
