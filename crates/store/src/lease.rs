//! The lease on a session: whoever renews it holds it, and nobody else in any process on this data folder does.
//!
//! First a turn among the tasks of this process, then a lock that the system keeps on a file and frees when the
//! process dies, however it dies. There is a file for each lease that is held, and none when it is given back.
//!
//! Not here: what is done under it (read again, note the attempt, send, store), and any deadline. A waiter that has
//! waited long enough drops its future, which costs the others nothing.

mod file;
mod turns;

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::OwnedMutexGuard;

use crate::error::StoreError;
use crate::files;
use crate::store::Store;
use crate::table::Scope;

use file::LeaseFile;
pub(crate) use turns::Turns;

/// Between two looks at a lease that another process holds. A look costs a few microseconds.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

/// The leases on sessions.
pub struct SessionLeases<'a> {
    store: &'a Store,
}

impl Store {
    /// The leases on sessions: one a connector and scope.
    pub fn session_leases(&self) -> SessionLeases<'_> {
        SessionLeases { store: self }
    }
}

/// Held as long as it lives: dropping it gives it back.
#[must_use = "dropping it gives the lease back"]
pub struct SessionLease {
    // In this order: the next task of this process then finds the file free.
    _file: LeaseFile,
    _turn: OwnedMutexGuard<()>,
}

impl SessionLeases<'_> {
    /// Waits for whoever holds it, for as long as that takes: a deadline is the caller's. What the last holder stored
    /// is there to be read once this returns.
    pub async fn acquire(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
    ) -> Result<SessionLease, StoreError> {
        let name = lease_name(connector_id, &scope.text());
        let turn = self.store.turns().wait(&name).await;
        let folder = self.store.location().lease_folder();
        files::prepare_private_folder(&folder)?;
        if self.store.turns().is_first() {
            file::sweep(&folder);
        }
        let path = folder.join(name);
        let mut pause = FIRST_PAUSE;
        loop {
            if let Some(file) = LeaseFile::try_take(&path)? {
                return Ok(SessionLease {
                    _file: file,
                    _turn: turn,
                });
            }
            // Monotonic, whatever the wall clock does meanwhile.
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

impl std::fmt::Debug for SessionLease {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SessionLease")
            .finish_non_exhaustive()
    }
}

/// A file name that tells nothing of the connector. The length keeps "ab" + "c" and "a" + "bc" apart.
fn lease_name(connector_id: &str, scope: &str) -> String {
    let digest = Sha256::new()
        .chain_update(connector_id.len().to_le_bytes())
        .chain_update(connector_id)
        .chain_update(scope)
        .finalize();
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    format!("{:032x}.lease", u128::from_be_bytes(short))
}

#[cfg(test)]
mod tests;
