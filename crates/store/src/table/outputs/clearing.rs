//! Clearing cached outputs: rows go, with all that is known of their sessions, the generation counts up, what was
//! cleared is noted under it, and the stamp changes, in one transaction.

use crate::error::StoreError;
use crate::stamp;
use crate::store::{Store, Write};
use crate::table::outputs::{Cleared, Scope};

/// Clears in a transaction, and counts the generation up.
pub(super) async fn clear(
    store: &Store,
    write: &mut Write,
    connector_id: &str,
    what: Cleared<'_>,
) -> Result<u64, StoreError> {
    let fault = |error| store.fault(error);
    let (one, all_accounts, shared) = match what {
        Cleared::Account(id) => (Scope::Account(id).text(), false, false),
        Cleared::Accounts => (String::new(), true, false),
        Cleared::Shared => (String::new(), false, true),
        Cleared::Everything => (String::new(), true, true),
    };
    let cleared = sqlx::query!(
        "DELETE FROM outputs WHERE connector_id = ?1 AND (scope = ?2 OR (?3 AND scope <> 'shared') OR (?4 AND scope = 'shared'))",
        connector_id,
        one,
        all_accounts,
        shared
    )
    .execute(&mut **write)
    .await
    .map_err(fault)?;
    for gone in [
        sqlx::query!(
            "DELETE FROM refresh_attempts WHERE connector_id = ?1 AND (scope = ?2 OR (?3 AND scope <> 'shared') OR (?4 AND scope = 'shared'))",
            connector_id,
            one,
            all_accounts,
            shared
        ),
        sqlx::query!(
            "DELETE FROM needs_you WHERE connector_id = ?1 AND (scope = ?2 OR (?3 AND scope <> 'shared') OR (?4 AND scope = 'shared'))",
            connector_id,
            one,
            all_accounts,
            shared
        ),
        // What is cleared now covers these.
        sqlx::query!(
            "DELETE FROM output_clears WHERE connector_id = ?1 AND (what = ?2 OR (?3 AND what <> 'shared') OR (?4 AND what = 'shared'))",
            connector_id,
            one,
            all_accounts,
            shared
        ),
    ] {
        gone.execute(&mut **write).await.map_err(fault)?;
    }
    let generation = sqlx::query_scalar!(
        "INSERT INTO output_generations (connector_id, generation) VALUES (?, 1)
         ON CONFLICT (connector_id) DO UPDATE SET generation = generation + 1 RETURNING generation",
        connector_id
    )
    .fetch_one(&mut **write)
    .await
    .map_err(fault)?;
    let covered = match what {
        Cleared::Account(_) => vec![one.as_str()],
        Cleared::Accounts => vec!["accounts"],
        Cleared::Shared => vec!["shared"],
        Cleared::Everything => vec!["accounts", "shared"],
    };
    for what in covered {
        sqlx::query!(
            "INSERT INTO output_clears (connector_id, what, generation) VALUES (?, ?, ?)",
            connector_id,
            what,
            generation
        )
        .execute(&mut **write)
        .await
        .map_err(fault)?;
    }
    change_stamp(store, write).await?;
    Ok(cleared.rows_affected())
}

/// For the deletion of a connector, in its transaction.
pub(crate) async fn forget_connector(
    store: &Store,
    write: &mut Write,
    connector_id: &str,
) -> Result<(), StoreError> {
    clear(store, write, connector_id, Cleared::Everything)
        .await
        .map(drop)
}

/// For the deletion of an account, in its transaction.
pub(crate) async fn forget_account(
    store: &Store,
    write: &mut Write,
    connector_id: &str,
    account_id: &str,
) -> Result<(), StoreError> {
    clear(store, write, connector_id, Cleared::Account(account_id))
        .await
        .map(drop)
}

/// For giving up a vault, in its transaction.
pub(crate) async fn forget_all_outputs(store: &Store, write: &mut Write) -> Result<(), StoreError> {
    let fault = |error| store.fault(error);
    sqlx::query!(
        "INSERT INTO output_generations (connector_id, generation) SELECT DISTINCT connector_id, 0 FROM outputs WHERE true
         ON CONFLICT (connector_id) DO NOTHING"
    )
    .execute(&mut **write)
    .await
    .map_err(fault)?;
    for statement in [
        sqlx::query!("UPDATE output_generations SET generation = generation + 1"),
        sqlx::query!("DELETE FROM output_clears"),
        sqlx::query!(
            "INSERT INTO output_clears (connector_id, what, generation)
             SELECT connector_id, what, generation FROM output_generations,
             (SELECT 'accounts' AS what UNION ALL SELECT 'shared')"
        ),
        sqlx::query!("DELETE FROM outputs"),
        sqlx::query!("DELETE FROM refresh_attempts"),
        sqlx::query!("DELETE FROM needs_you"),
    ] {
        statement.execute(&mut **write).await.map_err(fault)?;
    }
    change_stamp(store, write).await
}

/// The last thing before the commit of whatever changes outputs or generations.
pub(crate) async fn change_stamp(store: &Store, write: &mut Write) -> Result<(), StoreError> {
    let stamp = stamp::random()?;
    let bytes = stamp.as_slice();
    sqlx::query!("UPDATE output_stamp SET stamp = ?", bytes)
        .execute(&mut **write)
        .await
        .map_err(|error| store.fault(error))?;
    store.stamp().write(&stamp)
}
