//! Column by column from the table that stands to the one that is wanted. A column keeps its name and place for good; where its
//! type cannot become the new one, a column beside it takes the values.

use std::collections::{HashMap, HashSet};

use super::findings;
use super::live::{Live, StandingColumn};
use crate::diagnostic::Diagnostic;
use crate::schema::FieldPath;
use crate::sql::{ColumnType, ObjectName};
use crate::subject::Version;
use crate::table::{Attributes, Column, Table, TableOptions, fit};

/// A change of the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Alteration {
    /// A column is added.
    Add(Column),
    /// A column is made wider.
    Widen(String, ColumnType),
    /// A column may be empty.
    Loosen(String),
    /// A column has another comment.
    Comment(String, String),
    /// A column has another policy or other tags: what it had, then what it has.
    Attributes(String, Attributes, Attributes),
}

/// What settling gives.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The table's columns in their order, as they are described from then on.
    pub columns: Vec<StandingColumn>,
    /// The columns that stood and that the new table fills, as they stand.
    pub kept: HashMap<String, Column>,
    /// What is done to the table.
    pub statements: Vec<Alteration>,
    /// Columns that were left because their types could not change, each with the one beside it.
    pub left: Vec<(String, String)>,
    /// The columns whose names had to be others than the new table gave them.
    renamed: HashMap<String, String>,
    /// Whether types can be widened.
    can_widen: bool,
    /// What there is to say.
    pub findings: Vec<Diagnostic>,
}

/// Fits the new table to the one that stands: names and types of columns are changed in `table` where the standing ones demand it.
pub fn settle(live: &Live, table: &mut Table, version: Version) -> Settled {
    let mut settled = Settled {
        columns: live.columns.clone(),
        kept: HashMap::new(),
        statements: Vec::new(),
        left: Vec::new(),
        renamed: HashMap::new(),
        can_widen: table.options.iceberg.is_none(),
        findings: Vec::new(),
    };
    let mut taken: HashSet<String> = live.columns.iter().map(|column| folded(&column.name)).collect();
    let order: Vec<usize> = table.order.clone();
    table.envelope.iter_mut().for_each(|column| settled.column(column, &mut taken, version));
    for row in order {
        if let Some(row) = table.rows.get_mut(row).filter(|row| row.kept) {
            settled.column(row.column_mut(), &mut taken, version);
        }
    }
    let behind = table.computed.iter_mut().chain(&mut table.load_metadata);
    behind.for_each(|column| settled.column(column, &mut taken, version));
    settled.loosen_what_nothing_fills(table);
    rename_in(&mut table.options, &settled.renamed);
    settled
}

/// The table as it stands at the end, for everything that describes it whole.
pub fn standing(table: &Table, live: &Live, kept: &HashMap<String, Column>) -> Table {
    let loaded: HashMap<&str, &Column> = table.columns().map(|column| (column.name.as_str(), column)).collect();
    let of_name = |column: &StandingColumn| {
        let found = kept.get(&column.name).or_else(|| loaded.get(column.name.as_str()).copied());
        let ty = column.column_type.parse().ok();
        match (found, ty) {
            (Some(found), Some(ty)) => {
                Some(Column { ty, nullable: column.nullable, comment: column.comment.clone(), ..found.clone() })
            }
            (None, Some(ty)) => Some(unfilled(column, ty)),
            (found, None) => found.cloned(),
        }
    };
    let columns = live.columns.iter().filter_map(of_name).collect();
    Table {
        envelope: columns,
        rows: Vec::new(),
        order: Vec::new(),
        computed: Vec::new(),
        load_metadata: Vec::new(),
        ..table.clone()
    }
}

