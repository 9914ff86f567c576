//! Whose session: a connector's, of one account, with what everyone shares.

use std::sync::Arc;

use latchwork_engine::{CachedOutputs, Run};
use latchwork_model::{Connector, fingerprint};
use latchwork_store::{CachedOutputs as StoredOutputs, Scope};

use crate::accounts::Account;
use crate::error::StudioError;
use crate::sessions::Scopes;
use crate::studio::Studio;

/// Whose session, and by which connector.
#[derive(Clone, Debug)]
pub(crate) struct Whose {
    pub connector_id: String,
    pub connector: Arc<Connector>,
    /// What the session is bound to (SAFETY Z32).
    pub fingerprint: String,
    pub account: Account,
    /// The scopes that it is in.
    pub scopes: Scopes,
}

impl Whose {
    pub(crate) fn new(connector_id: &str, connector: &Arc<Connector>, account: Account) -> Self {
        Self {
            connector_id: connector_id.to_owned(),
            connector: Arc::clone(connector),
            fingerprint: fingerprint(connector),
            account,
            scopes: Scopes::of(connector),
        }
    }

    /// The same, of what everyone shares alone.
    pub(crate) fn shared_alone(&self) -> Self {
        Self {
            scopes: Scopes {
                own: false,
                ..self.scopes
            },
            ..self.clone()
        }
    }

    /// Its scopes. The shared one first, for all who take both.
    pub(crate) fn all_scopes(&self) -> impl Iterator<Item = Scope<'_>> {
        let shared = self.scopes.shared.then_some(Scope::Shared);
        let own = self
            .scopes
            .own
            .then_some(Scope::Account(self.account.id.as_str()));
        shared.into_iter().chain(own)
    }
}

/// One scope's outputs, as they are stored and as a run takes them.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub row: Arc<StoredOutputs>,
    pub outputs: Arc<CachedOutputs>,
}

/// A session as it was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub own: Option<Kept>,
    pub shared: Option<Kept>,
}

impl Found {
    pub(crate) fn of(&self, scope: Scope<'_>) -> Option<&Kept> {
        match scope {
            Scope::Shared => self.shared.as_ref(),
            Scope::Account(_) => self.own.as_ref(),
        }
    }

    pub(crate) fn set(&mut self, scope: Scope<'_>, kept: Option<Kept>) {
        match scope {
            Scope::Shared => self.shared = kept,
            Scope::Account(_) => self.own = kept,
        }
    }

    /// Whether anything in it is another write's than in the other.
    pub(crate) fn differs(&self, other: &Self) -> bool {
        let differ = |one: &Option<Kept>, other: &Option<Kept>| match (one, other) {
            (Some(one), Some(other)) => !one.row.is_same(&other.row),
            (None, None) => false,
            _ => true,
        };
        differ(&self.own, &other.own) || differ(&self.shared, &other.shared)
    }

    /// Whether any part of it is over by its own word.
    pub(crate) fn is_expired(&self, now: i64) -> bool {
        let mut parts = [&self.own, &self.shared].into_iter().flatten();
        parts.any(|kept| kept.outputs.is_expired(now))
    }

    /// Whether it could be renewed without its person.
    pub(crate) fn can_be_renewed(&self, connector: &Connector) -> bool {
        let mut parts = [&self.own, &self.shared].into_iter().flatten();
        parts.any(|kept| kept.outputs.can_be_renewed(connector))
    }

    /// When it is over, in Unix seconds, where that is known.
    pub(crate) fn expires_at(&self) -> Option<i64> {
        let parts = [&self.own, &self.shared].into_iter().flatten();
        parts.filter_map(|kept| kept.outputs.expires_at).min()
    }

    /// When the older part of it was obtained, in Unix seconds.
    pub(crate) fn obtained_at(&self) -> Option<i64> {
        let parts = [&self.own, &self.shared].into_iter().flatten();
        parts.filter_map(|kept| kept.outputs.obtained_at).min()
    }

    /// Gives a run this session.
    pub(crate) fn restore(&self, run: &mut Run<'_>) {
        if let Some(own) = &self.own {
            run.restore((*own.outputs).clone());
        }
        if let Some(shared) = &self.shared {
            run.restore_shared((*shared.outputs).clone());
        }
    }
}

impl Studio {
    /// The session as it is stored, expired or not; nothing where any part of it is missing.
    pub(crate) async fn find_session(&self, whose: &Whose) -> Result<Option<Found>, StudioError> {
        let mut found = Found::default();
        for scope in whose.all_scopes() {
            let Some(kept) = self.find_scope(whose, scope).await? else {
                return Ok(None);
            };
            found.set(scope, Some(kept));
        }
        Ok(Some(found))
    }

    /// One scope's outputs as they are stored, expired or not.
    pub(crate) async fn find_scope(
        &self,
        whose: &Whose,
        scope: Scope<'_>,
    ) -> Result<Option<Kept>, StudioError> {
        let Some(vault) = self.vault_if_open().await else {
            return Ok(None);
        };
        let row = self
            .store()
            .outputs()
            .read(&whose.connector_id, scope, &whose.fingerprint, &vault)
            .await?;
        // What another version wrote and this one cannot read is as good as nothing: the flow runs again.
        Ok(row.and_then(|row| {
            let outputs = row.in_form(|json| serde_json::from_slice(json).ok())?;
            Some(Kept { row, outputs })
        }))
    }
}
