//! Every grant of a certified provider, as a person and as a program would use it.

use latchwork_engine::{Engine, RunEvent, RunInput, SsoSession};
use latchwork_testkit::oidc::{Browser, OidcOptions, OidcProvider, TokenFormat, client};
use latchwork_testkit::{FakeHost, Visits};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::signing_in::{Ended, agreeing, connector_of, in_time, put, run, run_with};

fn step(provider: &OidcProvider, kind: &str, members: Value) -> Value {
    let mut step = json!({
        "id": "oauth", "type": kind, "issuer": provider.issuer(), "client_id": client::PUBLIC,
        "scopes": ["openid", "profile", "email", "offline_access"],
    });
    put(&mut step, members);
    step
}

async fn signed_in(provider: &OidcProvider, members: Value) -> Ended {
    let connector = connector_of(&json!([step(provider, "oauth2_pkce", members)]));
    run(
        &Engine::default(),
        &connector,
        RunInput::default(),
        agreeing,
    )
    .await
}

#[tokio::test]
async fn code_and_pkce_with_every_client_authentication() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let key = provider.client_key("ES256").to_owned();
    for members in [
        json!({}),
        json!({ "client_id": client::BASIC, "client_secret": client::SECRET }),
        json!({ "client_id": client::POST, "client_secret": client::SECRET, "client_auth": "post" }),
        json!({ "client_id": client::KEY, "client_auth": "private_key_jwt", "client_key": key }),
        json!({ "client_registration": "dynamic", "client_id": null }),
    ] {
        let said = members.to_string();
        let ended = signed_in(&provider, members).await;
        let outputs = ended.outputs();
        for name in ["access_token", "refresh_token", "id_token", "expires_at"] {
            assert!(outputs.contains_key(name), "{name}: {said}");
        }
        assert!(ended.refusals().is_empty(), "{said}");
    }
}

#[tokio::test]
async fn client_credentials_with_every_client_authentication() {
    let provider = OidcProvider::start(&OidcOptions::default());
    for algorithm in ["ES256", "RS256"] {
        let key = provider.client_key(algorithm).to_owned();
        for members in [
            json!({ "client_id": client::BASIC, "client_secret": client::SECRET }),
            json!({ "client_id": client::POST, "client_secret": client::SECRET, "client_auth": "post" }),
            json!({ "client_id": client::KEY, "client_auth": "private_key_jwt", "client_key": key }),
        ] {
            let said = members.to_string();
            let mut step = step(&provider, "oauth2_client_credentials", members);
            put(&mut step, json!({ "scopes": [] }));
            let ended = run_with(
                &Engine::default(),
                &connector_of(&json!([step])),
                RunInput::default(),
                FakeHost::new(),
                async {},
            )
            .await;
            assert!(ended.outputs().contains_key("access_token"), "{said}");
        }
    }
}

#[tokio::test]
async fn a_device_code_is_entered_elsewhere() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let connector = connector_of(&json!([step(&provider, "oauth2_device_code", json!({}))]));
    let (host, _visits) = FakeHost::with_browser();
    let engine = Engine::default();
    let ended = in_time(async {
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        let person = async {
            let (uri, code) = loop {
                let shown = host.events().into_iter().find_map(|event| match event {
                    RunEvent::DeviceCodeRequested {
                        verification_uri,
                        user_code,
                        ..
                    } => Some((verification_uri, user_code)),
                    _ => None,
                });
                match shown {
                    Some(shown) => break shown,
                    None => tokio::task::yield_now().await,
                }
            };
            Browser::new().connect_device(&uri, &code).await;
        };
        let (flow, ()) = tokio::join!(run.auth_flow(), person);
        flow.expect("it works");
        run.cached_outputs()
    })
    .await;
    assert!(ended.outputs["oauth"].contains_key("access_token"));
    assert_eq!(provider.counts().device_authorizations, 1);
}

#[tokio::test]
async fn rotation_reuse_and_revocation_are_borne() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let connector = connector_of(&json!([step(&provider, "oauth2_pkce", json!({}))]));
    let engine = Engine::default();
    let ended = run(&engine, &connector, RunInput::default(), agreeing).await;
    let first = ended.text("refresh_token").to_owned();
    let cached = ended.result.expect("it worked");
    let host = FakeHost::new();
    in_time(async {
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        run.restore(cached.clone());
        run.renew("oauth").await.expect("renewed");
        let second = run.step_outputs("oauth").expect("outputs")["refresh_token"].clone();
        assert_ne!(second, first.as_str(), "it rotates");
        assert_eq!(run.revoke().await.len(), 1);
        assert_eq!(provider.counts().revocations, 1);
        let failure = run.renew("oauth").await.expect_err("it was revoked");
        assert_eq!(failure.fault.code.as_str(), "oauth.invalid_grant");
    })
    .await;
}

#[tokio::test]
async fn a_person_who_declines_is_told_in_the_providers_words() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let connector = connector_of(&json!([step(&provider, "oauth2_pkce", json!({}))]));
    let declining = async |mut visits: Visits| {
        let visit = visits.recv().await.expect("a visit");
        Browser::new().decline(visit.url.as_str()).await;
    };
    let ended = run(
        &Engine::default(),
        &connector,
        RunInput::default(),
        declining,
    )
    .await;
    assert_eq!(ended.fault().code.as_str(), "oauth.denied");
}

#[tokio::test]
async fn a_jwt_access_token_says_when_it_expires() {
    let provider = OidcProvider::start(&OidcOptions {
        token_format: TokenFormat::Jwt,
        access_token_seconds: 321,
        ..OidcOptions::default()
    });
    let ended = signed_in(&provider, json!({})).await;
    let expires_at = ended.outputs()["expires_at"].as_i64().expect("an expiry");
    assert!((expires_at - Engine::default().now() - 321).abs() < 60);
}

#[tokio::test]
async fn an_sso_token_step_gives_the_hosts_session() {
    let connector = connector_of(&json!([{ "id": "sso", "type": "sso_token" }]));
    let session = SsoSession {
        access_token: Zeroizing::new("sso-access".to_owned()),
        id_token: Some(Zeroizing::new("sso-id".to_owned())),
        token_type: "Bearer".to_owned(),
        expires_at: Some(2_000_000_000),
        claims: json!({ "email": "ada@example.com" })
            .as_object()
            .cloned()
            .unwrap_or_default(),
    };
    for signed_in in [true, false] {
        let mut host = FakeHost::new();
        if signed_in {
            host = host.signed_in(session.clone());
        }
        let ended = run_with(
            &Engine::default(),
            &connector,
            RunInput::default(),
            host,
            async {},
        )
        .await;
        if signed_in {
            let cached = ended.result.expect("it worked");
            assert_eq!(cached.outputs["sso"]["access_token"], "sso-access");
            assert_eq!(cached.outputs["sso"]["claims"]["email"], "ada@example.com");
            assert_eq!(cached.expires_at, Some(2_000_000_000));
        } else {
            assert_eq!(ended.fault().code.as_str(), "sso.not_signed_in");
        }
    }
}
