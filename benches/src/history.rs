//! *Test auth steps* in the studio, against a provider that takes its time, and reqwest by hand beside it.

use std::sync::Arc;
use std::time::Duration;

use latchwork_studio::wire::RunWhat;
use latchwork_studio::{KeyChoice, RunStart, RunUpdate, Studio, StudioOptions};
use tokio::sync::mpsc::unbounded_channel;

use crate::flow::flow_document;
use crate::harness::{
    Benchmark, Comparison, Fault, Findings, Measured, Server, client, flow_by_hand, runtime,
};

/// How long the provider takes for each answer.
const ANSWER: Duration = Duration::from_millis(5);
/// How many times reqwest's time the studio may take.
const RATIO: f64 = 1.15;

pub const BENCHMARK: Benchmark = Benchmark {
    name: "history",
    about: "The same flow as `flow` against a server that takes 5 ms for each answer. The studio's side is what \
            Test auth steps does (`Studio::run_start`): the document read and checked, the run, every event told \
            to a window, then the outcome, the outputs (sealed) and the run's history stored in SQLite; the end is \
            the event after that. Studio, vault and connections are open. The peer is reqwest by hand, which stores \
            nothing. Times are those of a whole flow.",
    run,
};

fn run() -> Result<Findings, Fault> {
    let server = Server::start(ANSWER)?;
    let measured = vec![
        compare(&server, 1, 200)?,
        compare(&server, 10, 60)?,
        compare(&server, 200, 4)?,
    ];
    let judged = measured
        .iter()
        .map(|measured| measured.at_most_times(RATIO))
        .collect();
    Ok(Findings::of(measured).judged(judged))
}

fn compare(server: &Server, steps: usize, rounds: usize) -> Result<Measured, Fault> {
    let runtime = runtime()?;
    let origin = server.origin();
    let folder = tempfile::tempdir()?;
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for benchmarks".to_owned()),
    };
    let document = flow_document(&origin, steps).to_string();
    let (studio, connector) = runtime.block_on(async {
        let studio = Arc::new(Studio::open(options).await?);
        let connector = studio.connector_import_text(&document).await?;
        Ok::<_, Fault>((studio, connector))
    })?;
    let client = client()?;
    let measured = Comparison::of(format!("a flow of {steps}, 5 ms an answer"), rounds)
        .subject("studio, history stored", || {
            runtime.block_on(test_auth_steps(&studio, &connector.id, &connector.document))
        })
        .peer("reqwest by hand", || {
            runtime.block_on(flow_by_hand(&client, &origin, steps))
        })?;
    let runs = runtime.block_on(studio.run_list(&connector.id))?;
    if runs.is_empty() || runs.iter().any(|run| !run.ok) {
        return Err("the history does not hold the runs".into());
    }
    Ok(measured)
}

/// Runs the flow as the window does, until it hears that the run is over.
async fn test_auth_steps(studio: &Arc<Studio>, id: &str, document: &str) -> Result<(), Fault> {
    let (sender, mut updates) = unbounded_channel();
    let request = RunStart {
        connector_id: id.to_owned(),
        document: document.to_owned(),
        what: RunWhat::AuthSteps,
        keep_answers: true,
        account: None,
    };
    studio
        .run_start(request, move |update| sender.send(update).is_ok())
        .await?;
    while let Some(update) = updates.recv().await {
        if let RunUpdate::RunFinished { ok, error, .. } = update {
            return match error {
                Some(error) => Err(error.message.into()),
                None if ok => Ok(()),
                None => Err("the run failed".into()),
            };
        }
    }
    Err("the run ended without a word".into())
}
