//! People: who come back from the provider, who decline, who enter a device code; and the end of the process.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use latchwork_testkit::oidc::{Browser, client};
use latchwork_testkit::{Answer, FaultServer, Route};
use serde_json::{Value, json};

use crate::requests::{REDIRECT, authorization_url, post, start, text, token};

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[tokio::test]
async fn the_challenge_method_plain_is_refused() {
    let provider = start();
    let url = authorization_url(&provider, &[("code_challenge_method", "plain")]);
    let arrival = Browser::new().sign_in(&url).await;
    assert_eq!(
        arrival.parameter("error").as_deref(),
        Some("invalid_request")
    );
}

#[tokio::test]
async fn the_browser_comes_back_to_a_loopback_port_of_its_client() {
    let provider = start();
    let answer = Answer::json(json!("You can close this page."));
    let listener = FaultServer::start(vec![Route::new("/callback", answer)]).await;
    let redirect = format!("{}/callback", listener.origin());
    let url = authorization_url(&provider, &[("redirect_uri", &redirect)]);
    let browser = Browser::new();
    let arrival = browser.sign_in(&url).await;
    assert!(arrival.address.starts_with(&redirect), "{arrival:?}");
    assert_eq!(arrival.parameter("iss").as_deref(), Some(provider.issuer()));
    let state = arrival.parameter("state");
    assert_eq!(state.as_deref(), Some("a-state-of-this-test"));
    let page = arrival.page.expect("the listener answers");
    assert_eq!((page.status, listener.requests().len()), (200, 1));

    // Signed in once, she only allows; and another person is asked for everything.
    assert!(browser.sign_in(&url).await.parameter("code").is_some());
    let grace = Browser::of_user("grace", client::PASSWORD);
    assert!(grace.sign_in(&url).await.parameter("code").is_some());
}

#[tokio::test]
async fn the_browser_leaves_by_deep_links_and_declines() {
    let provider = start();
    for link in [
        "studio.latchwork.dev://oauth/callback",
        "studio.latchwork://oauth/callback",
    ] {
        let url = authorization_url(&provider, &[("redirect_uri", link)]);
        let arrival = Browser::new().sign_in(&url).await;
        assert!(arrival.address.starts_with(&format!("{link}?code=")));
        assert!(arrival.page.is_none());
    }
    let arrival = Browser::new()
        .decline(&authorization_url(&provider, &[]))
        .await;
    assert!(arrival.address.starts_with(REDIRECT));
    assert_eq!(arrival.parameter("error").as_deref(), Some("access_denied"));
    assert_eq!(arrival.parameter("code"), None);
}

#[tokio::test]
#[should_panic(expected = "the password is wrong")]
async fn a_wrong_password_does_not_sign_in() {
    let provider = start();
    let browser = Browser::of_user("ada", "guessed");
    browser.sign_in(&authorization_url(&provider, &[])).await;
}

#[tokio::test]
async fn a_device_is_pending_until_its_code_is_confirmed() {
    let provider = start();
    let begin = async || {
        let url = format!("{}/device/auth", provider.issuer());
        let form = [("client_id", client::PUBLIC), ("scope", "openid")];
        let (status, answer) = post(&url, &form, None).await;
        assert_eq!(status, 200, "{answer}");
        answer
    };
    let poll = async |device: &Value| {
        let form = [
            ("grant_type", DEVICE_GRANT),
            ("client_id", client::PUBLIC),
            ("device_code", text(device, "device_code")),
        ];
        token(&provider, &form, None).await
    };

    let device = begin().await;
    let (status, answer) = poll(&device).await;
    let pending = json!("authorization_pending");
    assert_eq!((status, &answer["error"]), (400, &pending));
    let page = Browser::new()
        .connect_device(
            text(&device, "verification_uri"),
            text(&device, "user_code"),
        )
        .await;
    assert!(page.text.contains("Device connected"), "{}", page.text);
    let (status, answer) = poll(&device).await;
    assert_eq!(status, 200, "{answer}");
    assert!(answer["refresh_token"].is_string());

    // The complete address carries the code; a person still confirms.
    let device = begin().await;
    let page = Browser::new()
        .decline_device(text(&device, "verification_uri_complete"), "not needed")
        .await;
    assert!(page.text.contains("not connected"), "{}", page.text);
    let (status, answer) = poll(&device).await;
    assert_eq!((status, &answer["error"]), (400, &json!("access_denied")));
    let counts = provider.counts();
    assert_eq!(counts.device_authorizations, 2);
    assert_eq!(counts.token_requests(DEVICE_GRANT), 3);
}

#[test]
fn the_provider_ends_when_nobody_holds_its_input() {
    let mut child = Command::new("node")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/oidc"))
        .args(["server.mjs", "{}"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    output.read_line(&mut String::new()).expect("its line");
    assert_eq!(child.try_wait().expect("a child"), None);
    drop(child.stdin.take());
    let (ended, end) = mpsc::channel();
    std::thread::spawn(move || ended.send(output.read_to_end(&mut Vec::new()).is_ok()));
    let ended = end.recv_timeout(Duration::from_secs(30));
    // Where it did not end, it does now.
    let _ = child.kill();
    child.wait().expect("it was a child");
    assert_eq!(ended, Ok(true));
}

#[test]
fn the_provider_ends_when_it_is_dropped() {
    let provider = start();
    let address = provider.issuer().trim_start_matches("http://").to_owned();
    assert!(TcpStream::connect(&address).is_ok());
    drop(provider);
    assert!(TcpStream::connect(&address).is_err());
}
