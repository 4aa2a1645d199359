//! Whether every value that one JSON Schema allows is allowed by another, as registries check it: property by property, with
//! attention to whether an object is open, partially open or closed
//! (<https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/serdes-json.html#json-schema-compatibility-rules>).

mod array;
mod bounds;
mod combined;
mod object;
mod shape;

use self::shape::{Followed, Part, Shape, Shapes};
use super::level::Sides;
use super::memo::{Findings, Found, Memo, found, settle};
use crate::schema::SchemaText;
use crate::schema::budget::parse_json;
use crate::schema::json::Value;
use crate::schema::json_schema::catalog::{Catalog, Node};
use crate::schema::json_schema::parse_references;

/// Everything that the writer's schema allows and the reader's does not.
pub(super) fn findings(reader: &SchemaText, writer: &SchemaText, sides: Sides) -> Findings {
    let (Ok(read_root), Ok(wrote_root)) = (parse_json(&reader.text), parse_json(&writer.text)) else {
        return found("one of the schemas is not JSON.").into();
    };
    let (read_references, wrote_references) =
        (parse_references(reader, &mut Vec::new()), parse_references(writer, &mut Vec::new()));
    let (mut read, mut wrote) = (Catalog::default(), Catalog::default());
    let tops = (add(&mut read, &read_root, &read_references), add(&mut wrote, &wrote_root, &wrote_references));
    let (read_followed, wrote_followed) = (Followed::default(), Followed::default());
    let (read, wrote) = (Shapes::new(&read, &read_followed), Shapes::new(&wrote, &wrote_followed));
    settle(|memo| {
        let mut check = Check { memo, read, wrote, sides };
        check.pair(Part::whole(tops.1), Part::whole(tops.0))
    })
}

fn add<'s>(catalog: &mut Catalog<'s>, root: &'s Value<'s>, references: &'s [(&'s str, Value<'s>)]) -> Node<'s> {
    let top = catalog.add("", root);
    for (name, reference) in references {
        catalog.add(name, reference);
    }
    top
}

struct Check<'m, 's> {
    memo: &'m mut Memo<(shape::Identity, shape::Identity)>,
    read: Shapes<'m, 's>,
    wrote: Shapes<'m, 's>,
    sides: Sides,
}

impl<'s> Check<'_, 's> {
    /// What `new`, which reads, does not take of `old`, which wrote.
    fn pair(&mut self, old: Part<'s>, new: Part<'s>) -> Findings {
        let (old, new) = (self.wrote.followed(old), self.read.followed(new));
        let pair = (old.identity(), new.identity());
        if let Some(known) = self.memo.enter(&pair) {
            return known;
        }
        let found = self.parts(old, new);
        self.memo.leave(pair, found)
    }

    /// The same where either side may say nothing: no schema allows everything.
    fn optional(&mut self, old: Option<Part<'s>>, new: Option<Part<'s>>) -> Findings {
        match (old, new) {
            (Some(old), Some(new)) => self.pair(old, new),
            (None, Some(_)) => self.says("limits what may stand here, which", "does not.").into(),
            (_, None) => Findings::default(),
        }
    }

    fn parts(&mut self, old: Part<'s>, new: Part<'s>) -> Vec<Found> {
        let (wrote, read) = (self.wrote.shape(old), self.read.shape(new));
        if let Some(found) = self.one_combined((old, &wrote), (new, &read)) {
            return found;
        }
        match (&wrote, &read) {
            (Shape::Never, _) | (_, Shape::Any) => Vec::new(),
            (Shape::Combined(_, old), Shape::Combined(_, new)) => self.combined((&wrote, old), (&read, new)),
            (Shape::Number, Shape::Number) => bounds::number(self, old, new),
            (Shape::String, Shape::String) => bounds::string(self, old, new),
            (Shape::Object, Shape::Object) => self.object(old.node, new.node),
            (Shape::Array, Shape::Array) => self.array(old.node, new.node),
            (Shape::Values(old), Shape::Values(new)) => self.values(old, new),
            (Shape::Const(old), Shape::Const(new)) if old != new => self.says("takes another constant than", "has."),
            (Shape::Not(old), Shape::Not(new)) => self.not(*old, *new),
            (old, new) if old.is_like(new) => Vec::new(),
            (old, new) => found(format!(
                "{} takes {} where {} allows {}.",
                self.sides.reader,
                new.label(),
                self.sides.writer,
                old.label()
            )),
        }
    }

    fn values(&self, old: &[Value], new: &[Value]) -> Vec<Found> {
        let missing = old.iter().filter(|value| !new.contains(value));
        let missing: Vec<String> = missing.map(crate::schema::walk::quote_json).collect();
        if missing.is_empty() {
            return Vec::new();
        }
        let listed = super::sentences::list(&missing);
        found(format!("{} does not take {listed}, which {} allows.", self.sides.reader, self.sides.writer))
    }

    /// What must not match may only shrink, so the sides change places.
    fn not(&mut self, old: Part<'s>, new: Part<'s>) -> Vec<Found> {
        let (read, wrote) = (self.wrote, self.read);
        let mut inner = Check { memo: &mut Memo::default(), read, wrote, sides: self.sides };
        if inner.pair(new, old).is_empty() {
            return Vec::new();
        }
        self.says("forbids values here that", "allows.")
    }

    fn says(&self, what: &str, writer_does: &str) -> Vec<Found> {
        found(format!("{} {what} {} {writer_does}", self.sides.reader, self.sides.writer))
    }
}
