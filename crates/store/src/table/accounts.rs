//! `accounts`: the sets of credentials of a connector, one of them active. Every change of them changes the stamp of
//! sessions: whose session a call uses is looked up before each.

mod kept;

use std::sync::Arc;

use crate::error::{SqliteFault, StoreError};
use crate::stamp::Stamp;
use crate::store::{Durability, Store, Write};
use crate::table::outputs::{Scope, change_stamp, forget_account};
use crate::table::{app_accounts, bounded};

pub(crate) use kept::KeptAccounts;

/// One set of credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// The connector it signs in to.
    pub connector_id: String,
    /// Its name, unique in the connector.
    pub name: String,
    /// Whether it is the one in use.
    pub active: bool,
    /// Unix seconds.
    pub created_at: i64,
    /// Who it is in the provider's words: an e-mail address, a user name.
    pub label: Option<String>,
}

/// The table `accounts`.
pub struct Accounts<'a> {
    store: &'a Store,
}

impl Store {
    /// The accounts of connectors.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts { store: self }
    }
}

impl Accounts<'_> {
    /// All accounts of the connector, by age. Out of memory where no session and no account of any process has changed
    /// since.
    pub async fn list(&self, connector_id: &str) -> Result<Arc<[Account]>, StoreError> {
        let stamp = self.store.stamp().read();
        if let Some(kept) =
            stamp.and_then(|stamp| self.store.kept_accounts().get(connector_id, &stamp))
        {
            return Ok(kept);
        }
        let rows = sqlx::query!(
            r#"SELECT stamp, accounts.id AS "id?", name AS "name?", active AS "active?: bool", created_at AS "created_at?", label
               FROM output_stamp LEFT JOIN accounts ON connector_id = ? ORDER BY created_at, accounts.rowid"#,
            connector_id
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        // Of the same snapshot as the accounts.
        let snapshot = rows
            .first()
            .and_then(|row| Stamp::try_from(row.stamp.as_slice()).ok());
        let accounts: Arc<[Account]> = rows
            .into_iter()
            .filter_map(|row| {
                Some(Account {
                    id: row.id?,
                    connector_id: connector_id.to_owned(),
                    name: row.name?,
                    active: row.active?,
                    created_at: row.created_at?,
                    label: row.label,
                })
            })
            .collect();
        if let Some(snapshot) = snapshot {
            let accounts = Arc::clone(&accounts);
            self.store
                .kept_accounts()
                .put(connector_id, snapshot, accounts);
        }
        Ok(accounts)
    }

    /// The one in use.
    pub async fn active(&self, connector_id: &str) -> Result<Option<Account>, StoreError> {
        let accounts = self.list(connector_id).await?;
        Ok(accounts.iter().find(|account| account.active).cloned())
    }

    /// The one with this name.
    pub async fn named(
        &self,
        connector_id: &str,
        name: &str,
    ) -> Result<Option<Account>, StoreError> {
        let accounts = self.list(connector_id).await?;
        Ok(accounts
            .iter()
            .find(|account| account.name == name)
            .cloned())
    }

    /// Adds an account. A connector's first one is active.
    pub async fn create(
        &self,
        id: &str,
        connector_id: &str,
        name: &str,
    ) -> Result<Account, StoreError> {
        let now = self.store.now();
        let mut write = self.store.begin(Durability::Full).await?;
        let account = sqlx::query_as!(
            Account,
            r#"INSERT INTO accounts (id, connector_id, name, active, created_at)
               VALUES (?1, ?2, ?3, NOT EXISTS (SELECT 1 FROM accounts WHERE connector_id = ?2 AND active = 1), ?4)
               RETURNING id, connector_id, name, active AS "active: bool", created_at, label"#,
            id,
            connector_id,
            name,
            now
        )
        .fetch_one(&mut *write)
        .await
        .map_err(|error| self.taken(error, name))?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await?;
        Ok(account)
    }

    /// Gives it another name, which no other account of its connector may have.
    pub async fn rename(&self, id: &str, name: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let renamed = sqlx::query!("UPDATE accounts SET name = ?2 WHERE id = ?1", id, name)
            .execute(&mut *write)
            .await
            .map_err(|error| self.taken(error, name))?;
        must_be_there(renamed.rows_affected(), id)?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await
    }

    /// Notes who it is in the provider's words, or that this is not known. Text beyond 1 KiB is cut.
    pub async fn set_label(&self, id: &str, label: Option<&str>) -> Result<(), StoreError> {
        let label = label.map(bounded);
        let mut write = self.store.begin(Durability::Full).await?;
        let labelled = sqlx::query!("UPDATE accounts SET label = ?2 WHERE id = ?1", id, label)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        must_be_there(labelled.rows_affected(), id)?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await
    }

    /// Makes it the one in use.
    pub async fn activate(&self, id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let connector_id = self.connector_of(&mut write, id).await?;
        let fault = |error| self.store.fault(error);
        sqlx::query!(
            "UPDATE accounts SET active = 0 WHERE connector_id = ?",
            connector_id
        )
        .execute(&mut *write)
        .await
        .map_err(fault)?;
        sqlx::query!("UPDATE accounts SET active = 1 WHERE id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await
    }

    /// Removes it with its cached outputs and all that is known of its session; apps that used it choose anew. The oldest of the others becomes active if it was.
    pub async fn delete(&self, id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let connector_id = self.connector_of(&mut write, id).await?;
        let fault = |error| self.store.fault(error);
        sqlx::query!("DELETE FROM accounts WHERE id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        sqlx::query!(
            "UPDATE accounts SET active = 1 WHERE rowid = (SELECT rowid FROM accounts WHERE connector_id = ?1
             ORDER BY created_at, rowid LIMIT 1) AND NOT EXISTS (SELECT 1 FROM accounts WHERE connector_id = ?1 AND active = 1)",
            connector_id
        )
        .execute(&mut *write)
        .await
        .map_err(fault)?;
        let scope = Scope::Account(id).text();
        sqlx::query!(
            "DELETE FROM session_activity WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .execute(&mut *write)
        .await
        .map_err(fault)?;
        app_accounts::forget_account(self.store, &mut write, id).await?;
        forget_account(self.store, &mut write, &connector_id, id).await?;
        self.store.commit(write).await
    }

    async fn connector_of(&self, write: &mut Write, id: &str) -> Result<String, StoreError> {
        sqlx::query_scalar!("SELECT connector_id FROM accounts WHERE id = ?", id)
            .fetch_optional(&mut **write)
            .await
            .map_err(|error| self.store.fault(error))?
            .ok_or_else(|| not_found(id))
    }

    fn taken(&self, error: sqlx::Error, name: &str) -> StoreError {
        match SqliteFault::of(&error) {
            SqliteFault::Unique => StoreError::Taken {
                what: "an account named",
                name: name.to_owned(),
            },
            _ => self.store.fault(error),
        }
    }
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "account",
        id: id.to_owned(),
    }
}

fn must_be_there(rows: u64, id: &str) -> Result<(), StoreError> {
    if rows == 0 {
        return Err(not_found(id));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