/// Gives every column that was left its name and place back with the type of the one beside it, as only a table that is made anew has
/// them.
pub fn remake(table: &mut Table, settled: &mut Settled) {
    let back: HashMap<String, String> = settled.left.drain(..).map(|(left, beside)| (beside, left)).collect();
    let mut beside = HashMap::new();
    settled.columns.retain(|column| match back.get(&column.name) {
        Some(left) => beside.insert(left.clone(), column.clone()).is_some(),
        None => true,
    });
    for stands in &mut settled.columns {
        if let Some(beside) = beside.remove(&stands.name) {
            *stands = StandingColumn { name: stands.name.clone(), ..beside };
        }
    }
    let rename = |column: &mut Column| back.get(&column.name).iter().for_each(|left| column.name = (*left).clone());
    table.envelope.iter_mut().for_each(rename);
    for row in &mut table.rows {
        if back.contains_key(&row.column.name) {
            rename(row.column_mut());
        }
    }
    table.computed.iter_mut().chain(&mut table.load_metadata).for_each(rename);
    rename_in(&mut table.options, &back);
}

/// A column that no field fills any more.
fn unfilled(column: &StandingColumn, ty: ColumnType) -> Column {
    Column {
        name: column.name.clone(),
        ty,
        nullable: column.nullable,
        comment: column.comment.clone(),
        attributes: column.attributes.clone().unwrap_or_default(),
        expression: crate::sql::Expression::value(&crate::sql::SourcePath::top(column.name.clone())),
        source: None,
    }
}

impl Settled {
    fn position_of(&self, path: Option<&FieldPath>, name: &str) -> Option<usize> {
        let is_it = |column: &StandingColumn| match path {
            Some(path) => column.path.as_ref() == Some(path),
            None => column.path.is_none() && column.filled && column.name == name,
        };
        self.columns.iter().position(is_it)
    }

    fn column(&mut self, column: &mut Column, taken: &mut HashSet<String>, version: Version) {
        let wanted = column.name.clone();
        self.fit(column, taken, version);
        if column.name != wanted {
            self.renamed.insert(wanted, column.name.clone());
        }
    }

    fn fit(&mut self, column: &mut Column, taken: &mut HashSet<String>, version: Version) {
        let Some(at) = self.position_of(column.source.as_ref(), &column.name) else {
            if taken.contains(&folded(&column.name)) {
                column.name = free(&column.name, version, taken);
            }
            taken.insert(folded(&column.name));
            if !column.nullable {
                self.findings.push(findings::not_null_when_added(column));
                column.nullable = true;
            }
            return self.add(column.clone());
        };
        let Some(stands) = self.columns.get(at).cloned() else { return };
        if column.name != stands.name {
            self.findings.push(findings::keeps_its_name(column, &stands.name));
            column.name.clone_from(&stands.name);
        }
        match stands.column_type.parse::<ColumnType>() {
            Ok(ty) if ty == column.ty => {}
            Ok(ty) if self.can_widen && ty.widens_to(column.ty) => {
                self.statements.push(Alteration::Widen(stands.name.clone(), column.ty));
            }
            _ => return self.beside(at, column, taken, version),
        }
        if column.nullable && !stands.nullable {
            self.statements.push(Alteration::Loosen(stands.name.clone()));
        } else if !column.nullable && stands.nullable {
            self.findings.push(findings::stays_nullable(column));
            column.nullable = true;
        }
        self.guard(column, &stands);
        self.describe(at, column);
    }

    /// A column whose type cannot become the new one stays with its values, and a new one stands at the end.
    fn beside(&mut self, at: usize, column: &mut Column, taken: &mut HashSet<String>, version: Version) {
        let Some(stands) = self.columns.get_mut(at) else { return };
        let (was, left) = (stands.column_type.clone(), stands.name.clone());
        (stands.path, stands.filled) = (None, false);
        column.name = free(&left, version, taken);
        column.nullable = true;
        taken.insert(folded(&column.name));
        self.findings.push(findings::stands_beside(column, &left, &was));
        let guarded = stands.attributes.as_ref().and_then(|stood| stood.masking_policy.as_ref());
        if let Some(policy) = guarded.filter(|_| column.attributes.masking_policy.is_none()) {
            self.findings.push(findings::policy_removed(column, policy));
        }
        self.left.push((left, column.name.clone()));
        self.add(column.clone());
    }

