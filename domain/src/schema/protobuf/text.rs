//! From one text to its descriptor, and what a parser or linker says as a finding with its place.

use prost_reflect::DescriptorError;
use prost_reflect::prost_types::{FileDescriptorProto, SourceCodeInfo};
use protox::file::File;

use super::editions::{self, Refused};
use super::scan::{self, Refusal};
use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;
use crate::schema::walk::quote;

/// The name that the schema itself has among the files.
pub const MAIN: &str = "this schema";

/// A text that was parsed.
pub struct Parsed {
    /// Its descriptor, options as they are written.
    pub file: FileDescriptorProto,
    /// Whether it is in an edition, so that its features say what its fields are.
    pub has_edition: bool,
}

/// Parses a file; the error says where and why.
pub fn parse(name: &str, text: &str) -> Result<Parsed, Diagnostic> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match scan::first_word(text) {
        Ok("edition") => return of_edition(name, text),
        Ok(_) => {}
        Err(Refusal::Character { line, column, found }) => {
            let message = format!("Line {line}, column {column}{}: {found:?} has no meaning here.", inside(name));
            return Err(error("protobuf-syntax", message, "Correct the text at that place and register it again."));
        }
        Err(Refusal::Word { line }) => {
            let message = format!("Line {line}{}: a name is too long to be read.", inside(name));
            return Err(error("schema-long-name", message, "Shorten it."));
        }
        Err(Refusal::Statements) => {
            let message = format!("The file has too many statements to be read{}.", inside(name));
            return Err(error(
                "protobuf-too-large",
                message,
                "Split the file; an event needs a few of its messages only.",
            ));
        }
    }
    Ok(Parsed { file: of_syntax(name, text)?, has_edition: false })
}

fn of_syntax(name: &str, text: &str) -> Result<FileDescriptorProto, Diagnostic> {
    File::from_source(name, text).map(FileDescriptorProto::from).map_err(|problem| {
        let (place, what) = split_place(&format!("{problem:?}"), name);
        let message = format!("{place}{}{}{what}.", inside(name), if place.is_empty() { "" } else { ": " });
        error("protobuf-syntax", message, "Correct the text at that place and register it again.")
    })
}

/// Parses a file in an edition, which the parser is given as proto3.
fn of_edition(name: &str, text: &str) -> Result<Parsed, Diagnostic> {
    let place = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("Line {}, column {column}{}", before.matches('\n').count() + 1, inside(name))
    };
    match editions::plain(text) {
        Ok(plain) => Ok(Parsed { file: of_syntax(name, &plain)?, has_edition: true }),
        Err(Refused::Unknown(edition)) => {
            let message = format!("The file{} is in the edition {}, which is not read.", inside(name), quote(&edition));
            Err(error("protobuf-edition", message, "Write it in edition 2023 or 2024, or in proto2 or proto3."))
        }
        Err(Refused::Malformed) => {
            let message = format!("The file{} does not say its edition as a statement.", inside(name));
            Err(error("protobuf-syntax", message, "Write edition = \"2023\"; or edition = \"2024\"; first."))
        }
        Err(Refused::Word { word, at }) => {
            let message = format!("{}: editions have no {} any more.", place(at), quote(word));
            let hint = match word {
                "required" => "Write features.field_presence = LEGACY_REQUIRED in the field's brackets.",
                "group" => "Write a message, and features.message_encoding = DELIMITED in the field's brackets.",
                _ => "Leave the word out; a single field has presence unless a feature says otherwise.",
            };
            Err(error("protobuf-syntax", message, hint))
        }
    }
}

/// The parser's debug form is `file:line:column: message`, the place left out at the end of the file.
fn split_place(debug: &str, name: &str) -> (String, String) {
    let rest = debug.strip_prefix(name).and_then(|rest| rest.strip_prefix(':')).unwrap_or(debug);
    let mut parts = rest.splitn(3, ':');
    match (parts.next().map(str::parse::<u32>), parts.next().map(str::parse::<u32>), parts.next()) {
        (Some(Ok(line)), Some(Ok(column)), Some(what)) => {
            (format!("Line {line}, column {column}"), what.trim().to_owned())
        }
        _ => (String::new(), capitalised(rest)),
    }
}

/// Why a file does not link, with its place where the descriptors say it.
pub fn unlinked(problem: &DescriptorError, name: &str, info: Option<&SourceCodeInfo>) -> Diagnostic {
    let path = problem.path().unwrap_or_default();
    let span = info.and_then(|info| info.location.iter().find(|l| l.path == path)).map(|l| l.span.as_slice());
    let message = match span {
        Some([line, column, ..]) => {
            format!("Line {}, column {}{}: {problem}.", line.saturating_add(1), column.saturating_add(1), inside(name))
        }
        _ => format!("{}{}.", capitalised(&problem.to_string()), inside(name)),
    };
    let hint = if message.contains("is not defined") {
        "Correct the name, or import the file that defines it and add that file to the schema's references."
    } else {
        "Correct the text at that place and register it again."
    };
    error("protobuf-link", message, hint)
}

/// An error about the schema as a whole.
pub fn error(code: &str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::error(code, FieldPath::root(), message).hint(hint)
}

/// Which file is meant, where it is not the schema itself.
pub fn inside(name: &str) -> String {
    if name == MAIN { String::new() } else { format!(" of the reference {}", quote(name)) }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.trim().chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
