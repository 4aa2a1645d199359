//! From rows to values and back: documents as JSON text, states as their words, instants as milliseconds.

use domain::policy::UserName;
use domain::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{Decode, Row, Type};

use super::error::{Result, broken};

/// A column as it is.
pub fn get<'r, T: Decode<'r, Sqlite> + Type<Sqlite>>(row: &'r SqliteRow, column: &str) -> Result<T> {
    Ok(row.try_get(column)?)
}

/// An instant.
pub fn time(row: &SqliteRow, column: &str) -> Result<Timestamp> {
    get(row, column).map(Timestamp)
}

/// An instant that may be missing.
pub fn time_if(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>> {
    Ok(get::<Option<i64>>(row, column)?.map(Timestamp))
}

/// A document.
pub fn json<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T> {
    Ok(serde_json::from_str(get::<&str>(row, column)?)?)
}

/// A document that may be missing.
pub fn json_if<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<Option<T>> {
    Ok(get::<Option<&str>>(row, column)?.map(serde_json::from_str).transpose()?)
}

/// A state's or verdict's word.
pub fn word<T>(row: &SqliteRow, column: &str, from_word: fn(&str) -> Option<T>) -> Result<T> {
    let word: &str = get(row, column)?;
    from_word(word).ok_or_else(|| broken(format!("the column {column} holds the unknown word {word:?}")))
}

/// A checked name.
pub fn name<T: TryFrom<String>>(row: &SqliteRow, column: &str) -> Result<T> {
    let text: String = get(row, column)?;
    T::try_from(text).map_err(|_| broken(format!("the column {column} holds a name that is not allowed")))
}

/// A user's name.
pub fn user(row: &SqliteRow, column: &str) -> Result<UserName> {
    get(row, column).map(UserName)
}

/// A document's text.
pub fn text(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}
