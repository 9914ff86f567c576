//! The single sign-on session as it gets old.

use std::sync::Arc;

use latchwork_engine::SsoAbsent;
use latchwork_studio::wire::SsoState;
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script, TokenAnswer};
use serde_json::json;

use crate::desk::Desk;
use crate::sso::{server, sign_in};

fn lasting(seconds: i64) -> TokenAnswer {
    TokenAnswer::With(json!({ "expires_in": seconds }))
}

async fn signed_in(token: TokenAnswer, refresh: Vec<TokenAnswer>) -> (Desk, AuthorizationServer) {
    let server = server(Script {
        token: vec![token],
        refresh,
        ..Script::default()
    })
    .await;
    let desk = Desk::new().await;
    assert_eq!(sign_in(&desk, &server).await, None);
    (desk, server)
}

fn refreshes(server: &AuthorizationServer) -> usize {
    let requests = server.requests_to(Endpoint::Token).into_iter();
    requests
        .filter(|request| request.parameter("grant_type") == Some("refresh_token"))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_ask_an_old_session_is_renewed_once_and_kept() {
    let (desk, server) = signed_in(lasting(30), vec![TokenAnswer::Good]).await;
    let old = desk.studio.sso_status().await.unwrap().expires_at;
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let studio = Arc::clone(&desk.studio);
        asking.spawn(async move { studio.sso_session().await.unwrap().access_token.to_string() });
    }
    let mut tokens = asking.join_all().await;
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all have the renewed one");
    assert_eq!(refreshes(&server), 1);
    // It is on the disk before anyone uses it: another process has it too.
    let desk = desk.restarted().await;
    assert_eq!(
        *desk.studio.sso_session().await.unwrap().access_token,
        tokens[0]
    );
    assert!(desk.studio.sso_status().await.unwrap().expires_at > old);
    assert_eq!(refreshes(&server), 1);
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn a_young_session_is_used_as_it_is() {
    let (desk, server) = signed_in(lasting(3_600), vec![]).await;
    let session = desk.studio.sso_session().await.unwrap();
    assert_eq!(session.claims["sub"], "ada");
    assert!(session.id_token.is_some() && session.token_type.eq_ignore_ascii_case("bearer"));
    assert_eq!(refreshes(&server), 0);
}

#[tokio::test]
async fn f8_a_passing_fault_costs_nobody_the_session() {
    let faults = vec![
        TokenAnswer::Unavailable,
        TokenAnswer::TooManyRequests("1".to_owned()),
        TokenAnswer::Html,
        TokenAnswer::Good,
    ];
    let (desk, server) = signed_in(lasting(0), faults.clone()).await;
    for _ in 0..3 {
        let session = desk.studio.sso_session().await;
        assert!(matches!(session.err(), Some(SsoAbsent::NotRenewed(_))));
        let status = desk.studio.sso_status().await.unwrap();
        assert_eq!(status.state, SsoState::SignedIn);
    }
    assert!(desk.studio.sso_session().await.is_ok());
    assert_eq!(refreshes(&server), 4);

    // What is good for another moment is used for that long.
    let (desk, _server) = signed_in(lasting(30), faults).await;
    assert!(desk.studio.sso_session().await.is_ok());
}

#[tokio::test]
async fn f7_a_provider_that_refuses_needs_the_person_and_is_not_asked_again() {
    let (desk, server) = signed_in(lasting(0), vec![TokenAnswer::InvalidGrant]).await;
    for _ in 0..3 {
        let session = desk.studio.sso_session().await;
        assert!(matches!(session.err(), Some(SsoAbsent::NeedsYou(_))));
    }
    assert_eq!(refreshes(&server), 1);
    let status = desk.studio.sso_status().await.unwrap();
    assert_eq!(status.state, SsoState::NeedsYou);
    assert_eq!(status.name.as_deref(), Some("Ada Example"));
    assert!(status.message.unwrap().contains("invalid_grant"));

    // Signing in again mends it.
    let desk = desk.restarted().await;
    assert_eq!(sign_in(&desk, &server).await, None);
    let status = desk.studio.sso_status().await.unwrap();
    assert_eq!(status.state, SsoState::SignedIn);
}

#[tokio::test]
async fn a_session_without_a_refresh_token_ends_with_its_time() {
    let token = TokenAnswer::With(json!({ "expires_in": 0, "refresh_token": null }));
    let (desk, server) = signed_in(token, vec![]).await;
    let session = desk.studio.sso_session().await;
    assert!(matches!(session.err(), Some(SsoAbsent::NeedsYou(_))));
    assert_eq!(refreshes(&server), 0);
}
