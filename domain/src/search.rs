//! Search over subjects: one query language, what is asked, what is answered, and what is searched.

mod asked;
mod cursor;
#[cfg(not(target_arch = "wasm32"))]
pub mod engine;
mod entry;
pub mod export;
mod facets;
#[cfg(not(target_arch = "wasm32"))]
pub mod index;
pub mod naive;
mod order;
mod overlay;
mod page;
mod pattern;
mod place;
pub mod query;
mod request;

pub use asked::{Asked, FilterTerm, TextTerm};
pub use cursor::{Cursor, CursorError};
pub use entry::{Entry, EntryVersion, Extract, extract};
pub use overlay::{Overlay, Standing};
pub use page::{Chosen, Facet, FacetValue, Match, Matched, Row, SearchPage};
pub use pattern::{MAX_PATTERN_CHARS, Pattern, PatternError};
pub use place::Place;
pub use query::Query;
pub use request::{Case, MAX_ROWS, SearchRequest, Sort, SortBy};
