//! `app_accounts`: which account an app uses of a connector, where a person chose one for it (PRODUCT K3). Where
//! nothing is chosen an app uses the account in use, which is not decided here.
//!
//! A change of it changes the stamp of sessions, as one of accounts does: it says whose session a call uses.

use crate::error::StoreError;
use crate::store::{Durability, Store, Write};
use crate::table::outputs::change_stamp;

/// The table `app_accounts`.
pub struct AppAccounts<'a> {
    store: &'a Store,
}

impl Store {
    /// The accounts that apps use.
    pub fn app_accounts(&self) -> AppAccounts<'_> {
        AppAccounts { store: self }
    }
}

impl AppAccounts<'_> {
    /// The account that the app uses of the connector, if one was chosen for it and is there.
    pub async fn get(
        &self,
        app_key: &str,
        connector_id: &str,
    ) -> Result<Option<String>, StoreError> {
        sqlx::query_scalar!(
            "SELECT account_id FROM app_accounts JOIN accounts ON accounts.id = account_id
             WHERE app_key = ? AND app_accounts.connector_id = ?",
            app_key,
            connector_id
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Chooses one of the connector's accounts for the app.
    pub async fn set(
        &self,
        app_key: &str,
        connector_id: &str,
        account_id: &str,
    ) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let chosen = sqlx::query!(
            "INSERT INTO app_accounts (app_key, connector_id, account_id)
             SELECT ?1, connector_id, id FROM accounts WHERE id = ?3 AND connector_id = ?2
             ON CONFLICT (app_key, connector_id) DO UPDATE SET account_id = excluded.account_id",
            app_key,
            connector_id,
            account_id
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        if chosen.rows_affected() == 0 {
            // Deleted by another window meanwhile, or another connector's.
            return Err(StoreError::NotFound {
                what: "account",
                id: account_id.to_owned(),
            });
        }
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await
    }

    /// Takes the choice back: the app uses the account in use again.
    pub async fn clear(&self, app_key: &str, connector_id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "DELETE FROM app_accounts WHERE app_key = ? AND connector_id = ?",
            app_key,
            connector_id
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await
    }
}

/// For the deletion of an app, in its transaction.
pub(super) async fn forget_app(
    store: &Store,
    write: &mut Write,
    app_key: &str,
) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM app_accounts WHERE app_key = ?", app_key)
        .execute(&mut **write)
        .await
        .map(drop)
        .map_err(|error| store.fault(error))
}

/// For the deletion of a connector, in its transaction.
pub(super) async fn forget_connector(
    store: &Store,
    write: &mut Write,
    connector_id: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM app_accounts WHERE connector_id = ?",
        connector_id
    )
    .execute(&mut **write)
    .await
    .map(drop)
    .map_err(|error| store.fault(error))
}

/// For the deletion of an account, in its transaction.
pub(super) async fn forget_account(
    store: &Store,
    write: &mut Write,
    account_id: &str,
) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM app_accounts WHERE account_id = ?", account_id)
        .execute(&mut **write)
        .await
        .map(drop)
        .map_err(|error| store.fault(error))
}

#[cfg(test)]
mod tests;
