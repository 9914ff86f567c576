//! The listener: Z10 to Z14.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use latchwork_engine::{BrowserRequest, Engine, RunInput};
use latchwork_testkit::FakeHost;
use latchwork_testkit::oauth::{AuthorizationServer, Script};
use latchwork_testkit::oidc::Browser;
use serde_json::{Value, json};
use url::Url;

use crate::signing_in::{agreeing, connector_of, run, run_with, step};

/// Sends bytes to where a visit comes back, and gives what is answered.
async fn send(visit: &BrowserRequest, bytes: Vec<u8>) -> String {
    let address = address_of(visit);
    tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a time limit");
        // A listener that has heard enough may close before all is written.
        let _ = stream.write_all(&bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    })
    .await
    .expect("it is sent")
}

fn address_of(visit: &BrowserRequest) -> String {
    let url = Url::parse(&visit.redirect_uri).expect("an address");
    format!(
        "{}:{}",
        url.host_str().unwrap_or_default(),
        url.port().unwrap_or_default()
    )
}

fn request(visit: &BrowserRequest, line: &str, host: Option<&str>) -> Vec<u8> {
    let host = host.map_or_else(|| address_of(visit), str::to_owned);
    format!("{line} HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes()
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

async fn with_stray<F: Future<Output = ()>>(
    members: Value,
    stray: impl FnOnce(BrowserRequest) -> F,
) {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        members
    )]));
    let ended = run(
        &Engine::default(),
        &connector,
        RunInput::default(),
        async |mut visits| {
            let visit = visits.recv().await.expect("a visit");
            stray(visit.clone()).await;
            // Whatever came, the flow waits on.
            let arrival = Browser::new().sign_in(visit.url.as_str()).await;
            assert_eq!(arrival.page.expect("a page").status, 200);
        },
    )
    .await;
    ended.outputs();
}

#[tokio::test]
async fn z11_only_the_exact_path_method_and_host_are_taken() {
    with_stray(json!({}), |visit| async move {
        for (line, host, expected) in [
            ("GET /", None, "404"),
            ("GET /callback/", None, "404"),
            ("GET /favicon.ico", None, "404"),
            ("GET /callback?code=x", None, "400"),
            ("POST /callback?code=x&state=y", None, "403"),
            ("HEAD /callback", None, "403"),
            ("GET /callback?code=x&state=y", Some("evil.example"), "403"),
            ("GET /callback?code=x&state=y", Some("localhost"), "403"),
            (
                "GET http://evil.example/callback?code=x&state=y",
                None,
                "403",
            ),
        ] {
            let answer = send(&visit, request(&visit, line, host)).await;
            assert_eq!(status(&answer), expected, "{line} {host:?}: {answer}");
        }
        let no_host = send(&visit, b"GET /callback HTTP/1.1\r\n\r\n".to_vec()).await;
        assert_eq!(status(&no_host), "403", "{no_host}");
    })
    .await;
}

