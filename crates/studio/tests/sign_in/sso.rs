//! Single sign-on: who is signed in, the step that uses it, and signing out.

use latchwork_engine::SsoAbsent;
use latchwork_studio::wire::{ReturnsBy, SsoState};
use latchwork_studio::{RunUpdate, SsoSignIn, wire::RunWhat};
use latchwork_testkit::oauth::{
    AuthorizationServer, DiscoveryAnswer, Endpoint, IdToken, RevocationAnswer, Script, TokenAnswer,
};
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;

use crate::desk::{Desk, Run};

/// A server whose token answers have an ID token, with these changes.
pub(crate) async fn server(script: Script) -> AuthorizationServer {
    AuthorizationServer::start(Script {
        id_token: script.id_token.or(Some(IdToken::Good)),
        ..script
    })
    .await
}

pub(crate) fn request(server: &AuthorizationServer) -> SsoSignIn {
    SsoSignIn {
        issuer: server.issuer().to_owned(),
        client_id: server.client_id().to_owned(),
        client_secret: Some(server.client_secret().to_owned()),
        scopes: Vec::new(),
        redirect: ReturnsBy::Loopback,
    }
}

pub(crate) fn start(desk: &Desk, request: SsoSignIn) -> Run {
    let (sender, updates) = unbounded_channel();
    let id = desk
        .studio
        .sso_sign_in(request, move |update| sender.send(update).is_ok())
        .unwrap();
    Run::new(id, updates)
}

/// Signs in, to the end; the code that it ended with.
pub(crate) async fn sign_in(desk: &Desk, server: &AuthorizationServer) -> Option<String> {
    let mut run = start(desk, request(server));
    run.browser().await;
    desk.person_signs_in().await;
    run.end().await
}

