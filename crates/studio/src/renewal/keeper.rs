//! Stores what a renewal gave, on the disk before anyone uses it; what the disk will not take is held in memory (F35).

use std::sync::Arc;

use latchwork_engine::CachedOutputs;
use latchwork_store::{Basis, NewOutputs, Scope, Stored, Vault};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::whose::{Found, Kept, Whose};
use crate::error::StudioError;
use crate::studio::{Studio, note};

/// Keeps one session while it is renewed. Its lease is held meanwhile.
pub(super) struct Keeper {
    studio: Arc<Studio>,
    whose: Whose,
    vault: Arc<Vault>,
    /// The session as it was when the attempt was noted.
    begun_with: Found,
    state: Mutex<State>,
}

struct State {
    now: Found,
    overtaken: bool,
}

impl Keeper {
    pub(super) fn new(studio: Arc<Studio>, whose: Whose, vault: Arc<Vault>, now: Found) -> Self {
        Self {
            studio,
            whose,
            vault,
            begun_with: now.clone(),
            state: Mutex::new(State {
                now,
                overtaken: false,
            }),
        }
    }

    /// The session as it is kept.
    pub(super) async fn now(&self) -> Found {
        self.state.lock().await.now.clone()
    }

    /// Whether a clear or a sign-in came in between: what is stored now counts, and nothing of this renewal (F16).
    pub(super) async fn is_overtaken(&self) -> bool {
        self.state.lock().await.overtaken
    }

    /// Notes the attempt on the disk, before anything is sent. How often the same was tried; nothing where the session
    /// is another one by now.
    pub(super) async fn note_attempt(&self) -> Result<Option<i64>, StudioError> {
        let mut tries = 0;
        for scope in self.whose.all_scopes() {
            let Some(kept) = self.begun_with.of(scope) else {
                continue;
            };
            let attempts = self.studio.store().refresh_attempts();
            let noted = attempts
                .record(&self.whose.connector_id, scope, &kept.row, &self.vault)
                .await?;
            match noted {
                Some(noted) => tries = tries.max(noted),
                None => return Ok(None),
            }
        }
        Ok(Some(tries))
    }

    /// Ends the attempt. Where something new was stored, it ended with that.
    pub(super) async fn end_attempt(&self) {
        let now = self.now().await;
        for scope in self.whose.all_scopes() {
            let is_new = match (self.begun_with.of(scope), now.of(scope)) {
                (Some(begun_with), Some(now)) => !begun_with.row.is_same(&now.row),
                _ => false,
            };
            if is_new {
                continue;
            }
            let attempts = self.studio.store().refresh_attempts();
            let ended = attempts.clear(&self.whose.connector_id, scope).await;
            note(ended.map_err(StudioError::from));
        }
    }

    /// Marks that only the person can bring the session back.
    pub(super) async fn mark_needs_you(&self, is_shared: bool, code: &str, words: &str) {
        let now = self.now().await;
        let scope = match (is_shared, self.whose.scopes.own) {
            (false, true) => Scope::Account(self.whose.account.id.as_str()),
            _ => Scope::Shared,
        };
        if let Some(kept) = now.of(scope) {
            let marks = self.studio.store().needs_you();
            let id = &self.whose.connector_id;
            let marked = marks
                .set(id, scope, &kept.row, code, words, &self.vault)
                .await;
            note(marked.map_err(StudioError::from));
        }
        self.end_attempt().await;
    }

    /// Keeps what is new of a session.
    pub(super) async fn keep(&self, own: &CachedOutputs, shared: &CachedOutputs) {
        let mut state = self.state.lock().await;
        for scope in self.whose.all_scopes() {
            let new = match scope {
                Scope::Shared => shared,
                Scope::Account(_) => own,
            };
            let Some(kept) = state.now.of(scope).cloned() else {
                continue;
            };
            if kept.outputs.is_same(new) || state.overtaken {
                continue;
            }
            match self.store(scope, &kept, new).await {
                Ok(Some(kept)) => state.now.set(scope, Some(kept)),
                Ok(None) => state.overtaken = true,
                // Neither the disk nor the memory of this process took it: those who wait have it all the same.
                Err(error) => {
                    note::<()>(Err(error));
                    let outputs = Arc::new(new.clone());
                    state.now.set(scope, Some(Kept { outputs, ..kept }));
                }
            }
        }
    }

    /// Stores one scope's new outputs; nothing where they came too late.
    async fn store(
        &self,
        scope: Scope<'_>,
        base: &Kept,
        new: &CachedOutputs,
    ) -> Result<Option<Kept>, StudioError> {
        let json = Zeroizing::new(serde_json::to_vec(new).unwrap_or_default());
        let outputs = NewOutputs {
            fingerprint: &self.whose.fingerprint,
            json: &json,
            expires_at: new.expires_at,
        };
        let id = &self.whose.connector_id;
        let table = self.studio.store().outputs();
        let stored = match table
            .write_renewed(id, scope, outputs, &base.row, &self.vault)
            .await
        {
            Ok(stored) => stored,
            Err(error) => {
                self.studio.tell_not_kept(&self.whose.connector, error);
                let basis = Basis::Renewal(&base.row);
                table
                    .hold_in_memory(id, scope, outputs, basis, &self.vault)
                    .await?
            }
        };
        if stored != Stored::Yes {
            return Ok(None);
        }
        self.studio.find_scope(&self.whose, scope).await
    }
}
