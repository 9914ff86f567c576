//! Signing in where the browser cannot come back: the address that it ends at is pasted, over processes.

mod support;

use latchwork_testkit::oauth::{Endpoint, Script};
use serde_json::{Value, json};
use support::{Live, Provider, Workspace, code_connector, text, with_step};

fn waiting(workspace: &Workspace, file: &str) -> (Live, Value) {
    let arguments = [
        "test",
        file,
        "--json",
        "--no-browser",
        "--redirect",
        "paste",
    ];
    let mut live = workspace.latchwork(&arguments).start();
    let requested = live.event("browser_requested");
    (live, requested)
}

#[test]
fn f20_the_address_is_pasted_without_a_terminal() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (mut live, requested) = waiting(&workspace, &file);
    assert_eq!(requested["redirect_uri"], "http://127.0.0.1/callback");
    let address = provider.allow(text(&requested["url"]));
    // What a person pastes has space around it.
    live.type_line("");
    live.type_line(&format!("  {address} "));
    // The input stays open: the run's end does not wait for it.
    let done = live.end().ends(0);
    assert_eq!(done.json_lines().last().unwrap()["ok"], true);
    provider.assert_content();
}

#[test]
fn z2_an_address_that_is_refused_is_said_and_the_next_line_is_read() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (mut live, requested) = waiting(&workspace, &file);
    let address = provider.allow(text(&requested["url"]));
    let state = address.split("state=").nth(1).unwrap();
    let refused = [
        ("not an address", "not the address"),
        ("http://127.0.0.1/callback?code=x", "no `state`"),
        (
            "http://127.0.0.1/callback?code=x&state=another",
            "no sign-in waits",
        ),
        (
            &format!("http://127.0.0.1/elsewhere?code=x&state={state}"),
            "not the address",
        ),
        (
            &format!("http://127.0.0.1/callback?code=x&code=y&state={state}"),
            "more than once",
        ),
    ];
    for (pasted, words) in refused {
        live.type_line(pasted);
        let said = live.says(|line| line.starts_with("Not taken"));
        assert!(said.contains(words), "{pasted}: {said}");
    }
    live.type_line(&address);
    let done = live.end().ends(0);
    assert_eq!(
        done.stderr.matches("Not taken").count(),
        refused.len(),
        "each is said once: {}",
        done.stderr
    );
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 1);
    provider.assert_content();
}

#[test]
fn an_input_that_ends_without_an_address_ends_with_3() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    for (pasted, words) in [
        ("", "nobody pastes it"),
        ("\n\n", "nobody pastes it"),
        (
            "http://127.0.0.1/callback?code=x&state=another",
            "no sign-in waits",
        ),
    ] {
        // A deep link comes to the studio, and so it is pasted here as well.
        for redirect in ["paste", "deep_link"] {
            let arguments = [
                "test",
                &file,
                "--json",
                "--no-browser",
                "--redirect",
                redirect,
            ];
            let done = workspace.latchwork(&arguments).stdin(pasted).run().ends(3);
            let events = done.json_lines();
            let error = &events.last().unwrap()["error"];
            assert_eq!(error["code"], "input.needed", "{redirect}");
            assert!(text(&error["message"]).contains(words), "{error}");
            assert!(text(&error["hint"]).contains("paste"), "{error}");
        }
    }
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 0);
}

#[test]
fn a_deep_link_and_an_https_address_are_pasted() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    for (step, redirect_uri) in [
        (
            json!({ "redirect": "deep_link" }),
            "studio.latchwork://oauth/callback",
        ),
        (
            json!({ "redirect_uri": "https://acme.example/oauth/back" }),
            "https://acme.example/oauth/back",
        ),
    ] {
        let connector = with_step(code_connector(&provider), &step);
        let file = workspace.connector("harbour.connector.json", &connector);
        let mut live = workspace
            .latchwork(&["test", &file, "--json", "--no-browser"])
            .start();
        let requested = live.event("browser_requested");
        assert_eq!(requested["redirect_uri"], redirect_uri);
        live.type_line(&provider.allow(text(&requested["url"])));
        live.end().ends(0);
    }
    provider.assert_content();
}

#[test]
fn z2_a_run_does_not_take_what_belongs_to_another() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let (mut one, first) = waiting(&workspace, &file);
    let (mut other, second) = waiting(&workspace, &file);
    let answers = [&first, &second].map(|requested| provider.allow(text(&requested["url"])));
    one.type_line(&answers[1]);
    other.type_line(&answers[0]);
    for live in [&mut one, &mut other] {
        live.says(|line| line.starts_with("Not taken"));
    }
    one.type_line(&answers[0]);
    other.type_line(&answers[1]);
    one.end().ends(0);
    other.end().ends(0);
    provider.assert_content();
}

#[test]
fn a_listener_leaves_what_is_piped_in_alone() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let arguments = ["test", &file, "--json", "--no-browser"];
    let mut live = workspace.latchwork(&arguments).start();
    let requested = live.event("browser_requested");
    live.type_line("something else");
    live.end_input();
    provider.sign_in(text(&requested["url"]));
    let done = live.end().ends(0);
    assert!(!done.stderr.contains("Not taken"), "{}", done.stderr);
}
