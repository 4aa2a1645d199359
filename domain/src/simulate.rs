//! A small model of Snowflake's side of a load: what its reader makes of a Parquet file, what expressions make of that, what columns
//! accept, and which files a pipe loads. It answers "not simulated" where it has no model, and never guesses.

mod arriving;
mod calendar;
mod cast;
mod datum;
mod decimal;
mod evaluate;
mod functions;
mod held;
mod json;
mod load;
mod pattern;
mod pipes;
mod random;
mod reader;
mod records;
mod sample;
mod shape;
mod text;
mod value;
mod words;
mod writer;

pub use arriving::{Arriving, Record};
pub use cast::{assign, cast};
pub use datum::{Datum, Mismatch, of_json, record, to_json};
pub use decimal::Decimal;
pub use evaluate::{Row, evaluate};
pub use held::{BytesMark, Held, Mark};
pub use json::{parse as parse_json, print as print_json};
pub use load::{File, Loaded, Loader, Skip};
pub use pipes::Pipes;
pub use reader::{Reader, read};
pub use records::records;
pub use sample::{Cell, Sample, SampleRow, sample};
pub use shape::{Instants, Lists, Shape, Shaping, Writing};
pub use value::{Failure, Outcome, Scalar, Session, Value, Variant};
pub use writer::{group, write};
