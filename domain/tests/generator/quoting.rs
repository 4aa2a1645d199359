//! Whatever text goes into a statement comes out of it again, and nothing else with it.

use domain::platform::Platform;
use domain::schema::FieldPath;
use domain::sql::{Identifier, Literal, SourcePath, create_stage, create_table, grants};
use proptest::prelude::*;
use sqlparser::ast::Statement;
use sqlparser::dialect::SnowflakeDialect;
use sqlparser::tokenizer::{Token, Tokenizer};

use crate::hostile::hostile;
use crate::snowflake::{one, value};

fn tokens(sql: &str) -> Vec<Token> {
    Tokenizer::new(&SnowflakeDialect {}, sql).tokenize().unwrap()
}

/// Undoes the escapes that Snowflake documents for single-quoted strings. `None` if the text is not one whole literal on a line.
fn unescaped(literal: &str) -> Option<String> {
    let mut chars = literal.strip_prefix('\'')?.strip_suffix('\'')?.chars();
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\'' => text.push(chars.next().filter(|c| *c == '\'')?),
            '\n' | '\r' => return None,
            '\\' => text.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '\\' => '\\',
                'u' => {
                    let hex: String = chars.by_ref().take(4).collect();
                    char::from_u32(u32::from_str_radix(&hex, 16).ok()?)?
                }
                _ => return None,
            }),
            c => text.push(c),
        }
    }
    Some(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn an_identifier_is_one_token_with_the_same_text(text in hostile()) {
        let quoted = Identifier(&text).to_string();
        let tokens = tokens(&quoted);
        let without_nul = text.replace('\0', "");
        prop_assert!(matches!(tokens.as_slice(), [Token::Word(w)] if w.quote_style == Some('"') && w.value == without_nul));
    }

    #[test]
    fn a_literal_is_one_token_with_the_same_text(text in hostile()) {
        let quoted = Literal(&text).to_string();
        prop_assert_eq!(unescaped(&quoted), Some(text));
        let tokens = tokens(&quoted);
        prop_assert!(matches!(tokens.as_slice(), [Token::SingleQuotedString(_)]), "{tokens:?}");
    }

    #[test]
    fn a_literal_of_visible_text_reads_the_same_to_sqlparser(text in "[\\PC'\\\\\n\r\t]{0,40}") {
        let visible: String = text.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{206f}' | '\u{feff}' | '\u{61c}')).collect();
        let tokens = tokens(&Literal(&visible).to_string());
        prop_assert_eq!(tokens, vec![Token::SingleQuotedString(visible)]);
    }

    #[test]
    fn a_path_reads_the_keys_that_it_was_made_of(keys in proptest::collection::vec(hostile(), 1..4)) {
        let path = SourcePath::of(&FieldPath::of(keys.clone())).to_string();
        prop_assert_eq!(keys_of(&path), Some(keys), "{}", path);
        let copy = format!("COPY INTO T (A) FROM (SELECT {path}::VARCHAR FROM @S) FILE_FORMAT = (TYPE = PARQUET)");
        prop_assert!(matches!(one(&copy), Statement::CopyIntoSnowflake { .. }), "not a COPY INTO");
    }
}

proptest! {
    #[test]
    fn names_of_the_platform_stay_names(names in proptest::collection::vec(hostile(), 6)) {
        let names: Vec<String> = names.iter().map(|name| name.replace('\0', "") + "x").collect();
        let platform = Platform {
            database: names[0].clone(),
            schema: names[1].clone(),
            storage_integration: names[2].clone(),
            loader_role: names[3].clone(),
            reader_role: names[4].clone(),
            bucket_url: format!("s3://{}/", names[5]),
            ..Platform::default()
        };
        let rendering = crate::tables::avro("a string", &[]);
        let table = create_table(&rendering.table, &platform);
        let Statement::CreateTable(made) = one(&table) else { panic!("not a CREATE TABLE") };
        let parts: Vec<&str> = made.name.0.iter().map(|part| value(part.as_ident().unwrap())).collect();
        prop_assert_eq!(parts, [names[0].as_str(), names[1].as_str(), "ORDER_PLACED"]);
        one(&create_stage(&rendering.load, &platform));
        let grants = tokens(&grants(&rendering.table, &rendering.load, &platform));
        prop_assert_eq!(grants.iter().filter(|token| **token == Token::SemiColon).count(), 10, "ten statements");
        let role = |role: &str| grants.iter().filter(|t| matches!(t, Token::Word(w) if w.value == role)).count();
        prop_assert!(role(&names[3]) >= 5 && role(&names[4]) >= 3);
    }
}

/// The keys of a path, by the three forms that it can have.
fn keys_of(path: &str) -> Option<Vec<String>> {
    if let Some(key) = path.strip_prefix("$1:") {
        let inner = key.strip_prefix('"')?.strip_suffix('"')?;
        return (!inner.contains('"')).then(|| vec![inner.to_owned()]);
    }
    if let Some(text) = path.strip_prefix("GET_PATH($1, ").and_then(|rest| rest.strip_suffix(')')) {
        let text = unescaped(text)?;
        let inner = text.strip_prefix('"')?.strip_suffix('"')?;
        return Some(inner.split("\".\"").map(str::to_owned).collect());
    }
    let mut keys = vec![];
    let mut rest = path;
    while let Some(inner) = rest.strip_prefix("GET(").and_then(|rest| rest.strip_suffix(')')) {
        let start = inner
            .char_indices()
            .rev()
            .map(|(i, _)| i)
            .find(|i| inner[*i..].starts_with(", '") && unescaped(&inner[i + 2..]).is_some());
        // The literal of the outermost key is the longest tail that is one literal.
        let start =
            inner.match_indices(", '").map(|(i, _)| i).find(|i| unescaped(&inner[i + 2..]).is_some()).or(start)?;
        keys.push(unescaped(&inner[start + 2..])?);
        rest = &inner[..start];
    }
    keys.reverse();
    (rest == "$1").then_some(keys)
}

#[test]
fn awkward_keys_use_the_form_that_is_documented_for_them() {
    let path = |keys: &[&str]| SourcePath::of(&FieldPath::of(keys.to_vec())).to_string();
    assert_eq!(path(&["orderId"]), "$1:\"orderId\"");
    assert_eq!(path(&["it's"]), "$1:\"it's\"");
    assert_eq!(path(&["a.b", "c"]), "GET_PATH($1, '\"a.b\".\"c\"')");
    assert_eq!(path(&["it's", "c"]), "GET_PATH($1, '\"it''s\".\"c\"')");
    assert_eq!(path(&["we\"ird"]), "GET($1, 'we\"ird')");
    assert_eq!(path(&["a", "b\\"]), "GET(GET($1, 'a'), 'b\\\\')");
    assert_eq!(path(&[""]), "GET($1, '')");
}
