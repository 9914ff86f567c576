use super::{RefreshAttempt, TokenDigest};
use crate::fixture::{Folder, NOW, WORK, rows, sign_in, vault};
use crate::{Cleared, KeySource, Scope, Vault};

#[tokio::test]
async fn f3_an_attempt_of_a_process_that_is_gone_is_found_with_what_it_was_about_to_send() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault_there = vault(&store).await;
    let base = sign_in(&store, &vault_there, WORK, "{}").await;
    let digest = TokenDigest::of(b"canary token");
    assert_eq!(
        store.refresh_attempts().find("1", WORK).await.unwrap(),
        None
    );
    let noted = store
        .refresh_attempts()
        .record("1", WORK, &base, digest, &vault_there)
        .await
        .unwrap();
    let expected = RefreshAttempt {
        started_at: NOW,
        token_digest: digest,
        tries: 1,
    };
    assert_eq!(noted.as_ref(), Some(&expected));
    store.close().await;

    let store = folder.open().await;
    let attempts = store.refresh_attempts();
    assert_eq!(attempts.find("1", WORK).await.unwrap(), Some(expected));
    assert_ne!(digest, TokenDigest::of(b"another"));
    for (connector, scope) in [("2", WORK), ("1", Scope::Shared)] {
        assert_eq!(attempts.find(connector, scope).await.unwrap(), None);
    }
    for name in folder.names("latchwork") {
        let bytes = std::fs::read(folder.location().data_dir().join(&name)).unwrap();
        let found = bytes.windows(6).any(|window| window == b"canary");
        assert!(!found, "{name}");
    }
    attempts.clear("1", WORK).await.unwrap();
    assert_eq!(attempts.find("1", WORK).await.unwrap(), None);
}

#[tokio::test]
async fn f3_the_same_sent_again_is_counted_so_that_nobody_loops() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let base = sign_in(&store, &vault, WORK, "{}").await;
    let mut tries = Vec::new();
    for token in ["a", "a", "a", "b", "a"] {
        let digest = TokenDigest::of(token.as_bytes());
        let attempts = store.refresh_attempts();
        let attempt = attempts.record("1", WORK, &base, digest, &vault).await;
        let attempt = attempt.unwrap().unwrap();
        assert_eq!(attempt.token_digest, digest);
        tries.push(attempt.tries);
    }
    assert_eq!(tries, [1, 2, 3, 1, 1]);
    assert_eq!(rows(&store, "refresh_attempts").await, 1);
}

#[tokio::test]
async fn a_clear_ends_the_attempts_of_what_it_names() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    for scope in [WORK, Scope::Account("home"), Scope::Shared] {
        let base = sign_in(&store, &vault, scope, "{}").await;
        let digest = TokenDigest::of(b"token");
        let attempts = store.refresh_attempts();
        attempts
            .record("1", scope, &base, digest, &vault)
            .await
            .unwrap();
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
    let digest = TokenDigest::of(b"token");
    let attempts = store.refresh_attempts();
    let attempt = attempts.record("1", WORK, &base, digest, &vault).await;
    assert_eq!(attempt.unwrap().unwrap().tries, 1);
    assert_eq!(rows(&store, "refresh_attempts").await, 0);
}
