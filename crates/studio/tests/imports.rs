//! Imports as a window makes them: shown, then saved; or nothing.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

use latchwork_studio::wire::{ExportKind, ImportKind};
use latchwork_studio::{GivenSecret, KeyChoice, Studio, StudioError, StudioOptions};
use serde_json::json;
use tempfile::TempDir;

async fn studio(folder: &TempDir) -> Studio {
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for tests".into()),
    };
    Studio::open(options).await.unwrap()
}

fn collection() -> String {
    let mut items = vec![json!({ "name": "With key", "request": {
        "url": "{{baseUrl}}/k", "header": [{ "key": "X-Key", "value": "{{apiKey}}" }],
    } })];
    items.extend((0..150).map(
        |number| json!({ "name": format!("Call {number}"), "request": format!("{{{{baseUrl}}}}/{number}") }),
    ));
    json!({
        "info": { "name": "Harbour", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "auth": { "type": "oauth2", "oauth2": [
            { "key": "grant_type", "value": "client_credentials" }, { "key": "clientId", "value": "app" },
            { "key": "accessTokenUrl", "value": "{{baseUrl}}/token" }, { "key": "clientSecret", "value": "canary-secret" },
        ] },
        "variable": [{ "key": "baseUrl", "value": "https://api.example" }, { "key": "apiKey" }],
        "item": items,
    })
    .to_string()
}

fn given(name: &str, value: &str) -> GivenSecret {
    GivenSecret {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

#[tokio::test]
async fn a_preview_saves_nothing_and_shows_no_secret() {
    let folder = TempDir::new().unwrap();
    let studio = studio(&folder).await;
    let preview = studio.import_preview(collection(), None).await.unwrap();
    assert_eq!(preview.kind, ImportKind::Postman);
    assert_eq!(preview.name, "Harbour");
    assert_eq!(preview.auth_method, "oauth2");
    assert_eq!(
        (preview.endpoints.len(), preview.endpoint_count),
        (100, 151)
    );
    let secrets: Vec<(&str, bool)> = preview
        .secrets
        .iter()
        .map(|secret| (secret.name.as_str(), secret.found))
        .collect();
    assert_eq!(secrets, [("apiKey", false), ("client_secret", true)]);
    let shown = serde_json::to_string(&preview).unwrap();
    assert!(!shown.contains("canary-secret"), "{shown}");
    assert!(studio.connector_list("").await.unwrap().is_empty());
    studio.import_discard(&preview.id);
    let gone = studio
        .import_commit(&preview.id, "x", &[])
        .await
        .unwrap_err();
    assert!(matches!(gone, StudioError::NotRecognised { .. }), "{gone}");
    assert!(studio.connector_list("").await.unwrap().is_empty());
}

#[tokio::test]
async fn what_was_shown_is_saved_with_the_secrets_of_file_and_person() {
    let folder = TempDir::new().unwrap();
    let studio = studio(&folder).await;
    let preview = studio.import_preview(collection(), None).await.unwrap();
    let opened = studio
        .import_commit(
            &preview.id,
            " My Harbour ",
            &[given("apiKey", "from the person"), given("unknown", "x")],
        )
        .await
        .unwrap();
    let list = studio.connector_list("").await.unwrap();
    assert_eq!((list.len(), list[0].name.as_str()), (1, "My Harbour"));
    assert_eq!(list[0].endpoint_count, 151);
    assert!(!opened.document.contains("canary-secret"));
    let secrets = studio.secret_list(&opened.id).await.unwrap();
    assert_eq!(secrets.len(), 2);
    assert!(secrets.iter().all(|secret| secret.is_set), "{secrets:?}");
    let connector = latchwork_model::read_connector(&opened.document).unwrap();
    let variables = studio
        .variables(&opened.id, &connector, serde_json::Map::new())
        .await
        .unwrap();
    assert_eq!(variables["client_secret"], "canary-secret");
    assert_eq!(variables["apiKey"], "from the person");
}

#[tokio::test]
async fn an_environment_goes_onto_the_collection_that_is_shown() {
    let folder = TempDir::new().unwrap();
    let studio = studio(&folder).await;
    let environment =
        json!({ "name": "eu", "values": [{ "key": "baseUrl", "value": "https://eu.example" }] })
            .to_string();
    let alone = studio
        .import_preview(environment.clone(), None)
        .await
        .unwrap_err();
    assert_eq!(alone.code().as_str(), "import.invalid");
    let preview = studio.import_preview(collection(), None).await.unwrap();
    assert_eq!(preview.environment, Some(false));
    let with = studio
        .import_preview(environment, Some(&preview.id))
        .await
        .unwrap();
    assert_eq!(with.environment, Some(true));
    assert_eq!(with.base_url, "https://eu.example");
}

#[tokio::test]
async fn a_vault_that_does_not_open_is_told_before_anything_is_saved() {
    let folder = TempDir::new().unwrap();
    let first = studio(&folder).await;
    // Something is sealed with the right passphrase, so that another one is a wrong one.
    let kept = first.import_preview(collection(), None).await.unwrap();
    first.import_commit(&kept.id, "First", &[]).await.unwrap();
    drop(first);
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("another passphrase".into()),
    };
    let studio = Studio::open(options).await.unwrap();
    let preview = studio.import_preview(collection(), None).await.unwrap();
    let error = studio
        .import_commit(&preview.id, "Second", &[])
        .await
        .unwrap_err();
    assert!(error.code().as_str().starts_with("vault."), "{error}");
    assert_eq!(studio.connector_list("").await.unwrap().len(), 1);
    // What was read is still there for another try.
    studio.vault_use_session_only().await.unwrap();
    studio
        .import_commit(&preview.id, "Second", &[])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_broken_file_is_an_error_with_its_place_and_too_large_a_one_is_not_read() {
    let folder = TempDir::new().unwrap();
    let studio = studio(&folder).await;
    let broken = collection().replace("\"X-Key\"", "[\"X-Key\"]");
    let fault = studio
        .import_preview(broken, None)
        .await
        .unwrap_err()
        .fault();
    assert_eq!(fault.code.as_str(), "import.invalid");
    assert_eq!(
        fault.message,
        "item[0].request.header[0].key: expected text, found a list"
    );
    assert!(fault.hint.is_some_and(|hint| hint.contains("v2.1")));
    let path = folder.path().join("large.json");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = studio.import_preview_file(&path, None).await.unwrap_err();
    assert!(error.to_string().contains("are read at most"), "{error}");
    let hint = error.fault().hint.unwrap();
    assert!(hint.contains("Take a part"), "{hint}");
    assert!(studio.connector_list("").await.unwrap().is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_refused_at_once_with_its_path_and_what_to_do() {
    let folder = TempDir::new().unwrap();
    let studio = studio(&folder).await;
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&pipe, &link).unwrap();
    for path in [folder.path(), &pipe, &link, "/dev/zero".as_ref()] {
        for fault in [
            studio
                .import_preview_file(path, None)
                .await
                .unwrap_err()
                .fault(),
            studio.app_import_file(path).await.unwrap_err().fault(),
        ] {
            assert_eq!(fault.code.as_str(), "file.unreadable");
            let shown = path.display().to_string();
            assert!(fault.message.contains(&shown), "{}", fault.message);
            let hint = fault.hint.unwrap();
            assert!(hint.contains("Choose a file"), "{hint}");
        }
    }
}

#[tokio::test]
async fn z31_an_export_holds_no_secret_whatever_the_vault_has() {
    let folder = TempDir::new().unwrap();
    let studio = studio(&folder).await;
    let preview = studio.import_preview(collection(), None).await.unwrap();
    let opened = studio
        .import_commit(&preview.id, "Harbour", &[])
        .await
        .unwrap();
    for (kind, ending) in [
        (ExportKind::Connector, "harbour.connector.json"),
        (ExportKind::Curl, "harbour.sh"),
        (ExportKind::OpenApi, "harbour.openapi.json"),
    ] {
        let export = studio
            .connector_export_text(&opened.id, kind)
            .await
            .unwrap();
        assert_eq!(export.file_name, ending);
        assert!(!export.text.contains("canary-secret"), "{ending}");
        assert!(export.text.contains("/149"), "{ending}");
        let path = folder.path().join(ending);
        studio
            .connector_export_as(&opened.id, kind, &path)
            .await
            .unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), export.text);
    }
}
