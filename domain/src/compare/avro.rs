//! Whether data of one Avro schema can be read with another: schema resolution as the specification has it
//! (<https://avro.apache.org/docs/1.12.0/specification/#schema-resolution>), and as registries check it: unqualified names agree,
//! aliases are the reader's, logical types are not looked at.

mod kind;

use std::collections::HashSet;

use self::kind::{Kind, Node, Resolved, Resolver};
use super::level::Sides;
use super::memo::{Findings, Found, Memo, below, found, settle};
use crate::schema::SchemaText;
use crate::schema::avro::{documents, names_in, stands_at_root};
use crate::schema::json::Value;
use crate::schema::walk::quote;

/// Everything of the writer that the reader cannot read.
pub(super) fn findings(reader: &SchemaText, writer: &SchemaText, sides: Sides) -> Findings {
    let (Some((read, read_references)), Some((wrote, wrote_references))) = (documents(reader), documents(writer))
    else {
        return found("one of the schemas is not JSON.").into();
    };
    let (reader_names, writer_names) = (names_in(&read, &read_references), names_in(&wrote, &wrote_references));
    let at_root = stands_at_root(&read, &reader_names);
    let resolvers = (Resolver(&reader_names), Resolver(&writer_names));
    let findings = settle(|memo| {
        Check { memo, reader: resolvers.0, writer: resolvers.1, sides }.pair(&Node::top(&read), &Node::top(&wrote))
    });
    if at_root { findings } else { below("value", &findings).collect() }
}

struct Check<'m, 's> {
    memo: &'m mut Memo<(usize, usize)>,
    reader: Resolver<'m, 's>,
    writer: Resolver<'m, 's>,
    sides: Sides,
}

