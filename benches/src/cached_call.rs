//! `latchwork call` with cached outputs as a whole process, against curl.

use std::path::Path;
use std::time::Duration;

use latchwork_store::{KeySource, PassphraseCost, Store, StoreLocation, Vault};
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;

use crate::flow::flow_document;
use crate::harness::{Benchmark, Comparison, Fault, Findings, Program, Server, runtime};

/// How many times curl's time a call may take once the vault is unlocked.
const RATIO: f64 = 4.0;
const PASSPHRASE: &str = "a passphrase for benchmarks";
/// Next to no work: what is left of a process is all but the derivation.
const FREE: PassphraseCost = PassphraseCost {
    memory_kib: 8,
    iterations: 1,
    lanes: 1,
};

pub const BENCHMARK: Benchmark = Benchmark {
    name: "cached-call",
    about: "Whole processes, from start to exit, their output read: `latchwork call` with LATCHWORK_PASSPHRASE and \
            outputs in the cache, and `curl` with the same header, to the same server. The first line is the call once \
            the vault is unlocked: its data folder has a vault whose derivation is next to free (Argon2id with 8 KiB \
            and one pass), all else is as ever: the file read and checked, database and vault opened, the outputs \
            read and decrypted, the request made and answered. The second line is the same with the derivation that \
            every real vault has (19 MiB, two passes). The third is that derivation alone, in this process: opening \
            the vault at either cost.",
    run,
};

struct Desk {
    folder: TempDir,
    connector: String,
}

impl Desk {
    /// A data folder whose vault costs so much to open, with a connector that somebody is signed in to.
    fn new(origin: &str, cost: PassphraseCost) -> Result<Self, Fault> {
        let folder = tempfile::tempdir()?;
        let connector = folder.path().join("acme.connector.json");
        std::fs::write(&connector, flow_document(origin, 1).to_string())?;
        let desk = Self {
            connector: connector.display().to_string(),
            folder,
        };
        let source = KeySource::PassphraseAtCost(SecretString::from(PASSPHRASE), cost);
        runtime()?.block_on(async {
            let store = open_store(&desk.data_dir()).await?;
            drop(Vault::open(&store, source).await?);
            store.close().await;
            Ok::<_, Fault>(())
        })?;
        desk.latchwork(&["login"], &[])?.run()?;
        let answer = desk.latchwork(&["--json", "call"], &["me"])?.run()?;
        let answer: Value = serde_json::from_slice(&answer)?;
        if answer["auth"] != "cached" {
            return Err("the call did not use cached outputs".into());
        }
        Ok(desk)
    }

    fn data_dir(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// The program with this connector, in this folder.
    fn latchwork(&self, before: &[&str], after: &[&str]) -> Result<Program, Fault> {
        let home = self.folder.path().display().to_string();
        Ok(Program::latchwork()?
            .arguments(before.iter().copied())
            .arguments([self.connector.as_str()])
            .arguments(after.iter().copied())
            .environment("HOME", home)
            .environment("LATCHWORK_DATA_DIR", self.data_dir().display().to_string())
            .environment("LATCHWORK_PASSPHRASE", PASSPHRASE))
    }
}

async fn open_store(data_dir: &Path) -> Result<Store, Fault> {
    Ok(Store::open(StoreLocation::new(data_dir)).await?)
}

fn run() -> Result<Findings, Fault> {
    let server = Server::start(Duration::ZERO)?;
    let free = Desk::new(&server.origin(), FREE)?;
    let real = Desk::new(&server.origin(), PassphraseCost::DEFAULT)?;
    let curl = Program::curl()?.arguments([
        "--disable",
        "--silent",
        "--header",
        "Authorization: Bearer 9e3779b97f4a7c15",
        &format!("{}/me", server.origin()),
    ]);
    let (call, call_with_derivation) = (
        free.latchwork(&["call"], &["me"])?,
        real.latchwork(&["call"], &["me"])?,
    );
    let unlocked = Comparison::of("a cached call, vault unlocked", 100)
        .subject("latchwork call", || call.run())
        .peer("curl", || curl.run())?;
    let whole = Comparison::of("the same, with the key's derivation", 60)
        .subject("latchwork call", || call_with_derivation.run())
        .peer("curl", || curl.run())?;
    let derivation = derivation(&real, &free)?;
    let judged = vec![unlocked.at_most_times(RATIO)];
    Ok(Findings::of(vec![unlocked, whole, derivation]).judged(judged))
}

/// Opening the vault alone, at the real cost and at next to none.
fn derivation(real: &Desk, free: &Desk) -> Result<crate::harness::Measured, Fault> {
    let runtime = runtime()?;
    let (real, free) = runtime.block_on(async {
        Ok::<_, Fault>((
            open_store(&real.data_dir()).await?,
            open_store(&free.data_dir()).await?,
        ))
    })?;
    let open = |store: &Store| {
        let source = KeySource::Passphrase(SecretString::from(PASSPHRASE));
        Ok(runtime.block_on(Vault::open(store, source))?)
    };
    Comparison::of("the key's derivation alone", 60)
        .subject("Argon2id, 19 MiB, 2 passes", || open(&real))
        .peer("Argon2id, 8 KiB, 1 pass", || open(&free))
}
