//! What the tests share: a connector that sends all that one can send, to one server.

use std::time::Duration;

use latchwork_engine::{Engine, Fault, Revoked, RunInput};
use latchwork_model::{Connector, read_connector};
use latchwork_testkit::{
    Answer, Certificates, FakeHost, FaultServer, PendingServer, Route, TlsKind,
};
use serde_json::{Map, Value, json};

/// A server with TLS that answers discovery, a token request, a revocation and everything else.
pub(crate) async fn provider(certificates: &Certificates, kind: TlsKind) -> FaultServer {
    let bound = PendingServer::bind().await.secure();
    let issuer = bound.origin();
    serve(bound, &issuer, certificates, kind)
}

/// The same, for who calls it by another address.
pub(crate) async fn provider_at(
    issuer: &str,
    certificates: &Certificates,
    kind: TlsKind,
) -> FaultServer {
    serve(
        PendingServer::bind().await.secure(),
        issuer,
        certificates,
        kind,
    )
}

fn serve(
    bound: PendingServer,
    issuer: &str,
    certificates: &Certificates,
    kind: TlsKind,
) -> FaultServer {
    let document = json!({
        "issuer": issuer, "token_endpoint": format!("{issuer}/token"), "revocation_endpoint": format!("{issuer}/revoke"),
    });
    let tokens = json!({ "access_token": "a-token-of-access", "token_type": "Bearer" });
    bound.serve(
        vec![
            Route::new("/.well-known/*", Answer::json(document)),
            Route::new("/token", Answer::json(tokens)),
            Route::new("*", Answer::json(json!({ "ok": true }))),
        ],
        Some(certificates.server(kind)),
    )
}

/// The paths that [`everything`] asks for, in their order.
pub(crate) const PATHS: [&str; 5] = [
    "/.well-known/openid-configuration",
    "/token",
    "/step",
    "/test",
    "/revoke",
];

/// A connector at this address: a token call by discovery, a step of its own, a test request.
pub(crate) fn connector(address: &str, network: &Value) -> Connector {
    let file = json!({
        "format": "latchwork.connector/1", "name": "Network", "kind": "rest", "base_url": address,
        "network": network,
        "auth": {
            "method": "multistep",
            "steps": [
                { "id": "oauth", "type": "oauth2_client_credentials", "issuer": address, "client_id": "me", "client_auth": "none" },
                { "id": "more", "type": "api_request", "request": { "method": "GET", "url": "/step" } },
            ],
            "request_parameters": [ { "location": "header", "name": "Authorization", "value": "Bearer {{ oauth.access_token }}" } ],
        },
        "test": { "request": { "method": "GET", "url": "/test" }, "advanced": true },
    });
    read_connector(&file.to_string()).expect("a valid connector")
}

/// How it ended, and all that was told of it.
pub(crate) struct Ended {
    pub result: Result<(), Fault>,
    pub told: String,
}

impl Ended {
    pub(crate) fn fault(&self) -> &Fault {
        self.result.as_ref().expect_err("it failed")
    }
}

/// Signs in, sends the test request, and revokes.
pub(crate) async fn everything(connector: &Connector, variables: Value) -> Ended {
    let variables: Map<String, Value> = serde_json::from_value(variables).expect("variables");
    let input = RunInput {
        variables,
        ..RunInput::default()
    };
    let (engine, host) = (Engine::default(), FakeHost::new());
    let work = async {
        let mut run = engine.run(connector, input, &host)?;
        run.auth_flow().await?;
        run.test().await?;
        let revoked = run.revoke().await;
        assert!(
            matches!(revoked[..], [ref one] if one.outcome == Revoked::Yes),
            "{revoked:?}"
        );
        Ok(())
    };
    let result: Result<(), latchwork_engine::RunFailure> =
        tokio::time::timeout(Duration::from_mins(1), work)
            .await
            .expect("it ends in time");
    let result = result.map_err(|failure| failure.fault);
    let events = serde_json::to_string(&host.events()).expect("events are JSON");
    let fault = serde_json::to_string(&result.as_ref().err()).expect("a fault is JSON");
    Ended {
        result,
        told: events + &fault,
    }
}

/// The paths that a server was asked for.
pub(crate) fn paths(server: &FaultServer) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests.map(|request| request.target).collect()
}
