//! Device codes: Z22.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use latchwork_engine::{Clock, Engine, RunEvent, RunInput, SystemRandomness};
use latchwork_testkit::FakeHost;
use latchwork_testkit::oauth::{
    AuthorizationServer, DeviceAnswer, DevicePoll, Endpoint, Script, TokenAnswer,
};
use serde_json::json;

use crate::signing_in::{Ended, connector_of, run_with, step};

/// A clock that waits in no time and keeps how long it was asked to.
#[derive(Default)]
struct WaitsNoTime(Mutex<Vec<u64>>);

#[async_trait]
impl Clock for WaitsNoTime {
    fn unix_seconds(&self) -> i64 {
        1_800_000_000
    }

    async fn wait(&self, duration: Duration) {
        self.0.lock().expect("the list").push(duration.as_secs());
        tokio::task::yield_now().await;
    }
}

async fn device(script: Script) -> (AuthorizationServer, Ended, Vec<u64>) {
    let server = AuthorizationServer::start(script).await;
    let clock = Arc::new(WaitsNoTime::default());
    let shared: Arc<dyn Clock> = clock.clone();
    let engine = Engine::new(shared, Arc::new(SystemRandomness::default()));
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_device_code",
        json!({ "scopes": ["a"] })
    )]));
    let (host, _visits) = FakeHost::with_browser();
    let ended = run_with(&engine, &connector, RunInput::default(), host, async {}).await;
    let waits = clock.0.lock().expect("the list").clone();
    (server, ended, waits)
}

#[tokio::test]
async fn z22_the_interval_is_kept_and_slow_down_adds_five_seconds() {
    let (server, ended, waits) = device(Script {
        device_polls: vec![
            DevicePoll::Pending,
            DevicePoll::SlowDown,
            DevicePoll::Unavailable,
            DevicePoll::Granted,
        ],
        ..Script::default()
    })
    .await;
    assert!(ended.text("access_token").starts_with("access"));
    assert_eq!(waits, [5, 5, 10, 15]);
    assert_eq!(server.requests_to(Endpoint::DeviceAuthorization).len(), 1);
    assert_eq!(
        server.requests_to(Endpoint::DeviceAuthorization)[0].parameter("scope"),
        Some("a")
    );
    let told = ended.events.iter().any(|event| {
        matches!(event, RunEvent::DeviceCodeRequested { user_code, expires_in: 600, .. } if !user_code.is_empty())
    });
    assert!(told);
}

#[tokio::test]
async fn z22_no_interval_means_five_seconds() {
    let (_, ended, waits) = device(Script {
        device: vec![DeviceAnswer::NoInterval],
        ..Script::default()
    })
    .await;
    ended.outputs();
    assert_eq!(waits, [5]);
}

#[tokio::test]
async fn z22_a_code_that_runs_out_or_is_declined_ends_the_step_in_words() {
    for (poll, code) in [
        (DevicePoll::Expired, "oauth.device_expired"),
        (DevicePoll::Denied, "oauth.denied"),
    ] {
        let (_, ended, _) = device(Script {
            device_polls: vec![DevicePoll::Pending, poll],
            ..Script::default()
        })
        .await;
        assert_eq!(ended.fault().code.as_str(), code);
    }
    let (server, ended, waits) = device(Script {
        device: vec![DeviceAnswer::With(json!({ "expires_in": 12 }))],
        device_polls: vec![DevicePoll::Pending],
        ..Script::default()
    })
    .await;
    assert_eq!(ended.fault().code.as_str(), "oauth.device_expired");
    assert_eq!(waits, [5, 5]);
    assert_eq!(server.requests_to(Endpoint::Token).len(), 2);
}

#[tokio::test]
async fn a_device_endpoint_that_refuses_redirects_or_gives_no_web_address_is_said() {
    for (answer, code) in [
        (DeviceAnswer::Refused, "oauth.token_error"),
        (DeviceAnswer::Redirects, "oauth.redirects"),
        (DeviceAnswer::ScriptAddress, "oauth.browser_address"),
    ] {
        let (server, ended, _) = device(Script {
            device: vec![answer],
            ..Script::default()
        })
        .await;
        assert_eq!(ended.fault().code.as_str(), code);
        assert!(server.requests_to(Endpoint::Token).is_empty());
    }
}

#[tokio::test]
async fn a_token_answer_to_a_device_is_read_as_any_other() {
    let (_, ended, _) = device(Script {
        token: vec![TokenAnswer::UnderAuthedUser],
        ..Script::default()
    })
    .await;
    assert_eq!(ended.fault().code.as_str(), "oauth.token_error");
}
