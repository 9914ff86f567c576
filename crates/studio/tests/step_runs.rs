//! One step of the auth flow run by itself, and the flow from a step on (T2).

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use latchwork_studio::wire::RunWhat;
use latchwork_studio::{KeyChoice, RunStart, RunUpdate, Studio, StudioOptions, exchange_as_curl};
use latchwork_testkit::{Answer, FaultServer, HeaderValues, Route};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc::unbounded_channel;

struct Desk {
    studio: Arc<Studio>,
    server: FaultServer,
    id: String,
    folder: TempDir,
}

/// A form with a code, a login that sets a cookie, and what only a login may see.
fn connector(origin: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": origin,
        "auth": { "method": "multistep", "steps": [
            { "id": "ask", "type": "form", "title": "Sign in", "fields": [
                { "key": "password", "label": "Password", "type": "password" },
                { "key": "code", "label": "Code", "type": "text", "one_time": true } ] },
            { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login",
                "body": { "type": "json", "value": { "password": "{{ ask.password }}", "code": "{{ ask.code }}" } } } },
            { "id": "never", "type": "api_request", "when": "{{ login.body.no }}",
                "request": { "method": "GET", "url": "/never" } },
            { "id": "profile", "type": "api_request", "request": { "method": "GET", "url": "/profile",
                "headers": [{ "name": "Authorization", "value": "Bearer {{ login.body.token }}" }] } }
        ], "request_parameters": [] },
        "test": { "request": { "method": "GET", "url": "/me" }, "advanced": true }
    })
}

impl Desk {
    async fn new() -> Self {
        let cookie = HeaderValues::One("session=abc".to_owned());
        let login = Answer {
            headers: BTreeMap::from([("Set-Cookie".to_owned(), cookie)]),
            ..Answer::json(json!({ "token": "token-0123456789" }))
        };
        let server = FaultServer::start(vec![
            Route::new("/login", login),
            Route::new("/profile", Answer::json(json!({ "name": "Ann" }))),
            Route::new("/me", Answer::json(json!({}))),
        ])
        .await;
        let folder = TempDir::new().unwrap();
        let options = StudioOptions {
            data_dir: Some(folder.path().join("data")),
            key: KeyChoice::Passphrase("a passphrase for tests".into()),
        };
        let studio = Arc::new(Studio::open(options).await.unwrap());
        let document = connector(server.origin()).to_string();
        let id = studio.connector_import_text(&document).await.unwrap().id;
        Self {
            studio,
            server,
            id,
            folder,
        }
    }

    /// Runs something, answers the form where it is asked, and gives what was told.
    async fn run(&self, document: &Value, what: RunWhat) -> Vec<RunUpdate> {
        let (sender, mut updates) = unbounded_channel();
        let request = RunStart {
            connector_id: self.id.clone(),
            document: document.to_string(),
            what,
            keep_answers: false,
            account: None,
        };
        let listen = move |update| sender.send(update).is_ok();
        let run = self.studio.run_start(request, listen).await.unwrap();
        let mut told = Vec::new();
        while let Some(update) = updates.recv().await {
            if matches!(update, RunUpdate::FormRequested { .. }) {
                let answers = [("password", "a long password"), ("code", "123456")];
                let answers = answers.map(|(key, value)| (key.to_owned(), value.to_owned()));
                self.studio
                    .run_answer(&run, "ask", &BTreeMap::from(answers))
                    .unwrap();
            }
            told.push(update);
            if let Some(RunUpdate::RunFinished { ok, error, .. }) = told.last() {
                assert!(ok, "{error:?}");
                break;
            }
        }
        told
    }

    fn count(&self, path: &str) -> usize {
        let requests = self.server.requests();
        requests
            .iter()
            .filter(|request| request.target == path)
            .count()
    }

    fn counts(&self) -> [usize; 3] {
        ["/login", "/profile", "/me"].map(|path| self.count(path))
    }
}

fn asked(told: &[RunUpdate]) -> bool {
    told.iter()
        .any(|update| matches!(update, RunUpdate::FormRequested { .. }))
}

fn kept(told: &[RunUpdate]) -> Vec<String> {
    told.iter()
        .find_map(|update| match update {
            RunUpdate::StepsKept { steps } => Some(steps.clone()),
            _ => None,
        })
        .unwrap_or_default()
}

fn step(id: &str) -> RunWhat {
    RunWhat::Step {
        step: id.to_owned(),
    }
}

fn from_step(id: &str) -> RunWhat {
    RunWhat::FromStep {
        step: id.to_owned(),
    }
}

#[tokio::test]
async fn t2_a_step_runs_by_itself_with_what_the_last_test_left() {
    let desk = Desk::new().await;
    let document = connector(desk.server.origin());
    desk.run(&document, RunWhat::AuthSteps).await;
    assert_eq!(desk.counts(), [1, 1, 1]);

    let told = desk.run(&document, step("profile")).await;
    assert!(!asked(&told));
    assert_eq!(kept(&told), ["ask", "login", "never"]);
    assert_eq!(desk.counts(), [1, 2, 1], "and no test request");
    let requests = desk.server.requests();
    let last = requests.last().unwrap();
    assert_eq!(
        (
            last.header("authorization").as_deref(),
            last.header("cookie").as_deref()
        ),
        (Some("Bearer token-0123456789"), Some("session=abc")),
    );

    let told = desk.run(&document, from_step("profile")).await;
    assert_eq!(kept(&told), ["ask", "login", "never"]);
    assert_eq!(
        desk.counts(),
        [1, 3, 2],
        "the flow's rest and the test request"
    );
}

