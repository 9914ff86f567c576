//! The shared sign-in (PRODUCT S4) over processes: made once, used for every account, cleared, and taken to another
//! machine in a sealed file.

mod support;

use latchwork_testkit::oauth::{Endpoint, Script, TokenAnswer};
use serde_json::{Value, json};
use support::{Latchwork, PASSPHRASE, Provider, Workspace, code_connector, text, with_step};

const ACCESS: &str = "c4nary-shared~access/1+";
const REFRESH: &str = "c4nary-shared~refresh/2+";
const SEAL: &str = "a passphrase of the bundle's own";

fn provider() -> Provider {
    let tokens = json!({ "access_token": ACCESS, "refresh_token": REFRESH });
    Provider::start(Script {
        token: vec![TokenAnswer::With(tokens)],
        ..Script::default()
    })
}

/// A connector whose one step is shared, and whose API is asked with the token.
fn connector(provider: &Provider) -> Value {
    let step = json!({
        "shared_credentials": true, "revocation_url": provider.url(Endpoint::Revocation),
    });
    let mut connector = with_step(code_connector(provider), &step);
    connector["endpoints"][0]["request"]["url"] = json!("/keys");
    connector
}

fn kept(workspace: &Workspace, arguments: &[&str]) -> Latchwork {
    workspace
        .latchwork(arguments)
        .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
}

fn log_in_shared(workspace: &Workspace, provider: &Provider, file: &str) -> Value {
    let arguments = ["login", file, "--shared", "--json", "--no-browser"];
    let mut live = kept(workspace, &arguments).start();
    provider.sign_in(text(&live.event("browser_requested")["url"]));
    let done = live.end().ends(0);
    done.says_no(ACCESS).says_no(REFRESH);
    done.json_lines().pop().expect("a result")
}

fn accounts(workspace: &Workspace) -> Value {
    let done = kept(workspace, &["accounts", "--json"]).run().ends(0);
    done.says_no(ACCESS);
    done.json()
}

#[test]
fn s4_one_sign_in_serves_every_account() {
    let (workspace, provider) = (Workspace::new(), provider());
    let file = workspace.connector("harbour.connector.json", &connector(&provider));
    let result = log_in_shared(&workspace, &provider, &file);
    assert_eq!(result["scope"], "shared");
    assert_eq!(result["account"], Value::Null);
    assert_eq!(result["signed_in"], true);
    for account in ["default", "Work"] {
        let call = ["call", &file, "me", "--json", "--account", account];
        let answer = kept(&workspace, &call).run().ends(0).json();
        assert_eq!(answer["auth"], "cached", "{account}");
    }
    let listed = accounts(&workspace);
    assert_eq!(listed[0]["scope"], "shared");
    assert_eq!(listed[0]["account"], Value::Null);
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
    let people = kept(&workspace, &["accounts"]).run().ends(0);
    assert!(people.text().contains("shared"), "{}", people.text());
    // Z29
    for secret in [ACCESS, REFRESH] {
        workspace.assert_keeps_no(secret);
    }
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 1);
}

#[test]
fn a_connector_that_shares_nothing_has_no_shared_sign_in() {
    let (workspace, provider) = (Workspace::new(), provider());
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let arguments = ["login", &file, "--shared", "--json", "--no-browser"];
    let done = kept(&workspace, &arguments).run().ends(2);
    assert_eq!(done.error_code(), "usage.invalid");
    assert_eq!(provider.requests_to(Endpoint::Authorization).len(), 0);
}

#[test]
fn z23_logout_leaves_the_shared_sign_in_unless_it_is_meant() {
    for (flag, whose) in [("--shared", "shared"), ("--all", "all")] {
        let (workspace, provider) = (Workspace::new(), provider());
        let file = workspace.connector("harbour.connector.json", &connector(&provider));
        log_in_shared(&workspace, &provider, &file);
        let done = kept(&workspace, &["logout", &file, "--json"]).run();
        assert_eq!(done.ends(0).json()["cleared"], false);
        assert_eq!(provider.requests_to(Endpoint::Revocation).len(), 0);
        let call = ["call", &file, "me", "--json"];
        kept(&workspace, &call).run().ends(0);

        let done = kept(&workspace, &["logout", &file, flag, "--json"]).run();
        let result = done.ends(0).json();
        assert_eq!(result["cleared"], true, "{whose}");
        assert_eq!(result["revoked"], true, "{whose}");
        let revoked = provider.requests_to(Endpoint::Revocation);
        assert_eq!(revoked.len(), 1);
        assert_eq!(revoked[0].parameter("token"), Some(REFRESH));
        kept(&workspace, &call).run().ends(3);
        assert_eq!(accounts(&workspace), json!([]));
    }
    let workspace = Workspace::new();
    workspace.run(&["logout", "x", "--all", "--shared"]).ends(2);
    let both = ["logout", "x", "--shared", "--account", "Work"];
    workspace.run(&both).ends(2);
}

