//! The use cases as a window calls them, against the practice provider, on a data folder of each test's own.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use latchwork_sandbox::{PASSWORD, Sandbox, SandboxOptions, samples};
use latchwork_studio::wire::{AccountState, ConnectorKind, RunWhat, TestState};
use latchwork_studio::{
    ConnectorOpened, KeyChoice, RunStart, RunUpdate, Studio, StudioError, StudioOptions,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

struct Desk {
    studio: Arc<Studio>,
    sandbox: Sandbox,
    folder: TempDir,
}

impl Desk {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        Self {
            studio: open(&folder).await,
            sandbox,
            folder,
        }
    }

    /// The sample that signs in with a form.
    async fn sample(&self) -> ConnectorOpened {
        let samples = samples(self.sandbox.base_url());
        let form = samples
            .iter()
            .find(|sample| sample.file_name.contains("form"))
            .unwrap();
        self.studio
            .connector_import_text(&form.document)
            .await
            .unwrap()
    }

    async fn start(
        &self,
        opened: &ConnectorOpened,
        what: RunWhat,
    ) -> (String, UnboundedReceiver<RunUpdate>) {
        let (sender, receiver) = unbounded_channel();
        let request = RunStart {
            connector_id: opened.id.clone(),
            document: opened.document.clone(),
            what,
            keep_answers: true,
            account: None,
        };
        let run = self
            .studio
            .run_start(request, move |update| sender.send(update).is_ok())
            .await
            .unwrap();
        (run, receiver)
    }
}

async fn open(folder: &TempDir) -> Arc<Studio> {
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for tests".into()),
    };
    Arc::new(Studio::open(options).await.unwrap())
}

fn answers(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// Waits for the first update that the closure takes; the ones before it are kept.
async fn until(
    updates: &mut UnboundedReceiver<RunUpdate>,
    seen: &mut Vec<RunUpdate>,
    wanted: impl Fn(&RunUpdate) -> bool,
) -> RunUpdate {
    loop {
        let update = updates.recv().await.expect("the run goes on");
        seen.push(update.clone());
        if wanted(&update) {
            return update;
        }
    }
}

fn is_form(update: &RunUpdate) -> bool {
    matches!(update, RunUpdate::FormRequested { .. })
}

fn is_end(update: &RunUpdate) -> bool {
    matches!(update, RunUpdate::RunFinished { .. })
}

async fn signed_in(desk: &Desk, opened: &ConnectorOpened) -> (String, Vec<RunUpdate>) {
    let (run, mut updates) = desk.start(opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_form).await;
    let given = answers(&[("email", "demo@latchwork.example"), ("password", PASSWORD)]);
    desk.studio.run_answer(&run, "signin", &given).unwrap();
    let end = until(&mut updates, &mut seen, is_end).await;
    assert!(
        matches!(end, RunUpdate::RunFinished { ok: true, .. }),
        "{end:?}"
    );
    (run, seen)
}

#[tokio::test]
async fn t1_a_test_asks_shows_masked_outputs_and_is_remembered() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    assert_eq!(opened.test_state, TestState::NotTested);
    let (run, seen) = signed_in(&desk, &opened).await;
    let outputs = seen.iter().find_map(|update| match update {
        RunUpdate::StepFinished { step, outputs, .. } if step == "login" => Some(outputs.clone()),
        _ => None,
    });
    assert_eq!(outputs.unwrap()["body"]["token"], "•••");
    let told = serde_json::to_string(&seen).unwrap();
    let token = desk.studio.run_reveal(&run, "login.body.token").unwrap();
    assert!(
        token.len() > 10 && !told.contains(&token),
        "z30: only the one click shows it"
    );

    let again = desk.studio.connector_open(&opened.id).await.unwrap();
    assert_eq!(again.test_state, TestState::Passed);
    // An editor that writes the members in another order changes nothing.
    let value: Value = serde_json::from_str(&opened.document).unwrap();
    let reversed: serde_json::Map<String, Value> = value
        .as_object()
        .unwrap()
        .clone()
        .into_iter()
        .rev()
        .collect();
    let reversed = Value::Object(reversed).to_string();
    let saved = desk
        .studio
        .connector_save(&opened.id, &reversed, again.revision)
        .await
        .unwrap();
    assert_eq!(saved.test_state, TestState::Passed);
    let history = desk.studio.run_list(&opened.id).await.unwrap();
    assert_eq!((history.len(), history[0].ok), (1, true));
    assert!(!desk.studio.run_get(&run).await.unwrap().is_empty());
}

