//! An authorization server on loopback, the browser of who signs in there, and connectors that do.

use std::net::TcpListener;

use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, OauthRequest, Script};
use latchwork_testkit::oidc::{Arrival, Browser, Page};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use url::Url;

/// An authorization server with the runtime that it lives on.
pub struct Provider {
    server: AuthorizationServer,
    browser: Browser,
    runtime: Runtime,
}

impl Provider {
    pub fn start(script: Script) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        Self {
            server: runtime.block_on(AuthorizationServer::start(script)),
            browser: Browser::new(),
            runtime,
        }
    }

    pub fn origin(&self) -> &str {
        self.server.issuer()
    }

    pub fn url(&self, endpoint: Endpoint) -> String {
        self.server.url(endpoint)
    }

    pub fn client_id(&self) -> &str {
        self.server.client_id()
    }

    pub fn client_secret(&self) -> &str {
        self.server.client_secret()
    }

    /// A person opens the address in a browser, and goes wherever the provider sends it.
    pub fn sign_in(&self, address: &str) -> Arrival {
        self.runtime.block_on(self.browser.sign_in(address))
    }

    /// A person opens the address in a browser; the address that the provider sends the browser to.
    pub fn allow(&self, address: &str) -> String {
        self.runtime.block_on(self.browser.allow(address))
    }

    /// A person opens an address of anybody's.
    #[track_caller]
    pub fn open(&self, address: &str) -> Page {
        let page = self.runtime.block_on(self.browser.open(address));
        page.unwrap_or_else(|| panic!("nobody listens at {address}"))
    }

    pub fn requests_to(&self, endpoint: Endpoint) -> Vec<OauthRequest> {
        self.server.requests_to(endpoint)
    }

    /// The client did nothing that it must not.
    #[track_caller]
    pub fn assert_content(&self) {
        assert_eq!(self.server.violations(), [] as [&str; 0]);
    }
}

/// A connector that signs in with an authorization code, as a client without a secret, and calls the provider's API.
pub fn code_connector(provider: &Provider) -> Value {
    json!({
        "format": "latchwork.connector/1",
        "name": "Harbour",
        "kind": "rest",
        "base_url": provider.origin(),
        "auth": {
            "method": "multistep",
            "steps": [{
                "id": "signin", "type": "oauth2_pkce",
                "client_id": provider.client_id(),
                "authorization_url": provider.url(Endpoint::Authorization),
                "token_url": provider.url(Endpoint::Token),
                "scopes": ["contacts.read"],
                "client_auth": "none"
            }],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ signin.access_token }}" }
            ]
        },
        "test": { "request": { "method": "GET", "url": "/api/me" }, "advanced": false },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "GET", "url": "/api/me" } }]
    })
}

/// The connector with other or more members in its step; null takes one away.
pub fn with_step(mut connector: Value, changes: &Value) -> Value {
    let step = connector["auth"]["steps"][0].as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            step.remove(name);
        } else {
            step.insert(name.clone(), value.clone());
        }
    }
    connector
}

/// A member that is text.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A parameter of an address; the first where it is doubled.
#[track_caller]
pub fn parameter(address: &str, name: &str) -> String {
    let address = Url::parse(address).unwrap();
    let found = address.query_pairs().find(|(other, _)| other == name);
    found.unwrap().1.into_owned()
}

/// Runs what a person does in a browser of their own.
pub fn in_browser<T>(visit: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(visit)
}

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}