#[tokio::test]
async fn t2_a_step_that_changed_runs_again_and_so_does_what_follows() {
    let desk = Desk::new().await;
    let mut document = connector(desk.server.origin());
    desk.run(&document, RunWhat::AuthSteps).await;
    document["auth"]["steps"][2]["label"] = json!("Never");
    let told = desk.run(&document, step("profile")).await;
    assert_eq!(kept(&told), ["ask", "login"]);
    assert_eq!(desk.counts(), [1, 2, 1]);
}

#[tokio::test]
async fn z32_what_was_left_by_another_address_or_variable_is_not_used() {
    let desk = Desk::new().await;
    let mut document = connector(desk.server.origin());
    document["variables"] = json!([{ "name": "tenant", "value": "one" }]);
    desk.run(&document, RunWhat::AuthSteps).await;
    document["variables"][0]["value"] = json!("two");
    let told = desk.run(&document, step("profile")).await;
    assert!(asked(&told) && kept(&told).is_empty());
    let other = FaultServer::start(vec![
        Route::new(
            "/login",
            Answer::json(json!({ "token": "token-of-the-other" })),
        ),
        Route::new("/profile", Answer::json(json!({}))),
    ])
    .await;
    document["base_url"] = json!(other.origin());
    let told = desk.run(&document, step("profile")).await;
    assert!(asked(&told) && kept(&told).is_empty());
    let requests = other.requests();
    assert_eq!(
        requests.last().unwrap().header("authorization").as_deref(),
        Some("Bearer token-of-the-other"),
    );
}

#[tokio::test]
async fn z32_what_was_cleared_elsewhere_is_not_used() {
    let desk = Desk::new().await;
    let document = connector(desk.server.origin());
    desk.run(&document, RunWhat::AuthSteps).await;
    let options = StudioOptions {
        data_dir: Some(desk.folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for tests".into()),
    };
    let elsewhere = Studio::open(options).await.unwrap();
    elsewhere.auth_clear(&desk.id, false).await.unwrap();
    let told = desk.run(&document, step("profile")).await;
    assert!(asked(&told) && kept(&told).is_empty());
}

#[tokio::test]
async fn t2_a_one_time_code_is_asked_for_again_where_it_is_used() {
    let desk = Desk::new().await;
    let document = connector(desk.server.origin());
    desk.run(&document, RunWhat::AuthSteps).await;
    let told = desk.run(&document, step("login")).await;
    assert!(asked(&told) && kept(&told).is_empty());
    assert_eq!(desk.counts(), [2, 1, 1]);
    let told = desk.run(&document, step("profile")).await;
    assert!(!asked(&told), "its login is there");
    assert_eq!(desk.counts(), [2, 2, 1]);
}

#[tokio::test]
async fn t2_with_nothing_left_all_before_it_runs_and_cleared_auth_leaves_nothing() {
    let desk = Desk::new().await;
    let document = connector(desk.server.origin());
    let told = desk.run(&document, step("profile")).await;
    assert!(asked(&told) && kept(&told).is_empty());
    assert_eq!(desk.counts(), [1, 1, 0]);
    desk.studio.auth_clear(&desk.id, false).await.unwrap();
    let told = desk.run(&document, step("profile")).await;
    assert!(asked(&told) && kept(&told).is_empty());
    assert_eq!(desk.counts(), [2, 2, 0]);
    let (_, state) = (told, desk.studio.connector_open(&desk.id).await.unwrap());
    assert_eq!(
        state.test_state,
        latchwork_studio::wire::TestState::NotTested,
        "a step is no test"
    );
}

#[tokio::test]
async fn t2_a_step_that_is_not_there_is_refused_by_its_name() {
    let desk = Desk::new().await;
    let request = RunStart {
        connector_id: desk.id.clone(),
        document: connector(desk.server.origin()).to_string(),
        what: step("nowhere"),
        keep_answers: false,
        account: None,
    };
    let error = desk.studio.run_start(request, |_| true).await.unwrap_err();
    assert_eq!(error.code().as_str(), "step.unknown");
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[tokio::test]
async fn t2_a_request_of_a_run_is_copied_as_curl_without_its_secrets() {
    let desk = Desk::new().await;
    let document = connector(desk.server.origin());
    let told = desk.run(&document, RunWhat::AuthSteps).await;
    let exchanges: Vec<_> = told
        .iter()
        .filter_map(|update| match update {
            RunUpdate::StepFinished {
                exchange: Some(exchange),
                ..
            } => Some(exchange),
            _ => None,
        })
        .collect();
    let [login, profile] = exchanges[..] else {
        panic!("two requests");
    };
    assert!(login.timing.connect_ms.is_some(), "a connection was made");
    assert_eq!((profile.timing.resolve_ms, profile.attempts), (None, 1));
    let command = exchange_as_curl(&profile.request);
    assert!(command.contains("/profile"), "{command}");
    assert!(
        command.contains(r#"'authorization: Bearer '"${HIDDEN_1}""#)
            && !command.contains("token-0123456789"),
        "{command}"
    );
    let command = exchange_as_curl(&login.request);
    assert!(!command.contains("a long password"), "{command}");
}
