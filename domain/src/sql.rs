//! Exactly the Snowflake SQL that we emit: identifiers, literals, types, expressions and statements, each quoted by its own type.

pub mod allow_list;
mod alter;
mod alter_options;
mod column_type;
mod constant;
mod create_table;
mod expression;
mod grants;
mod identifier;
mod lines;
mod literal;
mod object_name;
mod path;
mod statement;
pub mod syntax;

pub use alter::{
    Altered, comment_on_column, comment_on_table, count_rows, describe_pipe, describe_table, drop_pipe, list_files,
    loaded_files, pause_pipe, pipe_literal, pipe_status, replace_pipe, show_channels, swap_tables,
};
pub use alter_options::{alter_attributes, alter_options, set_error_integration};
pub(crate) use column_type::Kind;
pub use column_type::{ColumnType, MAX_BINARY_BYTES, MAX_NUMBER_PRECISION, MAX_VARCHAR_CHARS, TypeError};
pub(crate) use constant::constant;
pub(crate) use create_table::cluster_keys;
pub use create_table::{create_table, table_lines, table_settings};
pub use expression::Expression;
pub(crate) use expression::{Metadata, TryTo};
pub use grants::{Grant, Securable, grants, grants_of};
pub use identifier::{Identifier, QualifiedName};
pub use lines::Lines;
pub use literal::Literal;
pub(crate) use literal::misleads;
pub use object_name::{ObjectName, ObjectNameError};
pub use path::SourcePath;
pub(crate) use statement::pipe_around;
pub use statement::{copy_lines, create_pipe, create_stage, pipe_lines};
