//! Sessions: cached outputs, sealed, in the scope of one account or shared by all, and bound to the connector's
//! fingerprint (SAFETY Z32).
//!
//! What steps with shared credentials left is used by runs and shown to nobody (PRODUCT K1).

use latchwork_engine::{CachedOutputs, Run};
use latchwork_model::{Connector, fingerprint};
use latchwork_store::{Cleared, NewOutputs, Scope, Stored};

use crate::error::StudioError;
use crate::studio::Studio;

/// The account that is used where none is named.
pub const DEFAULT_ACCOUNT: &str = "default";

/// What is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionScope<'a> {
    /// One account's own outputs.
    Account(&'a str),
    /// All accounts' own outputs, not the shared ones.
    Accounts,
    /// The shared ones.
    Shared,
    /// All.
    Everything,
}

impl<'a> From<Option<&'a str>> for SessionScope<'a> {
    /// One account, or all of them.
    fn from(account: Option<&'a str>) -> Self {
        account.map_or(Self::Accounts, Self::Account)
    }
}

/// The scopes that a connector's steps leave outputs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scopes {
    /// Some belong to the account.
    pub own: bool,
    /// Some belong to everyone.
    pub shared: bool,
}

impl Scopes {
    /// Those of the steps that run.
    pub(crate) fn of(connector: &Connector) -> Self {
        let plan = connector.auth.plan();
        let enabled = || plan.steps.iter().filter(|step| !step.disabled);
        Self {
            own: enabled().any(|step| !step.is_shared()),
            shared: enabled().any(latchwork_model::Step::is_shared),
        }
    }
}

/// What a run that signs in is to keep, and where.
pub(crate) struct Keeping<'a> {
    pub connector_id: &'a str,
    pub connector: &'a Connector,
    pub account: &'a str,
    /// What is kept; a scope whose outputs were there already is not kept again.
    pub scopes: Scopes,
    /// The connector's generation when the run began, so that a clear during the run wins (F16).
    pub generation: i64,
}

impl Studio {
    /// The connector's generation: what a run reads at its start, so that a clear during the run wins (F16).
    pub(crate) async fn session_generation(&self, connector_id: &str) -> Result<i64, StudioError> {
        Ok(self.store().outputs().generation(connector_id).await?)
    }

