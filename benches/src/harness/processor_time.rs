//! The processor time of the thread that asks.

use std::time::Duration;

/// How long this thread has been on a processor; none where the system does not say.
#[cfg(unix)]
pub fn thread_time() -> Option<Duration> {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Some(Duration::new(
        u64::try_from(now.tv_sec).ok()?,
        u32::try_from(now.tv_nsec).ok()?,
    ))
}

/// How long this thread has been on a processor; none where the system does not say.
#[cfg(not(unix))]
pub fn thread_time() -> Option<Duration> {
    None
}
