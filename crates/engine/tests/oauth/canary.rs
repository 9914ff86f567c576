//! Z29: no secret of a sign-in is in an event, raw, encoded or escaped.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use latchwork_engine::{Engine, RunEvent, RunInput};
use latchwork_testkit::oauth::{
    AuthorizationServer, CallbackAnswer, Endpoint, Script, TokenAnswer,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::signing_in::{Ended, agreeing, connector_of, run, step};

/// Every event but the one that a browser is sent by: it holds the state, which is for the browser.
fn told(ended: &Ended) -> String {
    let mut text = String::new();
    for event in &ended.events {
        if !matches!(event, RunEvent::BrowserRequested { .. }) {
            text.push_str(&serde_json::to_string(event).expect("an event is JSON"));
        }
    }
    if let Err(fault) = &ended.result {
        text.push_str(&serde_json::to_string(fault).expect("a fault is JSON"));
    }
    text
}

fn assert_absent(told: &str, name: &str, secret: &str) {
    for form in [
        secret.to_owned(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
    ] {
        assert!(!told.contains(&form), "{name} was told as {form}");
    }
}

#[tokio::test]
async fn z29_no_secret_of_a_sign_in_is_told() {
    for (token, callback) in [
        (TokenAnswer::Good, CallbackAnswer::Good),
        (TokenAnswer::UnderAuthedUser, CallbackAnswer::Good),
        (TokenAnswer::FormEncoded, CallbackAnswer::Good),
        (TokenAnswer::ServerError, CallbackAnswer::Good),
        (TokenAnswer::InvalidGrant, CallbackAnswer::WrongState),
    ] {
        let server = AuthorizationServer::start(Script {
            token: vec![token.clone()],
            callback: vec![callback, CallbackAnswer::Good],
            ..Script::default()
        })
        .await;
        for client_auth in ["basic", "post"] {
            let members = json!({ "client_auth": client_auth });
            let connector = connector_of(&json!([step(
                &server,
                "oauth2_authorization_code",
                members
            )]));
            let ended = run(
                &Engine::default(),
                &connector,
                RunInput::default(),
                |visits| crate::signing_in::trying(visits, 2),
            )
            .await;
            let told = told(&ended);
            let request = server
                .requests_to(Endpoint::Token)
                .pop()
                .expect("a request");
            for name in ["code", "code_verifier"] {
                assert_absent(&told, name, request.parameter(name).expect(name));
            }
            assert_absent(&told, "client_secret", server.client_secret());
            if let Ok(cached) = &ended.result {
                for (name, value) in &cached.outputs["oauth"] {
                    if matches!(name.as_str(), "access_token" | "refresh_token" | "id_token") {
                        assert_absent(&told, name, value.as_str().expect(name));
                    }
                }
            }
            assert!(
                told.contains("step_finished"),
                "{token:?}: something was told"
            );
        }
    }
    // The check itself can fail: where secrets are to be shown, they are there.
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let input = RunInput {
        reveal: true,
        ..RunInput::default()
    };
    let ended = run(&Engine::default(), &connector, input, agreeing).await;
    assert!(told(&ended).contains(ended.text("access_token")));
}
