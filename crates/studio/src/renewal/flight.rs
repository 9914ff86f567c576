//! One renewal, in the order that SAFETY sets: the lease, read again, the attempt, send, store.

use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::{RefreshReason, Run, RunEvent, RunFailure, RunInput};
use latchwork_store::{NewActivity, Scope};

use super::flights::Answer;
use super::keeper::Keeper;
use super::outcome::{Meaning, Outcome};
use super::relay::{Listener, RelayHost};
use super::whose::{Found, Whose};
use crate::error::StudioError;
use crate::sessions::Scopes;
use crate::studio::{Studio, note};

/// One renewal.
pub(super) struct Flight {
    pub studio: Arc<Studio>,
    pub whose: Whose,
    /// The session that is over.
    pub base: Found,
    pub reason: RefreshReason,
    pub input: RunInput,
    pub listener: Listener,
    pub answer: Answer,
}

/// What came of it, and how long its provider asked to be left alone.
type Landed = (Outcome, Option<Duration>);

impl Flight {
    /// Renews the session and answers everyone; how long the provider asked to be left alone.
    pub(super) async fn fly(self) -> Option<Duration> {
        match Box::pin(self.try_to_fly()).await {
            Ok((outcome, pause)) => {
                self.answer.give(outcome);
                pause
            }
            Err(error) => {
                self.answer.give(Outcome::fault(&error));
                None
            }
        }
    }

    async fn try_to_fly(&self) -> Result<Landed, StudioError> {
        let mut leases = Vec::new();
        for scope in self.whose.all_scopes() {
            let id = &self.whose.connector_id;
            leases.push(
                self.studio
                    .store()
                    .session_leases()
                    .acquire(id, scope)
                    .await?,
            );
        }
        let vault = self.studio.vault().await?;
        self.studio.store_held().await;
        loop {
            let Some(now) = self.studio.find_session(&self.whose).await? else {
                return Ok((self.told(Outcome::Gone), None));
            };
            if now.differs(&self.base) {
                // Whoever held the lease before has renewed it, or somebody has signed in: it is taken as it is (Z32b).
                let updated = Vec::new();
                let found = now;
                return Ok((self.told(Outcome::Renewed { found, updated }), None));
            }
            if self.reason != RefreshReason::Asked
                && let Some(words) = self.needs_you().await?
            {
                return Ok((self.told(Outcome::needs_you(&words)), None));
            }
            let keeper = Keeper::new(
                Arc::clone(&self.studio),
                self.whose.clone(),
                Arc::clone(&vault),
                now,
            );
            if let Some(tries) = keeper.note_attempt().await? {
                return self.send(Arc::new(keeper), tries).await;
            }
        }
    }

    /// Tells of a renewal that nothing was sent for.
    fn told(&self, outcome: Outcome) -> Outcome {
        self.listener.tell(RunEvent::RefreshStarted {
            reason: self.reason.text(),
        });
        self.listener.tell(outcome.event());
        outcome
    }

    /// Why only the person can bring the session back, where that is known: nothing is sent again then.
    async fn needs_you(&self) -> Result<Option<String>, StudioError> {
        for scope in self.whose.all_scopes() {
            let marks = self.studio.store().needs_you();
            if let Some(mark) = marks.get(&self.whose.connector_id, scope).await? {
                return Ok(Some(mark.words));
            }
        }
        Ok(None)
    }

    async fn send(&self, keeper: Arc<Keeper>, tries: i64) -> Result<Landed, StudioError> {
        let host = RelayHost {
            studio: Arc::clone(&self.studio),
            keeper: Arc::clone(&keeper),
            listener: self.listener.clone(),
        };
        let engine = self.studio.engine();
        let mut run = engine.run(&self.whose.connector, self.input.clone(), &host)?;
        keeper.now().await.restore(&mut run);
        let renewed = self.refresh(&mut run).await;
        let (outcome, pause) = match renewed {
            Ok(updated) => {
                keeper
                    .keep(&run.cached_outputs(), &run.shared_outputs())
                    .await;
                let outcome = self.kept(&keeper, updated).await?;
                // It is stored: everyone goes on, and what is only told comes after.
                self.answer.give(outcome.clone());
                keeper.end_attempt().await;
                if let Outcome::Renewed { .. } = outcome {
                    self.studio.name_account(&self.whose, &run).await;
                }
                (outcome, None)
            }
            Err(failure) => {
                let pause = run.asked_to_wait();
                self.failed(&keeper, &failure, tries, pause).await?
            }
        };
        self.note_activity(&outcome).await;
        Ok((outcome, pause))
    }

