//! All that the practice API remembers, in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Clock;
use crate::contact::Contacts;
use crate::csrf::CsrfPairs;
use crate::routes::graphql::HarbourSchema;
use crate::session::Sessions;

/// The state behind every route.
pub(crate) struct Harbour {
    /// Where it can be reached, without a slash at the end.
    pub base_url: String,
    clock: Arc<dyn Clock>,
    sessions: Mutex<Sessions>,
    csrf_pairs: Mutex<CsrfPairs>,
    contacts: Mutex<Contacts>,
    pub schema: HarbourSchema,
}

/// The state as routes share it.
pub(crate) type Shared = Arc<Harbour>;

impl Harbour {
    pub fn new(base_url: String, clock: Arc<dyn Clock>) -> Shared {
        Arc::new(Self {
            base_url,
            clock,
            sessions: Mutex::default(),
            csrf_pairs: Mutex::default(),
            contacts: Mutex::new(Contacts::seeded()),
            schema: crate::routes::graphql::schema(),
        })
    }

    /// Unix seconds.
    pub fn now(&self) -> u64 {
        self.clock.unix_seconds()
    }

    pub fn sessions(&self) -> MutexGuard<'_, Sessions> {
        lock(&self.sessions)
    }

    pub fn csrf_pairs(&self) -> MutexGuard<'_, CsrfPairs> {
        lock(&self.csrf_pairs)
    }

    pub fn contacts(&self) -> MutexGuard<'_, Contacts> {
        lock(&self.contacts)
    }
}

/// Nothing is left half done under these locks, so a panic elsewhere does not spoil what they hold.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
