//! A run from its start to its end: what it is asked to do, cancelled at any moment, kept in the history.

use std::sync::Arc;
use std::time::Instant;

use latchwork_engine::{Fault, FlowPart, RunInput};
use latchwork_model::{Connector, ErrorCode};

use super::host::WindowHost;
use super::live::LiveRun;
use super::lock;
use crate::calling::{CallTarget, Caller};
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{AppError, RunStart, RunUpdate};

/// What a run does.
pub(super) enum Work {
    /// The auth flow as it stands, then the test request. The hash names the state that is tested.
    AuthSteps { hash: String },
    /// One step of the auth flow, and what has to run before it.
    Step(String),
    /// The auth flow from a step on, then the test request.
    FromStep(String),
    /// The auth flow, for an account.
    SignIn,
    /// The steps with shared credentials and what they need.
    SharedSignIn,
    /// *Test refresh flow*.
    RefreshFlow,
    /// *Simulate 401*.
    Simulate401,
    /// A call.
    Call(CallTarget),
}

impl Studio {
    /// Runs to the end or to the cancel, whichever is first, and keeps the history.
    pub(super) async fn drive(
        self: Arc<Self>,
        run: Arc<LiveRun>,
        connector: Connector,
        request: RunStart,
        work: Work,
        input: RunInput,
        account: Option<String>,
    ) {
        let started = Instant::now();
        let started_at = self.engine().now();
        run.tell(RunUpdate::RunStarted {
            run: run.id.clone(),
            what: request.what.clone(),
            started_at,
        });
        let connector = Arc::new(connector);
        let host = WindowHost::new(Arc::clone(&self), Arc::clone(&run));
        let id = request.connector_id.as_str();
        let tested_hash = match &work {
            Work::AuthSteps { hash } => Some(hash.clone()),
            _ => None,
        };
        let result = self
            .to_its_end(
                &run,
                Box::pin(async {
                    let caller = Caller {
                        connector_id: id,
                        connector: &connector,
                        account: account.as_deref(),
                        input,
                        host: &host,
                    };
                    match work {
                        Work::AuthSteps { .. } => self.run_auth_steps(caller, None).await,
                        Work::Step(step) => {
                            self.run_auth_steps(caller, Some(FlowPart::Only(&step)))
                                .await
                        }
                        Work::FromStep(step) => {
                            self.run_auth_steps(caller, Some(FlowPart::From(&step)))
                                .await
                        }
                        Work::SignIn => self.login(caller).await.map(drop),
                        Work::SharedSignIn => self
                            .login_shared(id, &connector, caller.input, &host)
                            .await
                            .map(drop),
                        Work::Call(target) => match self.call(caller, &target).await? {
                            (Some(answer), _) if !answer.is_ok() => Err(answer.refused().into()),
                            _ => Ok(()),
                        },
                        Work::RefreshFlow => self.test_refresh(caller).await,
                        Work::Simulate401 => self.simulate_401(caller).await,
                    }
                }),
            )
            .await;
        let ok = result.is_ok();
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let was_cancelled = matches!(&result, Err(fault) if fault.code == ErrorCode::RunCancelled);
        let finished = RunUpdate::RunFinished {
            ok,
            duration_ms,
            error: result.err().map(AppError::from),
        };
        let mut updates = run.updates();
        updates.push(finished.clone());
        self.keep_history(
            &run.id,
            id,
            &request.what,
            started_at,
            duration_ms,
            ok,
            &updates,
            tested_hash.as_deref().filter(|_| !was_cancelled),
        )
        .await;
        // The last word comes when all is stored: a window that asks then finds it.
        run.tell(finished);
    }

    /// Does a run's work until it is done or cancelled. Afterwards nothing waits: no form, no browser, no port.
    pub(crate) async fn to_its_end(
        &self,
        run: &LiveRun,
        work: impl Future<Output = Result<(), StudioError>>,
    ) -> Result<(), Fault> {
        let result = tokio::select! {
            result = work => result.map_err(|error| error.fault()),
            () = run.cancelled.notified() => Err(lock(&run.stopped).take().unwrap_or_else(cancelled)),
        };
        lock(&run.form).take();
        let left = lock(&run.browser).take();
        if let Some(left) = left {
            self.forget_sign_in(&left.state_digest).await;
        }
        result
    }

    /// The auth flow as it stands, then the test request. What it leaves is cached where all of it worked, so that
    /// an endpoint can be tried at once. Of a part of the flow only what changed since the last test runs before it; one
    /// step alone is no test, and nothing of it is cached.
    async fn run_auth_steps(
        self: &Arc<Self>,
        mut caller: Caller<'_>,
        part: Option<FlowPart<'_>>,
    ) -> Result<(), StudioError> {
        let whose = self.whose(&mut caller).await?;
        let mut run = self
            .engine()
            .run(caller.connector, caller.input.clone(), caller.host)?;
        let keeping = self
            .begin_session(&whose, &mut run, &caller.input, caller.host)
            .await?;
        let (id, account) = (caller.connector_id, whose.account.id.as_str());
        run.keep_what_steps_leave();
        let flow = match part {
            None => run.auth_flow().await,
            Some(part) => {
                let left = self.runs().left(id, account, keeping.generation);
                run.auth_flow_part(part, &left).await
            }
        };
        // What was left before a failure is the next try's too.
        self.runs()
            .keep_left(id, account, keeping.generation, run.left_behind());
        flow?;
        if matches!(part, Some(FlowPart::Only(_))) {
            return Ok(());
        }
        run.test().await?;
        self.keep_session(&keeping, &run).await.map(drop)
    }
}

fn cancelled() -> Fault {
    Fault {
        code: ErrorCode::RunCancelled,
        message: "The run was cancelled.".to_owned(),
        hint: Some(ErrorCode::RunCancelled.remedy().to_owned()),
        step: None,
        field: None,
        retryable: true,
    }
}
