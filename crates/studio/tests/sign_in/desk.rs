//! What the tests share: a studio with a browser that is the test, connectors of one OAuth step, and their runs.

use std::sync::Arc;
use std::time::Duration;

use latchwork_studio::wire::RunWhat;
use latchwork_studio::{
    BrowserOpener, ConnectorOpened, KeyChoice, RunStart, RunUpdate, Studio, StudioNotice,
    StudioOptions,
};
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script};
use latchwork_testkit::oidc::{Arrival, Browser};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::Url;

/// A studio, its folder, and the addresses that its browser was sent to.
pub(crate) struct Desk {
    pub studio: Arc<Studio>,
    pub folder: Arc<TempDir>,
    visits: Mutex<UnboundedReceiver<String>>,
}

/// The system's browser: the test goes where it is sent.
struct TestBrowser {
    visits: UnboundedSender<String>,
    opens: bool,
}

impl BrowserOpener for TestBrowser {
    fn open(&self, address: &Url) -> Result<(), String> {
        if !self.opens {
            return Err("it is not installed".to_owned());
        }
        self.visits
            .send(address.to_string())
            .map_err(|error| error.to_string())
    }
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::at(Arc::new(TempDir::new().unwrap()), true).await
    }

    /// A desk whose browser does not open.
    pub(crate) async fn without_browser() -> Self {
        Self::at(Arc::new(TempDir::new().unwrap()), false).await
    }

    /// Another process on the same folder.
    pub(crate) async fn restarted(&self) -> Self {
        Self::at(Arc::clone(&self.folder), true).await
    }

    pub(crate) async fn at(folder: Arc<TempDir>, opens: bool) -> Self {
        let options = StudioOptions {
            data_dir: Some(folder.path().join("data")),
            key: KeyChoice::Passphrase("a passphrase for tests".into()),
        };
        let (sender, visits) = unbounded_channel();
        let browser = TestBrowser {
            visits: sender,
            opens,
        };
        let studio = Studio::open(options).await.unwrap();
        Self {
            studio: Arc::new(studio.with_browser(Arc::new(browser))),
            folder,
            visits: Mutex::new(visits),
        }
    }

    /// Adds a connector whose auth is these steps, with an endpoint `me` that wants the token of the step `oauth`.
    pub(crate) async fn connector(&self, name: &str, api: &str, steps: &Value) -> ConnectorOpened {
        let text = connector_file(name, api, steps);
        self.studio.connector_import_text(&text).await.unwrap()
    }

    /// The same, of the name Acme and with its API at this server.
    pub(crate) async fn acme(
        &self,
        server: &AuthorizationServer,
        steps: &Value,
    ) -> ConnectorOpened {
        self.connector("Acme", &server.url(Endpoint::Api), steps)
            .await
    }

    /// Starts a run of a connector as it was opened.
    pub(crate) async fn start(&self, opened: &ConnectorOpened, what: RunWhat) -> Run {
        let (sender, updates) = unbounded_channel();
        let request = RunStart {
            connector_id: opened.id.clone(),
            document: opened.document.clone(),
            what,
            keep_answers: true,
            account: None,
        };
        let id = self
            .studio
            .run_start(request, move |update| sender.send(update).is_ok())
            .await
            .unwrap();
        Run::new(id, updates)
    }

    /// Signs in to a connector as its person does, in the browser and to the end.
    pub(crate) async fn sign_in(&self, opened: &ConnectorOpened, what: RunWhat) -> Run {
        let mut run = self.start(opened, what).await;
        run.browser().await;
        self.person_signs_in().await;
        assert_eq!(run.end().await, None);
        run
    }

    /// Signs in where the browser is sent to next.
    pub(crate) async fn person_signs_in(&self) -> Arrival {
        Browser::new().sign_in(&self.visit().await).await
    }

    /// Calls the endpoint `me`.
    pub(crate) async fn call(&self, opened: &ConnectorOpened) -> Run {
        let what = RunWhat::Endpoint {
            endpoint_id: "me".into(),
            inputs: std::collections::BTreeMap::new(),
        };
        self.start(opened, what).await
    }

    /// The next address that the browser is sent to.
    pub(crate) async fn visit(&self) -> String {
        let mut visits = self.visits.lock().await;
        in_time(visits.recv()).await.expect("a visit")
    }

    /// Addresses that the browser was sent to and nobody has looked at.
    pub(crate) async fn visits_left(&self) -> usize {
        self.visits.lock().await.len()
    }

    /// The notices from now on, those that wait first.
    pub(crate) fn notices(&self) -> UnboundedReceiver<StudioNotice> {
        let (sender, notices) = unbounded_channel();
        self.studio
            .notice_watch(move |notice| sender.send(notice).is_ok());
        notices
    }

    /// How many sign-ins the journal knows.
    pub(crate) async fn journal(&self) -> i64 {
        let path = self.folder.path().join("data").join("latchwork.db");
        let text = format!("sqlite://{}?mode=ro", path.display());
        let mut database = <sqlx::SqliteConnection as sqlx::Connection>::connect(&text)
            .await
            .unwrap();
        sqlx::query_scalar("SELECT count(*) FROM pending_authorizations")
            .fetch_one(&mut database)
            .await
            .unwrap()
    }
}

