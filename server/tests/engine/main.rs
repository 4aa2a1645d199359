//! The embedded engine on the real store, with a forge that counts: whatever is killed, fails, hangs, panics or comes twice, a run ends
//! where it should and every effect is there once.

mod cancel;
mod crash;
mod failures;
mod forge;
mod lanes;
mod leases;
mod whole;
mod world;
