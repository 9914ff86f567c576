use crate::fixture::{Folder, vault};
use crate::{NewOutputs, Scope};

#[tokio::test]
async fn the_first_account_is_active_and_one_is_at_a_time() {
    let folder = Folder::new();
    let store = folder.open().await;
    assert!(
        store
            .accounts()
            .create("a", "1", "Work")
            .await
            .unwrap()
            .active
    );
    assert!(
        !store
            .accounts()
            .create("b", "1", "Personal")
            .await
            .unwrap()
            .active
    );
    assert!(
        store
            .accounts()
            .create("c", "2", "Work")
            .await
            .unwrap()
            .active
    );
    store.accounts().activate("b").await.unwrap();
    assert_eq!(store.accounts().active("1").await.unwrap().unwrap().id, "b");
    assert_eq!(store.accounts().active("2").await.unwrap().unwrap().id, "c");
    let names: Vec<_> = store
        .accounts()
        .list("1")
        .await
        .unwrap()
        .iter()
        .map(|account| account.name.clone())
        .collect();
    assert_eq!(names, ["Work", "Personal"]);
    assert_eq!(
        store
            .accounts()
            .named("1", "Work")
            .await
            .unwrap()
            .unwrap()
            .id,
        "a"
    );
    assert_eq!(
        store.accounts().activate("x").await.unwrap_err().code(),
        "file.not_found"
    );
}

#[tokio::test]
async fn a_name_is_taken_once_in_a_connector() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.accounts().create("a", "1", "Work").await.unwrap();
    let error = store.accounts().create("b", "1", "Work").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "There is already an account named \u{201c}Work\u{201d}"
    );
}

#[tokio::test]
async fn deleting_an_account_takes_its_outputs_and_hands_on_being_active() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    store.accounts().create("a", "1", "Work").await.unwrap();
    store.accounts().create("b", "1", "Personal").await.unwrap();
    let outputs = NewOutputs {
        fingerprint: "f",
        json: b"{}",
        expires_at: None,
    };
    for scope in [Scope::Account("a"), Scope::Account("b"), Scope::Shared] {
        store
            .outputs()
            .write("1", scope, outputs, 0, &vault)
            .await
            .unwrap();
    }
    store.accounts().delete("a").await.unwrap();
    assert_eq!(store.accounts().active("1").await.unwrap().unwrap().id, "b");
    assert!(
        store
            .outputs()
            .read("1", Scope::Account("a"), "f", &vault)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        store
            .outputs()
            .read("1", Scope::Account("b"), "f", &vault)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        store
            .outputs()
            .read("1", Scope::Shared, "f", &vault)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn an_account_takes_another_name_but_not_anothers() {
    let folder = Folder::new();
    let store = folder.open().await;
    for (id, connector, name) in [("a", "1", "Work"), ("b", "1", "Home"), ("c", "2", "Mine")] {
        store.accounts().create(id, connector, name).await.unwrap();
    }
    store.accounts().rename("a", "Office").await.unwrap();
    assert!(store.accounts().named("1", "Work").await.unwrap().is_none());
    let renamed = store.accounts().named("1", "Office").await.unwrap();
    assert_eq!(renamed.unwrap().id, "a");
    let taken = store.accounts().rename("a", "Home").await.unwrap_err();
    assert_eq!(taken.code(), "file.exists");
    assert!(taken.to_string().contains("Home"), "{taken}");
    store.accounts().rename("a", "Office").await.unwrap();
    store.accounts().rename("c", "Home").await.unwrap();
    let gone = store.accounts().rename("x", "Name").await.unwrap_err();
    assert_eq!(gone.code(), "file.not_found");
}

#[tokio::test]
async fn an_account_says_who_it_is_in_its_providers_words() {
    let folder = Folder::new();
    let store = folder.open().await;
    let account = store.accounts().create("a", "1", "Work").await.unwrap();
    assert_eq!(account.label, None);
    let label = async || store.accounts().list("1").await.unwrap()[0].label.clone();
    for new in [Some("ada@acme.example"), Some("grace@acme.example"), None] {
        store.accounts().set_label("a", new).await.unwrap();
        assert_eq!(label().await.as_deref(), new);
    }
    let long = "x".repeat(5_000);
    store.accounts().set_label("a", Some(&long)).await.unwrap();
    assert_eq!(label().await.unwrap().len(), 1024);
    let gone = store.accounts().set_label("x", None).await.unwrap_err();
    assert_eq!(gone.code(), "file.not_found");
}
