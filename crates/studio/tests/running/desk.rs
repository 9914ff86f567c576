//! A running app, as its window sees it, at two services whose answers are data.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use latchwork_studio::wire::{
    AppConnectorView, ControlContent, ControlState, ControlView, ManagedAuthView, ScreenView,
};
use latchwork_studio::{
    AppSource, AppUpdate, ControlEvent, KeyChoice, RunUpdate, Studio, StudioOptions,
};
use latchwork_testkit::{Answer, FaultServer, Route};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};

/// What a window shows, after all that it was told.
#[derive(Clone, Default)]
pub(crate) struct Shown {
    pub managed_auth: Option<ManagedAuthView>,
    pub screen: Option<ScreenView>,
    pub asked: Vec<AppConnectorView>,
    /// How often it was asked to sign in, from nothing asked on.
    pub times_asked: usize,
    pub shared_question: Option<Vec<String>>,
    pub messages: Vec<String>,
    /// All that was told, as it crosses.
    pub traffic: Vec<String>,
}

impl Shown {
    fn hear(&mut self, update: AppUpdate) {
        self.traffic.push(serde_json::to_string(&update).unwrap());
        match update {
            AppUpdate::Opened { .. } => {}
            AppUpdate::ManagedAuth { view } => self.managed_auth = Some(view),
            AppUpdate::Screen { view } => {
                self.managed_auth = None;
                self.screen = Some(view);
            }
            AppUpdate::Controls { screen, controls } => {
                let shown = self.screen.as_mut().unwrap();
                assert_eq!(shown.screen, screen, "only what is shown is told");
                for control in controls {
                    let place = shown
                        .controls
                        .iter_mut()
                        .find(|other| other.id == control.id);
                    *place.unwrap() = control;
                }
            }
            AppUpdate::SignInAsked { connectors } => {
                self.times_asked += usize::from(self.asked.is_empty());
                self.asked = connectors;
            }
            AppUpdate::SignInSettled => self.asked.clear(),
            AppUpdate::SharedSignOutAsked { connectors } => {
                self.shared_question = Some(connectors);
            }
            AppUpdate::Message { text, .. } => self.messages.push(text),
        }
    }

    pub(crate) fn control(&self, id: &str) -> &ControlView {
        let screen = self.screen.as_ref().expect("a screen is shown");
        screen
            .controls
            .iter()
            .find(|control| control.id == id)
            .unwrap()
    }

    pub(crate) fn is_ready(&self, id: &str) -> bool {
        self.control(id).state == ControlState::Ready
    }

    pub(crate) fn is_signed_out(&self, id: &str) -> bool {
        matches!(self.control(id).state, ControlState::SignedOut { .. })
    }

    pub(crate) fn text(&self, id: &str) -> String {
        match &self.control(id).content {
            ControlContent::Text { text, .. } => text.clone(),
            other => panic!("{id} is no text: {other:?}"),
        }
    }

    pub(crate) fn rows(&self, id: &str) -> Vec<Vec<String>> {
        match &self.control(id).content {
            ControlContent::Table { rows, .. } => rows.clone(),
            other => panic!("{id} is no table: {other:?}"),
        }
    }

    pub(crate) fn on_screen(&self, id: &str) -> bool {
        self.managed_auth.is_none()
            && self
                .screen
                .as_ref()
                .is_some_and(|screen| screen.screen == id)
    }
}

pub(crate) struct Desk {
    pub studio: Arc<Studio>,
    pub server: FaultServer,
    pub window: String,
    shown: watch::Receiver<Shown>,
    pub folder: TempDir,
}

/// A connector that asks for a name and a password and sends the token that it gets for them.
pub(crate) fn crm(origin: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "id": "11111111-1111-4111-8111-111111111111", "name": "CRM", "kind": "rest",
        "base_url": origin,
        "auth": {
            "method": "multistep",
            "steps": [
                { "id": "signin", "type": "form", "title": "Sign in to CRM", "fields": [
                    { "key": "email", "label": "E-mail", "type": "email" },
                    { "key": "password", "label": "Password", "type": "password" } ] },
                { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login",
                    "body": { "type": "json", "value": { "password": "{{ signin.password }}" } } } }
            ],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" } ]
        },
        "endpoints": [
            { "id": "contacts", "inputs": [{ "name": "q", "required": false }],
              "request": { "method": "GET", "url": "/contacts", "query": [
                { "name": "q", "value": "{{ input.q }}", "omit_empty": true }] } },
            { "id": "contact", "inputs": [{ "name": "id", "type": "number" }],
              "request": { "method": "GET", "url": "/contacts/{{ input.id }}" } },
            { "id": "add", "inputs": [{ "name": "name" }],
              "request": { "method": "POST", "url": "/contacts",
                "body": { "type": "json", "value": { "name": "{{ input.name }}" } } } },
            { "id": "picture", "request": { "method": "GET", "url": "/picture" } },
            { "id": "echo", "request": { "method": "GET", "url": "/echo" } }
        ]
    })
}

