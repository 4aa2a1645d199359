//! A schema's text: JSON on one line is broken into lines without touching a character of its values; anything else stays as it is.

use domain::schema::SchemaText;
use domain::subject::SchemaType;
use leptos::prelude::*;

use crate::ui::{CodeView, CopyButton, Language};

/// The text to read, and its language.
pub fn readable(schema: &SchemaText) -> (String, Language) {
    match schema.schema_type {
        SchemaType::Protobuf => (schema.text.clone(), Language::Protobuf),
        SchemaType::Avro | SchemaType::Json => {
            let parses = serde_json::from_str::<serde::de::IgnoredAny>(&schema.text).is_ok();
            let formatted = schema.text.trim().contains('\n');
            (if parses && !formatted { indented(&schema.text) } else { schema.text.clone() }, Language::Json)
        }
    }
}

/// JSON with a line for each element. Only blanks outside of strings change, so that no number loses a digit.
fn indented(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut rest = json.chars().peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(c) = rest.next() {
        if in_string {
            out.push(c);
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            ' ' | '\t' | '\r' | '\n' => {}
            '{' | '[' => {
                out.push(c);
                while rest.next_if(|next| next.is_ascii_whitespace()).is_some() {}
                if let Some(close) = rest.next_if(|next| matches!(next, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other => {
                in_string = other == '"';
                out.push(other);
            }
        }
    }
    out
}

/// The text as it is registered, laid out to be read.
#[component]
pub fn RawSchema(schema: SchemaText) -> impl IntoView {
    let (text, language) = readable(&schema);
    view! { <CodeView text language label="Text of the schema" /> }
}

/// The text after everything it refers to, each before what refers to it.
#[component]
pub fn ResolvedSchema(schema: SchemaText) -> impl IntoView {
    let (text, language) = readable(&schema);
    let kind = schema.schema_type;
    let references = schema.references.into_iter().map(move |reference| {
        let label = format!("{} version {}", reference.subject, reference.version);
        let whole = SchemaText::new(kind, reference.text);
        let (text, language) = readable(&whole);
        view! {
            <article class="file-section">
                <div class="pane-head">
                    <h2 class="mono">{reference.name}</h2>
                    <span class="text-faint">{label.clone()}</span>
                    <span class="grow"></span>
                    <CopyButton text=whole.text label=format!("Copy {label}") />
                </div>
                <CodeView text language label />
            </article>
        }
    });
    view! {
        {references.collect_view()}
        <article class="file-section">
            <div class="pane-head">
                <h2>"This schema"</h2>
            </div>
            <CodeView text language label="Text of the schema" />
        </article>
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json(text: &str) -> String {
        readable(&SchemaText::new(SchemaType::Json, text)).0
    }

    #[test]
    fn json_on_one_line_is_broken_into_lines() {
        assert_eq!(
            json(r#"{"a":[1,{ }],"b":"{,:\" }"}"#),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"{,:\\\" }\"\n}"
        );
    }

    #[test]
    fn numbers_keep_every_digit_and_text_that_does_not_parse_is_left_alone() {
        assert_eq!(json("[1.10,12345678901234567890123456789]"), "[\n  1.10,\n  12345678901234567890123456789\n]");
        assert_eq!(json("{oops"), "{oops");
        assert_eq!(json("{\n\"a\":1}"), "{\n\"a\":1}");
    }

    proptest! {
        #[test]
        fn the_meaning_of_json_survives_its_indentation(texts in proptest::collection::vec(".{0,12}", 0..5)) {
            let value = serde_json::json!({ "k": texts, "n": [null, true, 1.5, {}, []] });
            let back: serde_json::Value = serde_json::from_str(&indented(&value.to_string())).unwrap();
            prop_assert_eq!(back, value);
        }
    }
}
