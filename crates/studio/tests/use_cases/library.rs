//! What is kept of connectors: drafts, saves, entries of the catalogue, presets that become steps.

use latchwork_sandbox::PASSWORD;
use latchwork_studio::StudioError;
use latchwork_studio::wire::{AccountState, ConnectorKind, RunWhat};
use serde_json::{Value, json};

use crate::desk::{Desk, answers, is_end, is_form, open, until};

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
