//! What is live, read back from the statements of an older console that did not keep it: columns from the table's own definition, as
//! its bytes have it, and the rest from what they were rendered from.

use super::live::{Live, StandingColumn};
use super::standing::{Standing, hash_of};
use crate::artifact::{Artifact, ArtifactKind, copy_statement};
use crate::render::{Rendering, digest};
use crate::sql::ColumnType;

/// What is live once these files are made. `again` is what this console renders from the same input. `None` when the table's
/// definition cannot be read.
pub fn read_back(artifacts: &[Artifact], again: &Rendering) -> Option<Live> {
    let live = again.live();
    if digest(&again.artifacts) == digest(artifacts) {
        return Some(live);
    }
    let statement = artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::Table)?;
    let copy = copy_statement(artifacts);
    let filled: Vec<String> = copied(copy)?;
    let columns = definitions(&statement.content)?
        .into_iter()
        .map(|read| {
            let known = live.columns.iter().find(|column| column.name == read.name);
            let filled = filled.contains(&read.name);
            let path = known.and_then(|column| column.path.clone());
            let attributes = known.and_then(|column| column.attributes.clone());
            StandingColumn { path, filled, attributes, ..read }
        })
        .collect();
    let standing = live.standing.map(|standing| Standing {
        copy: hash_of(copy),
        comment: None,
        stage_url: stage_url(artifacts).unwrap_or(standing.stage_url),
        ..standing
    });
    Some(Live { columns, standing, ..live })
}

fn stage_url(artifacts: &[Artifact]) -> Option<String> {
    artifacts.iter().find(|artifact| artifact.kind == ArtifactKind::Stage)?.occupies.clone()
}

/// The columns of a CREATE TABLE as we write it: one a line, between the head and the line that closes the list.
fn definitions(statement: &str) -> Option<Vec<StandingColumn>> {
    let lines = statement.lines().skip(1).take_while(|line| line.starts_with("  "));
    let columns: Vec<StandingColumn> = lines.map(definition).collect::<Option<_>>()?;
    (!columns.is_empty()).then_some(columns)
}

fn definition(line: &str) -> Option<StandingColumn> {
    let (name, rest) = identifier(line.trim_start())?;
    let rest = rest.trim().trim_end_matches(',');
    let (ty, clauses) = rest.split_once(' ').unwrap_or((rest, ""));
    let ty: ColumnType = ty.parse().ok()?;
    Some(StandingColumn {
        name,
        column_type: ty.to_string(),
        nullable: !clauses.starts_with("NOT NULL"),
        comment: comment(clauses)?,
        path: None,
        filled: false,
        attributes: None,
    })
}

/// The names of a COPY as we write it: one a line, up to the bracket that closes them.
fn copied(copy: &str) -> Option<Vec<String>> {
    let lines = copy.lines().skip(1).take_while(|line| line.starts_with("  "));
    lines.map(|line| identifier(line.trim_start()).map(|(name, _)| name)).collect()
}

/// A quoted name at the beginning, and what follows it.
fn identifier(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut name = String::new();
    loop {
        let (part, behind) = rest.split_once('"')?;
        name.push_str(part);
        match behind.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, behind)),
        }
    }
}

/// The comment among a column's clauses; empty for none. What stands in other literals or quoted names is none.
fn comment(clauses: &str) -> Option<String> {
    let mut rest = clauses;
    loop {
        if let Some(text) = rest.strip_prefix("COMMENT '") {
            return literal(text).map(|(text, _)| text);
        }
        rest = match rest.chars().next() {
            None => return Some(String::new()),
            Some('\'') => literal(rest.get(1..)?)?.1,
            Some('"') => identifier(rest)?.1,
            Some(c) => rest.get(c.len_utf8()..)?,
        };
    }
}

/// A literal behind its opening quote, and what follows it.
fn literal(text: &str) -> Option<(String, &str)> {
    let (mut value, mut chars) = (String::new(), text.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => value.extend(chars.next().map(|(_, c)| c)),
            '\'' => return Some((value, text.get(at + 1..)?)),
            '\\' => match chars.next()?.1 {
                'n' => value.push('\n'),
                'r' => value.push('\r'),
                't' => value.push('\t'),
                'u' => {
                    let digits: String = chars.by_ref().take(4).map(|(_, digit)| digit).collect();
                    value.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
                }
                other => value.push(other),
            },
            c => value.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sql::{Identifier, Literal};

    #[test]
    fn what_only_looks_like_a_comment_is_none() {
        let line =
            r#"  "A, ""B""" VARCHAR(3) NOT NULL COLLATE 'x COMMENT ''y' TAG ("COMMENT 'z'" = '\\') COMMENT 'it''s\n',"#;
        let read = definition(line).unwrap();
        assert_eq!((read.name.as_str(), read.column_type.as_str(), read.nullable), ("A, \"B\"", "VARCHAR(3)", false));
        assert_eq!(read.comment, "it's\n");
        assert_eq!(
            definition("  \"A\" VARCHAR").map(|read| (read.nullable, read.comment)),
            Some((true, String::new()))
        );
        assert_eq!(definition("  \"A\" NOTHING"), None);
    }

    proptest! {
        #[test]
        fn names_and_comments_are_read_as_they_are_written(name in r#"[a-zA-Z0-9 _,.()"'à-ÿ]+"#, text in ".*") {
            let line = format!("  {} NUMBER(38,0) COMMENT {},", Identifier(&name), Literal(&text));
            let read = definition(&line).unwrap();
            prop_assert_eq!((read.name, read.comment), (name, text));
        }
    }
}
