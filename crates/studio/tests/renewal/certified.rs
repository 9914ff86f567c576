//! A certified provider that rotates refresh tokens, and ends the grant where one is used twice.

use std::sync::Arc;

use latchwork_engine::RunInput;
use latchwork_model::read_connector;
use latchwork_studio::{CallTarget, Caller, KeyChoice, Studio, StudioOptions};
use latchwork_testkit::FakeHost;
use latchwork_testkit::oidc::{Browser, OidcOptions, OidcProvider, client};
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::desk::in_time;

fn file(issuer: &str) -> String {
    json!({
        "format": "latchwork.connector/1", "name": "Harbour", "kind": "rest", "base_url": issuer,
        "auth": {
            "method": "multistep",
            "steps": [{ "id": "signin", "type": "oauth2_pkce", "issuer": issuer,
                        "client_id": client::PUBLIC, "scopes": ["openid", "offline_access"] }],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ signin.access_token }}" } ]
        },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "GET", "url": "/api/me" } }]
    })
    .to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_a_thousand_calls_at_once_rotate_once_and_the_grant_survives() {
    let provider = OidcProvider::start(&OidcOptions::default());
    let folder = TempDir::new().unwrap();
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for tests".into()),
    };
    let studio = Arc::new(Studio::open(options).await.unwrap());
    let opened = studio
        .connector_import_text(&file(provider.issuer()))
        .await
        .unwrap();
    let connector = Arc::new(read_connector(&opened.document).unwrap());
    let (host, mut visits) = FakeHost::with_browser();
    let caller = Caller {
        connector_id: &opened.id,
        connector: &connector,
        account: None,
        input: RunInput::default(),
        host: &host,
    };
    let person = async {
        let visit = visits.recv().await.unwrap();
        Browser::new().sign_in(visit.url.as_str()).await;
    };
    let (login, ()) = in_time(Box::pin(async {
        tokio::join!(studio.login(caller), person)
    }))
    .await;
    login.unwrap();
    for round in 1..=2 {
        provider.expire_access_tokens();
        let mut calls = JoinSet::new();
        for _ in 0..1_000 {
            let (studio, connector, id) = (
                Arc::clone(&studio),
                Arc::clone(&connector),
                opened.id.clone(),
            );
            calls.spawn(async move {
                let caller = Caller {
                    connector_id: &id,
                    connector: &connector,
                    account: None,
                    input: RunInput::default(),
                    host: &FakeHost::new(),
                };
                let target = CallTarget::Endpoint {
                    id: "me".into(),
                    inputs: serde_json::Map::new(),
                };
                Box::pin(studio.call(caller, &target)).await
            });
        }
        while let Some(done) = in_time(calls.join_next()).await {
            let (answer, _) = done.unwrap().unwrap();
            assert_eq!(answer.unwrap().status, 200);
        }
        // Using a rotated token again would have ended the grant, and the second round with it.
        assert_eq!(provider.counts().token_requests("refresh_token"), round);
        assert_eq!(provider.counts().token_refusals("refresh_token"), 0);
    }
}
