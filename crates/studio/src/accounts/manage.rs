//! The accounts of a connector in the editor: added, named, chosen, removed, signed out.

use std::sync::Arc;

use latchwork_engine::RunInput;
use latchwork_model::{Connector, fingerprint};
use latchwork_store::Scope;
use serde_json::Map;
use uuid::Uuid;

use super::{Account, default_row};
use crate::error::StudioError;
use crate::renewal::Whose;
use crate::sessions::SessionScope;
use crate::sign_out::{PATIENCE, SignOut};
use crate::studio::Studio;
use crate::wire::{AccountNeedsYou, AccountState, AccountView, SignedOut};

impl Studio {
    /// The accounts of a connector as it stands in the editor. There is always one.
    pub async fn account_list(&self, connector_id: &str) -> Result<Vec<AccountView>, StudioError> {
        let connector = Arc::new(self.connector_in_editor(connector_id).await?);
        self.account_views(connector_id, &connector).await
    }

    /// The accounts of a connector, each with how it stands.
    pub(crate) async fn account_views(
        &self,
        connector_id: &str,
        connector: &Arc<Connector>,
    ) -> Result<Vec<AccountView>, StudioError> {
        self.default_account_row(connector_id).await?;
        let rows = self.store().accounts().list(connector_id).await?;
        let marks = self.store().needs_you().list(connector_id).await?;
        let held: Vec<Option<String>> = match self.vault_if_open().await {
            Some(vault) => {
                let held = self.store().outputs().held(&vault).into_iter();
                held.filter(|held| held.connector_id == connector_id)
                    .map(|held| held.account)
                    .collect()
            }
            None => Vec::new(),
        };
        let now = self.engine().now();
        let bound_to = fingerprint(connector);
        let mut views = Vec::new();
        for row in rows.iter() {
            let account = Account::of(row);
            let whose = Whose {
                fingerprint: bound_to.clone(),
                ..Whose::new(connector_id, connector, account.clone())
            };
            let kept = self.find_scope(&whose, Scope::Account(&account.id)).await?;
            let mark = marks
                .iter()
                .find(|mark| mark.account.as_ref() == Some(&account.id));
            let renews = mark.is_none()
                && kept
                    .as_ref()
                    .is_some_and(|kept| kept.outputs.can_be_renewed(connector));
            let state = match &kept {
                None => AccountState::SignedOut,
                Some(_) if mark.is_some() => AccountState::NeedsYou,
                Some(kept) if kept.outputs.is_expired(now) && !renews => AccountState::Expired,
                Some(_) => AccountState::SignedIn,
            };
            views.push(AccountView {
                name: row.name.clone(),
                label: row.label.clone(),
                active: row.active,
                state,
                expires_at: kept.as_ref().and_then(|kept| kept.row.expires_at),
                renews,
                stored_at: kept.as_ref().map(|kept| kept.row.stored_at),
                needs_you: mark.filter(|_| kept.is_some()).map(|mark| AccountNeedsYou {
                    code: mark.code.clone(),
                    message: mark.words.clone(),
                    at: mark.at,
                }),
                held: held.contains(&Some(account.id)),
            });
        }
        Ok(views)
    }

    /// Adds an account.
    pub async fn account_add(
        &self,
        connector_id: &str,
        name: &str,
    ) -> Result<Vec<AccountView>, StudioError> {
        let name = checked(name)?;
        self.default_account_row(connector_id).await?;
        let id = Uuid::new_v4().to_string();
        self.store()
            .accounts()
            .create(&id, connector_id, name)
            .await?;
        self.account_list(connector_id).await
    }

    /// Gives an account another name.
    pub async fn account_rename(
        &self,
        connector_id: &str,
        name: &str,
        new_name: &str,
    ) -> Result<Vec<AccountView>, StudioError> {
        let new_name = checked(new_name)?;
        let row = self.account_row(connector_id, name).await?;
        self.store().accounts().rename(&row.id, new_name).await?;
        self.account_list(connector_id).await
    }

    /// Makes an account the one in use.
    pub async fn account_activate(
        &self,
        connector_id: &str,
        name: &str,
    ) -> Result<Vec<AccountView>, StudioError> {
        let row = self.account_row(connector_id, name).await?;
        self.store().accounts().activate(&row.id).await?;
        self.account_list(connector_id).await
    }

    /// Removes an account with its cached outputs. The first one stays.
    pub async fn account_remove(
        &self,
        connector_id: &str,
        name: &str,
    ) -> Result<Vec<AccountView>, StudioError> {
        let row = self.account_row(connector_id, name).await?;
        if row.id == default_row(connector_id) {
            return Err(StudioError::AccountStays { name: row.name });
        }
        self.runs().forget(connector_id);
        self.store().accounts().delete(&row.id).await?;
        self.account_list(connector_id).await
    }

    /// *Clear cached auth* of one account.
    pub async fn account_clear(&self, connector_id: &str, name: &str) -> Result<(), StudioError> {
        let account = self.account(connector_id, Some(name)).await?;
        self.clear_sessions(connector_id, SessionScope::Account(&account.id))
            .await
            .map(drop)
    }

    /// Signs an account out of a connector as it stands in the editor, at the provider where that is possible.
    pub async fn account_sign_out(
        &self,
        connector_id: &str,
        name: &str,
    ) -> Result<SignedOut, StudioError> {
        let connector = self.connector_in_editor(connector_id).await?;
        let variables = self
            .variables(connector_id, &connector, Map::new())
            .await
            .unwrap_or_default();
        let input = RunInput {
            variables,
            account: Some(name.to_owned()),
            timeout: Some(PATIENCE),
            ..RunInput::default()
        };
        let who = SignOut::Account(name);
        let (_, told) = self.sign_out(connector_id, &connector, who, input).await?;
        Ok(told)
    }

    /// Nobody is signed in there any more: who it was is nobody's business.
    pub(crate) async fn forget_labels(
        &self,
        connector_id: &str,
        scope: SessionScope<'_>,
    ) -> Result<(), StudioError> {
        let accounts = self.store().accounts();
        for row in accounts.list(connector_id).await?.iter() {
            let is_in = match scope {
                SessionScope::Account(id) => Account::of(row).id == id,
                SessionScope::Accounts | SessionScope::Everything => true,
                SessionScope::Shared => false,
            };
            if is_in && row.label.is_some() {
                accounts.set_label(&row.id, None).await?;
            }
        }
        Ok(())
    }
}

/// A name that an account can have.
fn checked(name: &str) -> Result<&str, StudioError> {
    const LONGEST: usize = 100;
    let name = name.trim();
    let reason = if name.is_empty() {
        "it is empty"
    } else if name.chars().count() > LONGEST {
        "it has more than 100 characters"
    } else if name.chars().any(char::is_control) {
        "it has a control character"
    } else {
        return Ok(name);
    };
    Err(StudioError::AccountName { reason })
}
