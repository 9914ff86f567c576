//! Signing out of a connector (SAFETY Z23).

use latchwork_studio::ConnectorOpened;
use latchwork_studio::wire::RunWhat;
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, RevocationAnswer, Script};
use serde_json::{Value, json};

use crate::desk::{Desk, step};

async fn signed_in(server: &AuthorizationServer, more: Value) -> (Desk, ConnectorOpened) {
    let desk = Desk::new().await;
    let steps = json!([step(server, more)]);
    let opened = desk.acme(server, &steps).await;
    desk.sign_in(&opened, RunWhat::AuthSteps).await;
    assert!(desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    (desk, opened)
}

#[tokio::test]
async fn z23_signing_out_ends_the_session_at_the_provider_too() {
    let server = AuthorizationServer::start(Script::default()).await;
    let (desk, opened) = signed_in(&server, json!({})).await;
    let signed_out = desk.studio.auth_sign_out(&opened.id).await.unwrap();
    assert!(signed_out.revoked, "{}", signed_out.message);
    assert!(!desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    let asked = server.requests_to(Endpoint::Revocation);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].parameter("token_type_hint"), Some("refresh_token"));
    assert_eq!(server.violations(), [] as [&str; 0]);

    let again = desk.studio.auth_sign_out(&opened.id).await.unwrap();
    assert!(!again.revoked, "there is nothing left to revoke");
    assert_eq!(server.requests_to(Endpoint::Revocation).len(), 1);
}

#[tokio::test]
async fn z23_whatever_the_provider_says_it_is_cleared_here_and_the_person_told() {
    for answer in [
        RevocationAnswer::Unavailable,
        RevocationAnswer::Unsupported,
        RevocationAnswer::Redirects,
    ] {
        let server = AuthorizationServer::start(Script {
            revocation: vec![answer],
            ..Script::default()
        })
        .await;
        let (desk, opened) = signed_in(&server, json!({})).await;
        let signed_out = desk.studio.auth_sign_out(&opened.id).await.unwrap();
        assert!(!signed_out.revoked, "{answer:?}");
        assert!(signed_out.message.contains("signed out here"));
        assert!(!desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    }
    let server = AuthorizationServer::start(Script::default()).await;
    let (desk, opened) = signed_in(&server, json!({ "revocation_url": "" })).await;
    let signed_out = desk.studio.auth_sign_out(&opened.id).await.unwrap();
    assert!(!signed_out.revoked && signed_out.message.contains("names no way"));
    assert!(!desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
}

#[tokio::test]
async fn z23_the_shared_sign_in_is_not_one_accounts_to_end() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let steps = json!([step(&server, json!({ "shared_credentials": true }))]);
    let opened = desk.acme(&server, &steps).await;
    desk.sign_in(&opened, RunWhat::SharedSignIn).await;
    let signed_out = desk.studio.auth_sign_out(&opened.id).await.unwrap();
    assert!(!signed_out.revoked);
    assert_eq!(server.requests_to(Endpoint::Revocation).len(), 0);
    let status = desk.studio.auth_status(&opened.id).await.unwrap();
    assert!(status.shared.signed_in);
}
