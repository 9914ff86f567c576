//! Single sign-on over processes (PRODUCT S8), at a certified OpenID provider.

mod support;

use latchwork_testkit::oidc::{Browser, OidcOptions, OidcProvider, client};
use serde_json::{Value, json};
use support::{Latchwork, PASSPHRASE, Workspace, in_browser, text};

fn kept(workspace: &Workspace, arguments: &[&str]) -> Latchwork {
    workspace
        .latchwork(arguments)
        .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
}

/// A connector that uses the session, and asks nobody.
fn connector(provider: &OidcProvider) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Harbour", "kind": "rest",
        "base_url": provider.issuer(),
        "auth": {
            "method": "multistep", "steps": [{ "id": "me", "type": "sso_token" }],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ me.access_token }}" }
            ]
        },
        "test": { "request": { "method": "GET", "url": "/api/me" }, "advanced": false },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "GET", "url": "/api/me" } }]
    })
}

fn status(workspace: &Workspace) -> Value {
    let done = kept(workspace, &["sso", "status", "--json"]).run();
    done.ends(0).json()
}

#[test]
fn s8_one_sign_in_serves_every_sso_step_until_the_sign_out() {
    let workspace = Workspace::new();
    let provider = OidcProvider::start(&OidcOptions::default());
    let file = workspace.connector("harbour.connector.json", &connector(&provider));
    let test = ["test", &file, "--json"];
    let refused = kept(&workspace, &test).run().ends(1).json_lines().pop();
    let refused = refused.expect("a line");
    assert_eq!(refused["error"]["code"], "sso.not_signed_in");
    assert!(text(&refused["error"]["hint"]).contains("latchwork sso login"));
    assert_eq!(status(&workspace)["state"], "signed_out");

    let login = [
        "sso",
        "login",
        "--issuer",
        provider.issuer(),
        "--client-id",
        client::BASIC,
        "--json",
        "--no-browser",
    ];
    let mut live = kept(&workspace, &login)
        .env("LATCHWORK_SSO_CLIENT_SECRET", client::SECRET)
        .start();
    let requested = live.event("browser_requested");
    assert_eq!(requested["step"], "sso");
    in_browser(Browser::new().sign_in(text(&requested["url"])));
    let done = live.end().ends(0);
    done.says_no(client::SECRET);
    let signed_in = done.json_lines().pop().expect("a result");
    assert_eq!(signed_in["state"], "signed_in");
    assert_eq!(signed_in["issuer"], provider.issuer());
    let people = kept(&workspace, &["sso", "status"]).run().ends(0);
    assert!(
        people.text().contains(provider.issuer()) && people.text().contains("ada"),
        "{}",
        people.text()
    );

    let tested = kept(&workspace, &test).run().ends(0);
    let token = tested.json_lines();
    let finished = token
        .iter()
        .find(|event| event["event"] == "step_finished")
        .expect("a step");
    assert_eq!(finished["outputs"]["access_token"], "•••");
    let call = ["call", &file, "me", "--json"];
    assert_eq!(kept(&workspace, &call).run().ends(0).json()["auth"], "ran");
    workspace.assert_keeps_no(client::SECRET);
    // The session is nobody's account.
    let accounts = kept(&workspace, &["accounts", "--json"]).run().ends(0);
    assert!(!accounts.text().contains("sso"), "{}", accounts.text());

    let out = kept(&workspace, &["sso", "logout", "--json"]).run().ends(0);
    assert_eq!(out.json()["revoked"], true);
    assert!(provider.counts().revocations > 0);
    assert_eq!(status(&workspace)["state"], "signed_out");
    kept(&workspace, &test).run().ends(1);
    // Once more is no fault.
    kept(&workspace, &["sso", "logout"]).run().ends(0);
}

#[test]
fn s8_a_sign_in_that_does_not_succeed_leaves_nobody_signed_in() {
    let workspace = Workspace::new();
    let provider = OidcProvider::start(&OidcOptions::default());
    let login = [
        "sso",
        "login",
        "--issuer",
        provider.issuer(),
        "--client-id",
        client::PUBLIC,
        "--json",
        "--no-browser",
        "--redirect",
        "paste",
    ];
    let ended = kept(&workspace, &login).stdin("").run().ends(3);
    let last = ended.json_lines().pop().expect("a line");
    assert_eq!(last["error"]["code"], "input.needed");
    let mut live = kept(&workspace, &login).start();
    let requested = live.event("browser_requested");
    let arrival = in_browser(Browser::new().decline(text(&requested["url"])));
    live.type_line(&arrival.address);
    let last = live.end().ends(1).json_lines().pop().expect("a line");
    assert_eq!(last["error"]["code"], "oauth.denied");
    assert_eq!(status(&workspace)["state"], "signed_out");
    // Neither does an issuer that is none.
    let nowhere = [
        "sso",
        "login",
        "--issuer",
        "http://127.0.0.1:9/",
        "--client-id",
        "x",
        "--json",
    ];
    let done = kept(&workspace, &nowhere).run().ends(1);
    assert_eq!(done.error_code(), "http.connect");
}
