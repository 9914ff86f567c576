//! Z29 for signing in with OAuth: what is secret in it turns up in nothing that is said and nothing that is kept.

mod support;

use latchwork_testkit::oauth::{
    CallbackAnswer, ClientAuth, Endpoint, ExpectedClient, IdToken, Script, TokenAnswer,
};
use serde_json::{Value, json};
use support::{Provider, Workspace, code_connector, with_step};

const ACCESS: &str = "c4nary-access~token/1+";
const REFRESH: &str = "c4nary-refresh~token/2+";

fn provider(token: TokenAnswer) -> Provider {
    Provider::start(Script {
        client: ExpectedClient::with(ClientAuth::Basic),
        token: vec![token],
        id_token: Some(IdToken::Good),
        callback: vec![CallbackAnswer::WrongState, CallbackAnswer::Good],
        ..Script::default()
    })
}

fn connector(provider: &Provider) -> Value {
    let mut connector = with_step(
        code_connector(provider),
        &json!({
            "client_auth": "basic", "client_secret": "{{ vars.secret }}",
            "scopes": ["openid", "contacts.read"],
        }),
    );
    connector["variables"] = json!([{ "name": "secret", "secret": true }]);
    // What the API says must not matter here: it is asked with the token.
    connector["test"]["request"]["url"] = json!("/keys");
    connector["endpoints"][0]["request"]["url"] = json!("/keys");
    connector
}

#[test]
fn z29_no_secret_is_in_any_output_or_file() {
    let good = TokenAnswer::With(json!({ "access_token": ACCESS, "refresh_token": REFRESH }));
    for (token, works) in [(good, true), (TokenAnswer::InvalidGrant, false)] {
        let (workspace, provider) = (Workspace::new(), provider(token));
        let file = workspace.connector("harbour.connector.json", &connector(&provider));
        workspace.run_kept(&["import", &file]).ends(0);
        let mut done = Vec::new();
        for arguments in [
            &["test", "Harbour", "--json", "--no-browser"][..],
            &["test", "Harbour", "--no-browser", "-v"],
            &["login", "Harbour", "--json", "--no-browser", "-v"],
            &["call", "Harbour", "me", "--json", "--no-browser", "-v"],
        ] {
            let mut live = workspace
                .latchwork(arguments)
                .env("LATCHWORK_PASSPHRASE", support::PASSPHRASE)
                .env("LATCHWORK_VAR_secret", provider.client_secret())
                .start();
            let cached = works && arguments[0] == "call";
            if !cached {
                let address = match (arguments[0], arguments.contains(&"--json")) {
                    ("call", _) | (_, false) => live.address(),
                    _ => {
                        let requested = live.event("browser_requested");
                        requested["url"].as_str().unwrap().to_owned()
                    }
                };
                provider.sign_in(&address);
                provider.sign_in(&address);
            }
            done.push(live.end().ends(i32::from(!works)));
        }
        let mut secrets = vec![provider.client_secret().to_owned()];
        let requests = provider.requests_to(Endpoint::Token);
        assert_eq!(requests.len(), if works { 3 } else { 4 });
        for request in requests {
            for name in ["code", "code_verifier"] {
                secrets.push(request.parameter(name).unwrap().to_owned());
            }
        }
        secrets.extend([ACCESS.to_owned(), REFRESH.to_owned()]);
        for secret in &secrets {
            for done in &done {
                done.says_no(secret);
            }
            workspace.assert_keeps_no(secret);
        }
        // The state is for the browser, and is kept nowhere.
        for request in provider.requests_to(Endpoint::Authorization) {
            workspace.assert_keeps_no(request.parameter("state").unwrap());
        }
    }
}

#[test]
fn reveal_shows_the_tokens_that_a_person_asks_for() {
    let workspace = Workspace::new();
    let provider = Provider::start(Script {
        token: vec![TokenAnswer::With(json!({ "access_token": ACCESS }))],
        ..Script::default()
    });
    let mut connector = code_connector(&provider);
    connector["test"]["request"]["url"] = json!("/keys");
    let file = workspace.connector("harbour.connector.json", &connector);
    let mut live = workspace
        .latchwork(&["test", &file, "--json", "--no-browser", "--reveal"])
        .start();
    provider.sign_in(live.event("browser_requested")["url"].as_str().unwrap());
    let finished = live.event("step_finished");
    assert_eq!(finished["outputs"]["access_token"], ACCESS);
    live.end().ends(0);
}
