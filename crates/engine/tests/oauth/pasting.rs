//! The address is pasted: F20, and the redirect addresses that go with each way back.

use std::time::Duration;

use latchwork_engine::{Engine, RunInput};
use latchwork_model::RedirectKind;
use latchwork_testkit::FakeHost;
use latchwork_testkit::oauth::{AuthorizationServer, Script};
use latchwork_testkit::oidc::Browser;
use serde_json::{Value, json};

use crate::signing_in::{connector_of, in_time, step};

/// Signs in by pasting: first what `before` makes of the right address, then the right one.
async fn paste(
    members: Value,
    input: RunInput,
    before: impl Fn(&str) -> Vec<String>,
) -> (String, Vec<&'static str>) {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        members
    )]));
    let engine = Engine::default();
    // The first wait for a paste takes this; what comes next is known once the browser was sent somewhere.
    let (host, mut visits) = FakeHost::with_browser();
    let host = host.pastes("nothing of the kind");
    let mut redirect_uri = String::new();
    let refusals = in_time(async {
        let mut run = engine.run(&connector, input, &host).expect("a run");
        let person = async {
            let visit = visits.recv().await.expect("a visit");
            redirect_uri.clone_from(&visit.redirect_uri);
            let address = Browser::new().allow(visit.url.as_str()).await;
            for wrong in before(&address) {
                engine
                    .authorizations()
                    .deliver(&wrong, latchwork_engine::ReceivedBy::Paste)
                    .expect_err("it is refused");
            }
            engine
                .authorizations()
                .deliver(&address, latchwork_engine::ReceivedBy::Paste)
                .expect("it is taken");
        };
        let (flow, ()) = tokio::join!(run.auth_flow(), person);
        flow.expect("it works");
        host.refusals()
            .iter()
            .map(|refusal| refusal.code().as_str())
            .collect::<Vec<_>>()
    })
    .await;
    (redirect_uri, refusals)
}

#[tokio::test]
async fn f20_a_pasted_address_completes_the_sign_in_and_a_wrong_one_does_not_end_it() {
    let (redirect_uri, refusals) = paste(
        json!({ "redirect": "paste" }),
        RunInput::default(),
        |address| {
            vec![
                address.replace("state=", "state=x"),
                "https://evil.example/callback".to_owned(),
            ]
        },
    )
    .await;
    assert_eq!(redirect_uri, "http://127.0.0.1/callback");
    assert_eq!(refusals, ["oauth.callback_invalid"]);
}

#[tokio::test]
async fn an_https_redirect_address_is_pasted() {
    let members = json!({ "redirect_uri": "https://app.example/back?from=latchwork" });
    let (redirect_uri, _) = paste(members, RunInput::default(), |_| Vec::new()).await;
    assert_eq!(redirect_uri, "https://app.example/back?from=latchwork");
}

#[tokio::test]
async fn a_run_may_come_back_another_way_than_its_file_says() {
    let input = RunInput {
        redirect: Some(RedirectKind::DeepLink),
        browser_timeout: Some(Duration::from_secs(30)),
        ..RunInput::default()
    };
    let (redirect_uri, _) = paste(json!({}), input, |_| Vec::new()).await;
    assert_eq!(redirect_uri, "studio.latchwork://oauth/callback");
}
