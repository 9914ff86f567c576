//! Signing in with a browser that comes back to a listener on this machine, over processes.

mod support;

use std::net::{Ipv6Addr, SocketAddr, TcpListener, TcpStream};

use latchwork_testkit::oauth::{CallbackAnswer, Endpoint, PkceRule, Script};
use serde_json::{Value, json};
use support::{
    Live, Provider, Workspace, code_connector, free_port, knock, parameter, text, with_step,
};
use url::Url;

/// A test that waits for its browser, and the address that the browser is to visit.
fn waiting(workspace: &Workspace, file: &str, more: &[&str]) -> (Live, Value) {
    let arguments = [&["test", file, "--json", "--no-browser"], more].concat();
    let mut live = workspace.latchwork(&arguments).start();
    let requested = live.event("browser_requested");
    (live, requested)
}

fn socket(redirect_uri: &str) -> SocketAddr {
    let url = Url::parse(redirect_uri).expect("it is an address");
    url.socket_addrs(|| None).expect("it is of this machine")[0]
}

#[test]
fn a_test_waits_for_the_browser_and_goes_on_with_the_code() {
    let workspace = Workspace::new();
    let provider = Provider::start(Script {
        pkce: PkceRule::S256,
        ..Script::default()
    });
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (live, requested) = waiting(&workspace, &file, &[]);
    let redirect_uri = text(&requested["redirect_uri"]);
    assert!(
        redirect_uri.starts_with("http://127.0.0.1:"),
        "{redirect_uri}"
    );
    assert_eq!(requested["step"], "signin");
    assert_eq!(requested["expires_in"], 300);
    let url = text(&requested["url"]);
    assert_eq!(parameter(url, "redirect_uri"), redirect_uri);
    let arrival = provider.sign_in(url);
    let page = arrival.page.unwrap();
    assert_eq!(page.status, 200);
    // Z13: nothing of the answer is on the page.
    for (name, expected) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(page.header(name), Some(expected));
    }
    for secret in [parameter(&arrival.address, "code"), parameter(url, "state")] {
        assert!(!page.text.contains(&secret), "{}", page.text);
    }
    let events = live.end().ends(0).json_lines();
    let names: Vec<&str> = events.iter().map(|event| text(&event["event"])).collect();
    assert_eq!(
        names,
        [
            "run_started",
            "step_started",
            "browser_requested",
            "browser_returned",
            "step_finished",
            "test_finished",
            "run_finished"
        ]
    );
    assert_eq!(events[5]["body"], json!({ "name": "Ada" }));
    // Z10: the port is free again.
    assert!(TcpStream::connect(socket(redirect_uri)).is_err());
    provider.assert_content();
}

#[test]
fn z1_each_run_has_a_state_of_its_own() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let states: Vec<String> = (0..2)
        .map(|_| {
            let (live, requested) = waiting(&workspace, &file, &[]);
            provider.sign_in(text(&requested["url"]));
            live.end().ends(0);
            parameter(text(&requested["url"]), "state")
        })
        .collect();
    assert_ne!(states[0], states[1]);
    // 128 bits are 22 characters of base64.
    assert!(states.iter().all(|state| state.len() >= 22), "{states:?}");
}

#[test]
fn a_fixed_port_of_localhost_is_listened_at_on_both_families() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    for family in ["127.0.0.1", "[::1]"] {
        let port = free_port();
        let redirect_uri = format!("http://localhost:{port}/back/here");
        let connector = with_step(
            code_connector(&provider),
            &json!({ "redirect_uri": redirect_uri }),
        );
        let file = workspace.connector("fixed.connector.json", &connector);
        let (live, requested) = waiting(&workspace, &file, &[]);
        assert_eq!(requested["redirect_uri"], redirect_uri);
        let address = provider.allow(text(&requested["url"]));
        let target = &address[format!("http://localhost:{port}").len()..];
        let request = format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        let socket: SocketAddr = format!("{family}:{port}").parse().unwrap();
        assert_eq!(knock(socket, &request), 200, "{family}");
        live.end().ends(0);
    }
}

#[test]
fn z14_a_busy_port_is_named_and_no_other_is_taken() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let taken = [
        TcpListener::bind(("127.0.0.1", 0)).unwrap(),
        TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).unwrap(),
    ];
    for listener in taken {
        let port = listener.local_addr().unwrap().port();
        let connector = with_step(
            code_connector(&provider),
            &json!({ "redirect_uri": format!("http://localhost:{port}/callback") }),
        );
        let file = workspace.connector("busy.connector.json", &connector);
        let done = workspace
            .run(&["test", &file, "--json", "--no-browser"])
            .ends(1);
        let events = done.json_lines();
        let error = &events.last().unwrap()["error"];
        assert_eq!(error["code"], "oauth.port_busy");
        assert!(
            text(&error["message"]).contains(&port.to_string()),
            "{error}"
        );
        assert!(
            !done.text().contains("browser_requested"),
            "{}",
            done.text()
        );
    }
}

