//! How long and how much: SAFETY Z27.

use std::time::Duration;

/// The largest answer, in bytes, packed and unpacked.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024;
/// The most redirects that are followed.
pub(crate) const REDIRECT_LIMIT: usize = 5;
/// The time to connect.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);
/// The time without a byte.
const IDLE: Duration = Duration::from_secs(30);
/// The time for a whole exchange.
const TOTAL: Duration = Duration::from_mins(2);

/// The time limits of one exchange.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// From the first byte sent to the last received.
    pub total: Duration,
    /// Without a byte.
    pub idle: Duration,
}

impl Limits {
    /// The limits for a request that sets a time of its own, or does not.
    pub(crate) fn new(set: Option<Duration>) -> Self {
        match set {
            Some(total) => Self {
                total,
                idle: total.max(IDLE),
            },
            None => Self {
                total: TOTAL,
                idle: IDLE,
            },
        }
    }
}