/// A server, a desk, and a connector of one OAuth step there.
pub(crate) async fn one_step() -> (AuthorizationServer, Desk, ConnectorOpened) {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let opened = desk.acme(&server, &json!([step(&server, json!({}))])).await;
    (server, desk, opened)
}

/// A connector's file: an OAuth flow, and an endpoint that wants its token.
pub(crate) fn connector_file(name: &str, api: &str, steps: &Value) -> String {
    json!({
        "format": "latchwork.connector/1", "name": name, "kind": "rest", "base_url": api,
        "auth": {
            "method": "multistep", "steps": steps,
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ oauth.access_token }}" }
            ]
        },
        "endpoints": [ { "id": "me", "name": "Me", "inputs": [], "request": { "method": "GET", "url": "" } } ]
    })
    .to_string()
}

/// An authorization code step with the server's endpoints, and these members over it.
pub(crate) fn step(server: &AuthorizationServer, more: Value) -> Value {
    let mut step = json!({
        "id": "oauth", "type": "oauth2_authorization_code",
        "client_id": server.client_id(), "client_secret": server.client_secret(),
        "authorization_url": server.url(Endpoint::Authorization), "token_url": server.url(Endpoint::Token),
        "revocation_url": server.url(Endpoint::Revocation),
    });
    let Value::Object(more) = more else {
        panic!("an object")
    };
    for (name, value) in more {
        step[name] = value;
    }
    step
}

/// A run as its window hears it.
pub(crate) struct Run {
    pub id: String,
    pub seen: Vec<RunUpdate>,
    updates: UnboundedReceiver<RunUpdate>,
}

impl Run {
    pub(crate) fn new(id: String, updates: UnboundedReceiver<RunUpdate>) -> Self {
        Self {
            id,
            seen: Vec::new(),
            updates,
        }
    }

    /// Waits for the first update that the closure takes; the ones before it are kept.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&RunUpdate) -> bool) -> RunUpdate {
        loop {
            let update = in_time(self.updates.recv()).await.expect("the run goes on");
            self.seen.push(update.clone());
            if wanted(&update) {
                return update;
            }
        }
    }

    /// Waits until the run asks for the browser, and gives the redirect address.
    pub(crate) async fn browser(&mut self) -> String {
        let update = self
            .until(|update| matches!(update, RunUpdate::BrowserRequested { .. }))
            .await;
        let RunUpdate::BrowserRequested { redirect_uri, .. } = update else {
            unreachable!()
        };
        redirect_uri
    }

    /// The code that the run ended with; nothing where it worked.
    pub(crate) async fn end(&mut self) -> Option<String> {
        let end = self
            .until(|update| matches!(update, RunUpdate::RunFinished { .. }))
            .await;
        let RunUpdate::RunFinished { error, .. } = end else {
            unreachable!()
        };
        error.map(|error| error.code)
    }

    /// Everything that was told, as it crosses to the window.
    pub(crate) fn told(&self) -> String {
        serde_json::to_string(&self.seen).unwrap()
    }

    /// Whether it was asked to go to the browser.
    pub(crate) fn asked_the_browser(&self) -> bool {
        self.told().contains("browser_requested")
    }
}

/// Fails a test that hangs.
pub(crate) async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(1), work)
        .await
        .expect("it ends in time")
}

/// A parameter of an address.
pub(crate) fn parameter(address: &str, name: &str) -> String {
    let url = Url::parse(address).unwrap();
    url.query_pairs()
        .find(|(other, _)| other == name)
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
