//! What each language calls a comment, a string and a word of its own.

use super::{Language, TokenKind};

/// How a string in one kind of quotation marks ends and what it is.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    pub mark: char,
    pub kind: TokenKind,
    /// A backslash takes the next character with it.
    pub backslash: bool,
    /// The mark written twice stands for itself, and the string may run over lines.
    pub doubled: bool,
}

impl Quote {
    const fn escaped(mark: char) -> Self {
        Self { mark, kind: TokenKind::String, backslash: true, doubled: false }
    }
}

const SQL_QUOTES: [Quote; 2] = [
    Quote { mark: '\'', kind: TokenKind::String, backslash: true, doubled: true },
    Quote { mark: '"', kind: TokenKind::Plain, backslash: false, doubled: true },
];
const DOUBLE: [Quote; 1] = [Quote::escaped('"')];
const BOTH: [Quote; 2] = [Quote::escaped('"'), Quote::escaped('\'')];

impl Language {
    pub(super) const fn quotes(self) -> &'static [Quote] {
        match self {
            Self::Sql => &SQL_QUOTES,
            Self::Hcl | Self::Json => &DOUBLE,
            Self::Yaml | Self::Protobuf => &BOTH,
            Self::Plain => &[],
        }
    }

    pub(super) const fn line_comments(self) -> &'static [&'static str] {
        match self {
            Self::Sql => &["--"],
            Self::Hcl => &["#", "//"],
            Self::Yaml => &["#"],
            Self::Protobuf => &["//"],
            Self::Json | Self::Plain => &[],
        }
    }

    pub(super) const fn block_comments(self) -> bool {
        matches!(self, Self::Sql | Self::Hcl | Self::Protobuf)
    }

    /// What comes after a word or a string that is a key, spaces aside.
    pub(super) const fn key_sign(self) -> Option<char> {
        match self {
            Self::Json | Self::Yaml => Some(':'),
            Self::Hcl => Some('='),
            Self::Sql | Self::Protobuf | Self::Plain => None,
        }
    }

    /// A word that belongs to the language.
    pub(super) fn word(self, word: &str) -> TokenKind {
        let upper;
        let (keywords, types, word) = match self {
            Self::Sql => {
                upper = word.to_ascii_uppercase();
                (SQL_KEYWORDS, SQL_TYPES, upper.as_str())
            }
            Self::Hcl => (HCL_KEYWORDS, "", word),
            Self::Yaml | Self::Json => ("true false null", "", word),
            Self::Protobuf => (PROTOBUF_KEYWORDS, PROTOBUF_TYPES, word),
            Self::Plain => ("", "", word),
        };
        if keywords.split_ascii_whitespace().any(|known| known == word) {
            TokenKind::Keyword
        } else if types.split_ascii_whitespace().any(|known| known == word) {
            TokenKind::Type
        } else {
            TokenKind::Plain
        }
    }
}

const SQL_KEYWORDS: &str = "ADD ALL ALTER AND AS ASC AUTO_INGEST BETWEEN BY CASE CAST CHANGE_TRACKING CLUSTER COLUMN COLUMNS COMMENT COPY \
    CREATE CURRENT_TIMESTAMP DATABASE DATA_RETENTION_TIME_IN_DAYS DEFAULT DESC DISTINCT DROP ELSE END ERROR_INTEGRATION EXISTS FALSE FILE \
    FILE_FORMAT FORCE FORMAT FROM FUTURE GRANT GROUP HAVING IF IN INSERT INTEGRATION INTO IS JOIN KEY LEFT LIKE LIMIT MASKING MATCH_BY_COLUMN_NAME \
    NOT NULL ON ON_ERROR OR ORDER OWNERSHIP PATTERN PIPE POLICY PRIMARY REPLACE ROLE SCHEMA SELECT SET STAGE STORAGE_INTEGRATION TABLE TAG TO \
    TRANSIENT TRUE TYPE UNSET UPDATE URL USAGE USE USING VALUES VIEW WHEN WHERE WITH";
const SQL_TYPES: &str = "ARRAY BIGINT BINARY BOOLEAN BYTEINT CHAR CHARACTER DATE DATETIME DECIMAL DOUBLE FLOAT FLOAT4 FLOAT8 GEOGRAPHY GEOMETRY INT \
    INTEGER MAP NUMBER NUMERIC OBJECT REAL SMALLINT STRING TEXT TIME TIMESTAMP TIMESTAMP_LTZ TIMESTAMP_NTZ TIMESTAMP_TZ TINYINT VARBINARY \
    VARCHAR VARIANT VECTOR";
const HCL_KEYWORDS: &str =
    "resource data variable output locals module provider terraform dynamic for in if each var local true false null";
const PROTOBUF_KEYWORDS: &str = "syntax edition package import public weak option message enum service rpc returns stream oneof map extend extensions \
    group reserved repeated optional required to max true false";
const PROTOBUF_TYPES: &str =
    "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes";
