//! Making, opening, saving and deleting apps, with their drafts.

use latchwork_sandbox::{sample_apps, samples};
use serde_json::{Value, json};

use crate::desk::{ACME, DESK, Desk, app, connector, json_of};

#[tokio::test]
async fn a_new_app_has_one_empty_screen_and_is_listed() {
    let desk = Desk::new().await;
    let status = desk.studio.studio_status().await.unwrap();
    assert!(status.first_run);
    let opened = desk.studio.app_create("  Field sales ").await.unwrap();
    let document = json_of(&opened.document);
    assert_eq!(document["name"], "Field sales");
    assert_eq!(document["id"], json!(opened.id));
    assert_eq!(document["screens"][0]["id"], "home");
    let listed = desk.studio.app_list().await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].id.as_str(), listed[0].screen_count),
        (opened.id.as_str(), 1)
    );
    // An app alone ends the first run.
    let status = desk.studio.studio_status().await.unwrap();
    assert!(!status.first_run);

    let error = desk.studio.app_create("   ").await.unwrap_err();
    assert_eq!(error.code().as_str(), "file.invalid");
    assert!(error.to_string().starts_with("name:"), "{error}");
    assert_eq!(desk.studio.app_list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_list_says_what_an_app_calls_by_the_names_that_connectors_have_now() {
    let desk = Desk::new().await;
    let acme = desk
        .studio
        .connector_import_text(&connector().to_string())
        .await
        .unwrap();
    desk.studio
        .app_import_text(&app().to_string())
        .await
        .unwrap();
    let mut renamed = connector();
    renamed["name"] = json!("Acme orders");
    desk.studio
        .connector_save(&acme.id, &renamed.to_string(), acme.revision)
        .await
        .unwrap();
    let listed = desk.studio.app_list().await.unwrap();
    assert_eq!(listed[0].connectors, ["Acme orders"]);
    assert_eq!(listed[0].description.as_deref(), Some("Orders of today"));
    // Deleting a connector leaves apps alone.
    desk.studio.connector_delete(&acme.id).await.unwrap();
    assert_eq!(desk.studio.app_list().await.unwrap()[0].connectors, [ACME]);
}

#[tokio::test]
async fn c5_a_draft_survives_a_crash_and_goes_with_the_save() {
    let desk = Desk::new().await;
    let opened = desk.studio.app_create("Desk").await.unwrap();
    desk.studio
        .app_draft_save(&opened.id, "{ half an app")
        .await
        .unwrap();
    let other = desk.again().await;
    let again = other.app_open(&opened.id).await.unwrap();
    assert_eq!(again.draft.unwrap().document, "{ half an app");
    assert_eq!(again.document, opened.document);
    assert!(other.app_list().await.unwrap()[0].has_draft);

    let mut changed = json_of(&opened.document);
    changed["name"] = json!("Front desk");
    let saved = other
        .app_save(&opened.id, &changed.to_string(), opened.revision)
        .await
        .unwrap();
    assert_eq!((saved.draft, saved.revision), (None, opened.revision + 1));
    assert_eq!(other.app_list().await.unwrap()[0].name, "Front desk");

    other.app_draft_save(&opened.id, "more").await.unwrap();
    other.app_draft_discard(&opened.id).await.unwrap();
    assert_eq!(other.app_open(&opened.id).await.unwrap().draft, None);
}

#[tokio::test]
async fn a_save_over_somebody_elses_is_a_conflict_and_an_invalid_one_is_refused() {
    let desk = Desk::new().await;
    let opened = desk.studio.app_create("Desk").await.unwrap();
    let saved = desk
        .studio
        .app_save(&opened.id, &opened.document, opened.revision)
        .await
        .unwrap();
    desk.studio
        .app_draft_save(&opened.id, "unsaved")
        .await
        .unwrap();
    let error = desk
        .studio
        .app_save(&opened.id, &opened.document, opened.revision)
        .await
        .unwrap_err();
    assert_eq!(error.code().as_str(), "file.conflict");
    assert!(
        error.to_string().starts_with("The app was changed"),
        "{error}"
    );

    let mut invalid = json_of(&opened.document);
    invalid["screens"][0]["controls"] = json!([{ "id": "Search", "type": "input" }]);
    let error = desk
        .studio
        .app_save(&opened.id, &invalid.to_string(), saved.revision)
        .await
        .unwrap_err();
    assert_eq!(error.code().as_str(), "file.invalid");
    assert!(
        error.to_string().starts_with("screens[0].controls[0].id:"),
        "{error}"
    );
    let kept = desk.studio.app_open(&opened.id).await.unwrap();
    assert_eq!(
        (kept.revision, kept.draft.unwrap().document.as_str()),
        (saved.revision, "unsaved")
    );
}

#[tokio::test]
async fn the_librarys_id_stays_whatever_is_typed() {
    let desk = Desk::new().await;
    let opened = desk.studio.app_create("Desk").await.unwrap();
    let mut changed = json_of(&opened.document);
    changed["id"] = json!(DESK);
    let saved = desk
        .studio
        .app_save(&opened.id, &changed.to_string(), opened.revision)
        .await
        .unwrap();
    assert_eq!(json_of(&saved.document)["id"], json!(opened.id));
}

#[tokio::test]
async fn a_copy_has_an_id_and_a_name_of_its_own() {
    let desk = Desk::new().await;
    let opened = desk.studio.app_create("Desk").await.unwrap();
    let first = desk.studio.app_duplicate(&opened.id).await.unwrap();
    let second = desk.studio.app_duplicate(&opened.id).await.unwrap();
    assert!(opened.id != first.id && first.id != second.id);
    assert_eq!(desk.library().await.1, ["Desk", "Desk copy", "Desk copy 2"]);
    desk.studio.app_delete(&first.id).await.unwrap();
    assert_eq!(desk.library().await.1, ["Desk", "Desk copy 2"]);
    for gone in [
        desk.studio.app_open(&first.id).await.unwrap_err(),
        desk.studio.app_delete(&first.id).await.unwrap_err(),
        desk.studio.app_draft_save(&first.id, "").await.unwrap_err(),
    ] {
        assert_eq!(gone.code().as_str(), "file.not_found");
        assert!(gone.to_string().contains("There is no app"), "{gone}");
    }
}

#[tokio::test]
async fn the_sample_app_comes_with_the_samples_once_and_its_checker_is_content() {
    let desk = Desk::new().await;
    desk.studio.practice_begin().await.unwrap();
    desk.studio.samples_add().await.unwrap();
    let (connectors, apps) = desk.library().await;
    assert_eq!(
        (connectors.len(), apps),
        (4, vec!["Harbour desk".to_owned()])
    );
    let listed = desk.studio.app_list().await.unwrap().remove(0);
    assert_eq!(
        listed.connectors,
        ["Harbour: sign in with a form", "Harbour: basic auth"]
    );
    let opened = desk.studio.app_open(&listed.id).await.unwrap();
    assert!(opened.document == sample_apps("unused")[0].document);
    assert_eq!(desk.studio.app_check(&opened.document).await.unwrap(), []);

    // Edited, it is left alone; deleted, it comes again.
    let mut edited = json_of(&opened.document);
    edited["name"] = json!("My desk");
    desk.studio
        .app_save(&listed.id, &edited.to_string(), opened.revision)
        .await
        .unwrap();
    desk.studio.samples_add().await.unwrap();
    assert_eq!(desk.library().await.1, ["My desk"]);
    desk.studio.app_delete(&listed.id).await.unwrap();
    desk.studio.samples_add().await.unwrap();
    assert_eq!(desk.library().await.1, ["Harbour desk"]);
    desk.studio.sandbox_stop().await.unwrap();
}

#[tokio::test]
async fn a_sample_of_an_older_release_gets_the_endpoints_that_came_since_and_an_edited_one_is_left_alone()
 {
    let desk = Desk::new().await;
    let id = desk.studio.samples_add().await.unwrap().remove(0);
    let status = desk.studio.sandbox_status().await;
    let shipped = samples(&status.base_url.unwrap()).remove(0).document;
    let shipped = json_of(&shipped);
    let document = async || {
        let opened = desk.studio.connector_open(&id).await.unwrap();
        (json_of(&opened.document), opened.draft.is_some())
    };
    let save = async |document: &Value| {
        let revision = desk.studio.connector_open(&id).await.unwrap().revision;
        let text = document.to_string();
        desk.studio
            .connector_save(&id, &text, revision)
            .await
            .unwrap();
    };
    assert_eq!(document().await, (shipped.clone(), false));

    // As it was shipped before, when the provider was elsewhere.
    let elsewhere = samples("http://127.0.0.1:1").remove(0).document;
    let mut older = json_of(&elsewhere);
    older["endpoints"].as_array_mut().unwrap().truncate(3);
    save(&older).await;
    desk.studio.samples_add().await.unwrap();
    assert_eq!(document().await, (shipped.clone(), false));

    // The same with a draft on it, which stays.
    save(&older).await;
    desk.studio.draft_save(&id, "{}").await.unwrap();
    desk.studio.samples_add().await.unwrap();
    assert_eq!(document().await, (older.clone(), true));
    desk.studio.draft_discard(&id).await.unwrap();

    // Somebody's own.
    let mut edited = older.clone();
    edited["endpoints"][2]["name"] = json!("Mine");
    let mut more = shipped.clone();
    let mut own = more["endpoints"][0].clone();
    own["id"] = json!("own");
    more["endpoints"].as_array_mut().unwrap().push(own);
    let mut moved = shipped.clone();
    moved["base_url"] = json!("http://127.0.0.1:1");
    for own in [edited, more, moved] {
        save(&own).await;
        desk.studio.samples_add().await.unwrap();
        assert_eq!(document().await, (own, false));
    }
    desk.studio.sandbox_stop().await.unwrap();
}
