use super::NeedsYou;
use crate::fixture::{Folder, NOW, WORK, rows, session, sign_in, vault};
use crate::{Cleared, KeySource, Scope, Store, Stored, Vault};

async fn mark(store: &Store, vault: &Vault, scope: Scope<'_>, words: &str) -> Stored {
    let base = session(store, vault, scope).await.unwrap();
    let marks = store.needs_you();
    let code = "oauth.invalid_grant";
    let marked = marks.set("1", scope, &base, code, words, vault).await;
    marked.unwrap()
}

#[tokio::test]
async fn a_mark_says_why_until_it_is_taken_away() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    for scope in [WORK, Scope::Shared] {
        sign_in(&store, &vault, scope, "{}").await;
        assert_eq!(store.needs_you().get("1", scope).await.unwrap(), None);
        assert_eq!(
            mark(&store, &vault, scope, "Token revoked").await,
            Stored::Yes
        );
    }
    let expected = NeedsYou {
        account: Some("work".to_owned()),
        code: "oauth.invalid_grant".to_owned(),
        words: "Token revoked".to_owned(),
        at: NOW,
    };
    assert_eq!(
        store.needs_you().get("1", WORK).await.unwrap(),
        Some(expected.clone())
    );
    let shared = NeedsYou {
        account: None,
        ..expected.clone()
    };
    assert_eq!(
        store.needs_you().list("1").await.unwrap(),
        [expected, shared]
    );
    assert_eq!(store.needs_you().list("2").await.unwrap(), []);
    store.needs_you().clear("1", WORK).await.unwrap();
    assert_eq!(store.needs_you().list("1").await.unwrap().len(), 1);
    store.outputs().clear("1", Cleared::Shared).await.unwrap();
    assert_eq!(store.needs_you().list("1").await.unwrap(), []);
}

#[tokio::test]
async fn a_new_session_takes_the_mark_away() {
    let folder = Folder::new();
    let store = folder.open().await;
    let session_only = Vault::open(&store, KeySource::Session).await.unwrap();
    for vault in [vault(&store).await, session_only] {
        sign_in(&store, &vault, WORK, "{}").await;
        sign_in(&store, &vault, Scope::Shared, "{}").await;
        mark(&store, &vault, WORK, "once").await;
        mark(&store, &vault, Scope::Shared, "once").await;
        sign_in(&store, &vault, WORK, "{}").await;
        assert_eq!(store.needs_you().get("1", WORK).await.unwrap(), None);
        assert_eq!(store.needs_you().list("1").await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_refusal_of_what_was_replaced_meanwhile_marks_nothing() {
    let folder = Folder::new();
    let store = folder.open().await;
    let session_only = Vault::open(&store, KeySource::Session).await.unwrap();
    for vault in [vault(&store).await, session_only] {
        let base = sign_in(&store, &vault, WORK, "old").await;
        sign_in(&store, &vault, WORK, "new").await;
        let marks = store.needs_you();
        let late = marks.set("1", WORK, &base, "c", "w", &vault).await;
        assert_eq!(late.unwrap(), Stored::ReplacedMeanwhile);
        assert_eq!(rows(&store, "needs_you").await, 0);
    }
}

#[tokio::test]
async fn f7_a_refusal_ends_the_attempt_and_keeps_the_outputs() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let base = sign_in(&store, &vault, WORK, "{}").await;
    let attempts = store.refresh_attempts();
    attempts.record("1", WORK, &base, &vault).await.unwrap();
    assert_eq!(mark(&store, &vault, WORK, "refused").await, Stored::Yes);
    assert_eq!(attempts.find("1", WORK).await.unwrap(), None);
    assert!(session(&store, &vault, WORK).await.is_some());
}

#[tokio::test]
async fn long_words_are_cut_between_characters() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    sign_in(&store, &vault, WORK, "{}").await;
    mark(&store, &vault, WORK, &format!("a{}", "ü".repeat(5_000))).await;
    let words = store.needs_you().get("1", WORK).await.unwrap().unwrap();
    assert_eq!(words.words, format!("a{}", "ü".repeat(511)));
}

#[tokio::test]
async fn z38_the_stamp_tells_other_processes_of_marks_and_sessions() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let vault = vault(&ours).await;
    let mut seen = vec![theirs.session_stamp()];
    sign_in(&ours, &vault, WORK, "{}").await;
    seen.push(theirs.session_stamp());
    mark(&ours, &vault, WORK, "words").await;
    seen.push(theirs.session_stamp());
    ours.needs_you().clear("1", WORK).await.unwrap();
    seen.push(theirs.session_stamp());
    ours.outputs()
        .clear("1", Cleared::Everything)
        .await
        .unwrap();
    seen.push(theirs.session_stamp());
    assert_eq!(theirs.session_stamp(), seen[4]);
    for pair in seen.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}
