//! What the tests share: a connector with a session, and a call that renews it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use latchwork_engine::{
    Attempt, CachedOutputs, Call, CallAnswer, Called, Clock, Engine, Fault, RefreshReason, Run,
    RunEvent, RunFailure, RunInput, SystemRandomness,
};
use latchwork_model::{Connector, Request, read_connector};
use latchwork_testkit::{Answer, FakeHost, FaultServer, Route};
use serde_json::{Value, json};

/// When the clock of these tests stands.
pub(crate) const NOW: i64 = 1_800_000_000;

/// A clock that stands, waits in no time, and keeps how long it was asked to wait.
#[derive(Default)]
pub(crate) struct StandingClock(Mutex<Vec<u64>>);

impl StandingClock {
    /// The waits so far, in seconds.
    pub(crate) fn waits(&self) -> Vec<u64> {
        self.0.lock().expect("the list").clone()
    }
}

#[async_trait]
impl Clock for StandingClock {
    fn unix_seconds(&self) -> i64 {
        NOW
    }

    async fn wait(&self, duration: Duration) {
        self.0.lock().expect("the list").push(duration.as_secs());
        tokio::task::yield_now().await;
    }
}

/// An engine whose clock stands.
pub(crate) fn engine() -> (Engine, Arc<StandingClock>) {
    let clock = Arc::new(StandingClock::default());
    let shared: Arc<dyn Clock> = clock.clone();
    (
        Engine::new(shared, Arc::new(SystemRandomness::default())),
        clock,
    )
}

/// A connector with this auth.
pub(crate) fn connector(origin: &str, auth: &Value) -> Connector {
    let file = json!({
        "format": "latchwork.connector/1", "name": "Sessions", "kind": "rest", "base_url": origin,
        "auth": auth, "endpoints": [ { "id": "me", "request": { "method": "GET", "url": "/me" } } ],
    });
    read_connector(&file.to_string()).expect("a valid connector")
}

/// Outputs as a cache has them.
pub(crate) fn cached(outputs: Value, expires_at: Option<i64>) -> CachedOutputs {
    CachedOutputs {
        outputs: serde_json::from_value(outputs).expect("outputs by step"),
        expires_at,
        ..CachedOutputs::default()
    }
}

/// A server that follows routes.
pub(crate) async fn serve(routes: Vec<(&str, Vec<Answer>)>) -> FaultServer {
    let routes = routes.into_iter().map(|(path, answers)| {
        let mut route = Route::new(path, Answer::default());
        route.answers = answers;
        route
    });
    FaultServer::start(routes.collect()).await
}

/// How a call with a renewal ended.
pub(crate) struct Ended {
    pub answer: Result<CallAnswer, Fault>,
    pub refreshed: Option<Vec<String>>,
    pub needs_you: bool,
    pub left: CachedOutputs,
    pub events: Vec<RunEvent>,
}

impl Ended {
    pub(crate) fn status(&self) -> u16 {
        match &self.answer {
            Ok(answer) => answer.status,
            Err(fault) => panic!("it failed: {} {}", fault.code, fault.message),
        }
    }

    pub(crate) fn fault(&self) -> &Fault {
        match &self.answer {
            Ok(answer) => panic!("it was answered: {}", answer.status),
            Err(fault) => fault,
        }
    }
}

/// Calls `GET /me` with a cached session, and renews it where the answer says so: once, then once more.
pub(crate) async fn call(engine: &Engine, connector: &Connector, session: CachedOutputs) -> Ended {
    let host = FakeHost::new();
    let mut run = engine
        .run(connector, RunInput::default(), &host)
        .expect("a run");
    run.restore(session);
    let mut refreshed = None;
    let mut needs_you = false;
    let result = attempt(&mut run, &mut refreshed).await;
    if let Err(failure) = &result {
        needs_you = failure.needs_you();
    }
    Ended {
        answer: result.map_err(|failure| failure.fault),
        refreshed,
        needs_you,
        left: run.cached_outputs(),
        events: host.events(),
    }
}

async fn attempt(
    run: &mut Run<'_>,
    refreshed: &mut Option<Vec<String>>,
) -> Result<CallAnswer, RunFailure> {
    let request = Request::new("GET", "/me");
    let called = match run.call(Call::Request(&request), Attempt::First).await? {
        Called::SessionOver(_, reason) => {
            *refreshed = Some(run.refresh(reason).await?);
            run.call(Call::Request(&request), Attempt::Last).await?
        }
        called => called,
    };
    Ok(called.answer().expect("a request is answered"))
}

/// Renews a session because a person asked.
pub(crate) async fn refresh(
    engine: &Engine,
    connector: &Connector,
    session: CachedOutputs,
) -> (Result<Vec<String>, Fault>, CachedOutputs, Vec<RunEvent>) {
    let host = FakeHost::new();
    let mut run = engine
        .run(connector, RunInput::default(), &host)
        .expect("a run");
    run.restore(session);
    let result = run.refresh(RefreshReason::Asked).await;
    (
        result.map_err(|failure| failure.fault),
        run.cached_outputs(),
        host.events(),
    )
}
