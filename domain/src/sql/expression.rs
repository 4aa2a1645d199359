//! What the COPY selects for a column. Only functions on Snowflake's allow-list for transformations while loading are used; so
//! NVL and not COALESCE, and a checked PARSE_JSON and not TRY_PARSE_JSON.

use std::fmt;

use super::syntax::Expr;
use super::{ColumnType, Kind, Literal, SourcePath};

/// A SQL expression of the load, already quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(String);

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Metadata of the file that a row comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Metadata {
    FileName,
    FileContentKey,
    FileLastModified,
    FileRowNumber,
    StartScanTime,
}

impl Expression {
    /// An expression that was read, written anew.
    pub(crate) fn of(expr: &Expr) -> Self {
        Self(expr.to_string())
    }

    /// The expression's text.
    pub(super) fn as_sql(&self) -> &str {
        &self.0
    }

    /// SQL that its maker has quoted already.
    pub(super) fn raw(sql: String) -> Self {
        Self(sql)
    }

    /// The value, or a constant where there is none.
    pub(crate) fn or(&self, constant: &Self) -> Self {
        Self(format!("NVL({self}, {constant})"))
    }

    pub(crate) fn metadata(metadata: Metadata) -> Self {
        let name = match metadata {
            Metadata::FileName => "METADATA$FILENAME",
            Metadata::FileContentKey => "METADATA$FILE_CONTENT_KEY",
            Metadata::FileLastModified => "METADATA$FILE_LAST_MODIFIED",
            Metadata::FileRowNumber => "METADATA$FILE_ROW_NUMBER",
            Metadata::StartScanTime => "METADATA$START_SCAN_TIME",
        };
        Self(name.to_owned())
    }

    /// The value itself, a VARIANT.
    pub(crate) fn value(path: &SourcePath) -> Self {
        Self(path.to_sql())
    }

    pub(crate) fn cast(&self, ty: impl Into<ColumnType>) -> Self {
        Self([&self.0, "::", &ty.into().spelled()].concat())
    }

    /// The value as text; JSON null becomes SQL NULL, an object or array its JSON.
    pub(crate) fn text(&self) -> Self {
        Self([&self.0, "::VARCHAR"].concat())
    }

    /// The value as an exact whole number.
    pub(crate) fn whole(&self) -> Self {
        Self([&self.0, "::NUMBER(38,0)"].concat())
    }

    /// The value, with JSON null as SQL NULL.
    pub(crate) fn or_sql_null(&self) -> Self {
        Self(["IFF(IS_NULL_VALUE(", &self.0, "), NULL, ", &self.0, ")"].concat())
    }

    /// JSON text parsed; NULL where it is not JSON, because an error would make Snowpipe skip the whole file.
    pub(crate) fn parsed_json(&self) -> Self {
        let text = self.text();
        Self(["IFF(CHECK_JSON(", &text.0, ") IS NULL, PARSE_JSON(", &text.0, "), NULL)"].concat())
    }

    /// An unsigned number that the file holds in a signed one of as many bits.
    pub(crate) fn unwrapped(&self, bits: u8) -> Self {
        let (whole, modulus) = (self.whole(), 1u128 << bits.min(64));
        Self(format!("IFF({whole} < 0, {whole} + {modulus}, {whole})"))
    }

    /// Sixteen bytes in the text form of a UUID.
    pub(crate) fn uuid_text(&self) -> Self {
        self.cast(Kind::Binary(None)).uuid_of_bytes()
    }

    /// Sixteen bytes, which the expression is already, in the text form of a UUID.
    pub(crate) fn uuid_of_bytes(&self) -> Self {
        let groups = Literal("(.{8})(.{4})(.{4})(.{4})(.{12})");
        let replacement = Literal(r"\1-\2-\3-\4-\5");
        Self(format!("REGEXP_REPLACE(HEX_ENCODE({self}, 0), {groups}, {replacement})"))
    }

    /// Bytes in hexadecimal digits.
    pub(crate) fn hex(&self) -> Self {
        self.cast(Kind::Binary(None)).hex_of_bytes()
    }

    /// Bytes, which the expression is already, in hexadecimal digits.
    pub(crate) fn hex_of_bytes(&self) -> Self {
        Self(format!("HEX_ENCODE({self})"))
    }

    /// The date of an ISO text.
    pub(crate) fn first_ten(&self) -> Self {
        Self(format!("SUBSTR({}, 1, 10)", self.text()))
    }

    /// A text of a time of day and an offset as an instant of the first day of 1970, by which offsets are reckoned.
    pub(crate) fn on_first_day(&self) -> Self {
        Self(format!("TRY_CAST('1970-01-01T' || {} AS {})", self.text(), ColumnType::new(Kind::TimestampTz(9))))
    }

    /// A number of milliseconds since 1970 as an instant.
    pub(crate) fn instant_of_millis(&self) -> Self {
        Self(format!("TO_TIMESTAMP_LTZ({}, 3)", self.whole()))
    }

    /// The value under a key of the JSON object that this text is.
    pub(crate) fn of_json_object(&self, key: &str) -> Self {
        Self(format!("GET(PARSE_JSON({}), {})", self.text(), Literal(key)))
    }

