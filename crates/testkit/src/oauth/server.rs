//! The running server, and what a test asks it.

use std::sync::Arc;

use rustls::ServerConfig;

use super::endpoint::Endpoint;
use super::recorded::OauthRequest;
use super::script::Script;
use super::state::State;
use crate::server::{FaultServer, PendingServer};

/// A running authorization server; it ends when it is dropped.
#[derive(Debug)]
pub struct AuthorizationServer {
    server: FaultServer,
    state: Arc<State>,
}

impl AuthorizationServer {
    /// Starts a server on a free port of 127.0.0.1.
    pub async fn start(script: Script) -> Self {
        Self::serve(PendingServer::bind().await, script, None)
    }

    /// Starts a server that speaks TLS.
    pub async fn start_secure(script: Script, tls: Arc<ServerConfig>) -> Self {
        Self::serve(PendingServer::bind().await.secure(), script, Some(tls))
    }

    fn serve(pending: PendingServer, script: Script, tls: Option<Arc<ServerConfig>>) -> Self {
        let state = Arc::new(State::new(script, pending.origin()));
        let server = pending.serve_answers(Arc::<State>::clone(&state), tls);
        Self { server, state }
    }

    /// Its issuer: the origin, and the script's path.
    pub fn issuer(&self) -> &str {
        &self.state.issuer
    }

    /// Where an endpoint is.
    pub fn url(&self, endpoint: Endpoint) -> String {
        self.state.url(endpoint)
    }

    /// The id of the client that it knows.
    pub fn client_id(&self) -> &str {
        &self.state.script.client.id
    }

    /// The secret of the client that it knows.
    pub fn client_secret(&self) -> &str {
        &self.state.script.client.secret
    }

    /// All requests so far.
    pub fn requests(&self) -> Vec<OauthRequest> {
        let seen = self.server.requests();
        seen.iter().map(|seen| self.state.read(seen)).collect()
    }

    /// The requests to one endpoint.
    pub fn requests_to(&self, endpoint: Endpoint) -> Vec<OauthRequest> {
        let mut requests = self.requests();
        requests.retain(|request| request.endpoint == endpoint);
        requests
    }

    /// What clients did that they must not, in words.
    pub fn violations(&self) -> Vec<String> {
        self.state.violations().clone()
    }

    /// Lets slow answers go, those still to come as well.
    pub fn release(&self) {
        self.server.release();
    }

    /// The server underneath: how many requests came, how many connections were closed.
    pub const fn connections(&self) -> &FaultServer {
        &self.server
    }
}