#[test]
fn z11_stray_requests_do_not_end_the_wait() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (live, requested) = waiting(&workspace, &file, &[]);
    let socket = socket(text(&requested["redirect_uri"]));
    let port = socket.port();
    let state = parameter(text(&requested["url"]), "state");
    let host = format!("127.0.0.1:{port}");
    let stray = |method: &str, target: &str, host: &str| {
        knock(
            socket,
            &format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"),
        )
    };
    let right = format!("/callback?code=stolen&state={state}");
    assert_eq!(stray("GET", "/favicon.ico", &host), 404);
    assert_eq!(
        stray("GET", &format!("/callback/?code=x&state={state}"), &host),
        404
    );
    assert_eq!(
        stray("GET", &right, &format!("rebound.example:{port}")),
        403
    );
    assert_eq!(stray("GET", &right, &format!("localhost:{port}")), 403);
    assert_eq!(stray("POST", &right, &host), 403);
    assert_eq!(stray("GET", "/callback", &host), 400);
    assert_eq!(stray("GET", "/callback?code=x&state=unknown", &host), 400);
    assert_eq!(stray("GET", "/callback?code=x", &host), 400);
    provider.sign_in(text(&requested["url"]));
    live.end().ends(0);
    provider.assert_content();
}

#[test]
fn z5_doubled_parameters_are_refused_in_words_and_the_run_waits_on() {
    let workspace = Workspace::new();
    let provider = Provider::start(Script {
        callback: vec![
            CallbackAnswer::DoubledCode,
            CallbackAnswer::DoubledState,
            CallbackAnswer::DoubledError,
            CallbackAnswer::MissingCode,
            CallbackAnswer::Good,
        ],
        ..Script::default()
    });
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (mut live, requested) = waiting(&workspace, &file, &[]);
    for _ in 0..4 {
        let page = provider.sign_in(text(&requested["url"])).page.unwrap();
        assert_eq!(page.status, 400);
        let refused = live.event("callback_refused");
        assert_eq!(refused["error"]["code"], "oauth.callback_invalid");
    }
    provider.sign_in(text(&requested["url"]));
    let done = live.end().ends(0);
    assert_eq!(
        done.stderr.matches("Not taken").count(),
        4,
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("more than once"), "{}", done.stderr);
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 1);
}

#[test]
fn z4_an_answer_of_another_issuer_is_refused() {
    let workspace = Workspace::new();
    let provider = Provider::start(Script {
        callback: vec![
            CallbackAnswer::WrongIssuer,
            CallbackAnswer::MissingIssuer,
            CallbackAnswer::DoubledIssuer,
            CallbackAnswer::Good,
        ],
        ..Script::default()
    });
    let found =
        json!({ "issuer": provider.origin(), "authorization_url": null, "token_url": null });
    let file = workspace.connector(
        "harbour.connector.json",
        &with_step(code_connector(&provider), &found),
    );
    let (mut live, requested) = waiting(&workspace, &file, &[]);
    for code in [
        "oauth.issuer_mismatch",
        "oauth.issuer_mismatch",
        "oauth.callback_invalid",
    ] {
        provider.sign_in(text(&requested["url"]));
        assert_eq!(live.event("callback_refused")["error"]["code"], code);
    }
    provider.sign_in(text(&requested["url"]));
    live.end().ends(0);
}

#[test]
fn z2_two_runs_at_once_do_not_take_each_others_answers() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (one, first) = waiting(&workspace, &file, &[]);
    let (other, second) = waiting(&workspace, &file, &[]);
    let answers = [&first, &second].map(|requested| provider.allow(text(&requested["url"])));
    let swapped = |answer: &str, requested: &Value| {
        let query = Url::parse(answer).unwrap().query().unwrap().to_owned();
        format!("{}?{query}", text(&requested["redirect_uri"]))
    };
    for (answer, requested) in [(&answers[0], &second), (&answers[1], &first)] {
        assert_eq!(provider.open(&swapped(answer, requested)).status, 400);
    }
    for answer in &answers {
        assert_eq!(provider.open(answer).status, 200);
    }
    one.end().ends(0);
    other.end().ends(0);
    provider.assert_content();
}

#[test]
fn f23_declined_is_said_in_the_providers_words_made_plain() {
    let workspace = Workspace::new();
    let provider = Provider::start(Script {
        callback: vec![CallbackAnswer::DeniedHostile],
        ..Script::default()
    });
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (live, requested) = waiting(&workspace, &file, &[]);
    provider.sign_in(text(&requested["url"]));
    let done = live.end().ends(1);
    let events = done.json_lines();
    let error = &events.last().unwrap()["error"];
    assert_eq!(error["code"], "oauth.denied");
    assert_eq!(error["step"], "signin");
    // Z6
    let message = text(&error["message"]);
    for text in [message, &done.stderr] {
        assert!(text.contains("You said"), "{text}");
        assert!(
            !text.contains("://") && !text.contains('\u{202e}'),
            "{text}"
        );
    }
    assert!(message.len() < 1_300, "{}", message.len());
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 0);
}

#[test]
fn f19_the_wait_is_over_after_the_timeout_and_the_port_is_free() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (live, requested) = waiting(&workspace, &file, &["--timeout", "0.4"]);
    let done = live.end().ends(1);
    let events = done.json_lines();
    let error = &events.last().unwrap()["error"];
    assert_eq!(error["code"], "oauth.callback_timeout");
    assert_eq!(error["retryable"], true);
    assert!(!text(&error["message"]).contains("within 0 s"), "{error}");
    assert!(TcpStream::connect(socket(text(&requested["redirect_uri"]))).is_err());
}

#[test]
fn the_command_line_may_ask_for_another_way_back() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let connector = with_step(code_connector(&provider), &json!({ "redirect": "paste" }));
    let file = workspace.connector("harbour.connector.json", &connector);
    let (live, requested) = waiting(&workspace, &file, &["--redirect", "loopback"]);
    let page = provider.sign_in(text(&requested["url"])).page;
    assert_eq!(page.map(|page| page.status), Some(200));
    live.end().ends(0);
    workspace
        .run(&["test", &file, "--redirect", "carrier_pigeon"])
        .ends(2);
}
