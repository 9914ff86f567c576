//! Reading cached outputs out of a store with few and with many rows.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::CachedOutputs;
use latchwork_store::{
    CachedOutputs as Opened, KeySource, NewOutputs, PassphraseCost, Scope, Store, StoreLocation,
    Vault,
};
use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::harness::{Benchmark, Comparison, Fault, Findings, Judged, runtime};

const FEW: usize = 100;
const MANY: usize = 10_000;
/// How long a read may take.
const READ: Duration = Duration::from_micros(15);
/// How many times the time of a read among few rows a read among a hundred times as many may take: constant, but for
/// what no longer fits into the processor's caches. Linear would be 100.
const GROWTH: f64 = 3.0;
/// Reads in a round: one alone is too short for a clock.
const READS: usize = 1_000;
const PASSPHRASE: &str = "a passphrase for benchmarks";
const FINGERPRINT: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

pub const BENCHMARK: Benchmark = Benchmark {
    name: "cached-outputs",
    about: "One account's outputs (a login and a token, about 700 bytes of JSON) read by connector, account and \
            fingerprint, all over 10,000 rows and all over 100. From memory: rows that this process has read before; \
            the store looks at the stamp file that every process keeps, and gives the decrypted bytes; the second \
            line reads them as outputs too (JSON). First read: a row that this process has not read yet, with store \
            and vault open: fetched from SQLite on its own thread, decrypted, kept. First read in a process: that, with \
            the database and the vault opened before it, the key's derivation made next to free.",
    run,
};

/// A store of so many rows, and its vault.
struct Shelf {
    store: Store,
    vault: Vault,
    rows: usize,
    next: usize,
    folder: TempDir,
}

impl Shelf {
    async fn of(rows: usize) -> Result<Self, Fault> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(StoreLocation::new(folder.path().join("data"))).await?;
        let vault = Vault::open(&store, key()).await?;
        for row in 0..rows {
            let json = outputs(row);
            let new = NewOutputs {
                fingerprint: FINGERPRINT,
                json: json.as_bytes(),
                expires_at: Some(4_102_444_800),
            };
            store
                .outputs()
                .write(&connector(row), Scope::Account("default"), new, 0, &vault)
                .await?;
        }
        // As a process has it that did not write them: nothing is open in memory.
        let vault = Vault::open(&store, key()).await?;
        Ok(Self {
            store,
            vault,
            rows,
            next: 0,
            folder,
        })
    }

    /// A row elsewhere than the last one. It comes by every row before it comes by one again.
    fn next_row(&mut self) -> usize {
        // Coprime to the numbers of rows, and far from small.
        self.next = (self.next + 7_919) % self.rows;
        self.next
    }

    async fn read(&self, row: usize) -> Result<Arc<Opened>, Fault> {
        let scope = Scope::Account("default");
        let found = self
            .store
            .outputs()
            .read(&connector(row), scope, FINGERPRINT, &self.vault)
            .await?;
        found.ok_or_else(|| format!("row {row} is not there").into())
    }

    async fn read_all(&self) -> Result<(), Fault> {
        for row in 0..self.rows {
            self.read(row).await?;
        }
        Ok(())
    }
}

fn key() -> KeySource {
    let cost = PassphraseCost {
        memory_kib: 8,
        iterations: 1,
        lanes: 1,
    };
    KeySource::PassphraseAtCost(SecretString::from(PASSPHRASE), cost)
}

fn connector(row: usize) -> String {
    format!("8c7b1f60-5d1e-4c55-9a57-{row:012}")
}

fn outputs(row: usize) -> String {
    let token = format!(
        "{:064x}",
        (row as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    );
    json!({
        "outputs": {
            "login": {
                "body": { "token": token, "expires_in": 3600, "user": { "id": row, "email": "ada@latchwork.example" } },
                "headers": { "content-type": "application/json", "cache-control": "no-store", "x-request-id": token },
                "status": 200,
                "cookies": {},
            },
            "exchange": {
                "body": { "access_token": token, "refresh_token": token, "token_type": "Bearer", "scope": "read write" },
                "headers": { "content-type": "application/json", "cache-control": "no-store" },
                "status": 200,
                "cookies": {},
            },
        },
        "expires_at": 4_102_444_800_u64,
    })
    .to_string()
}

fn run() -> Result<Findings, Fault> {
    let runtime = runtime()?;
    let (mut many, mut few) = runtime
        .block_on(async { Ok::<_, Fault>((Shelf::of(MANY).await?, Shelf::of(FEW).await?)) })?;

    let first = Comparison::of("first read of a row", FEW - 2)
        .subject("10,000 rows", || first_read(&runtime, &mut many))
        .peer("100 rows", || first_read(&runtime, &mut few))?;
    let (many_folder, few_folder) = (&many.folder, &few.folder);
    let process = Comparison::of("first read in a process", 60)
        .subject("10,000 rows", || read_anew(&runtime, many_folder))
        .peer("100 rows", || read_anew(&runtime, few_folder))?;
    runtime.block_on(async {
        many.read_all().await?;
        few.read_all().await
    })?;
    let bytes = Comparison::of("from memory", 200)
        .each_of(READS)
        .subject("10,000 rows", || reads(&runtime, &mut many, false))
        .peer("100 rows", || reads(&runtime, &mut few, false))?;
    let parsed = Comparison::of("from memory, read as outputs", 200)
        .each_of(READS)
        .subject("10,000 rows", || reads(&runtime, &mut many, true))
        .peer("100 rows", || reads(&runtime, &mut few, true))?;
    let judged = vec![
        bytes.within(READ),
        parsed.within(READ),
        Judged::ratio(
            "constant: from memory, 10,000 rows to 100",
            bytes.ratio(),
            GROWTH,
        ),
        Judged::ratio(
            "constant: first read of a row, 10,000 rows to 100",
            first.ratio(),
            GROWTH,
        ),
    ];
    Ok(Findings::of(vec![bytes, parsed, first, process]).judged(judged))
}

fn first_read(runtime: &Runtime, shelf: &mut Shelf) -> Result<Arc<Opened>, Fault> {
    let row = shelf.next_row();
    runtime.block_on(shelf.read(row))
}

/// Opens the database and the vault, and reads one row.
fn read_anew(runtime: &Runtime, folder: &TempDir) -> Result<(Arc<Opened>, Store), Fault> {
    runtime.block_on(async {
        let store = Store::open(StoreLocation::new(folder.path().join("data"))).await?;
        let vault = Vault::open(&store, key()).await?;
        let found = store
            .outputs()
            .read(
                &connector(7),
                Scope::Account("default"),
                FINGERPRINT,
                &vault,
            )
            .await?;
        Ok((found.ok_or("row 7 is not there")?, store))
    })
}

fn reads(runtime: &Runtime, shelf: &mut Shelf, parse: bool) -> Result<(), Fault> {
    runtime.block_on(async {
        for _ in 0..READS {
            let row = shelf.next_row();
            let opened = shelf.read(row).await?;
            if parse {
                black_box(serde_json::from_slice::<CachedOutputs>(opened.json())?);
            }
            black_box(opened);
        }
        Ok(())
    })
}
