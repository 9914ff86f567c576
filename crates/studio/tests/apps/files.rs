//! App files: in with the connectors that they bring along, and out.

use serde_json::{Value, json};

use crate::desk::{ACME, DESK, Desk, app, connector, json_of, whole_app};

#[tokio::test]
async fn z31_an_app_with_its_connectors_goes_round_without_a_secret() {
    let desk = Desk::new().await;
    desk.studio
        .app_import_text(&whole_app(&connector()).to_string())
        .await
        .unwrap();
    assert_eq!(
        desk.library().await,
        (vec!["Acme".to_owned()], vec!["Order desk".to_owned()])
    );
    desk.studio
        .secret_set(ACME, "token", "canary-in-the-vault")
        .await
        .unwrap();
    // Unsaved work is nobody else's yet.
    let mut draft = connector();
    draft["description"] = json!("only a draft");
    desk.studio
        .draft_save(ACME, &draft.to_string())
        .await
        .unwrap();
    desk.studio
        .app_draft_save(DESK, "only a draft")
        .await
        .unwrap();

    let name = desk.studio.app_file_name(DESK).await.unwrap();
    assert_eq!(name, "order-desk.app.json");
    let path = desk.folder.path().join(&name);
    let written = desk.studio.app_export(DESK, &path, true).await.unwrap();
    assert_eq!(written, path.display().to_string());
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("canary") && !text.contains("only a draft"));
    assert_eq!(
        json_of(&text)["connectors"][0]["definition"]["variables"],
        json!([{ "name": "token", "secret": true }])
    );

    let other = Desk::new().await;
    let opened = other.studio.app_import_file(&path).await.unwrap();
    assert_eq!(opened.id, DESK);
    let taken_in = json_of(&opened.document);
    assert_eq!(taken_in["connectors"], app()["connectors"]);
    assert_eq!(
        other.studio.connector_open(ACME).await.unwrap().document,
        desk.studio.connector_open(ACME).await.unwrap().document
    );
    assert_eq!(other.studio.app_check(&opened.document).await.unwrap(), []);
    let secrets = other.studio.secret_list(ACME).await.unwrap();
    assert!(!secrets[0].is_set, "z32: a file brings no secret along");
}

