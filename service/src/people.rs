//! The people of a console that listens on loopback only: four seeded users, enough to walk every journey with four eyes.

use domain::policy::{Actor, Role, UserName};

const SEEDED: [(&str, Role); 4] = [
    ("engineer", Role::Engineer),
    ("analyst", Role::Analyst),
    ("platform-1", Role::Platform),
    ("platform-2", Role::Platform),
];

/// Every seeded user.
pub fn seeded() -> Vec<Actor> {
    SEEDED.iter().map(|(name, role)| Actor { name: UserName((*name).to_owned()), role: *role }).collect()
}

/// The seeded user with this name.
pub fn find(name: &str) -> Option<Actor> {
    seeded().into_iter().find(|actor| actor.name.0 == name)
}
