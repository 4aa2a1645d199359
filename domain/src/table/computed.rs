//! Columns of the analyst's own. The expression is read into a tree, its names become the values of fields, and what a COPY may not
//! hold is refused with its place; nothing that was typed reaches a statement as it was typed.

use std::collections::{HashMap, HashSet};

use super::naming::folded;
use super::{Attributes, Column, Context, Row, Table, comment, iceberg, rename};
use crate::design::{ComputedColumn, MAX_COMMENT_CHARS};
use crate::diagnostic::Diagnostic;
use crate::schema::{Field, FieldPath, Schema};
use crate::sql::syntax::{Expr, Finding, Node, Step, parse};
use crate::sql::{ColumnType, Expression, Kind, allow_list};

/// The most text that an expression may become, in bytes, with the values of its fields in it.
const MAX_COLUMN_BYTES: usize = 64 << 10;
/// The same for all computed columns of a table.
const MAX_BYTES: usize = 512 << 10;

/// Adds the computed columns whose expressions a COPY may hold, and says what is wrong with the others.
pub(super) fn apply(table: &mut Table, schema: &Schema, context: Context<'_>) {
    let computed = &context.design.computed;
    if computed.is_empty() {
        return;
    }
    let fields = Fields::of(schema, &table.rows);
    let mut taken: HashSet<String> = table.columns().map(|column| folded(&column.name)).collect();
    taken.extend(context.live.iter().filter(|live| !live.path.is_root()).map(|live| folded(&live.name)));
    let (mut columns, mut found, mut bytes_left) = (vec![], vec![], MAX_BYTES);
    for (id, wanted) in computed {
        match column(wanted, &fields, &mut bytes_left, context) {
            Ok((column, caution)) if taken.insert(folded(&column.name)) => {
                found.extend(caution);
                columns.push(column);
            }
            Ok((column, _)) => {
                let message = format!("{} is the name of another column already.", column.name);
                found.push(of(id, wanted, "name-taken", message).hint("Choose another name."));
            }
            Err(problems) => {
                found.extend(problems.into_iter().map(|(code, message, hint)| of(id, wanted, code, message).hint(hint)))
            }
        }
    }
    table.computed = columns;
    table.diagnostics.extend(found);
}

/// Code, message and hint.
type Problem = (&'static str, String, String);

fn of(id: &str, wanted: &ComputedColumn, code: &str, message: String) -> Diagnostic {
    let name = if wanted.name.trim().is_empty() { id } else { wanted.name.trim() };
    Diagnostic::error(code, FieldPath::root(), format!("Computed column {}: {message}", comment::shortened(name, 60)))
}

fn column(
    wanted: &ComputedColumn,
    fields: &Fields<'_>,
    bytes_left: &mut usize,
    context: Context<'_>,
) -> Result<(Column, Option<Diagnostic>), Vec<Problem>> {
    let mut problems = vec![];
    let name =
        rename::column(&wanted.name).map_err(|problem| problems.push(("name-invalid", problem.message, problem.hint)));
    let ty = wanted.column_type.parse::<ColumnType>().map_err(|problem| {
        problems.push(("type-invalid", problem.to_string(), "Name a type such as VARCHAR or NUMBER(12,2).".to_owned()));
    });
    let unfit = ty.ok().and_then(|ty| iceberg::refusal(ty, context));
    problems.extend(unfit.map(|(message, hint)| ("iceberg-type", message, hint)));
    let expression = expression(&wanted.expression, fields, bytes_left).map_err(|found| {
        problems.extend(
            found.into_iter().map(|finding| ("expression-invalid", placed(&wanted.expression, &finding), finding.hint)),
        );
    });
    let (Ok(name), Ok(ty), Ok(expression), true) = (name, ty, expression, problems.is_empty()) else {
        return Err(problems);
    };
    let caution = name
        .caution
        .map(|caution| Diagnostic::warning("name-needs-quotes", FieldPath::root(), caution.message).hint(caution.hint));
    let column = Column {
        name: name.name,
        ty,
        nullable: true,
        comment: comment::shortened(&wanted.comment, MAX_COMMENT_CHARS),
        attributes: Attributes::default(),
        expression: Expression::of(&cast(expression, ty)),
        source: None,
    };
    Ok((column, caution))
}

/// The message with the place, counted in characters from 1 as people do.
fn placed(text: &str, finding: &Finding) -> String {
    let before = text.get(..finding.offset).unwrap_or(text);
    format!("At character {} of its expression: {}", before.chars().count() + 1, finding.message)
}

/// Text is not cut by the cast: whether a text that is too long fails or is cut is an option of the load.
fn cast(of: Expr, ty: ColumnType) -> Expr {
    let ty = if ty.is_text() { ColumnType::new(Kind::Varchar(None)) } else { ty };
    if matches!(&of.node, Node::Cast { ty: own, lenient: false, .. } if *own == ty) {
        return of;
    }
    Expr { at: of.at, node: Node::Cast { of: Box::new(of), ty, lenient: false } }
}

fn expression(text: &str, fields: &Fields<'_>, bytes_left: &mut usize) -> Result<Expr, Vec<Finding>> {
    let room = (*bytes_left).min(MAX_COLUMN_BYTES);
    let mut filling = Filling { found: vec![], room: Some(room) };
    let expr = fields.filled(parse(text).map_err(|finding| vec![finding])?, &mut filling);
    let Filling { mut found, room: left } = filling;
    *bytes_left -= room - left.unwrap_or_default();
    if left.is_none() {
        return Err(found);
    }
    found.extend(allow_list::check(&expr));
    found.sort();
    if found.is_empty() { Ok(expr) } else { Err(found) }
}

/// An expression whose names are being filled.
struct Filling {
    found: Vec<Finding>,
    /// How many bytes of values may still be filled in; `None` once there were more.
    room: Option<usize>,
}

impl Filling {
    /// Takes room for a value, and says once that there is none.
    fn take(&mut self, bytes: usize, at: usize) -> bool {
        let Some(room) = self.room else { return false };
        self.room = room.checked_sub(bytes);
        if self.room.is_none() {
            self.found.push(Finding::new(
                at,
                format!(
                    "The expression is too long once every field stands for its value; a column may have {} KB, and all computed columns {} KB.",
                    MAX_COLUMN_BYTES >> 10,
                    MAX_BYTES >> 10
                ),
                "Read fewer fields, or shorten their defaults.".to_owned(),
            ));
        }
        self.room.is_some()
    }
}

/// What names in an expression stand for.
struct Fields<'a> {
    rows: HashMap<&'a [String], &'a Row>,
    known: HashSet<&'a [String]>,
}

