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
        .into_iter()
        .map(|account| account.name)
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
