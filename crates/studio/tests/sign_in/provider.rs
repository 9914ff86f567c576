//! The same with a certified provider.

use latchwork_studio::SsoSignIn;
use latchwork_studio::wire::{ReturnsBy, RunWhat, SsoState};
use latchwork_studio::{CallbackOutcome, ReceivedBy};
use latchwork_testkit::oidc::{Browser, OidcOptions, OidcProvider, RefreshTokens, client};
use serde_json::json;

use crate::desk::{Desk, in_time};
use crate::sso::start;

#[tokio::test(flavor = "multi_thread")]
async fn s5_s8_a_certified_provider_signs_a_connector_in_by_deep_link_and_the_person_by_loopback() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let desk = Desk::new().await;
    let steps = json!([{
        "id": "oauth", "type": "oauth2_pkce", "issuer": provider.issuer(), "client_id": client::PUBLIC,
        "scopes": ["openid", "offline_access"], "redirect": "deep_link",
    }]);
    let opened = desk
        .connector("Acme", &format!("{}/api/me", provider.issuer()), &steps)
        .await;
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    run.browser().await;
    let link = Browser::new().allow(&desk.visit().await).await;
    let outcome = desk
        .studio
        .callback_received(&link, ReceivedBy::DeepLink)
        .await;
    assert_eq!(outcome, CallbackOutcome::Taken);
    assert_eq!(run.end().await, None);
    let signed_out = desk.studio.auth_sign_out(&opened.id).await.unwrap();
    assert!(signed_out.revoked, "{}", signed_out.message);

    let mut run = start(
        &desk,
        SsoSignIn {
            issuer: provider.issuer().to_owned(),
            client_id: client::BASIC.to_owned(),
            client_secret: Some(client::SECRET.to_owned()),
            scopes: Vec::new(),
            redirect: ReturnsBy::Loopback,
        },
    );
    run.browser().await;
    desk.person_signs_in().await;
    assert_eq!(run.end().await, None);
    let status = desk.studio.sso_status().await.unwrap();
    assert_eq!(status.state, SsoState::SignedIn);
    assert_eq!(status.subject.as_deref(), Some("ada"));
    // This provider tells them at its userinfo endpoint alone.
    assert_eq!(status.name.as_deref(), Some("Ada Example"));
    assert_eq!(status.email.as_deref(), Some("ada@example.test"));
    assert!(in_time(desk.studio.sso_session()).await.is_ok());
    assert!(desk.studio.sso_sign_out().await.unwrap().revoked);
}

/// OpenID Connect Core 1.0 section 11: `offline_access` is granted where the person is asked, and nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn s8_a_session_can_be_renewed_where_a_refresh_token_wants_a_question() {
    let provider = OidcProvider::start(&OidcOptions {
        access_token_seconds: 30,
        refresh_tokens: RefreshTokens::OfflineAccess,
        ..OidcOptions::default()
    });
    let desk = Desk::new().await;
    let mut run = start(
        &desk,
        SsoSignIn {
            issuer: provider.issuer().to_owned(),
            client_id: client::PUBLIC.to_owned(),
            client_secret: None,
            scopes: Vec::new(),
            redirect: ReturnsBy::Loopback,
        },
    );
    run.browser().await;
    desk.person_signs_in().await;
    assert_eq!(run.end().await, None);
    // It has less than a minute left, and is renewed before it is used.
    assert!(in_time(desk.studio.sso_session()).await.is_ok());
    let counts = provider.counts();
    assert_eq!(counts.token_requests("refresh_token"), 1);
    assert_eq!(counts.token_refusals("refresh_token"), 0);
}