/// A preset that asks for what it is not given.
pub(crate) fn billing(origin: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "id": "22222222-2222-4222-8222-222222222222", "name": "Billing",
        "kind": "rest", "base_url": origin, "auth": { "method": "basic" },
        "endpoints": [{ "id": "invoices", "request": { "method": "GET", "url": "/invoices" } }]
    })
}

pub(crate) fn contacts() -> Answer {
    Answer::json(json!({ "contacts": [{ "id": 1, "name": "Ada" }, { "id": 2, "name": "Grace" }] }))
}

/// The services' routes, some of them others than usual.
pub(crate) fn routes(others: Vec<Route>) -> Vec<Route> {
    let mut routes = others;
    routes.extend([
        Route::new(
            "/login",
            Answer::json(json!({ "token": "crm-token-0123456789" })),
        ),
        Route::new("/contacts", contacts()),
        Route::new(
            "/contacts/*",
            Answer::json(json!({ "id": 1, "name": "Ada Anchor", "phone": null })),
        ),
        Route::new(
            "/invoices",
            Answer::json(json!([{ "number": "I-1", "total": 12.5 }])),
        ),
        Route::new(
            "/echo",
            Answer {
                echo: true,
                ..Answer::default()
            },
        ),
        Route::new(
            "/picture",
            Answer {
                headers: BTreeMap::from([(
                    "Content-Type".to_owned(),
                    latchwork_testkit::HeaderValues::One("image/png".to_owned()),
                )]),
                body_base64: Some("iVBORw0KGgo=".to_owned()),
                ..Answer::default()
            },
        ),
    ]);
    routes
}

/// One connector in five controls, the other in two, over two screens.
pub(crate) fn app(at_start: bool) -> Value {
    let crm = |endpoint: &str| json!({ "connector": "crm", "endpoint": endpoint });
    json!({
        "format": "latchwork.app/1", "name": "Field Sales", "managed_auth_at_start": at_start,
        "connectors": [
            { "id": "billing", "connector": "Billing" }, { "id": "crm", "connector": "CRM" } ],
        "variables": [{ "name": "greeting", "value": "Hello" }],
        "screens": [
            { "id": "home", "name": "Home", "controls": [
                { "id": "title", "type": "text", "text": "{{ vars.greeting }} {{ search.value or 'all' }}" },
                { "id": "search", "type": "input" },
                { "id": "list", "type": "table", "columns": [{ "label": "Name", "value": "{{ row.name }}" }],
                  "source": { "connector": "crm", "endpoint": "contacts", "inputs": { "q": "{{ search.value or '' }}" } } },
                { "id": "count", "type": "text", "text": "{{ data.contacts | length }} contacts", "source": crm("contacts") },
                { "id": "whole", "type": "json", "source": crm("contacts") },
                { "id": "one", "type": "record", "source": { "connector": "crm", "endpoint": "contact",
                    "inputs": { "id": "{{ list.selected.id }}" } } },
                { "id": "pick", "type": "select", "source": crm("contacts"),
                  "option_value": "{{ row.id }}", "option_label": "{{ row.name }}" },
                { "id": "invoices", "type": "table", "source": { "connector": "billing", "endpoint": "invoices" } },
                { "id": "total", "type": "text", "text": "{{ data[0].total }}",
                  "source": { "connector": "billing", "endpoint": "invoices" } },
                { "id": "resume", "type": "button", "text": "Sign in again",
                  "on": { "click": [
                    { "type": "navigate_to_authentication", "reload_app": false },
                    { "type": "set_value", "target": "vars.greeting", "value": "Back," } ] } },
                { "id": "anew", "type": "button", "text": "Start again",
                  "on": { "click": [{ "type": "navigate_to_authentication", "reload_app": true }] } }
            ] },
            { "id": "second", "name": "Second", "controls": [
                { "id": "again", "type": "table", "source": crm("contacts") } ] }
        ]
    })
}

impl Desk {
    /// A preview of an app.
    pub(crate) async fn new(routes: Vec<Route>, app: &Value) -> Self {
        Self::with_app(routes, |_| app.clone()).await
    }

