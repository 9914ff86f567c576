//! What the editor's OAuth forms ask: discovery, and tokens looked into.

use latchwork_studio::wire::{DiscoveredClientAuth, DiscoveredPkce, RunWhat};
use latchwork_studio::{DEEP_LINK_ADDRESS, DeepLinkState, Studio};
use latchwork_testkit::oauth::{
    AuthorizationServer, DiscoveryAnswer, IdToken, Script, TokenAnswer,
};
use serde_json::json;

use crate::desk::{Desk, step};

#[tokio::test]
async fn an_issuers_endpoints_are_found_to_be_seen_and_changed() {
    let server = AuthorizationServer::start(Script {
        discovery: DiscoveryAnswer::EndpointsElsewhere,
        metadata: json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"], "code_challenge_methods_supported": ["S256"], "scopes_supported": ["openid", "crm"] }),
        ..Script::default()
    })
    .await;
    let desk = Desk::new().await;
    let found = desk
        .studio
        .oauth_discover(&format!(" {} ", server.issuer()))
        .await
        .unwrap();
    assert_eq!(found.issuer, server.issuer());
    assert!(found.token_url.unwrap().starts_with("http://localhost:"));
    assert_eq!(found.pkce, DiscoveredPkce::S256);
    assert_eq!(found.client_auth, Some(DiscoveredClientAuth::Post));
    assert_eq!(found.scopes, ["openid", "crm"]);
    assert_eq!(found.origins.len(), 1);
    assert!(found.origins[0].starts_with("http://localhost:"));
}

#[tokio::test]
async fn z4_what_is_no_issuer_is_told_and_nothing_else_is_asked() {
    let desk = Desk::new().await;
    for (discovery, code) in [
        (DiscoveryAnswer::OtherIssuer, "oauth.discovery_failed"),
        (DiscoveryAnswer::Absent, "oauth.discovery_failed"),
        (DiscoveryAnswer::Html, "oauth.discovery_failed"),
        (DiscoveryAnswer::Redirects, "oauth.redirects"),
    ] {
        let server = AuthorizationServer::start(Script {
            discovery,
            ..Script::default()
        })
        .await;
        let refused = desk.studio.oauth_discover(server.issuer()).await;
        assert_eq!(refused.unwrap_err().code().as_str(), code, "{discovery:?}");
        assert_eq!(server.violations(), [] as [&str; 0]);
    }
    for (issuer, code) in [
        ("", "oauth.discovery_failed"),
        ("not an address", "oauth.discovery_failed"),
        ("{{ vars.issuer }}", "oauth.discovery_failed"),
        ("mailto:a@b.example", "oauth.discovery_failed"),
        ("http://id.example", "oauth.insecure_endpoint"),
        ("ftp://id.example", "oauth.insecure_endpoint"),
    ] {
        let refused = desk.studio.oauth_discover(issuer).await;
        assert_eq!(refused.unwrap_err().code().as_str(), code, "{issuer}");
    }
}

#[tokio::test]
async fn t4_a_token_is_looked_into_and_does_not_cross() {
    let server = AuthorizationServer::start(Script {
        id_token: Some(IdToken::Good),
        token: vec![TokenAnswer::Good],
        ..Script::default()
    })
    .await;
    let desk = Desk::new().await;
    let steps = json!([step(
        &server,
        json!({ "issuer": server.issuer(), "scopes": ["openid"] })
    )]);
    let opened = desk.acme(&server, &steps).await;
    let run = desk.sign_in(&opened, RunWhat::AuthSteps).await;
    let view = desk
        .studio
        .token_inspect(&run.id, "oauth.id_token")
        .unwrap();
    assert!(view.is_jwt);
    assert_eq!(view.algorithm.as_deref(), Some("ES256"));
    assert_eq!(view.issuer.as_deref(), Some(server.issuer()));
    assert_eq!(view.subject.as_deref(), Some("ada"));
    assert!(view.expires_at.unwrap() > view.issued_at.unwrap());
    let token = desk.studio.run_reveal(&run.id, "oauth.id_token").unwrap();
    let signature = token.rsplit('.').next().unwrap().to_owned();
    let crosses = serde_json::to_string(&view).unwrap();
    assert!(!crosses.contains(&token) && !crosses.contains(&signature));

    let opaque = desk
        .studio
        .token_inspect(&run.id, "oauth.access_token")
        .unwrap();
    assert!(!opaque.is_jwt && opaque.claims.is_null());
    for missing in ["oauth.nothing", "other.id_token", "", "oauth"] {
        let refused = desk.studio.token_inspect(&run.id, missing);
        assert_eq!(refused.unwrap_err().code().as_str(), "run.unknown");
    }
}

#[test]
fn the_redirect_addresses_to_register_are_told() {
    let addresses = Studio::oauth_redirect_addresses(DeepLinkState::Ours, None);
    assert_eq!(addresses.loopback, "http://127.0.0.1/callback");
    assert_eq!(addresses.deep_link, DEEP_LINK_ADDRESS);
}
