//! From texts to linked Protobuf descriptors. Options, services and source positions are taken off before linking: none of them
//! says anything about fields, while resolving them costs time that grows with their square.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use prost_reflect::prost_types::{
    DescriptorProto, EnumDescriptorProto, EnumOptions, FileDescriptorProto, MessageOptions, SourceCodeInfo,
    uninterpreted_option,
};
use prost_reflect::{DescriptorError, DescriptorPool, FileDescriptor};
use protox::file::File;

use super::bundled;
use super::comments::Comments;
use super::scan::{self, Refusal};
use crate::diagnostic::Diagnostic;
use crate::schema::budget::MAX_NAME_BYTES;
use crate::schema::walk::{Walk, quote};
use crate::schema::{FieldPath, SchemaText};

/// The name that the schema itself has among the files.
const MAIN: &str = "this schema";
/// The most values that all enums together may have: linking takes time that grows with the square.
const MAX_ENUM_VALUES: usize = 30_000;

/// The most imports that all files may have together, those that are passed on included.
const MAX_IMPORTS: usize = 20_000;
/// The most bytes that the full names of all fields may have.
const MAX_LINKED_NAME_BYTES: usize = 32 << 20;

/// A schema with everything it imports.
pub struct Linked {
    /// The schema's own file.
    pub file: FileDescriptor,
    /// Its comments and those of its imports.
    pub comments: Comments,
    /// Whether the file declares services, which are not linked.
    pub has_services: bool,
}

/// Parses and links a schema; what is wrong is said to `walk`, and `None` means that nothing could be made of it.
pub fn link(source: &SchemaText, walk: &mut Walk) -> Option<Linked> {
    let texts: HashMap<&str, &str> = source.references.iter().map(|r| (r.name.as_str(), r.text.as_str())).collect();
    let mut loader =
        Loader { texts, files: HashMap::new(), order: Vec::new(), enum_values: 0, name_bytes: 0, has_services: false };
    let loaded = loader.load(MAIN, &source.text, walk).and_then(|()| loader.load_imports(walk));
    if let Err(problem) = loaded {
        walk.say(problem);
        return None;
    }
    loader.link(walk)
}

struct Loader<'s> {
    texts: HashMap<&'s str, &'s str>,
    files: HashMap<String, FileDescriptorProto>,
    /// File names, imports before their importers.
    order: Vec<String>,
    enum_values: usize,
    name_bytes: usize,
    has_services: bool,
}