    /// A preview of an app that knows where the services are.
    pub(crate) async fn with_app(routes: Vec<Route>, app: impl Fn(&str) -> Value) -> Self {
        let server = FaultServer::start(routes).await;
        let folder = TempDir::new().unwrap();
        let studio = Studio::open(StudioOptions {
            data_dir: Some(folder.path().join("data")),
            key: KeyChoice::Passphrase("a passphrase for tests".into()),
        })
        .await
        .unwrap();
        let studio = Arc::new(studio);
        for connector in [crm(server.origin()), billing(server.origin())] {
            studio
                .connector_import_text(&connector.to_string())
                .await
                .unwrap();
        }
        let desk = Self {
            studio,
            server,
            window: String::new(),
            shown: watch::channel(Shown::default()).1,
            folder,
        };
        let source = AppSource::Preview {
            id: "33333333-3333-4333-8333-333333333333".to_owned(),
            document: app(desk.server.origin()).to_string(),
        };
        desk.open(source).await
    }

    /// Opens an app in a window of its own.
    pub(crate) async fn open(mut self, source: AppSource) -> Self {
        self.window = self.studio.app_prepare(source).await.unwrap().window;
        let (sender, shown) = watch::channel(Shown::default());
        self.studio
            .app_watch(&self.window, move |update| {
                sender.send_modify(|shown| shown.hear(update));
                true
            })
            .await
            .unwrap();
        self.shown = shown;
        self
    }

    /// A preview of the usual app.
    pub(crate) async fn usual(at_start: bool) -> Self {
        Self::new(routes(Vec::new()), &app(at_start)).await
    }

    /// Waits until the window shows something.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Shown) -> bool) -> Shown {
        let mut shown = self.shown.clone();
        let waited = tokio::time::timeout(
            Duration::from_secs(30),
            shown.wait_for(|shown| holds(shown)),
        );
        let Ok(shown) = waited.await else {
            let traffic = self.now().traffic;
            let last: Vec<&String> = traffic.iter().rev().take(4).collect();
            panic!("never: {what}; last told: {last:#?}");
        };
        shown.unwrap().clone()
    }

    pub(crate) fn now(&self) -> Shown {
        self.shown.borrow().clone()
    }

    pub(crate) fn does(&self, control: &str, event: ControlEvent) {
        self.studio.app_event(&self.window, control, event).unwrap();
    }

    pub(crate) fn types(&self, control: &str, text: &str) {
        let value = text.to_owned();
        self.does(control, ControlEvent::Input { value });
    }

    /// Begins a sign-in; what its run tells.
    pub(crate) async fn begins_sign_in(
        &self,
        connector: &str,
        new_account: bool,
    ) -> (String, mpsc::UnboundedReceiver<RunUpdate>) {
        let (sender, updates) = mpsc::unbounded_channel();
        let run = self
            .studio
            .app_sign_in(&self.window, connector, new_account, move |update| {
                sender.send(update).is_ok()
            })
            .await
            .unwrap();
        (run, updates)
    }

    /// Signs in to a connector by its form; all that the window heard of it.
    pub(crate) async fn signs_in(&self, connector: &str, new_account: bool) -> Vec<RunUpdate> {
        let (run, mut updates) = self.begins_sign_in(connector, new_account).await;
        let answers = match connector {
            "crm" => [
                ("email", "ann@acme.example"),
                ("password", "canary-pass-31415"),
            ],
            _ => [("username", "ann"), ("password", "canary-pass-27182")],
        };
        let answers = answers.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let mut heard = Vec::new();
        while let Some(update) = updates.recv().await {
            let asked = match &update {
                RunUpdate::FormRequested { step, .. } => Some(step.clone()),
                _ => None,
            };
            let over = matches!(update, RunUpdate::RunFinished { .. });
            heard.push(update);
            if let Some(step) = asked {
                let answers = BTreeMap::from(answers.clone());
                self.studio.run_answer(&run, &step, &answers).unwrap();
            }
            if over {
                break;
            }
        }
        assert!(
            matches!(heard.last(), Some(RunUpdate::RunFinished { ok: true, .. })),
            "{heard:?}"
        );
        heard
    }

    pub(crate) async fn goes_on(&self) {
        self.studio.app_continue(&self.window).await.unwrap();
    }

    /// Signed in to both, and on the first screen with all that it shows.
    pub(crate) async fn at_work() -> Self {
        let desk = Self::usual(true).await;
        desk.signs_in("crm", false).await;
        desk.signs_in("billing", false).await;
        desk.until("all in", |shown| {
            shown
                .managed_auth
                .as_ref()
                .is_some_and(|view| view.can_continue)
        })
        .await;
        desk.goes_on().await;
        desk.until("the lists", |shown| {
            shown.on_screen("home")
                && ["list", "count", "whole", "pick", "invoices", "total"]
                    .iter()
                    .all(|id| shown.is_ready(id))
        })
        .await;
        desk
    }

    /// How often a path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        let requests = self.server.requests();
        let of = requests
            .iter()
            .filter(|request| request.target.split('?').next() == Some(path));
        of.count()
    }
}
