//! What outputs are based on. If that is gone when they are to be stored, they come too late: a clear or a sign-in
//! meanwhile wins (F16).

use sqlx::{Sqlite, SqliteExecutor};

use crate::stamp::Stamp;
use crate::table::outputs::{CachedOutputs, Stored};
use crate::vault::{ActiveKey, Held, Vault};

/// What outputs are based on.
#[derive(Clone, Copy, Debug)]
pub enum Basis<'a> {
    /// A sign-in: nothing of its scope was cleared since it read this generation ([`super::Outputs::generation`]).
    SignIn(i64),
    /// A renewal: what it renewed is still what is stored.
    Renewal(&'a CachedOutputs),
}

impl Basis<'_> {
    pub(super) fn generation(self) -> i64 {
        match self {
            Self::SignIn(generation) => generation,
            Self::Renewal(base) => base.generation,
        }
    }
}

/// What the database has to say about one scope.
pub(crate) struct State {
    /// The connector's generation at the last clear of this scope.
    cleared: i64,
    /// The stored row's; nothing where there is no row.
    pub(super) revision: Option<i64>,
    pub(super) stamp: Vec<u8>,
}

impl State {
    pub(crate) async fn read<'e>(
        executor: impl SqliteExecutor<'e, Database = Sqlite>,
        connector_id: &str,
        scope: &str,
    ) -> Result<Self, sqlx::Error> {
        let with_others = cleared_with(scope);
        let row = sqlx::query!(
            r#"SELECT (SELECT max(generation) FROM output_clears WHERE connector_id = ?1 AND what IN (?2, ?3)) AS "cleared: i64",
               (SELECT revision FROM outputs WHERE connector_id = ?1 AND scope = ?2) AS "revision: i64",
               stamp FROM output_stamp"#,
            connector_id,
            scope,
            with_others
        )
        .fetch_one(executor)
        .await?;
        Ok(Self {
            cleared: row.cleared.unwrap_or_default(),
            revision: row.revision,
            stamp: row.stamp,
        })
    }

    /// The same where outputs are about to be stored, with the key that seals them, and the stamp changed. One statement
    /// for all: each goes to `SQLite`'s thread and back, while others wait for the lock. It is undone with the transaction.
    pub(super) async fn read_and_change_stamp<'e>(
        executor: impl SqliteExecutor<'e, Database = Sqlite>,
        connector_id: &str,
        scope: &str,
        stamp: &Stamp,
    ) -> Result<(Self, Option<ActiveKey>), sqlx::Error> {
        let with_others = cleared_with(scope);
        let bytes = stamp.as_slice();
        let row = sqlx::query!(
            r#"UPDATE output_stamp SET stamp = ?4 RETURNING
               (SELECT max(generation) FROM output_clears WHERE connector_id = ?1 AND what IN (?2, ?3)) AS "cleared: i64",
               (SELECT revision FROM outputs WHERE connector_id = ?1 AND scope = ?2) AS "revision: i64",
               (SELECT vault_id FROM vault WHERE id = 1) AS "vault_id: String",
               (SELECT active_key_id FROM vault WHERE id = 1) AS "key_id: i64""#,
            connector_id,
            scope,
            with_others,
            bytes
        )
        .fetch_one(executor)
        .await?;
        let state = Self {
            cleared: row.cleared.unwrap_or_default(),
            revision: row.revision,
            stamp: stamp.to_vec(),
        };
        let active = row.vault_id.zip(row.key_id);
        Ok((
            state,
            active.map(|(vault_id, key_id)| ActiveKey { vault_id, key_id }),
        ))
    }

    /// Whether something of this generation was cleared since.
    pub(super) fn was_cleared(&self, generation: i64) -> bool {
        generation < self.cleared
    }
}

/// What a scope is cleared with, beside alone.
fn cleared_with(scope: &str) -> &'static str {
    if scope == "shared" {
        "shared"
    } else {
        "accounts"
    }
}

/// A basis, as it is asked of the database.
pub(crate) struct Expected {
    generation: i64,
    row: ExpectedRow,
}

enum ExpectedRow {
    /// Any row, or none.
    Any,
    /// One of these (nothing: no row).
    OneOf([Option<i64>; 2]),
    /// This one, while it is newer than the row that what is held in memory takes the place of.
    NewerThanHeld { row: i64, held: Held },
}

impl Expected {
    /// To be called once nobody else can write: what is held in memory may be stored at any time before.
    pub(crate) fn of(basis: Basis<'_>, connector_id: &str, scope: &str, vault: &Vault) -> Self {
        let row = match basis {
            Basis::SignIn(_) => ExpectedRow::Any,
            Basis::Renewal(base) => match vault.held().get(connector_id, scope) {
                None => ExpectedRow::OneOf([Some(base.revision); 2]),
                Some(held) if held.outputs.revision == base.revision => {
                    return Self::of_held(&held);
                }
                Some(held) => ExpectedRow::NewerThanHeld {
                    row: base.revision,
                    held,
                },
            },
        };
        Self {
            generation: basis.generation(),
            row,
        }
    }

    /// What is held counts while the row is the one that it takes the place of, or has become it.
    pub(super) fn of_held(held: &Held) -> Self {
        Self {
            generation: held.outputs.generation,
            row: ExpectedRow::OneOf([held.base, Some(held.outputs.revision)]),
        }
    }

    /// Whether the basis still stands.
    pub(crate) fn judge(&self, state: &State) -> Stored {
        if state.was_cleared(self.generation) {
            return Stored::ClearedMeanwhile;
        }
        let stands = match &self.row {
            ExpectedRow::Any => true,
            ExpectedRow::OneOf(rows) => rows.contains(&state.revision),
            ExpectedRow::NewerThanHeld { row, held } => {
                state.revision == Some(*row) && Self::of_held(held).judge(state) != Stored::Yes
            }
        };
        match state.revision {
            _ if stands => Stored::Yes,
            Some(_) => Stored::ReplacedMeanwhile,
            None => Stored::ClearedMeanwhile,
        }
    }
}
