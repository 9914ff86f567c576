//! Signing in with a code that is entered elsewhere (RFC 8628), over processes.

mod support;

use latchwork_testkit::oauth::{DeviceAnswer, DevicePoll, Endpoint, Script};
use serde_json::{Value, json};
use support::{Provider, Workspace, code_connector, with_step};

/// A provider whose codes are asked about each second.
fn provider(polls: Vec<DevicePoll>) -> Provider {
    Provider::start(Script {
        device: vec![DeviceAnswer::With(json!({ "interval": 1 }))],
        device_polls: polls,
        ..Script::default()
    })
}

fn connector(provider: &Provider) -> Value {
    let step = json!({
        "type": "oauth2_device_code",
        "authorization_url": null,
        "device_authorization_url": provider.url(Endpoint::DeviceAuthorization),
    });
    with_step(code_connector(provider), &step)
}

#[test]
fn a_test_tells_the_code_and_waits() {
    let workspace = Workspace::new();
    let provider = provider(vec![DevicePoll::Pending, DevicePoll::Granted]);
    let file = workspace.connector("device.connector.json", &connector(&provider));
    let done = workspace.run(&["test", &file, "--json"]).ends(0);
    let events = done.json_lines();
    let requested = events
        .iter()
        .find(|event| event["event"] == "device_code_requested")
        .unwrap();
    let page = provider.url(Endpoint::DevicePage);
    assert_eq!(requested["step"], "signin");
    assert_eq!(requested["user_code"], "WDJB-MJH1");
    assert_eq!(requested["verification_uri"], page);
    assert_eq!(requested["expires_in"], 600);
    assert_eq!(events.last().unwrap()["ok"], true);
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 2);
    provider.assert_content();
}

#[test]
fn people_see_address_and_code_each_on_its_line_however_quiet() {
    // A call shows them without a terminal too: nothing has to be opened here.
    for arguments in [
        &["test"][..],
        &["login", "--quiet"],
        &["call", "me", "--json"],
        &["call", "me", "--no-browser", "--quiet"],
    ] {
        let (workspace, provider) = (Workspace::new(), provider(vec![DevicePoll::Granted]));
        let file = workspace.connector("device.connector.json", &connector(&provider));
        let mut all = vec![arguments[0], &file];
        all.extend(&arguments[1..]);
        let done = workspace.run(&all).ends(0);
        let lines: Vec<&str> = done.stderr.lines().collect();
        let page = provider.url(Endpoint::DevicePage);
        for needed in [page.as_str(), "WDJB-MJH1"] {
            let found = lines.iter().filter(|line| **line == needed).count();
            assert_eq!(found, 1, "{arguments:?}: {lines:?}");
        }
        if !arguments.contains(&"--quiet") {
            assert!(done.stderr.contains("600 s"), "{lines:?}");
            assert!(done.stderr.contains("?user_code="), "{lines:?}");
        }
        if arguments.contains(&"--json") {
            assert_eq!(done.json()["auth"], "ran");
        }
    }
}

#[test]
fn login_tells_the_code_as_json_before_its_result() {
    let (workspace, provider) = (Workspace::new(), provider(vec![DevicePoll::Granted]));
    let file = workspace.connector("device.connector.json", &connector(&provider));
    let done = workspace.run(&["login", &file, "--json"]).ends(0);
    let lines = done.json_lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0]["event"], "device_code_requested");
    assert_eq!(lines[1]["signed_in"], true);
    assert!(!done.stderr.contains("WDJB"), "{}", done.stderr);
}

#[test]
fn declined_and_expired_codes_end_with_1() {
    for (poll, code) in [
        (DevicePoll::Denied, "oauth.denied"),
        (DevicePoll::Expired, "oauth.device_expired"),
    ] {
        let (workspace, provider) = (Workspace::new(), provider(vec![poll]));
        let file = workspace.connector("device.connector.json", &connector(&provider));
        let done = workspace.run(&["login", &file, "--json"]).ends(1);
        let last = done.json_lines().pop().unwrap();
        assert_eq!(last["error"]["code"], code);
        assert_eq!(last["error"]["step"], "signin");
    }
}

#[test]
fn z7_an_address_that_is_no_web_address_is_shown_to_nobody() {
    let workspace = Workspace::new();
    let provider = Provider::start(Script {
        device: vec![DeviceAnswer::ScriptAddress],
        ..Script::default()
    });
    let file = workspace.connector("device.connector.json", &connector(&provider));
    let done = workspace.run(&["login", &file, "--json"]).ends(1);
    assert_eq!(done.error_code(), "oauth.browser_address");
    assert!(!done.stderr.contains("WDJB"), "{}", done.stderr);
}
