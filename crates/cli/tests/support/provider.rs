//! A provider on loopback, and the connectors that sign in to it.

use latchwork_testkit::{Answer, FaultServer, Route, SeenRequest};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::TOKEN;

/// A server with the runtime that it lives on.
pub struct Server {
    server: FaultServer,
    _runtime: Runtime,
}

impl Server {
    pub fn start(routes: Vec<Route>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        Self {
            server: runtime.block_on(FaultServer::start(routes)),
            _runtime: runtime,
        }
    }

    /// A provider: `/login` gives a token, `/me` a person, anything else echoes the request.
    pub fn provider() -> Self {
        Self::start(vec![
            Route::new(
                "/login",
                Answer::json(json!({ "token": TOKEN, "plan": "gold" })),
            ),
            Route::new("/me", Answer::json(json!({ "name": "Ada", "seen": TOKEN }))),
            Route::new(
                "/missing",
                Answer {
                    body: Some(json!({ "why": "not here" })),
                    ..Answer::status(404)
                },
            ),
            Route::new(
                "/echo*",
                Answer {
                    echo: true,
                    ..Answer::default()
                },
            ),
            Route::new("/bytes", bytes_answer()),
        ])
    }

    pub fn origin(&self) -> &str {
        self.server.origin()
    }

    pub fn requests(&self) -> Vec<SeenRequest> {
        self.server.requests()
    }

    /// The request that reached this path, whatever its query.
    #[track_caller]
    pub fn seen(&self, path: &str) -> SeenRequest {
        let asked = |request: &SeenRequest| request.target.split('?').next() == Some(path);
        let found = self.requests().into_iter().find(asked);
        found.unwrap_or_else(|| panic!("{path} was not asked: {:?}", self.requests()))
    }

    /// How often this path was asked, whatever its query.
    pub fn count(&self, path: &str) -> usize {
        let asked = |request: &SeenRequest| request.target.split('?').next() == Some(path);
        self.requests()
            .iter()
            .filter(|request| asked(request))
            .count()
    }
}

/// Bytes that are no text, with a line end that nobody may add or take away.
pub const BYTES: &[u8] = b"\x00\xff\xfe{\"a\": 1}\r\n\n";

fn bytes_answer() -> Answer {
    Answer {
        body_base64: Some("AP/+eyJhIjogMX0NCgo=".to_owned()),
        ..Answer::default()
    }
}

/// A connector that signs in by form and login call, and sends the token with each request.
pub fn form_connector(origin: &str) -> Value {
    json!({
        "format": "latchwork.connector/1",
        "name": "Acme CRM",
        "kind": "rest",
        "base_url": origin,
        "auth": {
            "method": "multistep",
            "steps": [
                { "id": "ask", "type": "form", "title": "Sign in to Acme", "fields": [
                    { "key": "email", "label": "E-mail", "type": "email" },
                    { "key": "password", "label": "Password", "type": "password" }
                ] },
                { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login", "body": {
                    "type": "json", "value": { "user": "{{ ask.email }}", "password": "{{ ask.password }}" }
                } } }
            ],
            "refresh": { "mode": "none" },
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" }
            ]
        },
        "test": { "request": { "method": "GET", "url": "/me" }, "advanced": false },
        "endpoints": [
            { "id": "get_contact", "name": "Contact", "inputs": [{ "name": "id", "type": "number" }],
              "request": { "method": "GET", "url": "/echo/contacts/{{ input.id }}" } },
            { "id": "bytes", "name": "Bytes", "request": { "method": "GET", "url": "/bytes" } },
            { "id": "missing", "name": "Missing", "request": { "method": "GET", "url": "/missing" } }
        ]
    })
}

/// A connector that asks nobody anything.
pub fn open_connector(origin: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Open", "kind": "rest", "base_url": origin,
        "auth": { "method": "none" },
        "test": { "request": { "method": "GET", "url": "/me" }, "advanced": false },
        "endpoints": [{ "id": "bytes", "name": "Bytes", "request": { "method": "GET", "url": "/bytes" } }]
    })
}
