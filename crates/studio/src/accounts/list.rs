//! Everyone who is signed in, to all connectors or to one: for the command line.

use latchwork_model::{Connector, fingerprint};
use serde::Serialize;

use super::Account;
use crate::error::StudioError;
use crate::sso::SSO_CONNECTOR;
use crate::studio::Studio;
use crate::wire::AccountState;

/// Someone who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedIn {
    /// The connector's name, or its id where it is not in the library.
    pub connector: String,
    /// Whose the outputs are.
    pub scope: SignedInScope,
    /// The account; nobody's where everyone shares them.
    pub account: Option<String>,
    /// Who that is in the provider's words, where it is known.
    pub label: Option<String>,
    /// Whether it is the account in use.
    pub active: bool,
    /// `signed_in`, or `needs_you`.
    pub state: AccountState,
    /// When the outputs expire, in Unix seconds.
    pub expires_at: Option<i64>,
}

/// Whose outputs a sign-in left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedInScope {
    /// One account's own.
    User,
    /// Everyone's: those of steps with shared credentials.
    Shared,
}

impl Studio {
    /// Who is signed in, to one connector as it is, or to all: those of the library, and those that are only files.
    pub async fn accounts(
        &self,
        connector: Option<&Connector>,
    ) -> Result<Vec<SignedIn>, StudioError> {
        let vault = self.vault().await?;
        let connectors: Vec<(String, String)> = match connector {
            Some(connector) => vec![(connector.key(), connector.name.clone())],
            None => self.connectors_with_outputs().await?,
        };
        let bound_to = connector.map(fingerprint);
        let mut accounts = Vec::new();
        for (id, name) in connectors {
            let rows = self.store().accounts().list(&id).await?;
            let place = |account: Option<&String>| {
                rows.iter()
                    .position(|row| Some(&Account::of(row).id) == account)
            };
            let marks = self.store().needs_you().list(&id).await?;
            let mut signed_in = self.store().outputs().status(&id, &vault).await?;
            // By age, and what everyone shares behind them.
            signed_in.sort_by_key(|status| place(status.account.as_ref()).unwrap_or(usize::MAX));
            for status in signed_in {
                let fits = bound_to
                    .as_ref()
                    .is_none_or(|bound_to| *bound_to == status.fingerprint);
                if !fits {
                    continue;
                }
                let row = place(status.account.as_ref()).and_then(|place| rows.get(place));
                let needs_you = marks.iter().any(|mark| mark.account == status.account);
                accounts.push(SignedIn {
                    connector: name.clone(),
                    scope: if status.account.is_some() {
                        SignedInScope::User
                    } else {
                        SignedInScope::Shared
                    },
                    label: row.and_then(|row| row.label.clone()),
                    active: row.is_some_and(|row| row.active),
                    state: if needs_you {
                        AccountState::NeedsYou
                    } else {
                        AccountState::SignedIn
                    },
                    account: row.map(|row| row.name.clone()).or(status.account),
                    expires_at: status.expires_at,
                });
            }
        }
        Ok(accounts)
    }

    /// The connectors that have cached outputs, with the names that the library has for them. A connector that is
    /// only a file goes by its key.
    async fn connectors_with_outputs(&self) -> Result<Vec<(String, String)>, StudioError> {
        let entries = self.store().connectors().list("").await?;
        let ids = self.store().outputs().connector_ids().await?;
        let mut connectors: Vec<(String, String)> = ids
            .into_iter()
            .filter(|id| id != SSO_CONNECTOR)
            .map(|id| {
                let entry = entries.iter().find(|entry| entry.id == id);
                let name = entry.map_or_else(|| id.clone(), |entry| entry.name.clone());
                (id, name)
            })
            .collect();
        connectors.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(connectors)
    }
}
