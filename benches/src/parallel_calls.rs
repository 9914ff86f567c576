//! Calls with a cached session, sixteen at a time in one process, and reqwest by hand beside them.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use latchwork_engine::{FormAnswers, FormRequest, Host, RunEvent, RunInput, Unanswered};
use latchwork_model::{Connector, read_connector};
use latchwork_studio::{AuthSource, CallTarget, Caller, KeyChoice, Studio, StudioOptions};
use reqwest::Client;
use serde_json::Map;
use tokio::task::JoinSet;

use crate::flow::flow_document;
use crate::harness::{Benchmark, Comparison, Fault, Findings, Measured, Server, client, runtime};

/// How many at a time.
const PARALLEL: usize = 16;
/// How many each makes in a round.
const CALLS: usize = 25;
/// How long the provider takes for each answer.
const ANSWER: Duration = Duration::from_millis(5);
/// The share of reqwest's throughput that is wanted.
const SHARE: f64 = 0.75;

pub const BENCHMARK: Benchmark = Benchmark {
    name: "parallel-calls",
    about: "An endpoint called by sixteen tasks at a time with a session that is in the cache (`Studio::call`): \
            the outputs read, the request rendered, sent, its answer read, masked and told. Studio, vault and \
            connections are open. The peer is sixteen tasks of reqwest by hand with the same header. Times are those of \
            one call among all, at a server that takes 5 ms for an answer and at one that takes none; the target is 0.75 of reqwest's throughput.",
    run,
};

/// Nobody, who hears everything.
struct Nobody;

#[async_trait]
impl Host for Nobody {
    fn tell(&self, event: RunEvent) {
        std::hint::black_box(event);
    }

    async fn answer_form(&self, _form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        Err(Unanswered::Nobody)
    }
}

/// A studio that is signed in to a connector.
struct Desk {
    studio: Arc<Studio>,
    connector: Arc<Connector>,
    id: String,
}

impl Desk {
    async fn call(&self) -> Result<(), Fault> {
        let caller = Caller {
            connector_id: &self.id,
            connector: &self.connector,
            account: None,
            input: RunInput::default(),
            host: &Nobody,
        };
        let target = CallTarget::Endpoint {
            id: "me".to_owned(),
            inputs: Map::new(),
        };
        let outcome = Box::pin(self.studio.call(caller, &target)).await;
        match outcome.map_err(|error| error.to_string())? {
            (Some(answer), AuthSource::Cached) if answer.is_ok() => Ok(()),
            _ => Err("the call was not made with the cached session".into()),
        }
    }
}

fn run() -> Result<Findings, Fault> {
    let quick = compare("sixteen at a time, 5 ms an answer", ANSWER)?;
    let bare = compare("sixteen at a time, no time at all", Duration::ZERO)?;
    let judged = [&quick, &bare].map(|measured| measured.at_most_times(1.0 / SHARE));
    Ok(Findings::of(vec![quick, bare]).judged(judged.into()))
}

fn compare(name: &str, answer: Duration) -> Result<Measured, Fault> {
    let server = Server::start(answer)?;
    let runtime = runtime()?;
    let folder = tempfile::tempdir()?;
    let origin = server.origin();
    let desk = Arc::new(runtime.block_on(signed_in(folder.path(), &origin))?);
    let client = client()?;
    let address = format!("{origin}/me");
    Comparison::of(name, 40)
        .each_of(PARALLEL * CALLS)
        .subject("Studio::call", || {
            runtime.block_on(at_a_time(|| {
                let desk = Arc::clone(&desk);
                async move {
                    for _ in 0..CALLS {
                        desk.call().await?;
                    }
                    Ok(())
                }
            }))
        })
        .peer("reqwest by hand", || {
            runtime.block_on(at_a_time(|| by_hand(client.clone(), address.clone())))
        })
}

async fn signed_in(folder: &std::path::Path, origin: &str) -> Result<Desk, Fault> {
    let studio = Arc::new(
        Studio::open(StudioOptions {
            data_dir: Some(folder.join("data")),
            key: KeyChoice::Passphrase("a passphrase for benchmarks".to_owned()),
        })
        .await?,
    );
    let document = flow_document(origin, 1).to_string();
    let opened = studio.connector_import_text(&document).await?;
    let desk = Desk {
        connector: Arc::new(read_connector(&opened.document)?),
        id: opened.id,
        studio,
    };
    let caller = Caller {
        connector_id: &desk.id,
        connector: &desk.connector,
        account: None,
        input: RunInput::default(),
        host: &Nobody,
    };
    Box::pin(desk.studio.login(caller)).await?;
    Ok(desk)
}

/// Does this in so many tasks at a time.
async fn at_a_time<F: Future<Output = Result<(), Fault>> + Send + 'static>(
    work: impl Fn() -> F,
) -> Result<(), Fault> {
    let mut tasks = JoinSet::new();
    for _ in 0..PARALLEL {
        tasks.spawn(work());
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

async fn by_hand(client: Client, address: String) -> Result<(), Fault> {
    for _ in 0..CALLS {
        let response = client
            .get(&address)
            .header("authorization", "Bearer 9e3779b97f4a7c15")
            .send()
            .await?
            .error_for_status()?;
        std::hint::black_box(response.bytes().await?);
    }
    Ok(())
}
