//! How a client says who it is, what else goes into token requests, and what is done with the tokens, over processes.

mod support;

use latchwork_testkit::oauth::{
    CallbackAnswer, ClientAuth, Endpoint, ExpectedClient, PkceRule, Script, TokenAnswer,
};
use serde_json::{Value, json};
use support::{Done, Provider, Workspace, code_connector, with_step};

/// A key of the engine's tests.
const KEY: &str = include_str!("../../engine/src/template/tests/keys/ec_pkcs8.pem");

/// A provider that expects its client to say who it is in this way.
fn provider(auth: ClientAuth) -> Provider {
    Provider::start(Script {
        client: ExpectedClient::with(auth),
        ..Script::default()
    })
}

/// A connector that signs in by client credentials, with secret variables for what is secret.
fn connector(provider: &Provider, step: &Value) -> Value {
    let mut connector = with_step(
        code_connector(provider),
        &json!({ "type": "oauth2_client_credentials", "authorization_url": null }),
    );
    connector["variables"] = json!([
        { "name": "secret", "secret": true },
        { "name": "key", "secret": true }
    ]);
    with_step(connector, step)
}

fn run(workspace: &Workspace, provider: &Provider, command: &[&str]) -> Done {
    let secret = provider.client_secret().to_owned();
    workspace
        .latchwork(command)
        .env("LATCHWORK_PASSPHRASE", support::PASSPHRASE)
        .env("LATCHWORK_VAR_secret", &secret)
        .env("LATCHWORK_VAR_key", KEY)
        .run()
}

#[test]
fn z19_each_client_authentication_is_sent_as_it_is_set() {
    let with_secret =
        |name: &str| json!({ "client_auth": name, "client_secret": "{{ vars.secret }}" });
    let with_key = json!({
        "client_auth": "private_key_jwt", "client_key": "{{ vars.key }}", "client_key_id": "one",
    });
    for (auth, step) in [
        (ClientAuth::Basic, with_secret("basic")),
        (ClientAuth::Post, with_secret("post")),
        (ClientAuth::None, with_secret("none")),
        (ClientAuth::Basic, with_secret("auto")),
        (ClientAuth::PrivateKeyJwt, with_key),
    ] {
        let (workspace, provider) = (Workspace::new(), provider(auth));
        let file = workspace.connector("client.connector.json", &connector(&provider, &step));
        let done = run(&workspace, &provider, &["test", &file, "--json"]).ends(0);
        provider.assert_content();
        done.says_no(provider.client_secret());
        done.says_no("access-token-1");
    }
}

#[test]
fn cached_tokens_serve_the_next_call() {
    let (workspace, provider) = (Workspace::new(), provider(ClientAuth::Basic));
    let step = json!({ "client_secret": "{{ vars.secret }}", "client_auth": "basic" });
    let file = workspace.connector("client.connector.json", &connector(&provider, &step));
    let call = ["call", &file, "me", "--json"];
    for auth in ["ran", "cached", "cached"] {
        let answer = run(&workspace, &provider, &call).ends(0).json();
        assert_eq!(answer["auth"], auth);
        assert_eq!(answer["body"]["name"], "Ada");
    }
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 1);
    run(&workspace, &provider, &["logout", &file]).ends(0);
    assert_eq!(
        run(&workspace, &provider, &call).ends(0).json()["auth"],
        "ran"
    );
}

#[test]
fn a_login_with_the_browser_serves_the_next_call_without_one() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let kept = |arguments: &[&str]| {
        workspace
            .latchwork(arguments)
            .env("LATCHWORK_PASSPHRASE", support::PASSPHRASE)
    };
    let mut live = kept(&["login", &file, "--no-browser", "--json"]).start();
    provider.sign_in(live.event("browser_requested")["url"].as_str().unwrap());
    let login = live.end().ends(0).json_lines().pop().unwrap();
    assert!(login["expires_at"].is_i64(), "{login}");
    let answer = kept(&["call", &file, "me", "--json"]).run().ends(0).json();
    assert_eq!(answer["auth"], "cached");
    // Once there is no session, nobody is there to sign in.
    kept(&["logout", &file]).run().ends(0);
    kept(&["call", &file, "me"]).run().ends(3);
}

