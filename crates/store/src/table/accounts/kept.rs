//! Accounts that were read before, with the stamp of the snapshot that they are of ([`crate::stamp`]).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Account;
use crate::stamp::Stamp;

/// Beyond this many connectors all are dropped, and those in use come back one by one.
const MOST: usize = 1_000;

/// Accounts in memory, by connector.
#[derive(Default)]
pub(crate) struct KeptAccounts(Mutex<HashMap<String, Kept>>);

struct Kept {
    stamp: Stamp,
    accounts: Arc<[Account]>,
}

impl KeptAccounts {
    /// The connector's accounts, if they are still what is stored.
    pub(super) fn get(&self, connector_id: &str, stamp: &Stamp) -> Option<Arc<[Account]>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.get(connector_id)?;
        (kept.stamp == *stamp).then(|| Arc::clone(&kept.accounts))
    }

    pub(super) fn put(&self, connector_id: &str, stamp: Stamp, accounts: Arc<[Account]>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(connector_id.to_owned(), Kept { stamp, accounts });
    }
}
