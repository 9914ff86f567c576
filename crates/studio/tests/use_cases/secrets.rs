//! Whose secrets a connector has, and what a wrong passphrase leaves.

use latchwork_studio::wire::RunWhat;
use latchwork_studio::{KeyChoice, RunUpdate, Studio, StudioOptions};
use serde_json::{Value, json};

use crate::desk::{Desk, is_end, signed_in, until};

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