#[tokio::test]
async fn s8_a_person_signs_in_is_shown_and_the_step_uses_the_session() {
    let server = server(Script::default()).await;
    let desk = Desk::new().await;
    assert_eq!(
        desk.studio.sso_status().await.unwrap().state,
        SsoState::SignedOut
    );
    let mut run = start(&desk, request(&server));
    run.browser().await;
    desk.person_signs_in().await;
    assert_eq!(run.end().await, None);
    let RunUpdate::RunStarted { what, .. } = &run.seen[0] else {
        panic!("{:?}", run.seen[0])
    };
    assert_eq!(what, &RunWhat::SsoSignIn);
    let access_token = desk.studio.run_reveal(&run.id, "sso.access_token").unwrap();
    assert!(!run.told().contains(&access_token));
    assert!(!run.told().contains(server.client_secret()));

    // After a restart too.
    let desk = desk.restarted().await;
    let status = desk.studio.sso_status().await.unwrap();
    assert_eq!(status.state, SsoState::SignedIn);
    assert_eq!(status.issuer.as_deref(), Some(server.issuer()));
    assert_eq!(status.name.as_deref(), Some("Ada Example"));
    assert_eq!(status.email.as_deref(), Some("ada@example.test"));
    assert_eq!(status.subject.as_deref(), Some("ada"));
    assert!(status.expires_at.is_some());

    let steps = json!([
        { "id": "sso", "type": "sso_token" },
        { "id": "oauth", "type": "set_variables", "outputs": [ { "name": "access_token", "value": "{{ sso.access_token }}" } ] }
    ]);
    let opened = desk.acme(&server, &steps).await;
    let mut call = desk.call(&opened).await;
    assert_eq!(call.end().await, None);
    assert!(!call.told().contains(&access_token));
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn s8_without_a_session_the_step_says_what_to_do() {
    let desk = Desk::new().await;
    let steps = json!([{ "id": "oauth", "type": "sso_token" }]);
    let opened = desk.connector("Acme", "http://127.0.0.1:9", &steps).await;
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    assert_eq!(run.end().await.as_deref(), Some("sso.not_signed_in"));
}

#[tokio::test]
async fn z8_a_sign_in_that_is_not_to_be_trusted_keeps_nothing() {
    for (script, code) in [
        (
            Script {
                id_token: Some(IdToken::WrongNonce),
                ..Script::default()
            },
            "oauth.id_token_invalid",
        ),
        (
            Script {
                id_token: Some(IdToken::OtherKey),
                ..Script::default()
            },
            "oauth.id_token_invalid",
        ),
        (
            Script {
                token: vec![TokenAnswer::With(json!({ "id_token": null }))],
                ..Script::default()
            },
            "oauth.id_token_invalid",
        ),
        (
            Script {
                token: vec![TokenAnswer::ServerError],
                ..Script::default()
            },
            "oauth.token_error",
        ),
    ] {
        let server = server(script).await;
        let desk = Desk::new().await;
        assert_eq!(sign_in(&desk, &server).await.as_deref(), Some(code));
        let status = desk.studio.sso_status().await.unwrap();
        assert_eq!(status.state, SsoState::SignedOut);
        let session = desk.studio.sso_session().await;
        assert_eq!(session.err(), Some(SsoAbsent::NotSignedIn));
    }
}

#[tokio::test]
async fn a_provider_whose_endpoints_are_elsewhere_is_followed_as_its_document_says() {
    let server = server(Script {
        discovery: DiscoveryAnswer::EndpointsElsewhere,
        ..Script::default()
    })
    .await;
    let desk = Desk::new().await;
    assert_eq!(sign_in(&desk, &server).await, None);
}

#[tokio::test]
async fn what_is_missing_is_told_with_its_field_and_a_provider_that_is_none_too() {
    let server = server(Script {
        discovery: DiscoveryAnswer::Absent,
        ..Script::default()
    })
    .await;
    let desk = Desk::new().await;
    let incomplete = SsoSignIn {
        client_id: " ".to_owned(),
        ..request(&server)
    };
    let refused = desk.studio.sso_sign_in(incomplete, |_| true);
    let fault = refused.unwrap_err().fault();
    assert_eq!(fault.field.as_deref(), Some("client_id"));
    let mut run = start(&desk, request(&server));
    assert_eq!(run.end().await.as_deref(), Some("oauth.discovery_failed"));
}

#[tokio::test]
async fn f21_two_clicks_are_one_sign_in_and_another_one_does_not_begin_beside_it() {
    let server = server(Script::default()).await;
    let desk = Desk::new().await;
    let mut first = start(&desk, request(&server));
    first.browser().await;
    let mut second = start(&desk, request(&server));
    assert_eq!(first.id, second.id);
    let other = SsoSignIn {
        scopes: vec!["openid".to_owned()],
        ..request(&server)
    };
    let mut other = start(&desk, other);
    assert_eq!(other.end().await.as_deref(), Some("oauth.already_waiting"));
    desk.person_signs_in().await;
    assert_eq!((first.end().await, second.end().await), (None, None));
}

#[tokio::test]
async fn z23_signing_out_revokes_where_it_can_and_forgets_in_any_case() {
    for (answer, revoked) in [
        (RevocationAnswer::Good, true),
        (RevocationAnswer::Unavailable, false),
    ] {
        let server = server(Script {
            revocation: vec![answer],
            ..Script::default()
        })
        .await;
        let desk = Desk::new().await;
        assert_eq!(sign_in(&desk, &server).await, None);
        let signed_out = desk.studio.sso_sign_out().await.unwrap();
        assert_eq!(signed_out.revoked, revoked, "{}", signed_out.message);
        assert_eq!(server.requests_to(Endpoint::Revocation).len(), 1);
        let status = desk.studio.sso_status().await.unwrap();
        assert_eq!(status.state, SsoState::SignedOut);
        assert_eq!((status.name, status.email), (None, None));
        assert_eq!(
            status.issuer.as_deref(),
            Some(server.issuer()),
            "for the next time"
        );
        let desk = desk.restarted().await;
        assert!(desk.studio.sso_session().await.is_err());
        assert!(!desk.studio.sso_sign_out().await.unwrap().revoked);
    }
}

#[tokio::test]
async fn signing_out_ends_a_sign_in_that_is_under_way() {
    let server = server(Script::default()).await;
    let desk = Desk::new().await;
    let mut run = start(&desk, request(&server));
    run.browser().await;
    desk.studio.sso_sign_out().await.unwrap();
    assert_eq!(run.end().await.as_deref(), Some("run.cancelled"));
    assert_eq!(desk.journal().await, 0);
}

#[tokio::test]
async fn the_session_is_nobodys_connector() {
    let server = server(Script::default()).await;
    let desk = Desk::new().await;
    assert_eq!(sign_in(&desk, &server).await, None);
    assert_eq!(desk.studio.accounts(None).await.unwrap(), []);
    assert!(desk.studio.connector_list("").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_vault_that_is_closed_is_told_before_anyone_is_sent_to_the_browser() {
    let server = server(Script::default()).await;
    let desk = Desk::new().await;
    // Something is sealed with the right passphrase, so another one does not open it.
    assert_eq!(sign_in(&desk, &server).await, None);
    let options = latchwork_studio::StudioOptions {
        data_dir: Some(desk.folder.path().join("data")),
        key: latchwork_studio::KeyChoice::Passphrase("another one".into()),
    };
    let closed = latchwork_studio::Studio::open(options).await.unwrap();
    let (sender, updates) = unbounded_channel();
    let id = std::sync::Arc::new(closed)
        .sso_sign_in(request(&server), move |update| sender.send(update).is_ok())
        .unwrap();
    let mut run = Run::new(id, updates);
    assert_eq!(run.end().await.as_deref(), Some("vault.key_wrong"));
    assert!(!run.asked_the_browser());
    let status = desk.studio.sso_status().await.unwrap();
    assert_eq!(status.state, SsoState::SignedIn, "what was there stays");
}