    /// Begins a run that signs in: what the shared scope has is restored, and those steps do not run again.
    pub(crate) async fn begin_session<'a>(
        &self,
        connector_id: &'a str,
        connector: &'a Connector,
        account: &'a str,
        run: &mut Run<'_>,
    ) -> Result<Keeping<'a>, StudioError> {
        let generation = self.session_generation(connector_id).await?;
        let mut scopes = Scopes::of(connector);
        if scopes.shared
            && let Some(shared) = self
                .live_session(connector_id, connector, Scope::Shared)
                .await?
        {
            run.restore_shared(shared);
            scopes.shared = false;
        }
        Ok(Keeping {
            connector_id,
            connector,
            account,
            scopes,
            generation,
        })
    }

    /// Caches what a run left, unless the cache was cleared since it began; whether it is stored.
    pub(crate) async fn keep_session(
        &self,
        keeping: &Keeping<'_>,
        run: &Run<'_>,
    ) -> Result<bool, StudioError> {
        let mut kept = true;
        // The shared first: what belongs to everyone is not lost to a fault in what belongs to one.
        if keeping.scopes.shared {
            kept &= self
                .keep(keeping, Scope::Shared, &run.shared_outputs())
                .await?;
        }
        if keeping.scopes.own {
            let scope = Scope::Account(keeping.account);
            kept &= self.keep(keeping, scope, &run.cached_outputs()).await?;
        }
        Ok(kept)
    }

    /// Caches outputs in a scope.
    pub(crate) async fn keep(
        &self,
        keeping: &Keeping<'_>,
        scope: Scope<'_>,
        outputs: &CachedOutputs,
    ) -> Result<bool, StudioError> {
        let Some(vault) = self.vault_if_open().await else {
            return Ok(false);
        };
        let json = zeroize::Zeroizing::new(serde_json::to_vec(outputs).unwrap_or_default());
        let new = NewOutputs {
            fingerprint: &fingerprint(keeping.connector),
            json: &json,
            expires_at: outputs.expires_at,
        };
        let stored = self
            .store()
            .outputs()
            .write(keeping.connector_id, scope, new, keeping.generation, &vault)
            .await?;
        Ok(stored == Stored::Yes)
    }

    /// The cached outputs of a scope, where there are any for this connector as it is; expired ones too.
    pub(crate) async fn session(
        &self,
        connector_id: &str,
        connector: &Connector,
        scope: Scope<'_>,
    ) -> Result<Option<CachedOutputs>, StudioError> {
        let Some(vault) = self.vault_if_open().await else {
            return Ok(None);
        };
        let cached = self
            .store()
            .outputs()
            .read(connector_id, scope, &fingerprint(connector), &vault)
            .await?;
        // What another version wrote and this one cannot read is as good as nothing: the flow runs again.
        Ok(cached.and_then(|cached| serde_json::from_slice(cached.json()).ok()))
    }

    /// The cached outputs of a scope that are still good by their own word.
    pub(crate) async fn live_session(
        &self,
        connector_id: &str,
        connector: &Connector,
        scope: Scope<'_>,
    ) -> Result<Option<CachedOutputs>, StudioError> {
        let cached = self.session(connector_id, connector, scope).await?;
        Ok(cached.filter(|cached| !cached.is_expired(self.engine().now())))
    }

    /// *Clear cached auth*: the next use runs the flow again. What was answered before is forgotten too. The shared
    /// sign-in goes only where the admin says so.
    pub async fn auth_clear(&self, connector_id: &str, shared: bool) -> Result<(), StudioError> {
        let scope = if shared {
            SessionScope::Everything
        } else {
            SessionScope::Accounts
        };
        self.clear_sessions(connector_id, scope).await.map(drop)
    }

    /// Clears cached outputs; whether there were any.
    pub async fn clear_sessions<'a>(
        &self,
        connector_id: &str,
        scope: impl Into<SessionScope<'a>>,
    ) -> Result<bool, StudioError> {
        self.runs().forget(connector_id);
        let what = match scope.into() {
            SessionScope::Account(account) => Cleared::Account(account),
            SessionScope::Accounts => Cleared::Accounts,
            SessionScope::Shared => Cleared::Shared,
            SessionScope::Everything => Cleared::Everything,
        };
        let cleared = self.store().outputs().clear(connector_id, what).await?;
        Ok(cleared > 0)
    }
}

#[cfg(test)]
mod tests {
    use latchwork_model::read_shape;
    use serde_json::json;

    use super::*;

    fn scopes(steps: &serde_json::Value) -> Scopes {
        let document = json!({
            "format": "latchwork.connector/1", "name": "A", "kind": "rest", "base_url": "https://a.example",
            "auth": { "method": "multistep", "steps": steps, "request_parameters": [] }
        });
        Scopes::of(&read_shape(&document.to_string()).unwrap())
    }

    #[test]
    fn s4_the_scopes_are_those_of_the_steps_that_run() {
        let oauth = |shared: bool, disabled: bool| {
            json!({
                "id": if shared { "admin" } else { "user" }, "type": "oauth2_client_credentials", "disabled": disabled,
                "client_id": "a", "token_url": "https://a.example/token", "shared_credentials": shared
            })
        };
        let of = |own, shared| Scopes { own, shared };
        assert_eq!(scopes(&json!([])), of(false, false));
        assert_eq!(scopes(&json!([oauth(true, false)])), of(false, true));
        assert_eq!(
            scopes(&json!([oauth(true, true), oauth(false, false)])),
            of(true, false)
        );
        assert_eq!(
            scopes(&json!([oauth(true, false), oauth(false, false)])),
            of(true, true)
        );
    }
}
