//! From texts to linked Protobuf descriptors. Options, services and source positions are taken off before linking: none of them
//! says anything about fields, while resolving them costs time that grows with their square.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use prost_reflect::prost_types::{FileDescriptorProto, SourceCodeInfo};
use prost_reflect::{DescriptorPool, FileDescriptor};

use super::bundled;
use super::facts::Facts;
use super::prepare::{count_enum_values, count_name_bytes, prepare};
use super::text::{MAIN, Parsed, error, inside, parse, unlinked};
use crate::diagnostic::Diagnostic;
use crate::schema::budget::MAX_NAME_BYTES;
use crate::schema::walk::{Walk, quote};
use crate::schema::{FieldPath, SchemaText};

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
    /// What its descriptors leave out, and those of its imports.
    pub facts: Facts,
    /// Whether the file declares services, which are not linked.
    pub has_services: bool,
}

/// Parses and links a schema; what is wrong is said to `walk`, and `None` means that nothing could be made of it.
pub fn link(source: &SchemaText, walk: &mut Walk) -> Option<Linked> {
    let texts: HashMap<&str, &str> = source.references.iter().map(|r| (r.name.as_str(), r.text.as_str())).collect();
    let mut loader = Loader { texts, ..Loader::default() };
    let loaded = loader.load(MAIN, &source.text, walk).and_then(|()| loader.load_imports(walk));
    if let Err(problem) = loaded {
        walk.say(problem);
        return None;
    }
    loader.link(walk)
}

#[derive(Default)]
struct Loader<'s> {
    texts: HashMap<&'s str, &'s str>,
    files: HashMap<String, FileDescriptorProto>,
    /// File names, imports before their importers.
    order: Vec<String>,
    enum_values: usize,
    name_bytes: usize,
    facts: Facts,
    has_services: bool,
}

impl Loader<'_> {
    fn load(&mut self, name: &str, text: &str, walk: &mut Walk) -> Result<(), Diagnostic> {
        let Parsed { mut file, has_edition } = parse(name, text)?;
        self.has_services |= name == MAIN && !file.service.is_empty();
        self.measure(&file)?;
        self.facts.declared.keep(&file);
        if has_edition {
            self.facts.features.resolve(&mut file).map_err(|what| {
                let message = format!("{what}{}.", inside(name));
                error("protobuf-feature", message, "Correct it as the guide to editions has it.")
            })?;
        }
        prepare(&mut file);
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
        let mut sources: BTreeMap<String, SourceCodeInfo> = BTreeMap::new();
        let mut pool = DescriptorPool::new();
        for name in &self.order {
            let Some(mut file) = self.files.remove(name) else { continue };
            let info = file.source_code_info.take().unwrap_or_default();
            self.facts.comments.keep(name, &info);
            sources.insert(name.clone(), info);
            if let Err(problem) = pool.add_file_descriptor_proto(file) {
                walk.say(unlinked(&problem, name, sources.get(name)));
                return None;
            }
        }
        let file = pool.get_file_by_name(MAIN)?;
        Some(Linked { file, facts: self.facts, has_services: self.has_services })
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

fn of(name: &str) -> String {
    if name == MAIN { "the schema".to_owned() } else { quote(name) }
}
