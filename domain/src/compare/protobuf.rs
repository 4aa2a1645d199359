//! Whether data of one Protobuf schema can be read with another, as registries check it: fields go by number, and their types by
//! what they are on the wire (<https://protobuf.dev/programming-guides/proto3/#updating>). The levels' meaning for Protobuf:
//! <https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/serdes-protobuf.html>.

mod field;

use std::collections::{BTreeMap, HashMap, HashSet};

use prost_reflect::{FieldDescriptor, MessageDescriptor};

use self::field::{Wire, label, oneof};
use super::level::Sides;
use super::memo::{Findings, Found, Memo, below, found, settle};
use crate::schema::SchemaText;
use crate::schema::protobuf::features::Features;
use crate::schema::protobuf::files::link;
use crate::schema::protobuf::local_name;
use crate::schema::walk::{Walk, quote};

/// Everything of the writer that the reader cannot read.
pub(super) fn findings(reader: &SchemaText, writer: &SchemaText, sides: Sides) -> Findings {
    let linked = [reader, writer].map(|side| link(side, &mut Walk::default()));
    let [Some(read), Some(wrote)] = linked else { return found("one of the schemas cannot be linked.").into() };
    let features = [&read.facts.features, &wrote.facts.features];
    let [read_package, wrote_package] = [&read, &wrote].map(|linked| linked.file.package_name().to_owned());
    let [read, wrote] = [&read, &wrote].map(|linked| linked.file.messages().collect::<Vec<_>>());
    let inside = settle(|memo| Check { memo, sides, features }.files(&read, &wrote).into());
    if read_package == wrote_package {
        return inside;
    }
    let [is, was] = [read_package, wrote_package].map(|package| quote(&package));
    let moved = found(format!("{} is in the package {is} where {} is in {was}.", sides.reader, sides.writer));
    moved.into_iter().chain(inside.iter().cloned()).collect()
}

struct Check<'m> {
    memo: &'m mut Memo<(String, String)>,
    sides: Sides,
    /// What editions make of the reader's fields and of the writer's.
    features: [&'m Features; 2],
}

type Fields = BTreeMap<u32, FieldDescriptor>;