impl Loader<'_> {
    fn load(&mut self, name: &str, text: &str, walk: &mut Walk) -> Result<(), Diagnostic> {
        let mut file = parse(name, text)?;
        self.has_services |= name == MAIN && !file.service.is_empty();
        prepare(&mut file);
        self.measure(&file)?;
        let mut seen = BTreeSet::new();
        for import in file.dependency.iter().filter(|import| !seen.insert(import.as_str())) {
            walk.warning(
                "protobuf-duplicate-import",
                &FieldPath::root(),
                format!("{} is imported twice.", quote(import)),
                "Remove one of the two imports.",
            );
        }
        self.files.insert(name.to_owned(), file);
        Ok(())
    }

    /// Refuses what would take too long or too much memory to link: full names are kept for every single field.
    fn measure(&mut self, file: &FileDescriptorProto) -> Result<(), Diagnostic> {
        self.enum_values += count_enum_values(&file.enum_type, &file.message_type);
        self.name_bytes += count_name_bytes(file.package().len(), &file.enum_type, &file.message_type);
        if self.enum_values > MAX_ENUM_VALUES {
            let message = format!("The schema and its imports have more than {MAX_ENUM_VALUES} enum values.");
            return Err(error("protobuf-too-large", message, "Move large code lists out of the schema."));
        }
        if self.name_bytes > MAX_LINKED_NAME_BYTES || file.package().len() > MAX_NAME_BYTES {
            let message = "The package or the full names of all fields together are too long to be read.".to_owned();
            return Err(error("protobuf-too-large", message, "Shorten the package, or nest messages less deeply."));
        }
        Ok(())
    }

    /// Loads what is imported, depth first and without recursion; an import that nobody has is said and left out.
    fn load_imports(&mut self, walk: &mut Walk) -> Result<(), Diagnostic> {
        let mut stack = vec![(MAIN.to_owned(), self.imports(MAIN))];
        let mut open = BTreeSet::from([MAIN.to_owned()]);
        while let Some((name, pending)) = stack.last_mut() {
            let Some(import) = pending.pop() else {
                open.remove(name);
                self.order.push(std::mem::take(name));
                stack.pop();
                continue;
            };
            if open.contains(&import) {
                let message = format!("The imports form a circle at {}.", quote(&import));
                return Err(error("protobuf-import-circle", message, "Remove one of the imports of the circle."));
            }
            if self.files.contains_key(&import) {
                continue;
            }
            let importer = name.clone();
            if self.open(&import, walk)? {
                open.insert(import.clone());
                stack.push((import.clone(), self.imports(&import)));
            } else {
                walk.error(
                    "protobuf-missing-import",
                    &FieldPath::root(),
                    format!("The import {} of {} is not among the references.", quote(&import), of(&importer)),
                    "Register that file and add it to the schema's references under exactly this name.",
                );
            }
        }
        Ok(())
    }

    fn open(&mut self, import: &str, walk: &mut Walk) -> Result<bool, Diagnostic> {
        if let Some(mut file) = bundled::well_known(import) {
            prepare(&mut file);
            self.files.insert(import.to_owned(), file);
            return Ok(true);
        }
        match self.texts.get(import).copied().or_else(|| bundled::text(import)) {
            Some(text) => self.load(import, text, walk).map(|()| true),
            None => Ok(false),
        }
    }

    /// In reverse, so that they are popped in the order of the text.
    fn imports(&self, name: &str) -> Vec<String> {
        self.files.get(name).map(|file| file.dependency.iter().rev().cloned().collect()).unwrap_or_default()
    }

    fn link(mut self, walk: &mut Walk) -> Option<Linked> {
        if !self.flatten_public_imports() {
            let message = format!("The files have more than {MAX_IMPORTS} imports, those of public imports included.");
            walk.say(error("protobuf-too-large", message, "Import less, or not publicly."));
            return None;
        }
        let mut comments = Comments::default();
        let mut sources: BTreeMap<String, SourceCodeInfo> = BTreeMap::new();
        let mut pool = DescriptorPool::new();
        for name in &self.order {
            let Some(mut file) = self.files.remove(name) else { continue };
            let info = file.source_code_info.take().unwrap_or_default();
            comments.keep(name, &info);
            sources.insert(name.clone(), info);
            if let Err(problem) = pool.add_file_descriptor_proto(file) {
                walk.say(unlinked(&problem, name, sources.get(name)));
                return None;
            }
        }
        let file = pool.get_file_by_name(MAIN)?;
        Some(Linked { file, comments, has_services: self.has_services })
    }

    /// Every file is made to import directly what its imports pass on, at any depth; false if that is too much.
    fn flatten_public_imports(&mut self) -> bool {
        let mut imports = 0;
        let known: BTreeSet<String> = self.order.iter().cloned().collect();
        let mut passed_on: HashMap<String, BTreeSet<String>> = HashMap::new();
        for name in &self.order {
            let Some(file) = self.files.get_mut(name) else { continue };
            let is_public = |i: usize| file.public_dependency.iter().any(|p| usize::try_from(*p) == Ok(i));
            let (mut visible, mut public) = (BTreeSet::new(), BTreeSet::new());
            for (i, import) in file.dependency.iter().enumerate().filter(|(_, import)| known.contains(*import)) {
                let reached = passed_on.get(import).into_iter().flatten().chain([import]);
                reached.clone().for_each(|r| _ = visible.insert(r.clone()));
                if is_public(i) {
                    reached.for_each(|r| _ = public.insert(r.clone()));
                }
            }
            file.dependency = visible.into_iter().collect();
            file.public_dependency.clear();
            file.weak_dependency.clear();
            passed_on.insert(name.clone(), public);
            imports += file.dependency.len();
            if imports > MAX_IMPORTS {
                return false;
            }
        }
        true
    }
}

