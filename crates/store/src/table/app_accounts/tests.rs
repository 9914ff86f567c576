use crate::fixture::{Folder, rows};
use crate::{ConnectorContent, Store};

async fn account_of(store: &Store, app: &str) -> Option<String> {
    store.app_accounts().get(app, "c").await.unwrap()
}

async fn with_accounts(folder: &Folder) -> Store {
    let store = folder.open().await;
    for (id, connector, name) in [
        ("work", "c", "Work"),
        ("home", "c", "Home"),
        ("other", "d", "Work"),
    ] {
        store.accounts().create(id, connector, name).await.unwrap();
    }
    store
}

#[tokio::test]
async fn k3_each_app_has_its_own_choice_of_account() {
    let folder = Folder::new();
    let store = with_accounts(&folder).await;
    assert_eq!(account_of(&store, "1").await, None);
    store.app_accounts().set("1", "c", "work").await.unwrap();
    store.app_accounts().set("2", "c", "home").await.unwrap();
    assert_eq!(account_of(&store, "1").await.as_deref(), Some("work"));
    store.app_accounts().set("1", "c", "home").await.unwrap();
    store.app_accounts().clear("2", "c").await.unwrap();
    assert_eq!(account_of(&store, "1").await.as_deref(), Some("home"));
    assert_eq!(account_of(&store, "2").await, None);
}

#[tokio::test]
async fn only_an_account_of_that_connector_can_be_chosen() {
    let folder = Folder::new();
    let store = with_accounts(&folder).await;
    store.app_accounts().set("1", "c", "work").await.unwrap();
    for wrong in ["other", "nobody"] {
        let error = store.app_accounts().set("1", "c", wrong).await.unwrap_err();
        assert_eq!(error.code(), "file.not_found", "{wrong}");
    }
    assert_eq!(account_of(&store, "1").await.as_deref(), Some("work"));
}

#[tokio::test]
async fn a_choice_goes_with_its_account_and_with_its_connector() {
    let folder = Folder::new();
    let store = with_accounts(&folder).await;
    let content = ConnectorContent {
        name: "C",
        document: "",
        summary: "",
        file: None,
    };
    store.connectors().create("c", content).await.unwrap();
    store.app_accounts().set("1", "c", "work").await.unwrap();
    store.app_accounts().set("2", "c", "home").await.unwrap();
    store.app_accounts().set("2", "d", "other").await.unwrap();
    store.accounts().delete("work").await.unwrap();
    assert_eq!(account_of(&store, "1").await, None);
    assert_eq!(rows(&store, "app_accounts").await, 2);
    store.connectors().delete("c").await.unwrap();
    assert_eq!(account_of(&store, "2").await, None);
    assert_eq!(rows(&store, "app_accounts").await, 1);
    assert_eq!(
        store.app_accounts().get("2", "d").await.unwrap().as_deref(),
        Some("other")
    );
}

#[tokio::test]
async fn a_changed_choice_changes_the_stamp_of_sessions() {
    let folder = Folder::new();
    let store = with_accounts(&folder).await;
    let before = store.session_stamp();
    store.app_accounts().set("1", "c", "work").await.unwrap();
    let chosen = store.session_stamp();
    store.app_accounts().clear("1", "c").await.unwrap();
    assert!(before != chosen && chosen != store.session_stamp());
}
