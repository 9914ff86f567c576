//! Shared credentials: the admin signs in once, everyone uses it, and nobody sees it.

use latchwork_engine::RunInput;
use latchwork_model::read_connector;
use latchwork_studio::wire::RunWhat;
use latchwork_studio::{RunUpdate, SignOut};
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script, TokenAnswer};
use serde_json::{Value, json};

use crate::desk::{Desk, one_step, step};

const SHARED: &str = "shared_credentials";

/// The shared step, and one of each user's own after it.
fn both(server: &AuthorizationServer) -> Value {
    let own = json!({
        "id": "own", "type": "set_variables",
        "outputs": [ { "name": "note", "value": "for {{ oauth.token_type }}" } ]
    });
    json!([step(server, json!({ SHARED: true })), own])
}

#[tokio::test]
async fn s4_the_shared_sign_in_keeps_the_shared_outputs_alone_and_calls_use_them() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let opened = desk.acme(&server, &both(&server)).await;
    let before = desk.studio.auth_status(&opened.id).await.unwrap().shared;
    assert!(before.wanted && !before.signed_in);

    let admin = desk.sign_in(&opened, RunWhat::SharedSignIn).await;
    assert!(
        !admin.told().contains("\"own\""),
        "what comes after the shared step does not run"
    );
    let status = desk.studio.auth_status(&opened.id).await.unwrap();
    assert!(status.shared.signed_in && status.shared.expires_at.is_some());
    assert!(!status.signed_in, "nothing is kept for the account");

    // After a restart, in another process, a call uses it, and nobody is asked.
    let desk = desk.restarted().await;
    let mut call = desk.call(&opened).await;
    assert_eq!(call.end().await, None);
    assert!(!call.asked_the_browser());
    let finished = call.seen.iter().find_map(|update| match update {
        RunUpdate::TestFinished { body, .. } => Some(body.clone()),
        _ => None,
    });
    assert_eq!(finished.unwrap()["name"], "Ada");
}

#[tokio::test]
async fn k1_what_comes_out_of_the_shared_scope_is_shown_to_nobody() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let opened = desk.acme(&server, &both(&server)).await;
    let admin = desk.sign_in(&opened, RunWhat::SharedSignIn).await;
    let token = desk
        .studio
        .run_reveal(&admin.id, "oauth.access_token")
        .expect("whoever signs in may look at what they signed in to");

    let mut test = desk.start(&opened, RunWhat::AuthSteps).await;
    assert_eq!(test.end().await, None);
    assert!(!test.asked_the_browser());
    let step = test.seen.iter().find_map(|update| match update {
        RunUpdate::StepFinished { step, outputs, .. } if step == "oauth" => Some(outputs.clone()),
        _ => None,
    });
    assert_eq!(
        step,
        Some(json!({})),
        "it is told that it was used, and no more"
    );
    for pointer in ["oauth.access_token", "oauth.raw.access_token", "oauth.raw"] {
        assert!(desk.studio.run_reveal(&test.id, pointer).is_err());
        assert!(desk.studio.token_inspect(&test.id, pointer).is_err());
    }
    let mut call = desk.call(&opened).await;
    assert_eq!(call.end().await, None);
    assert!(!test.told().contains(&token) && !call.told().contains(&token));
    let status = desk.studio.auth_status(&opened.id).await.unwrap();
    assert_eq!(status.step_ids, ["own"]);
}

#[tokio::test]
async fn k1_a_shared_sign_in_that_is_over_is_renewed_for_everyone_and_shown_to_nobody() {
    let server = AuthorizationServer::start(Script {
        token: vec![TokenAnswer::ExpiresInZero],
        ..Script::default()
    })
    .await;
    let desk = Desk::new().await;
    let opened = desk.acme(&server, &both(&server)).await;
    desk.sign_in(&opened, RunWhat::SharedSignIn).await;

    // A user signs in to the rest: what everyone shares is renewed meanwhile.
    let desk = desk.restarted().await;
    let mut test = desk.start(&opened, RunWhat::AuthSteps).await;
    assert_eq!(test.end().await, None);
    let mut call = desk.call(&opened).await;
    assert_eq!(call.end().await, None);
    let renewals = || {
        let requests = server.requests_to(Endpoint::Token);
        let renewals = requests
            .iter()
            .filter(|request| request.parameter("grant_type") == Some("refresh_token"));
        renewals.count()
    };
    assert_eq!(renewals(), 1);
    for run in [&test, &call] {
        assert!(!run.asked_the_browser());
        assert!(
            desk.studio
                .run_reveal(&run.id, "oauth.access_token")
                .is_err()
        );
    }
    let finished = test.seen.iter().filter_map(|update| match update {
        RunUpdate::StepFinished { step, outputs, .. } if step == "oauth" => Some(outputs.clone()),
        _ => None,
    });
    // The renewal, and that it was used.
    assert_eq!(finished.collect::<Vec<_>>(), [json!({}), json!({})]);
}

#[tokio::test]
async fn k2_clearing_leaves_the_shared_sign_in_unless_the_admin_says_so() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let opened = desk.acme(&server, &both(&server)).await;
    desk.sign_in(&opened, RunWhat::AuthSteps).await;
    let status = async || {
        let status = desk.studio.auth_status(&opened.id).await.unwrap();
        (status.signed_in, status.shared.signed_in)
    };
    assert_eq!(status().await, (true, true), "a test keeps both scopes");

    desk.studio.auth_clear(&opened.id, false).await.unwrap();
    assert_eq!(status().await, (false, true));
    let mut call = desk.call(&opened).await;
    assert_eq!(call.end().await, None);
    assert!(
        !call.asked_the_browser(),
        "only the account's own steps run"
    );
    assert_eq!(status().await, (true, true));

    let connector = read_connector(&opened.document).unwrap();
    let input = RunInput::default();
    desk.studio
        .sign_out(&opened.id, &connector, SignOut::Shared, input)
        .await
        .unwrap();
    assert_eq!(status().await, (true, false));
    desk.studio.auth_clear(&opened.id, true).await.unwrap();
    assert_eq!(status().await, (false, false));
}

#[tokio::test]
async fn z32_another_connector_of_the_same_id_gets_none_of_it() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let mut opened = desk.acme(&server, &both(&server)).await;
    desk.sign_in(&opened, RunWhat::SharedSignIn).await;
    let mut document: Value = serde_json::from_str(&opened.document).unwrap();
    document["allowed_origins"] = json!(["https://evil.example"]);
    opened.document = document.to_string();
    let mut foreign = desk.call(&opened).await;
    foreign.browser().await;
    desk.studio.run_cancel(&foreign.id);
    foreign.end().await;
}

#[tokio::test]
async fn s4_a_connector_without_shared_steps_has_no_shared_sign_in() {
    let (_server, desk, opened) = one_step().await;
    let mut run = desk.start(&opened, RunWhat::SharedSignIn).await;
    assert_eq!(run.end().await.as_deref(), Some("usage.invalid"));
    assert!(!run.asked_the_browser());
    let status = desk.studio.auth_status(&opened.id).await.unwrap();
    assert!(!status.shared.wanted);
}
