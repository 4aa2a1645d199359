//! What a file says that its linked descriptors do not.

use super::comments::Comments;
use super::declared::Declared;
use super::features::Features;

/// What was kept of all files of a schema.
#[derive(Debug, Default)]
pub struct Facts {
    /// Documentation.
    pub comments: Comments,
    /// Tags, and what is deprecated.
    pub declared: Declared,
    /// What editions make of fields.
    pub features: Features,
}
