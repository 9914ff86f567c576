//! Links of our own scheme, as the system hands them over.

use std::sync::Arc;

use latchwork_studio::wire::RunWhat;
use latchwork_studio::{
    CallbackOutcome, DEEP_LINK_ADDRESS, DEEP_LINK_SCHEME, ReceivedBy, StudioNotice,
};
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script};
use latchwork_testkit::oidc::Browser;
use serde_json::json;
use tempfile::TempDir;

use crate::desk::{Desk, step};

async fn receive(desk: &Desk, address: &str) -> CallbackOutcome {
    desk.studio
        .callback_received(address, ReceivedBy::DeepLink)
        .await
}

#[tokio::test]
async fn s3_a_deep_link_completes_the_sign_in_that_waits_for_it_once() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let steps = json!([step(&server, json!({ "redirect": "deep_link" }))]);
    let opened = desk.acme(&server, &steps).await;
    let mut notices = desk.notices();
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    assert_eq!(run.browser().await, DEEP_LINK_ADDRESS);
    let link = Browser::new().allow(&desk.visit().await).await;
    assert!(link.starts_with(DEEP_LINK_ADDRESS));

    let forged = format!("{DEEP_LINK_ADDRESS}?code=evil&state=guessed");
    assert!(matches!(
        receive(&desk, &forged).await,
        CallbackOutcome::Refused(_)
    ));
    let StudioNotice::DeepLinkRefused { error } = notices.try_recv().unwrap() else {
        panic!("a refusal")
    };
    assert_eq!(error.code, "oauth.state_mismatch");
    assert!(!error.message.contains("evil") && !error.message.contains("guessed"));

    assert_eq!(receive(&desk, &link).await, CallbackOutcome::Taken);
    assert_eq!(run.end().await, None, "z2: the forged one harmed nothing");
    assert!(
        matches!(receive(&desk, &link).await, CallbackOutcome::Refused(_)),
        "z1: once"
    );
    assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
    let token_request = &server.requests_to(Endpoint::Token)[0];
    assert_eq!(
        token_request.parameter("redirect_uri"),
        Some(DEEP_LINK_ADDRESS)
    );
}

#[tokio::test]
async fn z15_a_link_with_any_other_action_is_always_refused_whatever_a_person_would_say() {
    let desk = Desk::new().await;
    let mut notices = desk.notices();
    for address in [
        String::new(),
        "--practice".to_owned(),
        "/etc/passwd".to_owned(),
        "file:///etc/passwd".to_owned(),
        "https://example.com/callback?code=c&state=s".to_owned(),
        format!("{DEEP_LINK_SCHEME}://connector/delete?id=1"),
        format!("{DEEP_LINK_SCHEME}://oauth/callback/more?code=c&state=s"),
        format!("{DEEP_LINK_SCHEME}:oauth/callback?code=c&state=s"),
        format!("{DEEP_LINK_SCHEME}://evil/callback?code=c&state=s"),
        format!("{DEEP_LINK_SCHEME}.evil://oauth/callback?code=c&state=s"),
        format!("{DEEP_LINK_ADDRESS}?state={}", "s".repeat(64 * 1024)),
        "\u{0}\u{ffff}".to_owned(),
    ] {
        assert_eq!(
            receive(&desk, &address).await,
            CallbackOutcome::Ignored,
            "{}",
            &address[..address.len().min(80)]
        );
    }
    assert!(notices.try_recv().is_err());
}

/// Begins a sign-in in a process of its own, so to speak, and kills it while it waits. Gives the browser's answer.
fn killed_while_waiting(folder: &Arc<TempDir>, steps: serde_json::Value, api: String) -> String {
    let folder = Arc::clone(folder);
    let process = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let address = runtime.block_on(async {
            let desk = Desk::at(folder, true).await;
            let opened = desk.connector("Acme", &api, &steps).await;
            let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
            run.browser().await;
            let address = desk.visit().await;
            // Nothing is tidied up.
            std::mem::forget(run);
            address
        });
        runtime.shutdown_background();
        address
    });
    process.join().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn z16_f18_an_answer_that_comes_after_a_crash_says_whose_sign_in_was_interrupted() {
    let server = AuthorizationServer::start(Script::default()).await;
    let folder = Arc::new(TempDir::new().unwrap());
    let steps = json!([step(&server, json!({ "redirect": "deep_link" }))]);
    let api = server.url(Endpoint::Api);
    let address = {
        let folder = Arc::clone(&folder);
        tokio::task::spawn_blocking(move || killed_while_waiting(&folder, steps, api))
            .await
            .unwrap()
    };
    let link = Browser::new().allow(&address).await;

    let desk = Desk::at(folder, true).await;
    assert_eq!(desk.journal().await, 1);
    assert_eq!(receive(&desk, &link).await, CallbackOutcome::Interrupted);
    // It came before any window listened, and is told all the same.
    let notice = desk.notices().try_recv().unwrap();
    let StudioNotice::SignInInterrupted {
        connector_id,
        connector_name,
        message,
    } = notice
    else {
        panic!("{notice:?}")
    };
    assert_eq!(connector_name.as_deref(), Some("Acme"));
    assert!(message.contains("Acme") && message.contains("interrupted"));
    let code = crate::desk::parameter(&link, "code");
    assert!(!message.contains(&code));
    assert_eq!(desk.journal().await, 0);
    assert_eq!(
        server.requests_to(Endpoint::Token).len(),
        0,
        "the code is not used"
    );
    assert!(
        matches!(receive(&desk, &link).await, CallbackOutcome::Refused(_)),
        "once"
    );

    // A fresh start works.
    let opened = desk
        .studio
        .connector_open(&connector_id.unwrap())
        .await
        .unwrap();
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    run.browser().await;
    let link = Browser::new().allow(&desk.visit().await).await;
    assert_eq!(receive(&desk, &link).await, CallbackOutcome::Taken);
    assert_eq!(run.end().await, None);
}