    fn add(&mut self, column: Column) {
        self.columns.push(StandingColumn::of(&column));
        if !column.comment.is_empty() {
            let comment = Alteration::Comment(column.name.clone(), column.comment.clone());
            self.statements.push(Alteration::Add(column));
            return self.statements.push(comment);
        }
        self.statements.push(Alteration::Add(column));
    }

    /// A policy stays on the column that it guards, and a collation on the values that it orders; the rest follows the design.
    fn guard(&mut self, column: &mut Column, stands: &StandingColumn) {
        let Some(stood) = &stands.attributes else { return };
        if let Some(policy) = stood.masking_policy.as_ref().filter(|_| column.attributes.masking_policy.is_none()) {
            self.findings.push(findings::policy_removed(column, policy));
            column.attributes.masking_policy = Some(policy.clone());
        }
        if column.attributes.collation != stood.collation {
            self.findings.push(findings::collation_stays(column));
            column.attributes.collation.clone_from(&stood.collation);
        }
        let is_gone = |name: &ObjectName| !column.attributes.tags.iter().any(|tag| tag.name == *name);
        if stood.tags.iter().any(|tag| is_gone(&tag.name)) {
            self.findings.push(findings::tag_removed(column));
        }
        if column.attributes != *stood {
            let change = Alteration::Attributes(column.name.clone(), stood.clone(), column.attributes.clone());
            self.statements.push(change);
        }
    }

    /// The column at `at` as it is from now on.
    fn describe(&mut self, at: usize, column: &Column) {
        let Some(stands) = self.columns.get_mut(at) else { return };
        if stands.comment != column.comment {
            self.statements.push(Alteration::Comment(stands.name.clone(), column.comment.clone()));
        }
        let path = stands.path.take();
        *stands = StandingColumn { path, ..StandingColumn::of(column) };
        self.kept.insert(column.name.clone(), column.clone());
    }

    /// A column that the new pipe does not fill must accept NULL, or every file would be refused.
    fn loosen_what_nothing_fills(&mut self, table: &Table) {
        let filled: HashSet<&str> = table.columns().map(|column| column.name.as_str()).collect();
        for column in self.columns.iter_mut().filter(|column| !filled.contains(column.name.as_str())) {
            if !column.nullable {
                self.statements.push(Alteration::Loosen(column.name.clone()));
                column.nullable = true;
            }
            if let Some(path) = column.path.clone().filter(|_| std::mem::take(&mut column.filled)) {
                let is_masked = column.attributes.as_ref().is_some_and(|stood| stood.masking_policy.is_some());
                self.findings.extend(is_masked.then(|| findings::masked_unfilled(&column.name, path.clone())));
                self.findings.push(findings::no_longer_filled(&column.name, path));
            }
        }
    }
}

/// Keys and policies follow the columns that are filled.
fn rename_in(options: &mut TableOptions, renamed: &HashMap<String, String>) {
    let keys = options.cluster_by.iter_mut().map(|key| &mut key.column);
    for name in keys.chain(options.row_access.iter_mut().flat_map(|(_, columns)| columns)) {
        if let Some(renamed) = renamed.get(name) {
            name.clone_from(renamed);
        }
    }
}

fn folded(name: &str) -> String {
    name.to_uppercase()
}

/// The name with the version behind it, and a count where that is taken too.
fn free(name: &str, version: Version, taken: &HashSet<String>) -> String {
    const ROOM: usize = 24;
    let stem = fit(name, name, ROOM);
    let mut found = format!("{stem}_V{version}");
    let mut count = 2;
    while taken.contains(&folded(&found)) {
        found = format!("{stem}_V{version}_{count}");
        count += 1;
    }
    found
}