#[test]
fn z3_plain_is_used_where_the_builder_chose_it_and_nowhere_else() {
    for (rule, method, code) in [
        (PkceRule::Plain, "plain", 0),
        (PkceRule::S256, "S256", 0),
        // A provider that wants plain is told so by the builder, never by itself.
        (PkceRule::Plain, "S256", 1),
    ] {
        let workspace = Workspace::new();
        let provider = Provider::start(Script {
            pkce: rule,
            ..Script::default()
        });
        let connector = with_step(
            code_connector(&provider),
            &json!({ "code_challenge_method": method }),
        );
        let file = workspace.connector("harbour.connector.json", &connector);
        let mut live = workspace
            .latchwork(&["test", &file, "--json", "--no-browser"])
            .start();
        let url = live.event("browser_requested")["url"].clone();
        let url = url.as_str().unwrap();
        assert!(url.contains(&format!("code_challenge_method={method}")));
        provider.sign_in(url);
        let done = live.end().ends(code);
        if code == 1 {
            let error = done.json_lines().pop().unwrap()["error"].clone();
            assert_eq!(error["code"], "oauth.authorization_error");
            assert_eq!(provider.requests_to(Endpoint::Token).len(), 0);
        }
    }
}

#[test]
fn z25_a_token_address_out_of_the_callback_needs_its_origin_to_be_allowed() {
    // Two servers: the callback of the first names the second, as Zoho's does.
    let (workspace, home) = (Workspace::new(), Provider::start(Script::default()));
    let server = ("accounts-server".to_owned(), home.origin().to_owned());
    let provider = Provider::start(Script {
        callback: vec![CallbackAnswer::Extra(vec![server])],
        ..Script::default()
    });
    let mut connector = with_step(
        code_connector(&provider),
        &json!({ "token_url": "{{ callback['accounts-server'] }}/token" }),
    );
    let sign_in = |connector: &Value, code: i32| {
        let file = workspace.connector("zoho.connector.json", connector);
        let mut live = workspace
            .latchwork(&["test", &file, "--json", "--no-browser"])
            .start();
        let url = live.event("browser_requested")["url"].clone();
        provider.sign_in(url.as_str().unwrap());
        live.end().ends(code).json_lines().pop().unwrap()
    };
    let refused = sign_in(&connector, 1);
    assert_eq!(refused["error"]["code"], "origin.not_allowed");
    assert_eq!(home.requests_to(Endpoint::Token).len(), 0);
    connector["allowed_origins"] = json!([home.origin()]);
    // The second knows no code of the first's; that it was asked is enough.
    let asked = sign_in(&connector, 1);
    assert_eq!(asked["error"]["code"], "oauth.invalid_grant");
    assert_eq!(home.requests_to(Endpoint::Token).len(), 1);
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 0);
}

#[test]
fn f24_a_token_endpoint_that_fails_is_not_sent_the_code_again() {
    for (answer, code) in [
        (TokenAnswer::ServerError, "oauth.token_error"),
        (TokenAnswer::Redirects, "oauth.redirects"),
        (TokenAnswer::ErrorWithStatus200, "oauth.token_error"),
        (TokenAnswer::InvalidGrant, "oauth.invalid_grant"),
    ] {
        let workspace = Workspace::new();
        let provider = Provider::start(Script {
            token: vec![answer],
            ..Script::default()
        });
        let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
        let mut live = workspace
            .latchwork(&["test", &file, "--json", "--no-browser"])
            .start();
        let url = live.event("browser_requested")["url"].clone();
        provider.sign_in(url.as_str().unwrap());
        let done = live.end().ends(1);
        let error = done.json_lines().pop().unwrap()["error"].clone();
        assert_eq!(error["code"], code, "{error}");
        assert_eq!(provider.requests_to(Endpoint::Token).len(), 1);
        assert_eq!(provider.requests_to(Endpoint::Elsewhere).len(), 0);
    }
}
