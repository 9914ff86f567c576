//! A page of the library and a search in it, among 10,000 connectors and among 100.

use std::time::Duration;

use latchwork_model::{Connector, ConnectorKind, write_connector};
use latchwork_store::{ConnectorContent, Store, StoreLocation};
use latchwork_studio::{ConnectorPage, KeyChoice, Studio, StudioOptions};
use serde_json::json;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::harness::{Benchmark, Comparison, Fault, Findings, Measured, runtime};

const FEW: usize = 100;
const MANY: usize = 10_000;
/// A frame of a screen that draws sixty a second.
const FRAME: Duration = Duration::from_millis(16);
const ROUNDS: usize = 200;

pub const BENCHMARK: Benchmark = Benchmark {
    name: "library",
    about: "What the list of connectors asks of the core (`Studio::connector_page`): a hundred of them by name with what \
            a row shows, and how many there are; among 10,000 connectors of 6 KB each, and among 100. A search that \
            finds all, one by name that finds one, one by address that finds some, one that finds none, and the last \
            page. The window draws those rows of a page that are on the screen.",
    run,
};

/// A studio with so many connectors.
struct Library {
    studio: Studio,
    _folder: TempDir,
}

impl Library {
    async fn of(count: usize) -> Result<Self, Fault> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("data");
        let store = Store::open(StoreLocation::new(data.clone())).await?;
        for number in 0..count {
            // As the studio stores one; by way of it, ten thousand would take minutes.
            let name = format!("Connector {number:05}");
            let address = format!("https://api-{number:05}.acme.example/v1");
            let mut connector = Connector::new(&name, ConnectorKind::Rest, &address);
            connector.id = Some(Uuid::from_u128(number as u128 + 1));
            connector.description = Some("What it is for. ".repeat(360));
            let summary = json!({
                "kind": "rest", "base_url": address, "auth_method": "none", "step_count": 0, "endpoint_count": 0,
                "hash": format!("{number:064x}"),
            })
            .to_string();
            let document = write_connector(&connector);
            let content = ConnectorContent {
                name: &name,
                document: &document,
                summary: &summary,
                file: None,
            };
            store.connectors().create(&connector.key(), content).await?;
        }
        store.close().await;
        let options = StudioOptions {
            data_dir: Some(data),
            key: KeyChoice::Passphrase("a passphrase for benchmarks".to_owned()),
        };
        Ok(Self {
            studio: Studio::open(options).await?,
            _folder: folder,
        })
    }

    /// The page; it is the one that was meant.
    async fn page(&self, query: &str, offset: u32, total: u32) -> Result<ConnectorPage, Fault> {
        let page = self.studio.connector_page(query, offset).await?;
        let rows = page.connectors.len();
        let expected = total.saturating_sub(offset).min(100) as usize;
        if page.total != total || rows != expected {
            return Err(format!("`{query}` found {} and gave {rows}", page.total).into());
        }
        Ok(page)
    }
}

fn run() -> Result<Findings, Fault> {
    let runtime = runtime()?;
    let (many, few) = runtime
        .block_on(async { Ok::<_, Fault>((Library::of(MANY).await?, Library::of(FEW).await?)) })?;
    let mut measured = Vec::new();
    for (what, query, in_many, in_few) in [
        ("the first page", "", (0, 10_000), (0, 100)),
        ("the last page", "", (9_900, 10_000), (0, 100)),
        ("a search that finds all", "acme", (0, 10_000), (0, 100)),
        ("a search by name", "tor 00042", (0, 1), (0, 1)),
        ("a search by address", "api-0004", (0, 10), (0, 10)),
        ("a search that finds none", "harbour", (0, 0), (0, 0)),
    ] {
        measured.push(compare(
            &runtime,
            what,
            query,
            (&many, in_many),
            (&few, in_few),
        )?);
    }
    let judged = measured
        .iter()
        .map(|measured| measured.within(FRAME))
        .collect();
    Ok(Findings::of(measured).judged(judged))
}

fn compare(
    runtime: &Runtime,
    what: &str,
    query: &str,
    (many, (many_offset, many_total)): (&Library, (u32, u32)),
    (few, (few_offset, few_total)): (&Library, (u32, u32)),
) -> Result<Measured, Fault> {
    Comparison::of(what, ROUNDS)
        .subject("10,000 connectors", || {
            runtime.block_on(many.page(query, many_offset, many_total))
        })
        .peer("100 connectors", || {
            runtime.block_on(few.page(query, few_offset, few_total))
        })
}
