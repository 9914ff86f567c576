//! The time and the random values of one request.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What `now()`, `uuid()` and `random_hex(n)` give within one request: always the same, so that a nonce in the body
/// is the one that the signature header was made of. A clone is the same moment.
#[derive(Clone)]
pub struct Moment(Arc<Inner>);

type FillRandom = dyn Fn(&mut [u8]) + Send + Sync;

struct Inner {
    unix_seconds: i64,
    fill_random: Box<FillRandom>,
    uuid: OnceLock<String>,
    hex: Mutex<BTreeMap<usize, String>>,
}

impl Moment {
    /// A new moment. `fill_random` fills a buffer with random bytes fit for cryptography; it is called once for
    /// each value that a template asks for.
    pub fn new(unix_seconds: i64, fill_random: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            unix_seconds,
            fill_random: Box::new(fill_random),
            uuid: OnceLock::new(),
            hex: Mutex::default(),
        }))
    }

    /// The time in whole Unix seconds.
    pub fn unix_seconds(&self) -> i64 {
        self.0.unix_seconds
    }

    /// A random UUID (RFC 9562, version 4).
    pub fn uuid(&self) -> &str {
        self.0.uuid.get_or_init(|| {
            let mut bytes = [0; 16];
            (self.0.fill_random)(&mut bytes);
            uuid::Builder::from_random_bytes(bytes)
                .into_uuid()
                .to_string()
        })
    }

    /// So many random bytes as hex digits, two for each.
    pub fn random_hex(&self, bytes: usize) -> String {
        let mut known = self.0.hex.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .entry(bytes)
            .or_insert_with(|| {
                let mut buffer = vec![0; bytes];
                (self.0.fill_random)(&mut buffer);
                super::filters::hex(&buffer)
            })
            .clone()
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Moment")
            .field("unix_seconds", &self.0.unix_seconds)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::Moment;

    #[test]
    fn values_stay_the_same_within_a_moment_and_differ_by_length() {
        let calls = AtomicU8::new(0);
        let moment = Moment::new(1_700_000_000, move |bytes| {
            bytes.fill(calls.fetch_add(1, Ordering::Relaxed));
        });
        assert_eq!(moment.uuid(), "00000000-0000-4000-8000-000000000000");
        assert_eq!(moment.random_hex(4), "01010101");
        assert_eq!(moment.random_hex(2), "0202");
        assert_eq!(moment.clone().random_hex(4), "01010101");
        assert_eq!(moment.uuid(), "00000000-0000-4000-8000-000000000000");
        assert_eq!(moment.unix_seconds(), 1_700_000_000);
    }
}
