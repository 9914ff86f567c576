//! A studio, a provider whose answers are data, and a session at it that is over.

use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::{CallAnswer, Host, RunInput};
use latchwork_model::{Connector, read_connector};
use latchwork_studio::{
    AuthSource, CallTarget, Caller, KeyChoice, Studio, StudioError, StudioOptions,
};
use latchwork_testkit::{Answer, FakeHost, Fault, FaultServer, Route};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) struct Desk {
    pub studio: Arc<Studio>,
    pub server: FaultServer,
    pub connector: Arc<Connector>,
    pub id: String,
    _folder: TempDir,
}

pub(crate) fn renewed() -> Answer {
    Answer::json(json!({ "token": "second-token", "expires_in": 3600 }))
}

/// A renewal that is answered once the test says so.
pub(crate) fn held() -> Answer {
    Answer {
        fault: Some(Fault::Held),
        ..renewed()
    }
}

pub(crate) fn hanging() -> Answer {
    Answer {
        fault: Some(Fault::Hang),
        ..Answer::default()
    }
}

/// A login whose token is over at once, and a refresh flow of one request.
fn file(origin: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": origin,
        "auth": {
            "method": "multistep",
            "steps": [{ "id": "login", "type": "api_request",
                "request": { "method": "POST", "url": "/login" },
                "outputs": [{ "name": "token", "value": "{{ body.token }}" },
                            { "name": "expires_in", "value": "{{ body.expires_in }}" }] }],
            "refresh": {
                "mode": "steps",
                "steps": [{ "id": "renew", "type": "api_request", "request": { "method": "POST", "url": "/renew" } }],
                "updates": [{ "target": "login.token", "value": "{{ renew.body.token }}" },
                            { "target": "login.expires_in", "value": "{{ renew.body.expires_in }}" }]
            },
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.token }}" } ]
        },
        "test": { "request": { "method": "GET", "url": "/me" } },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "GET", "url": "/me" } }]
    })
}

impl Desk {
    /// Signed in, with a session that is over, at a provider that renews like this.
    pub(crate) async fn expired(renewals: Vec<Answer>) -> Self {
        Self::with(renewals, |studio| studio).await
    }

    pub(crate) async fn with(renewals: Vec<Answer>, open: impl FnOnce(Studio) -> Studio) -> Self {
        let over = Answer::json(json!({ "token": "first-token", "expires_in": -1 }));
        let server = FaultServer::start(vec![
            Route::new("/login", over),
            Route {
                answers: renewals,
                ..Route::new("/renew", Answer::default())
            },
            Route::new("/me", Answer::json(json!({ "name": "Ada" }))),
        ])
        .await;
        let folder = TempDir::new().unwrap();
        let studio = Studio::open(StudioOptions {
            data_dir: Some(folder.path().join("data")),
            key: KeyChoice::Passphrase("a passphrase for tests".into()),
        })
        .await
        .unwrap();
        let text = file(server.origin()).to_string();
        let studio = Arc::new(open(studio));
        let opened = studio.connector_import_text(&text).await.unwrap();
        let desk = Self {
            connector: Arc::new(read_connector(&opened.document).unwrap()),
            id: opened.id,
            studio,
            server,
            _folder: folder,
        };
        desk.login(&FakeHost::new()).await;
        desk
    }

    pub(crate) fn caller<'a>(&'a self, host: &'a dyn Host) -> Caller<'a> {
        Caller {
            connector_id: &self.id,
            connector: &self.connector,
            account: None,
            input: RunInput::default(),
            host,
        }
    }

    pub(crate) async fn call(
        &self,
        host: &dyn Host,
    ) -> Result<(Option<CallAnswer>, AuthSource), StudioError> {
        let target = CallTarget::Endpoint {
            id: "me".into(),
            inputs: serde_json::Map::new(),
        };
        Box::pin(self.studio.call(self.caller(host), &target)).await
    }

    pub(crate) async fn login(&self, host: &dyn Host) {
        let login = self.studio.login(self.caller(host));
        Box::pin(login).await.unwrap();
    }

    /// How often a path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        let requests = self.server.requests();
        requests
            .iter()
            .filter(|request| request.target == path)
            .count()
    }

    /// The `Authorization` of the last call.
    pub(crate) fn last_sent(&self) -> Option<String> {
        let requests = self.server.requests();
        requests
            .iter()
            .rev()
            .find(|request| request.target == "/me")?
            .header("authorization")
    }
}

/// A future that must be done before a person would have given up.
pub(crate) async fn in_time<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), future)
        .await
        .expect("it is done in time")
}
