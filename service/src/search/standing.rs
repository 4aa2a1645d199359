//! Tells one state of what the console knows from another.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use domain::search::Overlay;

/// A number that equal overlays have in common, in whatever order they hold their standings.
pub(super) fn generation(overlay: &Overlay) -> u64 {
    let of = |standing: (&(String, domain::subject::SubjectName), &domain::search::Standing)| {
        let mut hasher = DefaultHasher::new();
        standing.0.hash(&mut hasher);
        let standing = standing.1;
        (standing.onboarding, standing.live, &standing.owner).hash(&mut hasher);
        hasher.finish()
    };
    overlay.standings.iter().map(of).fold(0, u64::wrapping_add)
}
