//! Pages: each fetches what it shows and composes components.

pub mod bulk;
pub mod design;
pub mod designs;
pub mod events;
pub mod explore;
pub mod not_found;
pub mod registries;
pub mod request;
pub mod requests;
pub mod review;
pub mod run;
pub mod runs;
pub mod sign_in;
pub mod subject;
pub mod tokens;
