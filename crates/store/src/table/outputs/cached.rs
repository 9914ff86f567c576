//! What goes in and comes out of the table `outputs`.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use zeroize::Zeroizing;

const ACCOUNT: &str = "account:";

/// Whose outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    /// One account's own, by the account's id.
    Account(&'a str),
    /// Those of steps with shared credentials.
    Shared,
}

impl<'a> Scope<'a> {
    /// As the tables write it.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Account(id) => format!("{ACCOUNT}{id}"),
            Self::Shared => "shared".to_owned(),
        }
    }

    /// What [`Scope::text`] wrote.
    pub(crate) fn of_text(text: &'a str) -> Self {
        text.strip_prefix(ACCOUNT)
            .map_or(Self::Shared, Self::Account)
    }

    /// The account's id; nothing for the shared ones.
    pub(crate) fn account(self) -> Option<&'a str> {
        match self {
            Self::Account(id) => Some(id),
            Self::Shared => None,
        }
    }
}

/// What is to be cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cleared<'a> {
    /// One account's own outputs.
    Account(&'a str),
    /// All accounts' own outputs, not the shared ones.
    Accounts,
    /// The shared ones.
    Shared,
    /// All.
    Everything,
}

/// Cached outputs, open. The text is wiped when it is dropped, and never shown by `Debug`.
pub struct CachedOutputs {
    pub(super) json: Zeroizing<Vec<u8>>,
    pub(super) fingerprint: String,
    /// Another one with every write: tells whether these are still what is stored.
    pub(crate) revision: i64,
    /// Unix seconds; nothing if it is not known to expire.
    pub expires_at: Option<i64>,
    /// Unix seconds.
    pub stored_at: i64,
    /// The connector's generation that they belong to.
    pub generation: i64,
    pub(super) form: Form,
}

/// What [`CachedOutputs::in_form`] made last, while anybody has it.
#[derive(Default)]
pub(super) struct Form(Mutex<Option<Weak<dyn Any + Send + Sync>>>);

impl CachedOutputs {
    /// The outputs as they were given to [`Outputs::write`].
    pub fn json(&self) -> &[u8] {
        &self.json
    }

    /// The outputs in the caller's form, as `read` makes it of the text; nothing where it makes nothing. It is made once
    /// for all who have it at the same time, of whom there may be thousands, and kept for nobody beyond them: the text
    /// is wiped, a caller's form is not.
    pub fn in_form<T: Any + Send + Sync>(
        &self,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Option<Arc<T>> {
        let mut last = self.form.0.lock().unwrap_or_else(PoisonError::into_inner);
        let there = last.as_ref().and_then(Weak::upgrade);
        if let Some(there) = there.and_then(|there| there.downcast().ok()) {
            return Some(there);
        }
        let made = Arc::new(read(&self.json)?);
        let form: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(&made);
        *last = Some(Arc::downgrade(&form));
        Some(made)
    }

    /// Whether these are the same write's: what is stored now is still what was read then.
    pub fn is_same(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

impl std::fmt::Debug for CachedOutputs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CachedOutputs")
            .field("expires_at", &self.expires_at)
            .field("stored_at", &self.stored_at)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

/// Outputs to be cached.
#[derive(Clone, Copy)]
pub struct NewOutputs<'a> {
    /// What they are bound to: the auth block and its origins.
    pub fingerprint: &'a str,
    /// The outputs, in the caller's form.
    pub json: &'a [u8],
    /// Unix seconds; nothing if they are not known to expire.
    pub expires_at: Option<i64>,
}

/// Whether outputs were stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// They are on the disk (or, for a session only, in memory).
    Yes,
    /// They are not: the cache was cleared since they were begun with.
    ClearedMeanwhile,
    /// They are not: someone signed in or renewed meanwhile. What is stored now is newer.
    ReplacedMeanwhile,
}

/// What is cached, without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputsStatus {
    /// The account's id; nothing for the shared ones.
    pub account: Option<String>,
    /// What they are bound to.
    pub fingerprint: String,
    /// Unix seconds.
    pub expires_at: Option<i64>,
    /// Unix seconds.
    pub stored_at: i64,
    /// Whether they are in memory only because the disk would not take them ([`super::Outputs::retry_held`]).
    pub held: bool,
}

#[cfg(test)]
mod tests;
