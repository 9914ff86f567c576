//! Who is signed in to a connector as it stands in the editor.

use std::sync::Arc;

use latchwork_model::fingerprint;
use latchwork_store::{OutputsStatus, Scope};

use crate::error::StudioError;
use crate::renewal::Whose;
use crate::sessions::Scopes;
use crate::studio::Studio;
use crate::wire::{AuthStatus, SharedStatus};

impl Studio {
    /// Who is signed in to a connector as it stands in the editor.
    pub async fn auth_status(&self, connector_id: &str) -> Result<AuthStatus, StudioError> {
        let Ok(connector) = self.connector_in_editor(connector_id).await.map(Arc::new) else {
            // Whoever types sees the fault elsewhere.
            self.store().connectors().get(connector_id).await?;
            return Ok(AuthStatus::default());
        };
        let shared = SharedStatus {
            wanted: Scopes::of(&connector).shared,
            ..SharedStatus::default()
        };
        let nobody = AuthStatus {
            shared,
            ..AuthStatus::default()
        };
        let Some(vault) = self.vault_if_open().await else {
            return Ok(nobody);
        };
        let bound_to = fingerprint(&connector);
        let account = self.account(connector_id, None).await?;
        let scope = Scope::Account(&account.id);
        let whose = Whose::new(connector_id, &connector, account.clone());
        let cached = self.find_scope(&whose, scope).await?;
        let all = self.store().outputs().status(connector_id, &vault).await?;
        let is_shared =
            |status: &&OutputsStatus| status.account.is_none() && status.fingerprint == bound_to;
        let shared = all.iter().find(is_shared);
        let shared = SharedStatus {
            signed_in: nobody.shared.wanted && shared.is_some(),
            expires_at: shared.and_then(|shared| shared.expires_at),
            stored_at: shared.map(|shared| shared.stored_at),
            ..nobody.shared
        };
        Ok(match cached {
            None => AuthStatus { shared, ..nobody },
            Some(cached) => AuthStatus {
                signed_in: true,
                step_ids: cached.outputs.outputs.keys().cloned().collect(),
                expires_at: cached.row.expires_at,
                stored_at: Some(cached.row.stored_at),
                shared,
            },
        })
    }
}
