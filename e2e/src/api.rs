//! An API whose answers are data and that keeps what it got: the tests' server on loopback, in a runtime of its own.

use latchwork_testkit::{Answer, FaultServer, Route, SeenRequest};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::failure::Failure;

/// A running API; it ends when it is dropped.
pub struct Api {
    // Dropped in this order: the server ends in its runtime.
    server: FaultServer,
    _runtime: Runtime,
}

impl Api {
    /// An API that answers by these routes.
    pub fn start(routes: Vec<Route>) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()?;
        let server = runtime.block_on(FaultServer::start(routes));
        Ok(Self {
            server,
            _runtime: runtime,
        })
    }

    /// Its origin: `http://127.0.0.1:40123`.
    pub fn origin(&self) -> &str {
        self.server.origin()
    }

    /// What it got so far at a path, oldest first.
    pub fn requests_at(&self, path: &str) -> Vec<SeenRequest> {
        let all = self.server.requests().into_iter();
        all.filter(|seen| seen.target.split('?').next() == Some(path))
            .collect()
    }

    /// The `Authorization` header of each request at a path, oldest first.
    pub fn authorizations_at(&self, path: &str) -> Vec<String> {
        let all = self.requests_at(path).into_iter();
        all.map(|seen| seen.header("authorization").unwrap_or_default())
            .collect()
    }
}

/// A route that answers one call after another with JSON, and all later ones as the last.
pub fn route(method: &str, path: &str, bodies: impl IntoIterator<Item = Value>) -> Route {
    Route {
        method: Some(method.to_owned()),
        path: path.to_owned(),
        answers: bodies.into_iter().map(Answer::json).collect(),
    }
}
