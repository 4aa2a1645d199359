//! The embedded engine on the real store, with a forge that counts: whatever is killed, fails, hangs, panics or comes twice, a run ends
//! where it should and every effect is there once.

// Clippy's leave for tests does not reach helpers of an integration test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cancel;
mod crash;
mod evolve;
mod failures;
mod forge;
mod lanes;
mod leases;
mod life;
mod whole;
mod world;