    /// The steps that are renewed; of what everyone shares alone, only those that renew themselves.
    async fn refresh(&self, run: &mut Run<'_>) -> Result<Vec<String>, RunFailure> {
        if self.whose.scopes == Scopes::of(&self.whose.connector) {
            return run.refresh(self.reason).await;
        }
        let steps = run.renewable_shared_steps();
        for step in &steps {
            run.renew(step).await?;
        }
        Ok(steps)
    }

    /// What is stored now; where a clear or a sign-in came in between, that counts.
    async fn kept(&self, keeper: &Keeper, updated: Vec<String>) -> Result<Outcome, StudioError> {
        if !keeper.is_overtaken().await {
            let found = keeper.now().await;
            return Ok(Outcome::Renewed { found, updated });
        }
        Ok(match self.studio.find_session(&self.whose).await? {
            Some(found) => Outcome::Renewed { found, updated },
            None => Outcome::Gone,
        })
    }

    async fn failed(
        &self,
        keeper: &Keeper,
        failure: &RunFailure,
        tries: i64,
        pause: Option<Duration>,
    ) -> Result<Landed, StudioError> {
        // Somebody else may have renewed or cleared it meanwhile, by whatever way (F6).
        match self.studio.find_session(&self.whose).await? {
            Some(found) if found.differs(&keeper.now().await) => {
                let updated = Vec::new();
                return Ok((Outcome::Renewed { found, updated }, None));
            }
            Some(_) => {}
            None => return Ok((Outcome::Gone, None)),
        }
        let step = failure.fault.step.clone();
        Ok(match Meaning::of(failure) {
            Meaning::NeedsYou => {
                let mut words = failure.fault.message.clone();
                if tries > 1 {
                    words = format!(
                        "{words} (an earlier renewal was interrupted before its answer was kept)"
                    );
                }
                let plan = self.whose.connector.auth.plan();
                let is_shared = plan
                    .steps
                    .iter()
                    .any(|known| Some(&known.id) == step.as_ref() && known.is_shared());
                let code = failure.fault.code.as_str();
                keeper.mark_needs_you(is_shared, code, &words).await;
                (Outcome::needs_you(&words), None)
            }
            Meaning::Passing => {
                keeper.end_attempt().await;
                (Outcome::passing(&failure.fault.message, step), pause)
            }
            Meaning::Builder => {
                keeper.end_attempt().await;
                let fault = failure.fault.clone();
                let needs_you = false;
                (Outcome::Failed { fault, needs_you }, None)
            }
        })
    }

    /// Leaves a line in the connector's session activity.
    async fn note_activity(&self, outcome: &Outcome) {
        let (ended, updated, error) = match outcome {
            Outcome::Renewed { updated, .. } => ("ok", updated.join("\n"), None),
            // Whoever cleared it knows.
            Outcome::Gone => return,
            Outcome::Failed { fault, needs_you } => {
                let ended = if *needs_you { "needs_you" } else { "failed" };
                (ended, String::new(), Some(fault))
            }
        };
        let reason = self.reason.text();
        let new = NewActivity {
            connector_id: &self.whose.connector_id,
            scope: if self.whose.scopes.own {
                Scope::Account(&self.whose.account.id)
            } else {
                Scope::Shared
            },
            reason: &reason,
            outcome: ended,
            updated: &updated,
            error: error.map(|fault| (fault.code.as_str(), fault.message.as_str())),
        };
        let activity = self.studio.store().session_activity();
        note(activity.record(new).await.map_err(StudioError::from));
    }
}
