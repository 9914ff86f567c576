//! Signing in at a certified OpenID provider, over processes: its endpoints found by discovery, its login page filled
//! in, and its tokens used.

mod support;

use latchwork_testkit::oidc::{Browser, OidcOptions, OidcProvider, client};
use serde_json::{Value, json};
use support::{Done, Latchwork, PASSPHRASE, Workspace, in_browser, text};

/// A connector of the provider's own API, which is told no endpoint.
fn connector(provider: &OidcProvider, step: &Value) -> Value {
    let mut step = step.clone();
    step["id"] = json!("signin");
    step["issuer"] = json!(provider.issuer());
    json!({
        "format": "latchwork.connector/1", "name": "Harbour", "kind": "rest",
        "base_url": provider.issuer(),
        "variables": [{ "name": "secret", "secret": true }, { "name": "key", "secret": true }],
        "auth": {
            "method": "multistep", "steps": [step],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ signin.access_token }}" }
            ]
        },
        "test": { "request": { "method": "GET", "url": "/api/me" }, "advanced": false },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "GET", "url": "/api/me" } }]
    })
}

fn latchwork(workspace: &Workspace, provider: &OidcProvider, arguments: &[&str]) -> Latchwork {
    workspace
        .latchwork(arguments)
        .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
        .env("LATCHWORK_VAR_secret", client::SECRET)
        .env("LATCHWORK_VAR_key", provider.client_key("ES256"))
}

fn worked(done: Done) {
    let last = done.ends(0).json_lines().pop();
    assert!(last.is_some_and(|last| last["ok"] == true));
}

#[test]
fn a_code_with_pkce_comes_back_to_the_listener() {
    let (workspace, provider) = (
        Workspace::new(),
        OidcProvider::start(&OidcOptions::default()),
    );
    let step = json!({
        "type": "oauth2_authorization_code", "client_id": client::PUBLIC, "scopes": ["openid"],
    });
    let file = workspace.connector("harbour.connector.json", &connector(&provider, &step));
    let arguments = ["login", &file, "--json", "--no-browser"];
    let mut live = latchwork(&workspace, &provider, &arguments).start();
    let requested = live.event("browser_requested");
    let arrival = in_browser(Browser::new().sign_in(text(&requested["url"])));
    assert_eq!(arrival.page.map(|page| page.status), Some(200));
    live.end().ends(0);
    let call = latchwork(&workspace, &provider, &["call", &file, "me", "--json"]).run();
    assert_eq!(call.ends(0).json()["auth"], "cached");
    let counts = provider.counts();
    assert_eq!(counts.token_requests("authorization_code"), 1);
    assert_eq!(counts.token_refusals("authorization_code"), 0);
}

#[test]
fn a_person_who_declines_is_said_to_have() {
    let (workspace, provider) = (
        Workspace::new(),
        OidcProvider::start(&OidcOptions::default()),
    );
    let step = json!({ "type": "oauth2_pkce", "client_id": client::PUBLIC });
    let file = workspace.connector("harbour.connector.json", &connector(&provider, &step));
    let arguments = [
        "test",
        &file,
        "--json",
        "--no-browser",
        "--redirect",
        "deep_link",
    ];
    let mut live = latchwork(&workspace, &provider, &arguments).start();
    let requested = live.event("browser_requested");
    let arrival = in_browser(Browser::new().decline(text(&requested["url"])));
    assert!(arrival.address.starts_with("studio.latchwork://"));
    live.type_line(&arrival.address);
    let last = live.end().ends(1).json_lines().pop();
    assert_eq!(last.expect("a line")["error"]["code"], "oauth.denied");
}

#[test]
fn a_device_waits_for_its_code() {
    let (workspace, provider) = (
        Workspace::new(),
        OidcProvider::start(&OidcOptions::default()),
    );
    let step = json!({
        "type": "oauth2_device_code", "client_id": client::PUBLIC, "scopes": ["openid"],
    });
    let file = workspace.connector("harbour.connector.json", &connector(&provider, &step));
    let mut live = latchwork(&workspace, &provider, &["test", &file, "--json"]).start();
    let requested = live.event("device_code_requested");
    in_browser(Browser::new().connect_device(
        text(&requested["verification_uri"]),
        text(&requested["user_code"]),
    ));
    worked(live.end());
}

#[test]
fn client_credentials_are_taken_in_each_way() {
    let (workspace, provider) = (
        Workspace::new(),
        OidcProvider::start(&OidcOptions::default()),
    );
    let secret = "{{ vars.secret }}";
    for step in [
        json!({ "client_id": client::BASIC, "client_secret": secret, "client_auth": "basic" }),
        json!({ "client_id": client::POST, "client_secret": secret, "client_auth": "post" }),
        json!({ "client_id": client::KEY, "client_auth": "private_key_jwt", "client_key": "{{ vars.key }}" }),
    ] {
        let mut step = step;
        step["type"] = json!("oauth2_client_credentials");
        let file = workspace.connector("harbour.connector.json", &connector(&provider, &step));
        worked(latchwork(&workspace, &provider, &["test", &file, "--json"]).run());
    }
    let counts = provider.counts();
    assert_eq!(counts.token_requests("client_credentials"), 3);
    assert_eq!(counts.token_refusals("client_credentials"), 0);
}
