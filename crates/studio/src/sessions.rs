//! Sessions: cached outputs, sealed, in the scope of one account or shared by all, and bound to the connector's
//! fingerprint (SAFETY Z32).
//!
//! What steps with shared credentials left is used by runs and shown to nobody (PRODUCT K1).

use std::sync::Arc;

use latchwork_engine::{CachedOutputs, Host, RefreshReason, Run, RunInput};
use latchwork_model::Connector;
use latchwork_store::{Basis, Cleared, NewOutputs, Scope, Stored};

use crate::accounts::Account;
use crate::error::StudioError;
use crate::renewal::{Outcome, Whose};
use crate::studio::Studio;

/// The account that is used where none is named.
pub const DEFAULT_ACCOUNT: &str = "default";

/// What is cleared. An account is named by what its outputs are stored under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SessionScope<'a> {
    /// One account's own outputs.
    Account(&'a str),
    /// All accounts' own outputs, not the shared ones.
    Accounts,
    /// The shared ones.
    Shared,
    /// All.
    Everything,
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
pub(crate) struct Keeping {
    pub whose: Whose,
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

    /// Begins a run that signs in: what the shared scope has is restored, renewed where it is over, and those steps do
    /// not run again.
    pub(crate) async fn begin_session<'r>(
        self: &'r Arc<Self>,
        whose: &Whose,
        run: &mut Run<'r>,
        input: &RunInput,
        host: &'r dyn Host,
    ) -> Result<Keeping, StudioError> {
        let mut keeping = Keeping {
            whose: whose.clone(),
            scopes: whose.scopes,
            generation: self.session_generation(&whose.connector_id).await?,
        };
        if !whose.scopes.shared {
            return Ok(keeping);
        }
        let everyones = whose.shared_alone();
        let Some(mut shared) = self.find_session(&everyones).await? else {
            return Ok(keeping);
        };
        shared.restore(run);
        if shared.is_expired(self.engine().now()) {
            let reason = RefreshReason::Expired;
            let renewed = if run.renewable_shared_steps().is_empty() {
                None
            } else {
                Some(self.renew(&everyones, &shared, reason, input, host).await)
            };
            let Some(Outcome::Renewed { found, .. }) = renewed.as_deref() else {
                // Those steps run again, as if nobody had signed in to them.
                *run = self.engine().run(run.connector(), input.clone(), host)?;
                return Ok(keeping);
            };
            shared = found.clone();
        }
        shared.restore(run);
        keeping.scopes.shared = false;
        Ok(keeping)
    }

    /// Caches what a run left, unless the cache was cleared since it began; whose session it is then, where it was
    /// stored.
    pub(crate) async fn keep_session(
        &self,
        keeping: &Keeping,
        run: &Run<'_>,
    ) -> Result<Option<Whose>, StudioError> {
        let mut kept = true;
        let mut whose = keeping.whose.clone();
        // The shared first: what belongs to everyone is not lost to a fault in what belongs to one.
        if keeping.scopes.shared {
            let outputs = run.shared_outputs();
            kept &= self
                .keep(&whose, Scope::Shared, &outputs, keeping.generation)
                .await?;
        }
        if keeping.scopes.own {
            if self.vault_if_open().await.is_some() {
                whose.account = self
                    .account_with_row(&whose.connector_id, &whose.account)
                    .await?;
            }
            let scope = Scope::Account(&whose.account.id);
            let outputs = run.cached_outputs();
            kept &= self
                .keep(&whose, scope, &outputs, keeping.generation)
                .await?;
        }
        if kept {
            self.name_account(&whose, run).await;
        }
        Ok(kept.then_some(whose))
    }

    /// Caches outputs in a scope, unless it was cleared since the generation was read.
    pub(crate) async fn keep(
        &self,
        whose: &Whose,
        scope: Scope<'_>,
        outputs: &CachedOutputs,
        generation: i64,
    ) -> Result<bool, StudioError> {
        let Some(vault) = self.vault_if_open().await else {
            return Ok(false);
        };
        let json = zeroize::Zeroizing::new(serde_json::to_vec(outputs).unwrap_or_default());
        let new = NewOutputs {
            fingerprint: &whose.fingerprint,
            json: &json,
            expires_at: outputs.expires_at,
        };
        let table = self.store().outputs();
        let id = &whose.connector_id;
        let stored = match table.write(id, scope, new, generation, &vault).await {
            // What a person has just signed in to is not thrown away because the disk is full.
            Err(error) if error.is_disk_full() => {
                self.tell_not_kept(&whose.connector, error);
                let basis = Basis::SignIn(generation);
                table.hold_in_memory(id, scope, new, basis, &vault).await?
            }
            stored => stored?,
        };
        Ok(stored == Stored::Yes)
    }

    /// One scope's cached outputs, where there are any for this connector as it is; expired ones too. The account is
    /// named by what its outputs are stored under.
    pub(crate) async fn session(
        &self,
        connector_id: &str,
        connector: &Connector,
        scope: Scope<'_>,
    ) -> Result<Option<CachedOutputs>, StudioError> {
        let connector = Arc::new(connector.clone());
        let whose = Whose::new(connector_id, &connector, Account::default_one());
        let kept = self.find_scope(&whose, scope).await?;
        Ok(kept.map(|kept| (*kept.outputs).clone()))
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

    /// Clears cached outputs, and who signed in with them; whether there were any.
    pub(crate) async fn clear_sessions(
        &self,
        connector_id: &str,
        scope: SessionScope<'_>,
    ) -> Result<bool, StudioError> {
        self.runs().forget(connector_id);
        let what = match scope {
            SessionScope::Account(account) => Cleared::Account(account),
            SessionScope::Accounts => Cleared::Accounts,
            SessionScope::Shared => Cleared::Shared,
            SessionScope::Everything => Cleared::Everything,
        };
        let cleared = self.store().outputs().clear(connector_id, what).await?;
        self.forget_labels(connector_id, scope).await?;
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
