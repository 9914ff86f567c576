//! Storing a renewed token, against the bare commit of the same bytes.

use std::path::Path;

use latchwork_store::{KeySource, NewOutputs, PassphraseCost, Scope, Store, StoreLocation, Vault};
use secrecy::SecretString;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, SqliteConnection};

use crate::harness::{Benchmark, Comparison, Fault, Findings, runtime};

/// How many times a bare commit's time a token's write may take.
const RATIO: f64 = 1.15;
const FINGERPRINT: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
/// About what a session of two steps is as JSON.
const SIZE: usize = 700;

pub const BENCHMARK: Benchmark = Benchmark {
    name: "token-write",
    about: "One account's outputs (700 bytes of JSON) stored with full durability: what is stored is looked at, they are \
            sealed, the attempt that led to them ends, the stamp that other processes watch \
            changes, and all of it is on the disk. The peer is a bare SQLite connection with the same settings \
            (WAL, synchronous=FULL) that replaces one row of the same size and commits.",
    run,
};

fn run() -> Result<Findings, Fault> {
    let runtime = runtime()?;
    let folder = tempfile::tempdir()?;
    let (store, vault, mut bare) = runtime.block_on(async {
        let store = Store::open(StoreLocation::new(folder.path().join("data"))).await?;
        let cost = PassphraseCost {
            memory_kib: 8,
            iterations: 1,
            lanes: 1,
        };
        let source = KeySource::PassphraseAtCost(SecretString::from("for benchmarks"), cost);
        let vault = Vault::open(&store, source).await?;
        Ok::<_, Fault>((store, vault, bare(folder.path()).await?))
    })?;
    let json = vec![b'x'; SIZE];
    let mut number = 0_i64;
    let measured = Comparison::of("a token is stored", 400)
        .subject("sealed, for all processes", || {
            runtime.block_on(store_token(&store, &vault, &json))
        })
        .peer("a bare commit", || {
            number += 1;
            runtime.block_on(commit(&mut bare, number, &json))
        })?;
    let judged = vec![measured.at_most_times(RATIO)];
    Ok(Findings::of(vec![measured]).judged(judged))
}

async fn store_token(store: &Store, vault: &Vault, json: &[u8]) -> Result<(), Fault> {
    let (id, scope) = (
        "8c7b1f60-5d1e-4c55-9a57-000000000000",
        Scope::Account("default"),
    );
    let new = NewOutputs {
        fingerprint: FINGERPRINT,
        json,
        expires_at: Some(4_102_444_800),
    };
    store.outputs().write(id, scope, new, 0, vault).await?;
    Ok(())
}

async fn bare(folder: &Path) -> Result<SqliteConnection, Fault> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    sqlx::query("CREATE TABLE outputs (id INTEGER PRIMARY KEY, sealed BLOB, at INTEGER) STRICT")
        .execute(&mut connection)
        .await?;
    Ok(connection)
}

async fn commit(connection: &mut SqliteConnection, number: i64, bytes: &[u8]) -> Result<(), Fault> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("INSERT OR REPLACE INTO outputs (id, sealed, at) VALUES (1, ?, ?)")
        .bind(bytes)
        .bind(number)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}
