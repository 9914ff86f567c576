//! The accounts of a connector: sets of credentials with a name, one of them in use, and who each is in the
//! provider's words. What they hold is not told.
//!
//! There is always one called `default`. It has a row of its own only once it signed in, or stands beside others.

mod list;
mod manage;
mod naming;
mod status;

use std::collections::HashMap;

use latchwork_store::{Account as Row, StoreError};
use uuid::Uuid;

use crate::error::StudioError;
use crate::sessions::DEFAULT_ACCOUNT;
use crate::studio::Studio;

pub use list::{SignedIn, SignedInScope};

/// One set of credentials, as sessions know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    /// What its outputs are stored under.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Who it was known to be.
    pub label: Option<String>,
}

impl Account {
    pub(crate) fn of(row: &Row) -> Self {
        // Row ids are unique over all connectors, and the default account's outputs are under one name in each.
        let is_default = row.id == default_row(&row.connector_id);
        Self {
            id: if is_default {
                DEFAULT_ACCOUNT.to_owned()
            } else {
                row.id.clone()
            },
            name: row.name.clone(),
            label: row.label.clone(),
        }
    }

    pub(crate) fn default_one() -> Self {
        Self {
            id: DEFAULT_ACCOUNT.to_owned(),
            name: DEFAULT_ACCOUNT.to_owned(),
            label: None,
        }
    }
}

impl Account {
    /// The id of its row, which names it over all connectors.
    pub(crate) fn row_id(&self, connector_id: &str) -> String {
        if self.id == DEFAULT_ACCOUNT {
            default_row(connector_id)
        } else {
            self.id.clone()
        }
    }
}

/// The default account's row.
fn default_row(connector_id: &str) -> String {
    format!("{DEFAULT_ACCOUNT}@{connector_id}")
}

impl Studio {
    /// The account of this name, or the one in use. One that nobody has signed in to yet has no row.
    pub(crate) async fn account(
        &self,
        connector_id: &str,
        name: Option<&str>,
    ) -> Result<Account, StudioError> {
        let accounts = self.store().accounts();
        let row = match name {
            Some(name) => accounts.named(connector_id, name).await?,
            None => accounts.active(connector_id).await?,
        };
        Ok(match (row, name) {
            (Some(row), _) => Account::of(&row),
            (None, None | Some(DEFAULT_ACCOUNT)) => Account::default_one(),
            (None, Some(name)) => Account {
                id: Uuid::new_v4().to_string(),
                name: name.to_owned(),
                label: None,
            },
        })
    }

    /// The name of the account in use.
    pub async fn account_in_use(&self, connector_id: &str) -> Result<String, StudioError> {
        Ok(self.account(connector_id, None).await?.name)
    }

    /// Gives an account its row before anything is stored for it. Where another process was quicker, that one's.
    pub(crate) async fn account_with_row(
        &self,
        connector_id: &str,
        account: &Account,
    ) -> Result<Account, StudioError> {
        let accounts = self.store().accounts();
        if let Some(row) = accounts.named(connector_id, &account.name).await? {
            return Ok(Account::of(&row));
        }
        // The first one is the one in use, until somebody chooses another.
        self.default_account_row(connector_id).await?;
        if account.id == DEFAULT_ACCOUNT {
            return Ok(account.clone());
        }
        match accounts
            .create(&account.id, connector_id, &account.name)
            .await
        {
            Ok(row) => Ok(Account::of(&row)),
            Err(error @ StoreError::Taken { .. }) => {
                let row = accounts.named(connector_id, &account.name).await?;
                row.as_ref().map(Account::of).ok_or_else(|| error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn default_account_row(&self, connector_id: &str) -> Result<(), StudioError> {
        let accounts = self.store().accounts();
        let id = default_row(connector_id);
        if accounts
            .list(connector_id)
            .await?
            .iter()
            .any(|row| row.id == id)
        {
            return Ok(());
        }
        match accounts.create(&id, connector_id, DEFAULT_ACCOUNT).await {
            Ok(_) | Err(StoreError::Taken { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// What people call the accounts, by what their outputs are stored under.
    pub(crate) async fn account_names(
        &self,
        connector_id: &str,
    ) -> Result<HashMap<String, String>, StudioError> {
        let rows = self.store().accounts().list(connector_id).await?;
        let accounts = rows.iter().map(Account::of);
        Ok(accounts.map(|account| (account.id, account.name)).collect())
    }

    /// The row of an account that is there.
    async fn account_row(&self, connector_id: &str, name: &str) -> Result<Row, StudioError> {
        self.default_account_row(connector_id).await?;
        let row = self.store().accounts().named(connector_id, name).await?;
        row.ok_or_else(|| StudioError::AccountUnknown {
            name: name.to_owned(),
        })
    }
}
