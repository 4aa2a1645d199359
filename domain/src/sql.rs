//! Exactly the Snowflake SQL that we emit: identifiers, literals, types, expressions and statements, each quoted by its own type.

pub mod allow_list;
mod column_type;
mod expression;
mod identifier;
mod literal;
mod path;
mod statement;
pub mod syntax;

pub(crate) use column_type::Kind;
pub use column_type::{ColumnType, MAX_BINARY_BYTES, MAX_NUMBER_PRECISION, MAX_VARCHAR_CHARS, TypeError};
pub use expression::Expression;
pub(crate) use expression::{Metadata, TryTo};
pub use identifier::{Identifier, QualifiedName};
pub use literal::Literal;
pub(crate) use literal::misleads;
pub use path::SourcePath;
pub use statement::{Line, copy_lines, create_pipe, create_stage, create_table, grants, pipe_lines, table_lines};
