//! A run that waits for the browser: what its window hears and may do meanwhile.

use latchwork_studio::RunUpdate;
use latchwork_studio::wire::{ReturnsBy, RunWhat};
use latchwork_testkit::oauth::{AuthorizationServer, DeviceAnswer, Endpoint, Script};
use latchwork_testkit::oidc::Browser;
use serde_json::json;

use crate::desk::{Desk, one_step, parameter, step};

#[tokio::test]
async fn z15_the_window_hears_who_the_provider_is_and_neither_address_state_nor_code() {
    let (server, desk, opened) = one_step().await;
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    run.browser().await;
    let asked = run.seen.last().unwrap().clone();
    let RunUpdate::BrowserRequested {
        provider,
        redirect_uri,
        returns_by,
        expires_at,
        ..
    } = asked
    else {
        panic!("{asked:?}")
    };
    assert_eq!(
        (provider.as_str(), returns_by),
        ("127.0.0.1", ReturnsBy::Loopback)
    );
    assert!(redirect_uri.starts_with("http://127.0.0.1:") && expires_at > 1_700_000_000);
    assert_eq!(desk.journal().await, 1);

    let address = desk.visit().await;
    let arrival = Browser::new().sign_in(&address).await;
    assert_eq!(arrival.page.as_ref().map(|page| page.status), Some(200));
    assert_eq!(run.end().await, None);
    assert!(run.told().contains("browser_returned"));
    assert_eq!(desk.journal().await, 0);
    let (state, code) = (
        parameter(&address, "state"),
        arrival.parameter("code").unwrap(),
    );
    let history = serde_json::to_string(&desk.studio.run_get(&run.id).await.unwrap()).unwrap();
    for told in [run.told(), history] {
        for secret in [&state, &code, &address] {
            assert!(secret.len() > 4 && !told.contains(secret.as_str()));
        }
    }
    assert!(desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn f20_without_a_browser_the_address_is_copied_and_the_way_back_pasted() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::without_browser().await;
    let steps = json!([step(&server, json!({}))]);
    let opened = desk.acme(&server, &steps).await;
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    let redirect_uri = run.browser().await;
    let opens = desk.studio.run_browser_open(&run.id, "oauth").await;
    assert_eq!(opens.unwrap_err().code().as_str(), "browser.unavailable");

    let address = desk.studio.run_browser_address(&run.id, "oauth").unwrap();
    let back = Browser::new().allow(&address).await;
    let state = parameter(&address, "state");
    let id = run.id.clone();
    let paste = |address: &str| desk.studio.run_callback_paste(&id, "oauth", address);
    for (pasted, code) in [
        ("", "oauth.callback_invalid"),
        ("no address", "oauth.callback_invalid"),
        (&redirect_uri, "oauth.state_mismatch"),
        (
            "http://127.0.0.1:1/callback?code=c&state=other",
            "oauth.state_mismatch",
        ),
        (
            &format!("{redirect_uri}?state={state}"),
            "oauth.callback_invalid",
        ),
        (
            &format!("{redirect_uri}?state={state}&state={state}&code=c"),
            "oauth.callback_invalid",
        ),
        (
            &format!("https://evil.example/callback?state={state}&code=c"),
            "oauth.callback_invalid",
        ),
    ] {
        let refused = paste(pasted).unwrap_err();
        assert_eq!(refused.code().as_str(), code, "{pasted}");
        assert!(!refused.to_string().contains(&state));
    }
    assert_eq!(
        desk.studio
            .run_callback_paste(&run.id, "other", &back)
            .unwrap_err()
            .code()
            .as_str(),
        "run.unknown"
    );
    paste(&format!("  {back}\n")).unwrap();
    assert_eq!(run.end().await, None);
    assert!(
        run.told().contains("callback_refused"),
        "one with its state is told to whoever watches"
    );
    assert_eq!(
        paste(&back).unwrap_err().code().as_str(),
        "run.unknown",
        "z1: it waits no more"
    );
    assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
}

#[tokio::test]
async fn f19_a_cancel_ends_the_wait_at_once_and_frees_the_port() {
    let (server, desk, opened) = one_step().await;
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    let redirect_uri = run.browser().await;
    let address = desk.visit().await;
    desk.studio.run_cancel(&run.id);
    assert_eq!(run.end().await.as_deref(), Some("run.cancelled"));
    assert_eq!(desk.journal().await, 0);
    let back = Browser::new().sign_in(&address).await;
    assert!(back.page.is_none(), "nobody listens there");
    let port = url::Url::parse(&redirect_uri).unwrap().port().unwrap();
    std::net::TcpListener::bind(("127.0.0.1", port)).expect("the port is free");
    assert_eq!(server.requests_to(Endpoint::Token).len(), 0);
}

#[tokio::test]
async fn z7_opening_again_goes_to_the_same_address() {
    let (_server, desk, opened) = one_step().await;
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    run.browser().await;
    let first = desk.visit().await;
    desk.studio
        .run_browser_open(&run.id, "oauth")
        .await
        .unwrap();
    assert_eq!(desk.visit().await, first);
    Browser::new().sign_in(&first).await;
    assert_eq!(run.end().await, None);
    let over = desk.studio.run_browser_open(&run.id, "oauth").await;
    assert_eq!(over.unwrap_err().code().as_str(), "run.unknown");
}

#[tokio::test]
async fn s11_a_device_code_is_shown_with_the_time_that_is_left() {
    let server = AuthorizationServer::start(Script {
        device: vec![DeviceAnswer::Good],
        ..Script::default()
    })
    .await;
    let desk = Desk::new().await;
    let steps = json!([{
        "id": "oauth", "type": "oauth2_device_code", "client_id": server.client_id(), "client_secret": server.client_secret(),
        "device_authorization_url": server.url(Endpoint::DeviceAuthorization), "token_url": server.url(Endpoint::Token),
    }]);
    let opened = desk.acme(&server, &steps).await;
    let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
    let shown = run
        .until(|update| matches!(update, RunUpdate::DeviceCodeRequested { .. }))
        .await;
    let RunUpdate::DeviceCodeRequested {
        user_code,
        verification_uri,
        expires_at,
        ..
    } = shown
    else {
        unreachable!()
    };
    assert_eq!(user_code, "WDJB-MJH1");
    assert_eq!(verification_uri, server.url(Endpoint::DevicePage));
    assert!(expires_at > 1_700_000_000, "a time of day, not a duration");
    desk.studio.run_cancel(&run.id);
    assert_eq!(run.end().await.as_deref(), Some("run.cancelled"));
    assert!(!run.told().contains("device-code-1"));
}