#[tokio::test]
async fn s1_a_wrong_answer_is_refused_with_its_field_and_the_form_goes_on_waiting() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    let (run, mut updates) = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_form).await;
    let refused = desk.studio.run_answer(
        &run,
        "signin",
        &answers(&[("email", "nobody"), ("password", "x")]),
    );
    let fault = refused.unwrap_err().fault();
    assert_eq!(
        (fault.code.as_str(), fault.field.as_deref()),
        ("form.invalid_email", Some("email"))
    );
    let given = answers(&[("email", "demo@latchwork.example"), ("password", PASSWORD)]);
    desk.studio.run_answer(&run, "signin", &given).unwrap();
    assert!(matches!(
        until(&mut updates, &mut seen, is_end).await,
        RunUpdate::RunFinished { ok: true, .. }
    ));
}

#[tokio::test]
async fn k1_an_endpoint_uses_the_cached_outputs_also_after_a_restart_and_k2_clearing_asks_again() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    signed_in(&desk, &opened).await;
    assert!(desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    let Desk {
        studio,
        sandbox,
        folder,
    } = desk;
    drop(studio);
    let desk = Desk {
        studio: open(&folder).await,
        sandbox,
        folder,
    };
    let call = RunWhat::Endpoint {
        endpoint_id: "list_contacts".into(),
        inputs: BTreeMap::new(),
    };
    let (_, mut updates) = desk.start(&opened, call.clone()).await;
    let mut seen = Vec::new();
    assert!(matches!(
        until(&mut updates, &mut seen, is_end).await,
        RunUpdate::RunFinished { ok: true, .. }
    ));
    assert!(!seen.iter().any(is_form), "nobody is asked");

    desk.studio.auth_clear(&opened.id, false).await.unwrap();
    assert!(!desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
    let (run, mut updates) = desk.start(&opened, call).await;
    until(&mut updates, &mut seen, is_form).await;
    desk.studio.run_cancel(&run);
    until(&mut updates, &mut seen, is_end).await;
}

#[tokio::test]
async fn f16_a_clear_during_a_run_ends_it_and_nothing_comes_back() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    let (_, mut updates) = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_form).await;
    desk.studio.auth_clear(&opened.id, false).await.unwrap();
    let end = until(&mut updates, &mut seen, is_end).await;
    let RunUpdate::RunFinished {
        ok: false,
        error: Some(error),
        ..
    } = end
    else {
        panic!("{end:?}")
    };
    assert_eq!(error.code, "run.cancelled");
    assert!(!desk.studio.auth_status(&opened.id).await.unwrap().signed_in);
}

#[tokio::test]
async fn a_retry_keeps_what_was_answered_and_never_sends_a_password_to_the_window() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    signed_in(&desk, &opened).await;
    let (run, mut updates) = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    let RunUpdate::FormRequested { fields, .. } = until(&mut updates, &mut seen, is_form).await
    else {
        panic!("a form")
    };
    let field = |key: &str| {
        fields
            .iter()
            .find(|field| field.key == key)
            .unwrap()
            .clone()
    };
    assert_eq!(
        field("email").value.as_deref(),
        Some("demo@latchwork.example")
    );
    assert_eq!(
        (field("password").value, field("password").remembered),
        (None, true)
    );
    // Leaving the password empty uses the kept one.
    desk.studio
        .run_answer(
            &run,
            "signin",
            &answers(&[("email", "demo@latchwork.example")]),
        )
        .unwrap();
    assert!(matches!(
        until(&mut updates, &mut seen, is_end).await,
        RunUpdate::RunFinished { ok: true, .. }
    ));
}

#[tokio::test]
async fn c5_drafts_survive_a_restart_and_a_stale_save_is_a_conflict() {
    let desk = Desk::new().await;
    let opened = desk
        .studio
        .connector_create("Acme", ConnectorKind::Rest, "https://acme.example")
        .await
        .unwrap();
    desk.studio
        .draft_save(&opened.id, "{ half a connector")
        .await
        .unwrap();
    let Desk {
        studio,
        sandbox,
        folder,
    } = desk;
    drop(studio);
    let desk = Desk {
        studio: open(&folder).await,
        sandbox,
        folder,
    };
    let again = desk.studio.connector_open(&opened.id).await.unwrap();
    assert_eq!(again.draft.unwrap().document, "{ half a connector");
    assert!(matches!(
        desk.studio
            .connector_save(&opened.id, "{ half a connector", opened.revision)
            .await,
        Err(StudioError::File(_))
    ));

    let saved = desk
        .studio
        .connector_save(&opened.id, &opened.document, opened.revision)
        .await
        .unwrap();
    assert_eq!((saved.revision, saved.draft), (opened.revision + 1, None));
    let stale = desk
        .studio
        .connector_save(&opened.id, &opened.document, opened.revision)
        .await
        .unwrap_err();
    assert_eq!(stale.code().as_str(), "file.conflict");
}

