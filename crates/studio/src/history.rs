//! The run history: what happened, masked, bounded by the store.

use latchwork_engine::RunEvent;
use latchwork_store::RunRecord as StoredRun;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::testing::RunOutcome;
use crate::wire::{RunSummary, RunUpdate, RunWhat};

/// A run of the command line, for the history.
#[derive(Clone, Debug)]
pub struct RunRecord {
    pub(crate) run: String,
    pub(crate) what: RunWhat,
    pub(crate) started_at: i64,
    pub(crate) duration_ms: u64,
    pub(crate) ok: bool,
    pub(crate) updates: Vec<RunUpdate>,
}

impl RunRecord {
    /// A test of the auth steps, or of those until one, with its masked events.
    pub fn test(outcome: &RunOutcome, until: Option<&str>, events: Vec<RunEvent>) -> Self {
        let what = until.map_or(RunWhat::AuthSteps, |step| RunWhat::Step {
            step: step.to_owned(),
        });
        let started = RunUpdate::RunStarted {
            run: outcome.run.clone(),
            what: what.clone(),
            started_at: outcome.started_at,
        };
        Self {
            run: outcome.run.clone(),
            what,
            started_at: outcome.started_at,
            duration_ms: outcome.duration_ms,
            ok: outcome.is_ok(),
            updates: std::iter::once(started)
                .chain(events.into_iter().filter_map(RunUpdate::of))
                .collect(),
        }
    }
}

impl Studio {
    /// Keeps a run of the command line, where its connector is in the library.
    pub async fn record_run(&self, connector_id: &str, record: &RunRecord) {
        let RunRecord {
            run,
            what,
            started_at,
            duration_ms,
            ok,
            updates,
        } = record;
        self.keep_history(
            run,
            connector_id,
            what,
            *started_at,
            *duration_ms,
            *ok,
            updates,
            None,
        )
        .await;
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    pub(crate) async fn keep_history(
        &self,
        run: &str,
        connector_id: &str,
        what: &RunWhat,
        started_at: i64,
        duration_ms: u64,
        ok: bool,
        updates: &[RunUpdate],
        tested_hash: Option<&str>,
    ) {
        let (Ok(what), Ok(events)) = (serde_json::to_string(what), serde_json::to_string(updates))
        else {
            return;
        };
        let record = StoredRun {
            id: run,
            connector_id,
            what: &what,
            started_at,
            duration_ms: i64::try_from(duration_ms).unwrap_or(i64::MAX),
            ok,
            events: &events,
            tested_hash,
        };
        // A history that cannot be written costs nobody the run.
        crate::studio::note(self.store().runs().record(record).await.map_err(Into::into));
    }

    /// A connector's last runs, newest first.
    pub async fn run_list(&self, connector_id: &str) -> Result<Vec<RunSummary>, StudioError> {
        let runs = self.store().runs().list(connector_id).await?;
        Ok(runs
            .into_iter()
            .map(|run| RunSummary {
                run: run.id,
                started_at: run.started_at,
                what: serde_json::from_str(&run.what).unwrap_or(RunWhat::AuthSteps),
                ok: run.ok,
                duration_ms: u64::try_from(run.duration_ms).unwrap_or_default(),
            })
            .collect())
    }

    /// What happened in a past run, masked.
    pub async fn run_get(&self, run: &str) -> Result<Vec<RunUpdate>, StudioError> {
        let events = self.store().runs().events(run).await?;
        Ok(serde_json::from_str(&events).unwrap_or_default())
    }
}