#[test]
fn z23_a_provider_that_cannot_be_told_costs_nobody_the_sign_out() {
    let (workspace, provider) = (Workspace::new(), provider());
    let step = json!({ "revocation_url": null, "shared_credentials": false });
    let file = workspace.connector(
        "harbour.connector.json",
        &with_step(connector(&provider), &step),
    );
    let mut live = kept(&workspace, &["login", &file, "--no-browser"]).start();
    provider.sign_in(&live.address());
    live.end().ends(0);
    let done = kept(&workspace, &["logout", &file]).run().ends(0);
    assert!(done.stderr.contains("signed out here"), "{}", done.stderr);
    assert!(done.stderr.contains("no way"), "{}", done.stderr);
    kept(&workspace, &["call", &file, "me"]).run().ends(3);
}

#[test]
fn without_its_vault_what_is_cached_is_cleared_all_the_same() {
    let (workspace, provider) = (Workspace::new(), provider());
    let file = workspace.connector("harbour.connector.json", &connector(&provider));
    log_in_shared(&workspace, &provider, &file);
    let result = workspace
        .run(&["logout", &file, "--shared", "--json"])
        .ends(0)
        .json();
    assert_eq!(result["cleared"], true);
    assert_eq!(result["revoked"], false);
    assert!(
        text(&result["message"]).contains("provider was not told"),
        "{result}"
    );
    assert_eq!(accounts(&workspace), json!([]));
}

#[test]
fn s4_a_bundle_takes_the_shared_sign_in_to_another_machine() {
    let (here, there, provider) = (Workspace::new(), Workspace::new(), provider());
    let file = here.connector("harbour.connector.json", &connector(&provider));
    let bundle = here.path("harbour.latchwork-bundle").display().to_string();
    let seal = ["bundle", "seal", &file, "--out", &bundle, "--json"];
    let sealed = |passphrase: &str| {
        kept(&here, &seal)
            .env("LATCHWORK_BUNDLE_PASSPHRASE", passphrase)
            .run()
    };
    assert_eq!(sealed(SEAL).ends(3).error_code(), "session.needs_you");
    log_in_shared(&here, &provider, &file);
    assert_eq!(
        kept(&here, &seal).run().ends(3).error_code(),
        "input.needed"
    );
    assert_eq!(sealed(SEAL).ends(0).json()["path"], bundle);
    let bytes = std::fs::read(&bundle).expect("it was written");
    let shown: String = bytes.iter().copied().map(char::from).collect();
    for secret in [ACCESS, REFRESH, "signin", provider.client_id()] {
        assert!(!shown.contains(secret), "{secret}");
    }

    let file = there.connector("harbour.connector.json", &connector(&provider));
    let open = ["bundle", "open", &bundle, "--json"];
    let wrong = kept(&there, &open)
        .env("LATCHWORK_BUNDLE_PASSPHRASE", "another")
        .run()
        .ends(1);
    assert_eq!(wrong.error_code(), "bundle.passphrase");
    kept(&there, &["call", &file, "me"]).run().ends(3);
    let from_file = there.write("seal.txt", format!("{SEAL}\nnot this line\n"));
    let with_file = [&open[..], &["--bundle-passphrase-file", &from_file]].concat();
    let opened = kept(&there, &with_file).run().ends(0);
    assert_eq!(opened.json()["connector_name"], "Harbour");
    opened.says_no(ACCESS).says_no(REFRESH);
    let call = ["call", &file, "me", "--json"];
    assert_eq!(kept(&there, &call).run().ends(0).json()["auth"], "cached");
    there.assert_keeps_no(ACCESS);

    let broken = there.write("broken.latchwork-bundle", &bytes[..bytes.len() / 2]);
    let done = kept(&there, &["bundle", "open", &broken, "--json"])
        .env("LATCHWORK_BUNDLE_PASSPHRASE", SEAL)
        .run()
        .ends(2);
    assert_eq!(done.error_code(), "bundle.invalid");
}