#[tokio::test]
async fn z32_secrets_follow_the_builders_edits_and_never_a_foreign_file() {
    let desk = Desk::new().await;
    let mut document: Value = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://acme.example",
        "variables": [ { "name": "key", "secret": true } ],
        "auth": { "method": "api_key", "name": "X-Key", "value": "{{ vars.key }}", "location": "header" }
    });
    let opened = desk
        .studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    desk.studio
        .secret_set(&opened.id, "key", "s3cr3t-key")
        .await
        .unwrap();
    assert!(desk.studio.secret_list(&opened.id).await.unwrap()[0].is_set);

    document["base_url"] = json!("https://api.acme.example");
    desk.studio
        .draft_save(&opened.id, &document.to_string())
        .await
        .unwrap();
    let saved = desk
        .studio
        .connector_save(&opened.id, &document.to_string(), opened.revision)
        .await
        .unwrap();
    assert!(
        desk.studio.secret_list(&opened.id).await.unwrap()[0].is_set,
        "the builder's own edit keeps it"
    );

    document["base_url"] = json!("https://evil.example");
    document["id"] = serde_json::from_str::<Value>(&saved.document).unwrap()["id"].clone();
    let foreign = desk
        .studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    assert_ne!(
        foreign.id, opened.id,
        "a known id does not make it that connector"
    );
    assert!(!desk.studio.secret_list(&foreign.id).await.unwrap()[0].is_set);
    let connector = latchwork_model::read_connector(&document.to_string()).unwrap();
    let variables = desk
        .studio
        .variables(&opened.id, &connector, serde_json::Map::new())
        .await
        .unwrap();
    assert!(
        variables.is_empty(),
        "the same id with other addresses gets nothing"
    );
}

#[tokio::test]
async fn z32_a_run_of_what_is_being_typed_has_the_secrets_of_the_draft_behind_it() {
    let desk = Desk::new().await;
    let mut document: Value = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": desk.sandbox.base_url(),
        "variables": [ { "name": "motto", "secret": true } ],
        "auth": { "method": "api_key", "name": "X-Key", "value": "{{ vars.motto }}", "location": "header" },
        "test": { "request": { "method": "GET", "url": "/contacts" }, "advanced": true }
    });
    let mut opened = desk
        .studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    desk.studio
        .secret_set(&opened.id, "motto", "s3cr3t-key")
        .await
        .unwrap();
    // Typed, and not yet kept as a draft.
    document["auth"]["name"] = json!("X-Other-Key");
    opened.document = document.to_string();
    let (_, mut updates) = desk.start(&opened, RunWhat::TestRequest).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_end).await;
    let sent = seen.iter().find_map(|update| match update {
        RunUpdate::TestFinished { exchange, .. } => exchange.as_ref(),
        _ => None,
    });
    let sent = sent.expect("it is sent, and not refused for a missing secret");
    let mut headers = sent.request.headers.iter();
    assert!(
        headers.any(|header| header.name == "x-other-key" && header.value == "•••"),
        "{sent:?}"
    );

    // What is no secret any more is what stands in the document.
    document["variables"][0] = json!({ "name": "motto", "value": "written-out" });
    document["test"]["request"]["url"] = json!("/contacts?shown={{ vars.motto }}");
    document["auth"]["value"] = json!("fixed");
    opened.document = document.to_string();
    let (_, mut updates) = desk.start(&opened, RunWhat::TestRequest).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_end).await;
    let told = serde_json::to_string(&seen).unwrap();
    assert!(
        told.contains("written-out") && !told.contains("s3cr3t-key"),
        "{told}"
    );
}

