//! A certified OpenID provider, and a workspace that is signed in to it.

use latchwork_testkit::oidc::{Browser, OidcOptions, OidcProvider, client};
use serde_json::{Value, json};

use super::{Done, PASSPHRASE, Workspace, in_browser, text};

/// A connector of the provider's own API, signed in to with a code.
pub fn oidc_connector(provider: &OidcProvider) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Harbour", "kind": "rest",
        "base_url": provider.issuer(),
        "auth": {
            "method": "multistep",
            "steps": [{ "id": "signin", "type": "oauth2_pkce", "issuer": provider.issuer(),
                        "client_id": client::PUBLIC, "scopes": ["openid", "offline_access"] }],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ signin.access_token }}" } ]
        },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "GET", "url": "/api/me" } }]
    })
}

/// A workspace that is signed in to the provider.
pub fn signed_in(options: &OidcOptions) -> (Workspace, OidcProvider, String) {
    let (workspace, provider) = (Workspace::new(), OidcProvider::start(options));
    let file = workspace.connector("harbour.connector.json", &oidc_connector(&provider));
    login(&workspace, &file, &[]);
    (workspace, provider, file)
}

/// Signs in as a person does.
pub fn login(workspace: &Workspace, file: &str, more: &[&str]) {
    let mut arguments = vec!["login", file, "--json", "--no-browser"];
    arguments.extend(more);
    let mut live = workspace
        .latchwork(&arguments)
        .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
        .start();
    let requested = live.event("browser_requested");
    in_browser(Browser::new().sign_in(text(&requested["url"])));
    live.end().ends(0);
}

/// Calls the endpoint `me`.
pub fn call(workspace: &Workspace, file: &str) -> Done {
    workspace.run_kept(&["call", file, "me", "--json"])
}
