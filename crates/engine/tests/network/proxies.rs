//! Proxies: what goes through them, and that their credentials are told to nobody.

use latchwork_testkit::{
    Answer, Certificates, FaultServer, ProxyKind, ProxyServer, Route, TlsKind, find_leak,
};
use serde_json::json;

use crate::sessions::{PATHS, connector, everything, paths, provider, provider_at};

const CREDENTIALS: (&str, &str) = ("ann", "canary-p@ss-word");

/// The address of the proxy, its password in a variable.
fn address(scheme: &str, proxy: &ProxyServer) -> String {
    format!(
        "{scheme}://ann:{{{{ vars.password | urlencode }}}}@{}",
        proxy.address()
    )
}

#[tokio::test]
async fn steps_token_calls_discovery_revocation_and_test_go_through_the_proxy() {
    for (scheme, kind) in [
        ("http", ProxyKind::Connect),
        ("socks5", ProxyKind::Socks5),
        ("socks5h", ProxyKind::Socks5),
    ] {
        // Nobody listens there: what does not go through the proxy goes nowhere.
        let (closed, _held) = FaultServer::refused_origin();
        let issuer = closed.replace("http://", "https://");
        let certificates = Certificates::default();
        let server = provider_at(&issuer, &certificates, TlsKind::Valid).await;
        let proxy = ProxyServer::start(kind, Some(CREDENTIALS), server.address()).await;
        let network = json!({
            "proxy": address(scheme, &proxy), "ca_certificate": certificates.authority_pem(),
        });
        let connector = connector(&issuer, &network);
        let ended = everything(&connector, json!({ "password": CREDENTIALS.1 })).await;
        ended
            .result
            .as_ref()
            .unwrap_or_else(|fault| panic!("{scheme}: {fault:?}"));
        assert_eq!(paths(&server), PATHS, "{scheme}");
        let targets = proxy.targets();
        let host = issuer.trim_start_matches("https://");
        assert!(
            !targets.is_empty() && targets.iter().all(|target| target == host),
            "{scheme}: {targets:?}"
        );
        assert_eq!(find_leak(&ended.told, CREDENTIALS.1), None, "{scheme}");
    }
}

#[tokio::test]
async fn a_name_that_only_the_proxy_knows_is_its_to_find() {
    // The certificate is for `localhost`; the name is given to the proxy as it stands.
    let certificates = Certificates::default();
    let server = provider(&certificates, TlsKind::Valid).await;
    for (scheme, kind) in [("http", ProxyKind::Connect), ("socks5h", ProxyKind::Socks5)] {
        let proxy = ProxyServer::start(kind, None, server.address()).await;
        let network = json!({ "proxy": format!("{scheme}://{}", proxy.address()) });
        let ended = everything(&connector("https://api.invalid", &network), json!({})).await;
        assert_eq!(ended.fault().code.as_str(), "http.tls", "{scheme}");
        assert_eq!(proxy.targets(), ["api.invalid:443"], "{scheme}");
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_told_apart_and_its_credentials_are_told_to_nobody() {
    let certificates = Certificates::default();
    let server = provider(&certificates, TlsKind::Valid).await;
    for (scheme, kind) in [("http", ProxyKind::Connect), ("socks5", ProxyKind::Socks5)] {
        let proxy = ProxyServer::start(kind, Some(CREDENTIALS), server.address()).await;
        let network = json!({
            "proxy": address(scheme, &proxy), "ca_certificate": certificates.authority_pem(),
        });
        let connector = connector(server.origin(), &network);
        let ended = everything(&connector, json!({ "password": "canary-wrong-word" })).await;
        assert_eq!(
            ended.fault().code.as_str(),
            "http.proxy",
            "{scheme}: {:?}",
            ended.fault()
        );
        assert_eq!(ended.fault().step.as_deref(), Some("oauth"));
        for secret in ["canary-wrong-word", "YW5uOmNhbmFyeS13cm9uZy13b3Jk"] {
            assert_eq!(
                find_leak(&ended.told, secret),
                None,
                "{scheme}: {}",
                ended.told
            );
        }
    }
    assert!(paths(&server).is_empty());
}

#[tokio::test]
async fn http_goes_to_the_proxy_as_a_whole_address_with_its_credentials() {
    let server = FaultServer::start(vec![Route::new("*", Answer::json(json!({})))]).await;
    let file = json!({
        "format": "latchwork.connector/1", "name": "Network", "kind": "rest", "base_url": "http://api.invalid/v1",
        "network": { "proxy": format!("ann:canary-password@{}", server.address()) },
        "auth": {
            "method": "multistep",
            "steps": [ { "id": "a", "type": "api_request", "request": { "method": "GET", "url": "/a" } } ],
        },
        "test": { "request": { "method": "GET", "url": "/me" } },
    });
    let connector = latchwork_model::read_connector(&file.to_string()).expect("a valid connector");
    let engine = latchwork_engine::Engine::default();
    let host = latchwork_testkit::FakeHost::new();
    let mut run = engine
        .run(&connector, latchwork_engine::RunInput::default(), &host)
        .expect("a run");
    run.auth_flow().await.expect("it is answered");
    run.test().await.expect("it is answered");
    assert_eq!(
        paths(&server),
        ["http://api.invalid/v1/a", "http://api.invalid/v1/me"]
    );
    for request in server.requests() {
        // `ann:canary-password`
        let sent = request.header("proxy-authorization");
        assert_eq!(sent.as_deref(), Some("Basic YW5uOmNhbmFyeS1wYXNzd29yZA=="));
    }
    let told = serde_json::to_string(&host.events()).expect("events are JSON");
    assert_eq!(find_leak(&told, "canary-password"), None, "{told}");
}

#[tokio::test]
async fn a_proxy_that_is_none_is_said_before_anything_is_sent_and_without_its_password() {
    for (proxy, words) in [
        (
            "ftp://ann:canary-password@127.0.0.1:1",
            "the scheme `ftp` is none of http, https, socks5, socks5h",
        ),
        (
            "http://ann:canary-password@[nowhere",
            "it is not an address",
        ),
    ] {
        let connector = connector("https://api.invalid", &json!({ "proxy": proxy }));
        let ended = everything(&connector, json!({})).await;
        let fault = ended.fault();
        assert_eq!(fault.code.as_str(), "network.invalid");
        assert!(
            fault.message.starts_with("network.proxy: "),
            "{}",
            fault.message
        );
        assert!(fault.message.contains(words), "{}", fault.message);
        assert_eq!(find_leak(&ended.told, "canary-password"), None);
    }
}
