//! Cached outputs that are open in memory, so that a read needs neither the database nor a decryption.
//!
//! Each copy carries the stamp of the database snapshot it was read from and counts only under that stamp
//! ([`crate::stamp`]). They belong to the vault: dropping it wipes them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::stamp::Stamp;
use crate::table::CachedOutputs;

/// Beyond this much all copies are dropped, and those in use come back one by one.
const MOST_BYTES: usize = 32 * 1024 * 1024;

#[derive(Default)]
pub(crate) struct OpenedOutputs {
    copies: Mutex<Copies>,
}

#[derive(Default)]
struct Copies {
    by_connector: HashMap<String, Vec<Copy>>,
    bytes: usize,
}

struct Copy {
    scope: String,
    stamp: Stamp,
    outputs: Arc<CachedOutputs>,
}

impl OpenedOutputs {
    /// The copy for this connector and scope, if it is still what is stored.
    pub(crate) fn get(
        &self,
        connector_id: &str,
        scope: &str,
        stamp: &Stamp,
    ) -> Option<Arc<CachedOutputs>> {
        let copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
        let copy = copies
            .by_connector
            .get(connector_id)?
            .iter()
            .find(|copy| copy.scope == scope)?;
        (copy.stamp == *stamp).then(|| Arc::clone(&copy.outputs))
    }

    /// Keeps a copy in place of an older one.
    pub(crate) fn put(
        &self,
        connector_id: &str,
        scope: &str,
        stamp: Stamp,
        outputs: Arc<CachedOutputs>,
    ) {
        let size = outputs.json().len();
        self.drop_copy(connector_id, scope);
        if size > MOST_BYTES {
            return;
        }
        let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
        if copies.bytes + size > MOST_BYTES {
            *copies = Copies::default();
        }
        copies.bytes += size;
        let copy = Copy {
            scope: scope.to_owned(),
            stamp,
            outputs,
        };
        copies
            .by_connector
            .entry(connector_id.to_owned())
            .or_default()
            .push(copy);
    }

    /// Wipes the copy, if there is one.
    pub(crate) fn drop_copy(&self, connector_id: &str, scope: &str) {
        let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(list) = copies.by_connector.get_mut(connector_id) else {
            return;
        };
        let before: usize = list.iter().map(|copy| copy.outputs.json().len()).sum();
        list.retain(|copy| copy.scope != scope);
        let after: usize = list.iter().map(|copy| copy.outputs.json().len()).sum();
        let is_empty = list.is_empty();
        copies.bytes -= before - after;
        if is_empty {
            copies.by_connector.remove(connector_id);
        }
    }
}