    /// An epoch number as a date and time in UTC. The inner cast is needed: from a VARIANT integer it would be read in the
    /// session's time zone.
    pub(crate) fn epoch(&self, digits: u8) -> Self {
        Self(format!("TO_TIMESTAMP_NTZ({}, {digits})", self.whole()))
    }

    /// A group of seconds and nanos as a date and time in UTC.
    pub(crate) fn seconds_and_nanos(path: &SourcePath) -> Self {
        let (seconds, nanos) = (Self::value(&path.child("seconds")).whole(), Self::value(&path.child("nanos")).whole());
        Self(format!("TO_TIMESTAMP_NTZ({seconds} * 1000000000 + NVL({nanos}, 0), 9)"))
    }

    /// A group of whole units and nanos as one exact number. Multiplied, because division would round to six digits.
    pub(crate) fn whole_and_nanos(path: &SourcePath, whole: &str) -> Self {
        let (whole, nanos) = (Self::value(&path.child(whole)).whole(), Self::value(&path.child("nanos")).whole());
        Self(format!("({whole} + NVL({nanos}, 0) * 0.000000001)"))
    }

    /// A group of year, month and day as a date; NULL where one of them is 0, which stands for unknown.
    pub(crate) fn year_month_day(path: &SourcePath) -> Self {
        let part = |key: &str| Self::value(&path.child(key)).text();
        let year = format!("LPAD(NULLIF({}, '0'), 4, '0')", part("year"));
        let [month, day] = ["month", "day"].map(|key| part(key).padded(2));
        Self(format!("TRY_TO_DATE({year} || '-' || {month} || '-' || {day}, 'YYYY-MM-DD')"))
    }

    /// A group of hours, minutes, seconds and nanos as a time of day; NULL where it is past the day's end.
    pub(crate) fn hours_to_nanos(path: &SourcePath) -> Self {
        let part = |key: &str, digits: u8| Self::value(&path.child(key)).text().padded(digits);
        let (hours, minutes) = (part("hours", 2), part("minutes", 2));
        let (seconds, nanos) = (part("seconds", 2), part("nanos", 9));
        Self(format!(
            "TRY_TO_TIME({hours} || ':' || {minutes} || ':' || {seconds} || '.' || {nanos}, 'HH24:MI:SS.FF9')"
        ))
    }

    /// Digits with zeros in front.
    fn padded(&self, digits: u8) -> Self {
        Self(format!("LPAD({self}, {digits}, '0')"))
    }

    /// A date and time in UTC, or a local one, from whatever the file has: an instant, a timestamp without a zone, or an epoch number
    /// with so many digits after the second.
    pub(crate) fn timestamp_of_any_form(&self, digits: u8, wanted: u8) -> Self {
        let ntz = ColumnType::new(Kind::TimestampNtz(wanted));
        let instant = self.with_session_zone().in_utc().cast(ntz);
        let epoch = if digits == wanted { self.epoch(digits) } else { self.epoch(digits).cast(ntz) };
        let other = self.cast(ntz);
        Self(format!(
            "CASE WHEN IS_TIMESTAMP_LTZ({self}) THEN {instant} WHEN IS_INTEGER({self}) THEN {epoch} ELSE {other} END"
        ))
    }

    /// An instant as the reader gives it, in the session's time zone; only [`in_utc`](Self::in_utc) makes it the same for all.
    pub(crate) fn with_session_zone(&self) -> Self {
        Self([&self.0, "::TIMESTAMP_LTZ"].concat())
    }

    /// A timestamp with an offset, in UTC without one.
    pub(crate) fn in_utc(&self) -> Self {
        Self(["CONVERT_TIMEZONE('UTC', ", &self.0, ")"].concat())
    }

    /// Text cast to a type; NULL where it does not fit.
    pub(crate) fn try_cast(&self, ty: impl Into<ColumnType>) -> Self {
        Self(["TRY_CAST(", &self.0, "::VARCHAR AS ", &ty.into().spelled(), ")"].concat())
    }

    /// Text read by one of the lenient conversions, with its further arguments.
    pub(crate) fn try_to(&self, conversion: TryTo) -> Self {
        let text = self.text();
        Self(match conversion {
            TryTo::Boolean => format!("TRY_TO_BOOLEAN({text})"),
            TryTo::Date => format!("TRY_TO_DATE({text}, 'YYYY-MM-DD')"),
            TryTo::Double => format!("TRY_TO_DOUBLE({text})"),
            TryTo::Time => format!("TRY_TO_TIME({text})"),
            TryTo::Base64 => format!("TRY_TO_BINARY({text}, 'BASE64')"),
            TryTo::Decimal { precision, scale } => format!("TRY_TO_DECIMAL({text}, {precision}, {scale})"),
        })
    }

    /// A date or time in a fixed text form, whatever the session's output format.
    pub(crate) fn formatted(&self, format: &str) -> Self {
        Self(format!("TO_VARCHAR({self}, {})", Literal(format)))
    }
}

/// A conversion from text that gives NULL instead of an error.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TryTo {
    Boolean,
    Date,
    Double,
    Time,
    Base64,
    Decimal { precision: u8, scale: u8 },
}
