//! The time that this thread was on a processor, so that a busy machine does not count against what is measured.

#![allow(unsafe_code, reason = "the standard library does not tell it")]

use std::time::Duration;

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
pub fn now() -> Duration {
    const THREAD_CPU_TIME: i32 = 3;
    unsafe extern "C" {
        fn clock_gettime(clock: i32, at: *mut [i64; 2]) -> i32;
    }
    let mut at = [0i64; 2];
    // SAFETY: `at` is as large as the `timespec` of these targets, and lives through the call.
    assert_eq!(unsafe { clock_gettime(THREAD_CPU_TIME, &raw mut at) }, 0);
    Duration::new(at[0] as u64, at[1] as u32)
}

#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
pub fn now() -> Duration {
    static STARTED: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    STARTED.get_or_init(std::time::Instant::now).elapsed()
}
