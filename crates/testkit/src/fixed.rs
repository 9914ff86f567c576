//! Time that stands still until someone waits, and bytes that are the same in every run.

use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use latchwork_engine::{Clock, Randomness};

/// A clock that only moves when someone waits for it, and then at once.
#[derive(Debug, Default)]
pub struct FixedClock {
    now: AtomicI64,
    waited_ms: AtomicU64,
}

impl FixedClock {
    /// A clock that stands at this Unix time, in seconds.
    pub const fn at(unix_seconds: i64) -> Self {
        Self {
            now: AtomicI64::new(unix_seconds),
            waited_ms: AtomicU64::new(0),
        }
    }

    /// How long everyone together has waited.
    pub fn waited(&self) -> Duration {
        Duration::from_millis(self.waited_ms.load(Ordering::SeqCst))
    }
}

#[async_trait]
impl Clock for FixedClock {
    fn unix_seconds(&self) -> i64 {
        let waited = self.waited_ms.load(Ordering::SeqCst) / 1_000;
        self.now
            .load(Ordering::SeqCst)
            .saturating_add_unsigned(waited)
    }

    async fn wait(&self, duration: Duration) {
        self.waited_ms.fetch_add(
            u64::try_from(duration.as_millis()).unwrap_or(u64::MAX),
            Ordering::SeqCst,
        );
        tokio::task::yield_now().await;
    }
}

/// Bytes that count up: 0, 1, 2, …
#[derive(Debug, Default)]
pub struct FixedRandomness(AtomicU8);

impl Randomness for FixedRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}
