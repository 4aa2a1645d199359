//! What an Avro type may hold.

use crate::schema::FieldType;

/// What a type may hold: nothing but null, or values of a type that null may join.
pub struct Held {
    pub ty: Option<FieldType>,
    pub nullable: bool,
    /// Whether it is in a union of its own, without null.
    pub alone: bool,
}

impl Held {
    /// Null and nothing else.
    pub const NULL: Self = Self { ty: None, nullable: true, alone: false };

    /// Values of a type.
    pub fn of(ty: FieldType) -> Self {
        Self { ty: Some(ty), nullable: false, alone: false }
    }
}
