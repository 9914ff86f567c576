//! *Test auth steps*: the auth flow as it stands, then the test request. It reads no cache and stores nothing.

use std::time::Instant;

use latchwork_engine::{Engine, Fault, FlowPart, Host, LeftBehind, RunEvent, RunFailure, RunInput};
use latchwork_model::Connector;
use uuid::Uuid;

/// How a run ended.
#[derive(Clone, Debug)]
pub struct RunOutcome {
    /// The run's id.
    pub run: String,
    /// When it began, in Unix seconds.
    pub started_at: i64,
    /// Wall time.
    pub duration_ms: u64,
    /// Why it failed, masked.
    pub fault: Option<Fault>,
}

impl RunOutcome {
    /// Whether all of it worked.
    pub const fn is_ok(&self) -> bool {
        self.fault.is_none()
    }
}

/// Runs the auth flow, then the test request, and tells the host from `run_started` to `run_finished`. With `until` it
/// ends after that step.
pub async fn test_connector(
    engine: &Engine,
    connector: &Connector,
    input: RunInput,
    until: Option<&str>,
    host: &dyn Host,
) -> RunOutcome {
    let run = Uuid::new_v4().to_string();
    told_run(engine, run, host, async {
        let mut run = engine.run(connector, input, host)?;
        if let Some(step) = until {
            let nothing_left = LeftBehind::default();
            return run
                .auth_flow_part(FlowPart::Only(step), &nothing_left)
                .await;
        }
        run.auth_flow().await?;
        run.test().await?;
        Ok(())
    })
    .await
}

/// Puts `run_started` and `run_finished` around a run.
pub(crate) async fn told_run(
    engine: &Engine,
    run: String,
    host: &dyn Host,
    work: impl Future<Output = Result<(), RunFailure>>,
) -> RunOutcome {
    let started = Instant::now();
    let started_at = engine.now();
    host.tell(RunEvent::RunStarted { run: run.clone() });
    let fault = work.await.err().map(|failure| failure.fault);
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    host.tell(RunEvent::RunFinished {
        ok: fault.is_none(),
        duration_ms,
        error: fault.clone(),
    });
    RunOutcome {
        run,
        started_at,
        duration_ms,
        fault,
    }
}