impl<'a> Fields<'a> {
    fn of(schema: &'a Schema, rows: &'a [Row]) -> Self {
        let rows = rows.iter().map(|row| (row.path.segments(), row)).collect();
        let (mut known, mut left) = (HashSet::new(), schema.fields.iter().collect::<Vec<&Field>>());
        while let Some(field) = left.pop() {
            known.insert(field.path.segments());
            left.extend(field.fields());
        }
        Self { rows, known }
    }

    /// The expression with every field as what its column has, or as a part of the value of the record around it.
    fn filled(&self, mut expr: Expr, filling: &mut Filling) -> Expr {
        if let Some(keys) = keys(&expr) {
            return self.value(&keys, expr.at, filling).unwrap_or(Expr { at: expr.at, node: Node::Null });
        }
        for inner in expr.inner_mut() {
            let own = std::mem::replace(inner, Expr { at: 0, node: Node::Null });
            *inner = self.filled(own, filling);
        }
        expr
    }

    /// The value of a field; nothing if there is none, or no room for it, which is a finding then.
    fn value(&self, keys: &[String], at: usize, filling: &mut Filling) -> Option<Expr> {
        for length in (1..=keys.len()).rev() {
            let (path, rest) = keys.split_at(length);
            let Some(row) = self.rows.get(path) else { continue };
            if !rest.is_empty() && self.is_record(path) && !self.known.contains(keys) {
                break;
            }
            let text = row.column.expression.to_string();
            if !filling.take(text.len(), at) {
                return None;
            }
            let value = parse(&text).map_err(|finding| filling.found.push(finding)).ok()?;
            return Some(rest.iter().fold(moved(value, at), |of, key| Expr {
                at,
                node: Node::Path { of: Box::new(of), step: Step::Key(key.clone()) },
            }));
        }
        let path = FieldPath::of(keys.to_vec());
        filling.found.push(Finding::new(at, format!("The event has no field {path}."), self.hint(keys)));
        None
    }

    fn is_record(&self, path: &[String]) -> bool {
        self.known.iter().any(|known| known.len() == path.len() + 1 && known.starts_with(path))
    }

    /// A field that differs by case alone, or how fields are written.
    fn hint(&self, keys: &[String]) -> String {
        let folded_keys: Vec<String> = keys.iter().map(|key| folded(key)).collect();
        let is_alike = |known: &&&[String]| known.iter().map(|key| folded(key)).eq(folded_keys.iter().cloned());
        match self.known.iter().filter(is_alike).min() {
            Some(known) => format!("Write {}.", FieldPath::of(known.to_vec())),
            None => "Write a field as the field tree shows it, and in double quotes where it has other characters than letters, digits and underscores.".to_owned(),
        }
    }
}

/// The fields that an expression names, and places in their values.
pub(crate) fn names_in(expr: &Expr) -> Vec<Vec<String>> {
    let (mut names, mut left) = (vec![], vec![expr]);
    while let Some(expr) = left.pop() {
        match keys(expr) {
            Some(keys) => names.push(keys),
            None => left.extend(expr.inner().into_iter().rev()),
        }
    }
    names
}

/// The keys of a name and the steps from it; `None` for everything else.
fn keys(expr: &Expr) -> Option<Vec<String>> {
    match &expr.node {
        Node::Name(name) => Some(vec![name.clone()]),
        Node::Path { of, step: Step::Key(key) } => {
            let mut keys = keys(of)?;
            keys.push(key.clone());
            Some(keys)
        }
        _ => None,
    }
}

/// The expression as if all of it stood at one place.
fn moved(mut expr: Expr, at: usize) -> Expr {
    expr.at = at;
    for inner in expr.inner_mut() {
        let own = std::mem::replace(inner, Expr { at, node: Node::Null });
        *inner = moved(own, at);
    }
    expr
}
