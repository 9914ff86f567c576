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

#[cfg(all(test, unix))]
mod tests {
    use std::time::Duration;

    use super::thread_time;

    #[test]
    fn what_another_thread_does_is_not_counted() {
        let own_before = thread_time().unwrap();
        let theirs = std::thread::spawn(|| {
            let before = thread_time().unwrap();
            loop {
                let passed = thread_time().unwrap().saturating_sub(before);
                if passed > Duration::from_millis(20) {
                    return passed;
                }
            }
        });
        let theirs = theirs.join().unwrap();
        let own = thread_time().unwrap().saturating_sub(own_before);
        assert!(own < theirs, "{own:?} {theirs:?}");
    }
}