fn parse(name: &str, text: &str) -> Result<FileDescriptorProto, Diagnostic> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match scan::first_word(text) {
        Ok("edition") => {
            let message = format!(
                "The file{} uses editions, which are not read and which the Parquet writer refuses.",
                inside(name)
            );
            return Err(error("protobuf-editions", message, "Write it with syntax = \"proto3\" or \"proto2\"."));
        }
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
    File::from_source(name, text).map(FileDescriptorProto::from).map_err(|problem| {
        let (place, what) = split_place(&format!("{problem:?}"), name);
        let message = format!("{place}{}{}{what}.", inside(name), if place.is_empty() { "" } else { ": " });
        error("protobuf-syntax", message, "Correct the text at that place and register it again.")
    })
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

fn unlinked(problem: &DescriptorError, name: &str, info: Option<&SourceCodeInfo>) -> Diagnostic {
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

/// Takes off what says nothing about fields. Names are made JSON names, because those that collide only there are legal.
fn prepare(file: &mut FileDescriptorProto) {
    file.options = None;
    file.service.clear();
    file.enum_type.iter_mut().for_each(prepare_enum);
    file.message_type.iter_mut().for_each(prepare_message);
    file.extension.iter_mut().for_each(|extension| extension.options = None);
}

fn prepare_message(message: &mut DescriptorProto) {
    let is_map = message.options.as_ref().is_some_and(MessageOptions::map_entry);
    message.options = is_map.then(|| MessageOptions { map_entry: Some(true), ..MessageOptions::default() });
    for field in &mut message.field {
        field.options = None;
        field.json_name.clone_from(&field.name);
    }
    message.extension.iter_mut().for_each(|extension| extension.options = None);
    message.oneof_decl.iter_mut().for_each(|oneof| oneof.options = None);
    message.extension_range.iter_mut().for_each(|range| range.options = None);
    message.enum_type.iter_mut().for_each(prepare_enum);
    message.nested_type.iter_mut().for_each(prepare_message);
}

fn prepare_enum(declared: &mut EnumDescriptorProto) {
    let aliases = declared.options.as_ref().is_some_and(|options| {
        options.allow_alias()
            || options.uninterpreted_option.iter().any(|option| {
                matches!(option.name.as_slice(), [uninterpreted_option::NamePart { name_part, .. }] if name_part == "allow_alias")
                    && option.identifier_value() == "true"
            })
    });
    declared.options = aliases.then(|| EnumOptions { allow_alias: Some(true), ..EnumOptions::default() });
    declared.value.iter_mut().for_each(|value| value.options = None);
}

fn count_enum_values(enums: &[EnumDescriptorProto], messages: &[DescriptorProto]) -> usize {
    let own: usize = enums.iter().map(|e| e.value.len()).sum();
    own + messages.iter().map(|m| count_enum_values(&m.enum_type, &m.nested_type)).sum::<usize>()
}

fn count_name_bytes(scope: usize, enums: &[EnumDescriptorProto], messages: &[DescriptorProto]) -> usize {
    let of_enum = |e: &EnumDescriptorProto| e.value.iter().map(|v| scope + v.name().len()).sum::<usize>();
    let of_message = |m: &DescriptorProto| {
        let inner = scope + m.name().len() + 1;
        let fields = m.field.iter().chain(&m.extension).map(|f| inner + f.name().len());
        inner + fields.sum::<usize>() + count_name_bytes(inner, &m.enum_type, &m.nested_type)
    };
    enums.iter().map(of_enum).sum::<usize>() + messages.iter().map(of_message).sum::<usize>()
}

fn error(code: &str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::error(code, FieldPath::root(), message).hint(hint)
}

fn inside(name: &str) -> String {
    if name == MAIN { String::new() } else { format!(" of the reference {}", quote(name)) }
}

fn of(name: &str) -> String {
    if name == MAIN { "the schema".to_owned() } else { quote(name) }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.trim().chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