impl<'s> Check<'_, 's> {
    fn pair(&mut self, reader: &Node<'s>, writer: &Node<'s>) -> Findings {
        let (read, wrote) = (self.reader.resolve(reader), self.writer.resolve(writer));
        self.resolved(&read, &wrote)
    }

    fn resolved(&mut self, read: &Resolved<'s>, wrote: &Resolved<'s>) -> Findings {
        let pair = (read.identity, wrote.identity);
        if let Some(known) = self.memo.enter(&pair) {
            return known;
        }
        let found = self.types(read, wrote);
        self.memo.leave(pair, found)
    }

    fn types(&mut self, read: &Resolved<'s>, wrote: &Resolved<'s>) -> Vec<Found> {
        match (&read.kind, &wrote.kind) {
            (Kind::Union(branches), Kind::Union(written)) => {
                written.iter().flat_map(|branch| self.branch(branches, branch)).collect()
            }
            (_, Kind::Union(written)) => written.iter().flat_map(|branch| self.alone(read, branch)).collect(),
            (Kind::Union(branches), _) => self.branch(branches, &wrote.node),
            (Kind::Array(item), Kind::Array(written)) => below("[]", &self.pair(item, written)).collect(),
            (Kind::Map(value), Kind::Map(written)) => below("{}", &self.pair(value, written)).collect(),
            (Kind::Record { .. }, Kind::Record { .. }) => self.records(read, wrote),
            (Kind::Enum(_), Kind::Enum(_)) => self.enums(read, wrote),
            (Kind::Fixed(size), Kind::Fixed(written)) => {
                let mut found = self.names(read, wrote);
                if size != written {
                    found.extend(self.says(format!("holds {size} bytes where {} holds {written}.", self.sides.writer)));
                }
                found
            }
            (kind, written) if kind.promotes_from(written) => Vec::new(),
            _ => self.mismatch(read, wrote),
        }
    }

    fn says(&self, what: String) -> Vec<Found> {
        found(format!("{} {what}", self.sides.reader))
    }

    fn mismatch(&self, read: &Resolved<'_>, wrote: &Resolved<'_>) -> Vec<Found> {
        let what = match wrote.kind {
            Kind::Null => format!("takes no null here, and {} allows it.", self.sides.writer),
            _ => format!("has {} where {} has {}.", read.label(), self.sides.writer, wrote.label()),
        };
        self.says(what)
    }

    /// A branch of the writer's union, read by what is no union.
    fn alone(&mut self, read: &Resolved<'s>, branch: &Node<'s>) -> Vec<Found> {
        self.pair(&read.node, branch).to_vec()
    }

    /// A written type, read by any branch of a union. Where none does, the branch of the same kind says why.
    fn branch(&mut self, branches: &[Node<'s>], written: &Node<'s>) -> Vec<Found> {
        let wrote = self.writer.resolve(written);
        if let Kind::Union(inner) = &wrote.kind {
            return inner.iter().flat_map(|one| self.branch(branches, one)).collect();
        }
        let read: Vec<Resolved<'s>> = branches.iter().map(|branch| self.reader.resolve(branch)).collect();
        let (like, unlike): (Vec<_>, Vec<_>) = read.iter().partition(|branch| branch.is_like(&wrote));
        let mut nearest = None;
        let other = unlike.into_iter().filter(|branch| !branch.is_named_apart(&wrote));
        for branch in like.into_iter().chain(other) {
            let findings = self.resolved(branch, &wrote);
            if findings.is_empty() {
                return Vec::new();
            }
            if nearest.is_none() && branch.is_like(&wrote) {
                nearest = Some((branch.segment(), findings));
            }
        }
        let several = read.iter().filter(|branch| branch.kind != Kind::Null).count() > 1;
        match nearest {
            Some((segment, findings)) if several => below(&segment, &findings).collect(),
            Some((_, findings)) => findings.to_vec(),
            None => {
                let what = format!("has no branch for {}, which {} may hold.", wrote.label(), self.sides.writer);
                self.says(what)
            }
        }
    }

    fn names(&self, read: &Resolved<'_>, wrote: &Resolved<'_>) -> Vec<Found> {
        if read.answers_to(wrote) {
            return Vec::new();
        }
        let what = format!(
            "calls the type {} where {} calls it {}; an alias would join the two.",
            quote(&read.name),
            self.sides.writer,
            quote(&wrote.name)
        );
        self.says(what)
    }

    fn enums(&self, read: &Resolved<'_>, wrote: &Resolved<'_>) -> Vec<Found> {
        let mut found = self.names(read, wrote);
        let symbols: HashSet<&str> = read.symbols().collect();
        let has_default = read.default_symbol().is_some_and(|default| symbols.contains(default));
        let unknown: Vec<String> = wrote.symbols().filter(|symbol| !symbols.contains(symbol)).map(quote).collect();
        if !unknown.is_empty() && !has_default {
            let listed = super::sentences::list(&unknown);
            found.extend(
                self.says(format!("does not know {listed} of {}, and has no default for it.", self.sides.writer)),
            );
        }
        found
    }

    fn records(&mut self, read: &Resolved<'s>, wrote: &Resolved<'s>) -> Vec<Found> {
        let mut found = self.names(read, wrote);
        let written = wrote.fields();
        for (name, field) in read.fields().in_order() {
            let named = std::iter::once(name).chain(kind::aliases(field));
            let mut sources = named.filter_map(|name| written.get(name));
            let (source, another) = (sources.next(), sources.next());
            let inner = match (source, another) {
                (_, Some(_)) => {
                    self.says(format!("finds two fields of {} for this one by its aliases.", self.sides.writer)).into()
                }
                (Some(source), None) => self.field(read, field, wrote, source),
                (None, None) => self.absent(field),
            };
            found.extend(below(name, &inner));
        }
        found
    }

    fn field(
        &mut self,
        read: &Resolved<'s>,
        field: &'s Value<'s>,
        wrote: &Resolved<'s>,
        source: &'s Value<'s>,
    ) -> Findings {
        match (read.child(field, "type"), wrote.child(source, "type")) {
            (Some(reader), Some(writer)) => self.pair(&reader, &writer),
            _ => Findings::default(),
        }
    }

    /// A field that the writer does not have.
    fn absent(&self, field: &'s Value<'s>) -> Findings {
        if field.get("default").is_some() {
            return Findings::default();
        }
        self.says(format!("needs this field and gives it no default, but {} does not have it.", self.sides.writer))
            .into()
    }
}
