//! The keys of filters.

use serde::{Deserialize, Serialize};

use crate::search::Place;

/// What stands before the colon of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// Where words without a key are looked for.
    In,
    /// A pattern for the name.
    Subject,
    /// A pattern for names of records.
    Record,
    /// A pattern for paths of fields.
    Field,
    /// A pattern for types of fields.
    FieldType,
    /// A pattern for documentation.
    Doc,
    /// A pattern for tags.
    Tag,
    /// The language of the newest version.
    Type,
    /// The context.
    Context,
    /// The registry.
    Registry,
    /// The compatibility level.
    Compatibility,
    /// What became of it here.
    Onboarded,
    /// Whether it is soft-deleted.
    Deleted,
    /// Who answers for it here.
    Owner,
    /// Its versions.
    Version,
    /// A schema id of one of its versions.
    Id,
}

impl Key {
    /// Every key, in the order of the help.
    pub const ALL: [Self; 16] = [
        Self::Subject,
        Self::Record,
        Self::Field,
        Self::FieldType,
        Self::Doc,
        Self::Tag,
        Self::Type,
        Self::Context,
        Self::Registry,
        Self::Compatibility,
        Self::Onboarded,
        Self::Deleted,
        Self::Owner,
        Self::Version,
        Self::Id,
        Self::In,
    ];

    /// Those that have counts beside the results, in the order in which they stand there.
    pub const FACETS: [Self; 7] =
        [Self::Type, Self::Context, Self::Compatibility, Self::Registry, Self::Onboarded, Self::Deleted, Self::Owner];

    /// The word before the colon.
    pub fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Subject => "subject",
            Self::Record => "record",
            Self::Field => "field",
            Self::FieldType => "fieldtype",
            Self::Doc => "doc",
            Self::Tag => "tag",
            Self::Type => "type",
            Self::Context => "context",
            Self::Registry => "registry",
            Self::Compatibility => "compatibility",
            Self::Onboarded => "onboarded",
            Self::Deleted => "deleted",
            Self::Owner => "owner",
            Self::Version => "version",
            Self::Id => "id",
        }
    }

    /// The key with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }

    /// The place whose texts its value is a pattern for, if it is one.
    pub fn place(self) -> Option<Place> {
        match self {
            Self::Subject => Some(Place::Subject),
            Self::Record => Some(Place::Record),
            Self::Field => Some(Place::Field),
            Self::FieldType => Some(Place::Type),
            Self::Doc => Some(Place::Doc),
            Self::Tag => Some(Place::Tag),
            _ => None,
        }
    }

    /// What the filter keeps, for the help.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::In => "Where words without a key are looked for: subject, record, field, fieldtype, doc, tag",
            Self::Subject => "Subjects whose name matches",
            Self::Record => "Subjects with a record, message or titled object whose full name matches",
            Self::Field => "Subjects with a field whose path matches",
            Self::FieldType => "Subjects with a field whose type matches",
            Self::Doc => "Subjects whose documentation matches",
            Self::Tag => "Subjects with a tag that matches",
            Self::Type => "Subjects in one of these languages: avro, protobuf, json",
            Self::Context => "Subjects in one of these contexts; default is the one without a name",
            Self::Registry => "Subjects of one of these registries",
            Self::Compatibility => "Subjects with one of these levels, or unknown",
            Self::Onboarded => "yes, no, or one of none, draft, in_review, running, live, behind",
            Self::Deleted => "yes for subjects that are soft-deleted, no for the others",
            Self::Owner => "Subjects whose event one of these people answers for",
            Self::Version => {
                "A version that it has (3); a bound on its newest (>3, <=5); newest or old for where texts must match"
            }
            Self::Id => "Subjects with one of these schema ids",
        }
    }

    /// A filter to try, for the help.
    pub fn example(self) -> &'static str {
        match self {
            Self::In => "in:subject,field,doc order",
            Self::Subject => "subject:^order_",
            Self::Record => "record:Placed$",
            Self::Field => "field:email",
            Self::FieldType => "fieldtype:^decimal",
            Self::Doc => "doc:\"point of sale\"",
            Self::Tag => "tag:^pii$",
            Self::Type => "type:avro,protobuf",
            Self::Context => "-context:default",
            Self::Registry => "registry:default",
            Self::Compatibility => "compatibility:none",
            Self::Onboarded => "onboarded:no",
            Self::Deleted => "deleted:yes",
            Self::Owner => "-owner:nobody",
            Self::Version => "version:>5",
            Self::Id => "id:1",
        }
    }
}