#[tokio::test]
async fn a_call_that_is_refused_is_a_run_that_failed() {
    let desk = Desk::new().await;
    let document = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": desk.sandbox.base_url(),
        "auth": { "method": "none" },
        "test": { "request": { "method": "GET", "url": "/nowhere" } },
        "endpoints": [{ "id": "ask", "request": { "method": "POST", "url": "/graphql",
            "body": { "type": "graphql", "query": "{ nothing }" } } }],
    });
    let opened = desk
        .studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    let endpoint = RunWhat::Endpoint {
        endpoint_id: "ask".into(),
        inputs: BTreeMap::new(),
    };
    for (what, expected) in [
        (RunWhat::TestRequest, "step.unexpected_status"),
        (endpoint, "graphql.errors"),
    ] {
        let (_, mut updates) = desk.start(&opened, what).await;
        let end = until(&mut updates, &mut Vec::new(), is_end).await;
        let RunUpdate::RunFinished { ok, error, .. } = end else {
            panic!("{end:?}")
        };
        assert_eq!((ok, error.unwrap().code.as_str()), (false, expected));
    }
}

#[tokio::test]
async fn k1_whoever_is_signed_in_stays_so_when_a_preset_is_turned_into_multistep() {
    let desk = Desk::new().await;
    let document = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": desk.sandbox.base_url(),
        "auth": { "method": "basic" },
        "test": { "request": { "method": "GET", "url": "/basic/me" }, "advanced": true },
    });
    let opened = desk
        .studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    let (run, mut updates) = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_form).await;
    let given = answers(&[
        ("username", "demo@latchwork.example"),
        ("password", PASSWORD),
    ]);
    desk.studio.run_answer(&run, "basic", &given).unwrap();
    until(&mut updates, &mut seen, is_end).await;
    let state = async || desk.studio.account_list(&opened.id).await.unwrap()[0].state;
    assert_eq!(state().await, AccountState::SignedIn);

    let turned = latchwork_studio::auth_turn_into_multistep(&opened.document).unwrap();
    assert!(turned.contains("multistep"), "{turned}");
    let saved = desk
        .studio
        .connector_save(&opened.id, &turned, opened.revision)
        .await
        .unwrap();
    assert_eq!(state().await, AccountState::SignedIn);

    // Another step is another sign-in.
    let other = saved.document.replace("basic_auth", "sso_token");
    desk.studio
        .connector_save(&opened.id, &other, saved.revision)
        .await
        .unwrap();
    assert_eq!(state().await, AccountState::SignedOut);
}

#[tokio::test]
async fn a_wrong_passphrase_is_told_and_the_session_alone_goes_on() {
    let desk = Desk::new().await;
    let opened = desk.sample().await;
    signed_in(&desk, &opened).await;
    let options = StudioOptions {
        data_dir: Some(desk.folder.path().join("data")),
        key: KeyChoice::Passphrase("another one".into()),
    };
    let studio = Studio::open(options).await.unwrap();
    assert_eq!(
        studio
            .unlock_for_process()
            .await
            .unwrap_err()
            .code()
            .as_str(),
        "vault.key_wrong"
    );
    assert!(!studio.auth_status(&opened.id).await.unwrap().signed_in);
    studio.vault_use_session_only().await.unwrap();
    assert!(
        !studio.auth_status(&opened.id).await.unwrap().signed_in,
        "what is sealed stays sealed"
    );
    assert!(
        desk.studio.auth_status(&opened.id).await.unwrap().signed_in,
        "and stays where it was"
    );
}

#[tokio::test]
async fn c6_an_entry_of_the_catalogue_becomes_a_connector_of_its_own_with_its_secrets_to_be_given()
{
    let desk = Desk::new().await;
    let found = desk.studio.catalogue_list("slck");
    assert_eq!(found[0].id, "slack");
    assert_eq!(desk.studio.catalogue_list("").len(), 24);
    let first = desk.studio.catalogue_add("stripe").await.unwrap();
    let second = desk.studio.catalogue_add("stripe").await.unwrap();
    assert_ne!(first.id, second.id);
    let names: Vec<String> = desk
        .studio
        .connector_list("")
        .await
        .unwrap()
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(names, ["Stripe", "Stripe 2"]);
    let secrets = desk.studio.secret_list(&first.id).await.unwrap();
    assert_eq!(
        secrets
            .iter()
            .map(|one| (one.name.as_str(), one.is_set))
            .collect::<Vec<_>>(),
        [("secret_key", false)]
    );
    let opened: Value = serde_json::from_str(&first.document).unwrap();
    assert_eq!(opened["id"], first.id);
    let missing = desk.studio.catalogue_add("strip").await.unwrap_err();
    assert!(matches!(
        missing,
        StudioError::CatalogueEntryNotFound { nearest: Some(ref near), .. } if near == "stripe"
    ));
}
