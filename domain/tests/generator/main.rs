//! The generator from outside: case folders, quoting, random schemas, and Snowflake's grammar as sqlparser knows it.

mod artifacts;
mod cases;
mod golden;
mod listing;
mod quoting;
mod random;
mod snowflake;
mod tables;
