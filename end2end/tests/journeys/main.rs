//! The journeys of the console's people, from the first page to the last, through the real binary in a real browser.

mod account;
mod awkward;
mod changes;
mod crash;
mod equality;
mod every_page;
mod evolving;
mod exploring;
mod keyboard;
mod life;
mod many;
mod onboarding;
mod registry;
mod relations;
mod repairs;
mod scriptless;
mod shaping;
mod tokens;
