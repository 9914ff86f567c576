use crate::fixture::{Folder, WORK, rows, sign_in, vault};
use crate::{Cleared, KeySource, Scope, Vault};

#[tokio::test]
async fn f3_an_attempt_of_a_process_that_is_gone_is_found() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let base = sign_in(&store, &vault, WORK, "{}").await;
    let attempts = store.refresh_attempts();
    assert_eq!(attempts.find("1", WORK).await.unwrap(), None);
    let noted = attempts.record("1", WORK, &base, &vault).await;
    assert_eq!(noted.unwrap(), Some(1));
    store.close().await;

    let store = folder.open().await;
    let attempts = store.refresh_attempts();
    assert_eq!(attempts.find("1", WORK).await.unwrap(), Some(1));
    for (connector, scope) in [("2", WORK), ("1", Scope::Shared)] {
        assert_eq!(attempts.find(connector, scope).await.unwrap(), None);
    }
    attempts.clear("1", WORK).await.unwrap();
    assert_eq!(attempts.find("1", WORK).await.unwrap(), None);
}

#[tokio::test]
async fn f3_attempts_at_the_same_session_are_counted_and_another_session_begins_anew() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let mut tries = Vec::new();
    for _ in 0..2 {
        let base = sign_in(&store, &vault, WORK, "{}").await;
        for _ in 0..3 {
            let attempts = store.refresh_attempts();
            tries.extend(attempts.record("1", WORK, &base, &vault).await.unwrap());
        }
    }
    assert_eq!(tries, [1, 2, 3, 1, 2, 3]);
    assert_eq!(rows(&store, "refresh_attempts").await, 1);
}

#[tokio::test]
async fn a_clear_ends_the_attempts_of_what_it_names() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    for scope in [WORK, Scope::Account("home"), Scope::Shared] {
        let base = sign_in(&store, &vault, scope, "{}").await;
        let attempts = store.refresh_attempts();
        attempts.record("1", scope, &base, &vault).await.unwrap();
    }
    for (what, left) in [
        (Cleared::Account("work"), 2),
        (Cleared::Shared, 1),
        (Cleared::Accounts, 0),
    ] {
        store.outputs().clear("1", what).await.unwrap();
        assert_eq!(rows(&store, "refresh_attempts").await, left, "{what:?}");
    }
}

#[tokio::test]
async fn a_session_that_ends_with_the_process_leaves_no_attempt() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = Vault::open(&store, KeySource::Session).await.unwrap();
    let base = sign_in(&store, &vault, WORK, "{}").await;
    let attempts = store.refresh_attempts();
    let attempt = attempts.record("1", WORK, &base, &vault).await;
    assert_eq!(attempt.unwrap(), Some(1));
    assert_eq!(rows(&store, "refresh_attempts").await, 0);
}
