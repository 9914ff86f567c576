//! Turns among the tasks of this process, in the order in which they came. What the system locks is a file that was
//! opened; asking it from a thousand tasks at once would be a thousand files, and no order.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// Below this many names nobody looks for those that are done with.
const FEW: usize = 64;

pub(crate) struct Turns {
    names: Mutex<Names>,
    first: AtomicBool,
}

struct Names {
    by_name: HashMap<String, Weak<AsyncMutex<()>>>,
    prune_at: usize,
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            names: Mutex::new(Names {
                by_name: HashMap::new(),
                prune_at: FEW,
            }),
            first: AtomicBool::new(true),
        }
    }
}

impl Turns {
    /// Waits for its turn.
    pub(super) async fn wait(&self, name: &str) -> OwnedMutexGuard<()> {
        self.of(name).lock_owned().await
    }

    /// True once.
    pub(super) fn is_first(&self) -> bool {
        self.first.swap(false, Ordering::Relaxed)
    }

    fn of(&self, name: &str) -> Arc<AsyncMutex<()>> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = names.by_name.get(name).and_then(Weak::upgrade) {
            return turn;
        }
        if names.by_name.len() >= names.prune_at {
            names.by_name.retain(|_, turn| turn.strong_count() > 0);
            names.prune_at = FEW.max(names.by_name.len() * 2);
        }
        let turn = Arc::new(AsyncMutex::new(()));
        names.by_name.insert(name.to_owned(), Arc::downgrade(&turn));
        turn
    }

    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.by_name.len()
    }
}
