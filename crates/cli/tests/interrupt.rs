//! A run that the person stops, over processes: it ends in order, and leaves nothing behind.
#![cfg(unix)]

mod support;

use std::net::TcpStream;

use latchwork_testkit::oauth::{DeviceAnswer, DevicePoll, Endpoint, Script};
use latchwork_testkit::{Answer, Fault, Route};
use rustix::process::Signal;
use serde_json::json;
use support::{
    Provider, Server, Workspace, code_connector, form_connector, with_answers, with_step,
};

#[test]
fn ctrl_c_ends_a_test_with_run_finished_and_frees_the_port() {
    for signal in [Signal::INT, Signal::TERM] {
        let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
        let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
        let mut live = workspace
            .latchwork(&["test", &file, "--json", "--no-browser"])
            .start();
        let requested = live.event("browser_requested");
        let redirect_uri = requested["redirect_uri"].as_str().unwrap();
        let port: u16 = redirect_uri
            .split([':', '/'])
            .find_map(|part| part.parse().ok())
            .unwrap();
        live.signal(signal);
        let done = live.end().ends(1);
        let events = done.json_lines();
        let last = events.last().unwrap();
        assert_eq!(last["event"], "run_finished");
        assert_eq!(last["ok"], false);
        assert_eq!(last["error"]["code"], "run.cancelled");
        assert!(last["error"]["hint"].is_string(), "{last}");
        assert!(done.stderr.contains("run.cancelled"), "{}", done.stderr);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert_eq!(provider.requests_to(Endpoint::Token).len(), 0);
    }
}

#[test]
fn ctrl_c_ends_whatever_a_run_waits_for() {
    // A login that never answers, an address that is pasted, a code that nobody enters.
    let server = Server::start(vec![Route::new("/login", Answer::fault(Fault::Hang))]);
    let provider = Provider::start(Script {
        device: vec![DeviceAnswer::With(json!({ "interval": 60 }))],
        device_polls: vec![DevicePoll::Pending],
        ..Script::default()
    });
    let workspace = Workspace::new();
    let form = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let code = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let device = with_step(
        code_connector(&provider),
        &json!({
            "type": "oauth2_device_code", "authorization_url": null,
            "device_authorization_url": provider.url(Endpoint::DeviceAuthorization),
        }),
    );
    let device = workspace.connector("device.connector.json", &device);
    let paste = ["--no-browser", "--redirect", "paste"];
    for (arguments, waits_for) in [
        (with_answers(&["test", &form, "--json"]), "step_started"),
        (
            [&["test", &code, "--json"], &paste[..]]
                .concat()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            "browser_requested",
        ),
        (
            ["test", &device, "--json"].map(str::to_owned).to_vec(),
            "device_code_requested",
        ),
    ] {
        let mut live = workspace.latchwork(&arguments).start();
        live.event(waits_for);
        live.signal(Signal::INT);
        let last = live.end().ends(1).json_lines().pop().unwrap();
        assert_eq!(last["event"], "run_finished", "{arguments:?}");
        assert_eq!(last["error"]["code"], "run.cancelled", "{arguments:?}");
    }
}

#[test]
fn ctrl_c_ends_call_and_login_with_their_error() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    for arguments in [
        ["call", &file, "me", "--json", "--no-browser"],
        ["login", &file, "--account=Work", "--json", "--no-browser"],
    ] {
        let mut live = workspace.latchwork(&arguments).start();
        live.says(|line| line.contains("sign in with a browser"));
        live.signal(Signal::INT);
        let done = live.end().ends(1);
        let last = done.json_lines().pop().unwrap();
        assert_eq!(last["error"]["code"], "run.cancelled");
        let accounts = workspace.run_kept(&["accounts", "--json"]).ends(0).json();
        assert_eq!(accounts, json!([]));
    }
}
