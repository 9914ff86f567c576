//! Outputs that could not be written to the disk and live in memory until they can be. They are read in place of
//! what is stored, by this process alone, and belong to the vault: dropping it wipes them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::stamp::Stamp;
use crate::table::CachedOutputs;

/// Outputs that wait for the disk.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) connector_id: String,
    /// As the table `outputs` writes it.
    pub(crate) scope: String,
    pub(crate) outputs: Arc<CachedOutputs>,
    /// The revision of the row that they take the place of; nothing where there was none.
    pub(crate) base: Option<i64>,
    /// The stamp under which the row was last seen to be that one.
    pub(crate) seen: Option<Stamp>,
}

#[derive(Default)]
pub(crate) struct Holding {
    /// So that a read, where there are none, costs one look.
    any: AtomicBool,
    by_connector: Mutex<HashMap<String, Vec<Held>>>,
}

impl Holding {
    pub(crate) fn get(&self, connector_id: &str, scope: &str) -> Option<Held> {
        if !self.any.load(Ordering::Acquire) {
            return None;
        }
        let held = self.lock();
        let of_connector = held.get(connector_id)?;
        of_connector
            .iter()
            .find(|held| held.scope == scope)
            .cloned()
    }

    /// All, the oldest first.
    pub(crate) fn all(&self) -> Vec<Held> {
        let mut all: Vec<_> = self.lock().values().flatten().cloned().collect();
        all.sort_by(|one, other| {
            let key = |held: &Held| (held.outputs.stored_at, held.connector_id.clone());
            key(one).cmp(&key(other))
        });
        all
    }

    /// Holds them in place of older ones.
    pub(crate) fn put(&self, new: Held) {
        let mut held = self.lock();
        let of_connector = held.entry(new.connector_id.clone()).or_default();
        of_connector.retain(|held| held.scope != new.scope);
        of_connector.push(new);
        self.any.store(true, Ordering::Release);
    }

    /// Notes that they were the newest under this stamp.
    pub(crate) fn saw(&self, seen: &Held, stamp: Stamp) {
        let mut held = self.lock();
        let of_connector = held.get_mut(&seen.connector_id).into_iter().flatten();
        for held in of_connector.filter(|held| is_same(held, seen)) {
            held.seen = Some(stamp);
        }
    }

    /// Lets go of these, unless others are held in their place by now.
    pub(crate) fn let_go(&self, gone: &Held) {
        let mut held = self.lock();
        if let Some(of_connector) = held.get_mut(&gone.connector_id) {
            of_connector.retain(|held| !is_same(held, gone));
            if of_connector.is_empty() {
                held.remove(&gone.connector_id);
            }
        }
        self.any.store(!held.is_empty(), Ordering::Release);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Vec<Held>>> {
        self.by_connector
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_same(one: &Held, other: &Held) -> bool {
    one.scope == other.scope && Arc::ptr_eq(&one.outputs, &other.outputs)
}
