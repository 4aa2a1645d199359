//! A small model of Snowflake's side of a load: what its reader makes of a Parquet file, what expressions make of that, what columns
//! accept, and which files a pipe loads. It answers "not simulated" where it has no model, and never guesses.

mod calendar;
mod cast;
mod decimal;
mod evaluate;
mod functions;
mod json;
mod pattern;
mod text;
mod value;

pub use cast::{assign, cast};
pub use decimal::Decimal;
pub use evaluate::{Row, evaluate};
pub use json::{parse as parse_json, print as print_json};
pub use value::{Failure, Outcome, Scalar, Session, Value, Variant};
