use crate::fixture::{Folder, NOW, rows};
use crate::{AppContent, ConnectorContent, StoreError};

fn content<'a>(name: &'a str, document: &'a str) -> AppContent<'a> {
    AppContent {
        name,
        document,
        summary: "{}",
    }
}

#[tokio::test]
async fn an_app_is_created_read_and_listed() {
    let folder = Folder::new();
    let store = folder.open().await;
    let created = store
        .apps()
        .create("1", content("Harbour desk", "{\"n\": 9007199254740993}"))
        .await
        .unwrap();
    assert_eq!((created.revision, created.created_at), (1, NOW));
    assert_eq!(store.apps().get("1").await.unwrap(), created);
    let entries = store.apps().list("").await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(
        (entries[0].summary.as_str(), entries[0].has_draft),
        ("{}", false)
    );
    store.app_drafts().save("1", "work").await.unwrap();
    assert!(store.apps().list("").await.unwrap()[0].has_draft);
}

#[tokio::test]
async fn the_list_is_by_name_and_search_ignores_case_beyond_ascii() {
    let folder = Folder::new();
    let store = folder.open().await;
    for (id, name) in [("1", "zeta"), ("2", "Ärger"), ("3", "Alpha")] {
        store.apps().create(id, content(name, "")).await.unwrap();
    }
    let names = |entries: Vec<crate::AppEntry>| {
        entries
            .into_iter()
            .map(|entry| entry.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(store.apps().list("").await.unwrap()),
        ["Alpha", "zeta", "Ärger"]
    );
    assert_eq!(names(store.apps().list("ÄRG").await.unwrap()), ["Ärger"]);
    assert_eq!(store.apps().named(" ALPHA").await.unwrap().len(), 1);
    assert_eq!(store.apps().named("Alph").await.unwrap(), []);
}

#[tokio::test]
async fn an_app_may_have_the_id_of_a_connector_and_not_of_another_app() {
    let folder = Folder::new();
    let store = folder.open().await;
    let connector = ConnectorContent {
        name: "A",
        document: "",
        summary: "",
        file: None,
    };
    store.connectors().create("1", connector).await.unwrap();
    store.apps().create("1", content("A", "")).await.unwrap();
    let error = store
        .apps()
        .create("1", content("B", ""))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "file.exists");
    assert_eq!(
        error.to_string(),
        "There is already an app with the id \u{201c}1\u{201d}"
    );
}

#[tokio::test]
async fn a_save_on_an_old_revision_is_a_conflict_that_keeps_the_draft() {
    let folder = Folder::new();
    let store = folder.open().await;
    store
        .apps()
        .create("1", content("A", "first"))
        .await
        .unwrap();
    let saved = store
        .apps()
        .save("1", content("B", "second"), 1)
        .await
        .unwrap();
    assert_eq!(
        (saved.revision, saved.name.as_str(), saved.created_at),
        (2, "B", NOW)
    );
    assert_eq!(store.apps().get("1").await.unwrap(), saved);
    store.app_drafts().save("1", "unsaved").await.unwrap();
    let error = store
        .apps()
        .save("1", content("A", "third"), 1)
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Conflict {
                what: "app",
                expected: 1,
                stored: 2,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(error.code(), "file.conflict");
    assert_eq!(store.apps().get("1").await.unwrap(), saved);
    assert!(store.app_drafts().get("1").await.unwrap().is_some());
    store
        .apps()
        .save("1", content("A", "unsaved"), 2)
        .await
        .unwrap();
    assert_eq!(store.app_drafts().get("1").await.unwrap(), None);
}

#[tokio::test]
async fn deleting_takes_draft_and_chosen_accounts_along_and_nothing_of_other_apps() {
    let folder = Folder::new();
    let store = folder.open().await;
    let account = store.accounts().create("a", "c", "Work").await.unwrap();
    for id in ["1", "2"] {
        store.apps().create(id, content("A", "")).await.unwrap();
        store.app_drafts().save(id, "d").await.unwrap();
        store.app_accounts().set(id, "c", "a").await.unwrap();
    }
    store.apps().delete("1").await.unwrap();
    assert_eq!(store.apps().find("1").await.unwrap(), None);
    assert_eq!(
        store.apps().get("1").await.unwrap_err().code(),
        "file.not_found"
    );
    assert_eq!(store.app_drafts().get("1").await.unwrap(), None);
    assert_eq!(store.app_accounts().get("1", "c").await.unwrap(), None);
    assert_eq!(rows(&store, "app_accounts").await, 1);
    assert!(store.app_drafts().get("2").await.unwrap().is_some());
    assert_eq!(
        store.app_accounts().get("2", "c").await.unwrap().as_deref(),
        Some("a")
    );
    assert_eq!(*store.accounts().list("c").await.unwrap(), [account]);
    assert_eq!(
        store.apps().delete("1").await.unwrap_err().to_string(),
        "There is no app \u{201c}1\u{201d}"
    );
}
