//! A studio, a provider whose answers are data, and a session at it that is over; and what others see of its data folder.

use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::{CallAnswer, Host, RunInput};
use latchwork_model::{Connector, read_connector};
use latchwork_studio::{
    AuthSource, CallTarget, Caller, KeyChoice, Studio, StudioError, StudioNotice, StudioOptions,
};
use latchwork_testkit::{Answer, FakeHost, Fault, FaultServer, Route};
use serde_json::{Value, json};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

pub(crate) struct Desk {
    pub studio: Arc<Studio>,
    pub server: FaultServer,
    pub connector: Arc<Connector>,
    pub id: String,
    folder: TempDir,
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

/// The same, after a step that everyone shares and no renewal of the account touches.
fn file_with_shared_step(origin: &str) -> Value {
    let mut file = file(origin);
    let shared = json!({
        "id": "admin", "type": "oauth2_client_credentials", "shared_credentials": true,
        "client_id": "acme", "client_secret": "for tests", "token_url": format!("{origin}/token")
    });
    let steps = file["auth"]["steps"].as_array_mut().unwrap();
    steps.insert(0, shared);
    file
}

/// The same, renewed by a mutation.
fn file_with_mutation(origin: &str) -> Value {
    let mut file = file(origin);
    file["auth"]["refresh"]["steps"][0]["request"]["body"] =
        json!({ "type": "graphql", "query": "mutation { renew { token } }" });
    file
}

async fn open_studio(folder: &TempDir) -> Studio {
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for tests".into()),
    };
    Studio::open(options).await.unwrap()
}

impl Desk {
    /// Signed in, with a session that is over, at a provider that renews like this.
    pub(crate) async fn expired(renewals: Vec<Answer>) -> Self {
        Self::with(renewals, |studio| studio).await
    }

    /// The same, where a step before the login is shared by everyone.
    pub(crate) async fn expired_with_shared_step(renewals: Vec<Answer>) -> Self {
        Self::set_up(file_with_shared_step, renewals, |studio| studio).await
    }

    /// The same, where the renewal is a mutation of GraphQL.
    pub(crate) async fn expired_with_mutation(renewals: Vec<Answer>) -> Self {
        Self::set_up(file_with_mutation, renewals, |studio| studio).await
    }

    pub(crate) async fn with(renewals: Vec<Answer>, open: impl FnOnce(Studio) -> Studio) -> Self {
        Self::set_up(file, renewals, open).await
    }

    async fn set_up(
        file: fn(&str) -> Value,
        renewals: Vec<Answer>,
        open: impl FnOnce(Studio) -> Studio,
    ) -> Self {
        let over = Answer::json(json!({ "token": "first-token", "expires_in": -1 }));
        let server = FaultServer::start(vec![
            Route::new("/login", over),
            Route {
                answers: renewals,
                ..Route::new("/renew", Answer::default())
            },
            Route::new("/me", Answer::json(json!({ "name": "Ada" }))),
            Route::new(
                "/token",
                Answer::json(json!({ "access_token": "everyones", "token_type": "Bearer" })),
            ),
        ])
        .await;
        let folder = TempDir::new().unwrap();
        let text = file(server.origin()).to_string();
        let studio = Arc::new(open(open_studio(&folder).await));
        let opened = studio.connector_import_text(&text).await.unwrap();
        let desk = Self {
            connector: Arc::new(read_connector(&opened.document).unwrap()),
            id: opened.id,
            studio,
            server,
            folder,
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
        self.call_from(&self.studio, host).await
    }

    pub(crate) async fn call_from(
        &self,
        studio: &Arc<Studio>,
        host: &dyn Host,
    ) -> Result<(Option<CallAnswer>, AuthSource), StudioError> {
        let target = CallTarget::Endpoint {
            id: "me".into(),
            inputs: serde_json::Map::new(),
        };
        Box::pin(studio.call(self.caller(host), &target)).await
    }

    pub(crate) async fn login(&self, host: &dyn Host) {
        let login = self.studio.login(self.caller(host));
        Box::pin(login).await.unwrap();
    }

    /// A second studio on the same data folder.
    pub(crate) async fn another_studio(&self) -> Arc<Studio> {
        Arc::new(open_studio(&self.folder).await)
    }

    /// A connection to the database that knows nothing of the studio.
    pub(crate) async fn outsider(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new();
        let database = self.folder.path().join("data").join("latchwork.db");
        options.filename(database).connect().await.unwrap()
    }

    /// What is told outside any run, from here on.
    pub(crate) fn notices(&self) -> UnboundedReceiver<StudioNotice> {
        let (sender, notices) = unbounded_channel();
        self.studio
            .notice_watch(move |notice| sender.send(notice).is_ok());
        notices
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