#[tokio::test]
async fn z12_long_heads_and_slow_callers_are_turned_away() {
    with_stray(json!({}), |visit| async move {
        let long_line = request(
            &visit,
            &format!("GET /callback?x={}", "y".repeat(17 * 1024)),
            None,
        );
        assert_eq!(status(&send(&visit, long_line).await), "414");
        let many = "X-Filler: ".to_owned() + &"z".repeat(60 * 1024) + "\r\n";
        let head = format!(
            "GET /callback HTTP/1.1\r\nHost: {}\r\n{many}\r\n",
            address_of(&visit)
        );
        assert_eq!(status(&send(&visit, head.into_bytes()).await), "431");
        // Half a head: it is closed after five seconds, long before this test gives up.
        let answer = send(&visit, b"GET /callback HTTP/1.1\r\nHost:".to_vec()).await;
        assert!(matches!(status(&answer), "408" | "none"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn z12_a_ninth_connection_is_turned_away() {
    with_stray(json!({}), |visit| async move {
        let address = address_of(&visit);
        tokio::task::spawn_blocking(move || {
            let idle: Vec<TcpStream> = (0..8)
                .map(|_| {
                    let mut stream = TcpStream::connect(&address).expect("it listens");
                    stream.write_all(b"GET").expect("it is taken");
                    stream
                })
                .collect();
            let mut ninth = TcpStream::connect(&address).expect("it listens");
            let mut answer = [0; 1];
            let read = ninth.read(&mut answer).unwrap_or(0);
            assert_eq!(read, 0, "it is closed without an answer");
            drop(idle);
        })
        .await
        .expect("it is tried");
        // The places are free again once those eight are gone.
        loop {
            let answer = send(&visit, request(&visit, "GET /", None)).await;
            if status(&answer) == "404" {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn z13_the_page_holds_no_code_and_no_outside_asset() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    run(
        &Engine::default(),
        &connector,
        RunInput::default(),
        async |mut visits| {
            let visit = visits.recv().await.expect("a visit");
            let arrival = Browser::new().sign_in(visit.url.as_str()).await;
            let code = arrival.parameter("code").expect("a code");
            let page = arrival.page.expect("a page");
            assert!(
                !page.text.contains(&code) && !page.text.contains("src="),
                "{}",
                page.text
            );
            assert_eq!(page.header("cache-control"), Some("no-store"));
            assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
            assert!(
                page.header("content-security-policy")
                    .is_some_and(|policy| policy.contains("default-src 'none'"))
            );
        },
    )
    .await
    .outputs();
}

#[tokio::test]
async fn z14_a_busy_fixed_port_is_named_and_no_other_is_taken() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let server = AuthorizationServer::start(Script::default()).await;
    for host in ["127.0.0.1", "localhost"] {
        let members = json!({ "redirect_uri": format!("http://{host}:{port}/cb") });
        let connector = connector_of(&json!([step(
            &server,
            "oauth2_authorization_code",
            members
        )]));
        let (host, mut visits) = FakeHost::with_browser();
        let ended = run_with(
            &Engine::default(),
            &connector,
            RunInput::default(),
            host,
            async {},
        )
        .await;
        assert_eq!(ended.fault().code.as_str(), "oauth.port_busy");
        assert!(
            ended.fault().message.contains(&port.to_string()),
            "{}",
            ended.fault().message
        );
        assert!(visits.recv().await.is_none());
    }
}

#[tokio::test]
async fn z10_a_fixed_address_on_localhost_is_listened_to_on_both_families() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let members = json!({ "redirect_uri": format!("http://localhost:{port}/oauth/cb") });
    with_stray(members, |visit| async move {
        assert_eq!(
            visit.redirect_uri,
            format!("http://localhost:{port}/oauth/cb")
        );
        for family in ["127.0.0.1", "[::1]"] {
            let address = format!("{family}:{port}");
            let answer = tokio::task::spawn_blocking(move || {
                let mut stream = TcpStream::connect(address).expect("it listens");
                let head = format!("GET /other HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
                stream.write_all(head.as_bytes()).expect("it is taken");
                let mut answer = String::new();
                stream.read_to_string(&mut answer).expect("an answer");
                answer
            })
            .await
            .expect("it is tried");
            assert_eq!(status(&answer), "404", "{family}");
        }
    })
    .await;
}

#[tokio::test]
async fn z10_the_listener_is_gone_when_the_step_is_over() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let (host, visits) = FakeHost::with_browser();
    let ended = run_with(
        &Engine::default(),
        &connector,
        RunInput::default(),
        host,
        agreeing(visits),
    )
    .await;
    let address = ended.text("redirect_uri").to_owned();
    let url = Url::parse(&address).expect("an address");
    let address = format!("127.0.0.1:{}", url.port().unwrap_or_default());
    loop {
        if tokio::net::TcpStream::connect(&address).await.is_err() {
            break;
        }
        tokio::task::yield_now().await;
    }
}