#[tokio::test]
async fn an_export_without_connectors_is_the_saved_document() {
    let desk = Desk::new().await;
    let opened = desk
        .studio
        .app_import_text(&app().to_string())
        .await
        .unwrap();
    let path = desk.folder.path().join("desk.app.json");
    desk.studio
        .app_export(&opened.id, &path, false)
        .await
        .unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), opened.document);
    // The connector is not here, so that a file that works without a library cannot be made.
    std::fs::remove_file(&path).unwrap();
    let error = desk
        .studio
        .app_export(&opened.id, &path, true)
        .await
        .unwrap_err();
    assert_eq!(error.code().as_str(), "file.not_found");
    assert!(error.to_string().contains(ACME), "{error}");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_connector_that_is_not_there_is_told_with_the_nearest_name() {
    let desk = Desk::new().await;
    desk.studio
        .connector_import_text(&connector().to_string())
        .await
        .unwrap();
    let mut by_name = app();
    by_name["connectors"][0]["connector"] = json!("Acmee");
    let opened = desk
        .studio
        .app_import_text(&by_name.to_string())
        .await
        .unwrap();
    let path = desk.folder.path().join("desk.app.json");
    let error = desk
        .studio
        .app_export(&opened.id, &path, true)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("did you mean `Acme`?"),
        "{error}"
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_named() {
    let desk = Desk::new().await;
    let opened = desk.studio.app_create("Desk").await.unwrap();
    let path = desk.folder.path().join("no-such-folder/desk.app.json");
    let error = desk
        .studio
        .app_export(&opened.id, &path, false)
        .await
        .unwrap_err();
    assert_eq!(error.code().as_str(), "file.not_found");
    assert!(error.to_string().contains("no-such-folder"), "{error}");
}

#[tokio::test]
async fn an_app_whose_id_is_taken_gets_another_and_uses_the_connector_that_is_there() {
    let desk = Desk::new().await;
    let whole = whole_app(&connector()).to_string();
    let first = desk.studio.app_import_text(&whole).await.unwrap();
    // The person calls it something else meanwhile: it is still the same connector.
    let mut renamed = connector();
    renamed["name"] = json!("Acme of ours");
    let acme = desk.studio.connector_open(ACME).await.unwrap();
    desk.studio
        .connector_save(ACME, &renamed.to_string(), acme.revision)
        .await
        .unwrap();
    let second = desk.studio.app_import_text(&whole).await.unwrap();
    assert_eq!(first.id, DESK);
    assert_ne!(second.id, DESK);
    assert_eq!(json_of(&second.document)["id"], json!(second.id));
    assert_eq!(
        json_of(&second.document)["connectors"][0]["connector"],
        ACME
    );
    assert_eq!(
        desk.library().await,
        (
            vec!["Acme of ours".to_owned()],
            vec!["Order desk".to_owned(), "Order desk 2".to_owned()]
        )
    );
}

#[tokio::test]
async fn z32_a_connector_with_a_known_id_that_says_something_else_is_added_as_another() {
    let desk = Desk::new().await;
    let mine = desk
        .studio
        .connector_import_text(&connector().to_string())
        .await
        .unwrap();
    let mut foreign = connector();
    foreign["base_url"] = json!("https://api.evil.example");
    let opened = desk
        .studio
        .app_import_text(&whole_app(&foreign).to_string())
        .await
        .unwrap();
    let called = json_of(&opened.document)["connectors"][0].clone();
    assert_eq!(called.get("definition"), None);
    let id = called["connector"].as_str().unwrap();
    assert_ne!(id, ACME);
    let added = desk.studio.connector_open(id).await.unwrap();
    assert_eq!(
        json_of(&added.document)["base_url"],
        "https://api.evil.example"
    );
    assert_eq!(desk.library().await.0, ["Acme", "Acme 2"]);
    assert_eq!(
        desk.studio.connector_open(ACME).await.unwrap().document,
        mine.document
    );
}

#[tokio::test]
async fn a_connector_without_an_id_is_the_one_of_its_name_that_says_the_same() {
    let desk = Desk::new().await;
    let mut nameless = connector();
    nameless.as_object_mut().unwrap().remove("id");
    let whole = whole_app(&nameless).to_string();
    let first = desk.studio.app_import_text(&whole).await.unwrap();
    let second = desk.studio.app_import_text(&whole).await.unwrap();
    let called = |document: &str| json_of(document)["connectors"][0]["connector"].clone();
    assert_eq!(called(&first.document), called(&second.document));
    assert_eq!(desk.library().await.0, ["Acme"]);
}

#[tokio::test]
async fn of_a_bad_file_nothing_is_taken_in_and_the_place_is_named() {
    let desk = Desk::new().await;
    let with = |change: fn(&mut Value)| {
        let mut whole = whole_app(&connector());
        change(&mut whole);
        whole.to_string()
    };
    for (text, place) in [
        (
            with(|app| app["screens"][0]["controls"][0]["typ"] = json!(1)),
            "screens[0].controls[0].typ",
        ),
        (
            with(|app| app["screens"][0]["controls"][1]["source"]["connector"] = json!("acne")),
            "screens[0].controls[1].source.connector",
        ),
        (
            with(|app| {
                app["connectors"][0]["definition"]["variables"][0]["value"] = json!("s3cret");
            }),
            "connectors[0].definition.variables[0]",
        ),
        (
            with(|app| app["format"] = json!("latchwork.app/2")),
            "format",
        ),
        (connector().to_string(), "format"),
        ("{".to_owned(), "not JSON"),
        (String::new(), "the file is empty"),
    ] {
        let error = desk.studio.app_import_text(&text).await.unwrap_err();
        assert_eq!(error.code().as_str(), "file.invalid", "{error}");
        assert!(error.to_string().starts_with(place), "{place}: {error}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
    assert_eq!(desk.library().await, (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named() {
    let desk = Desk::new().await;
    let missing = desk.folder.path().join("missing.app.json");
    let error = desk.studio.app_import_file(&missing).await.unwrap_err();
    assert_eq!(error.code().as_str(), "file.not_found");
    assert!(error.to_string().contains("missing.app.json"), "{error}");
    let binary = desk.file("binary.app.json", [0xFF, 0xFE, 0x00]);
    let error = desk.studio.app_import_file(&binary).await.unwrap_err();
    assert_eq!(error.code().as_str(), "file.unreadable");
    assert!(error.to_string().contains("binary.app.json"), "{error}");
    assert_eq!(desk.library().await, (Vec::new(), Vec::new()));
}