impl Check<'_> {
    /// The events first, so that what they hold is told where they hold it; then every other message.
    fn files(&mut self, read: &[MessageDescriptor], wrote: &[MessageDescriptor]) -> Vec<Found> {
        let mut findings = Vec::new();
        if let (Some(event), Some(written)) = (read.first(), wrote.first())
            && local_name(event) == local_name(written)
        {
            findings.extend(self.messages(event, written).to_vec());
        }
        self.others(read, wrote, &mut findings);
        findings
    }

    fn others(&mut self, read: &[MessageDescriptor], wrote: &[MessageDescriptor], findings: &mut Vec<Found>) {
        let mut left: Vec<(Vec<MessageDescriptor>, Vec<MessageDescriptor>)> = vec![(read.to_vec(), wrote.to_vec())];
        while let Some((read, wrote)) = left.pop() {
            let by_name: HashMap<&str, &MessageDescriptor> =
                read.iter().map(|message| (message.name(), message)).collect();
            for written in wrote.iter().filter(|message| !message.is_map_entry()) {
                let name = quote(local_name(written));
                let Some(message) = by_name.get(written.name()) else {
                    let what = format!("has no message {name}, which {} has.", self.sides.writer);
                    findings.extend(self.says(what));
                    continue;
                };
                if !self.memo.knows(&pair_of(message, written)) {
                    let inside = self.messages(message, written);
                    findings.extend(inside.iter().flat_map(|one| found(in_message(&name, one))));
                }
                left.push((message.child_messages().collect(), written.child_messages().collect()));
            }
        }
    }

    fn says(&self, what: String) -> Vec<Found> {
        found(format!("{} {what}", self.sides.reader))
    }

    fn messages(&mut self, read: &MessageDescriptor, wrote: &MessageDescriptor) -> Findings {
        let pair = pair_of(read, wrote);
        if let Some(known) = self.memo.enter(&pair) {
            return known;
        }
        let (fields, written) = (fields(read), fields(wrote));
        let mut findings = self.joined_oneofs(&fields, &written);
        for (number, field) in &fields {
            let inner = match written.get(number) {
                Some(source) => self.field(field, source),
                None if field.is_required() => {
                    self.says(format!("requires this field, and {} does not have it.", self.sides.writer)).into()
                }
                None => Findings::default(),
            };
            let inside = match written.get(number) {
                Some(source) if field.is_list() && source.is_list() => below("[]", &inner).collect(),
                _ => inner,
            };
            findings.extend(below(field.name(), &inside));
        }
        findings.extend(self.removed(&fields, &written));
        self.memo.leave(pair, findings)
    }

    fn removed(&self, fields: &Fields, written: &Fields) -> Vec<Found> {
        let survives = |name: &str| {
            let members = written.iter().filter(|(_, field)| oneof(field).as_deref() == Some(name));
            members.into_iter().any(|(number, _)| fields.contains_key(number))
                || fields.values().any(|field| oneof(field).as_deref() == Some(name))
        };
        let gone = written.iter().filter(|(number, _)| !fields.contains_key(number));
        let say = |(_, field): (&u32, &FieldDescriptor)| {
            let what = match oneof(field) {
                Some(name) if survives(&name) => {
                    format!(
                        "has no such member of the oneof {}, which {} may have set.",
                        quote(&name),
                        self.sides.writer
                    )
                }
                None if field.is_required() => {
                    format!("does not have this field, which {} requires.", self.sides.writer)
                }
                _ => return Vec::new(),
            };
            below(field.name(), &self.says(what)).collect()
        };
        gone.flat_map(say).collect()
    }

    /// Fields that could be set together and now exclude each other.
    fn joined_oneofs(&self, fields: &Fields, written: &Fields) -> Vec<Found> {
        let mut origins: BTreeMap<String, (HashSet<String>, &FieldDescriptor)> = BTreeMap::new();
        for (number, field) in fields {
            let (Some(name), Some(source)) = (oneof(field), written.get(number)) else { continue };
            let origin = oneof(source).unwrap_or_else(|| format!("#{number}"));
            let (origins, last) = origins.entry(name).or_insert_with(|| (HashSet::new(), field));
            origins.insert(origin);
            *last = field;
        }
        let joined = origins.into_iter().filter(|(_, (origins, _))| origins.len() > 1);
        let say = |(name, (_, field)): (String, (HashSet<String>, &FieldDescriptor))| {
            let what = format!(
                "allows only one member of the oneof {}, and {} may have set several of these fields.",
                quote(&name),
                self.sides.writer
            );
            below(field.name(), &self.says(what)).collect::<Vec<_>>()
        };
        joined.flat_map(say).collect()
    }

    fn field(&mut self, field: &FieldDescriptor, source: &FieldDescriptor) -> Findings {
        let [features, source_features] = self.features;
        let (read, wrote) = (Wire::of(&field.kind(), field.is_map()), Wire::of(&source.kind(), source.is_map()));
        if let (Wire::Message(_), Wire::Message(_)) = (&read, &wrote)
            && features.is_delimited(field) != source_features.is_delimited(source)
        {
            let what =
                format!("marks the end of this message otherwise than {}: only one is a group.", self.sides.writer);
            return self.says(what).into();
        }
        let labels = (label(field, features), label(source, source_features));
        self.types(&read, &wrote, labels)
    }

    fn types(&mut self, read: &Wire, wrote: &Wire, labels: (Option<i32>, Option<i32>)) -> Findings {
        match (read, wrote) {
            (Wire::Scalar { group, .. }, Wire::Scalar { group: written, .. }) if group == written => match labels {
                (Some(label), Some(written)) if label != written && group.is_packed() => self
                    .says(format!("repeats the number where {} does not, or the reverse.", self.sides.writer))
                    .into(),
                _ => Findings::default(),
            },
            (Wire::Map(key, value), Wire::Map(written_key, written_value)) => {
                let mut findings = self.types(key, written_key, (None, None)).to_vec();
                findings.extend(below("{}", &self.types(value, written_value, (None, None))));
                findings.into()
            }
            (Wire::Message(message), Wire::Message(written)) if local_name(message) == local_name(written) => {
                self.messages(message, written)
            }
            _ => self.says(format!("has {} where {} has {}.", read.label(), self.sides.writer, wrote.label())).into(),
        }
    }
}

fn in_message(name: &str, inner: &Found) -> String {
    let place: Vec<&str> = inner.at.iter().rev().map(String::as_str).collect();
    match place.as_slice() {
        [] => format!("in the message {name}, {}", inner.message),
        place => format!("in the message {name} at {}, {}", place.join("."), inner.message),
    }
}

fn pair_of(read: &MessageDescriptor, wrote: &MessageDescriptor) -> (String, String) {
    (read.full_name().to_owned(), wrote.full_name().to_owned())
}

fn fields(message: &MessageDescriptor) -> Fields {
    message.fields().map(|field| (field.number(), field)).collect()
}
