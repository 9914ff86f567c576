use super::{KEPT_AFTERWARDS, NewPendingAuthorization};
use crate::fixture::{Folder, NOW};

fn entry(state_digest: &str, expires_at: i64) -> NewPendingAuthorization<'_> {
    NewPendingAuthorization {
        state_digest,
        connector_id: "c",
        step: "oauth",
        expires_at,
    }
}

#[tokio::test]
async fn f18_an_entry_outlives_its_program_and_is_taken_once() {
    let folder = Folder::new();
    let store = folder.open().await;
    store
        .pending_authorizations()
        .add(entry("a1", NOW + 300))
        .await
        .unwrap();
    store.close().await;
    let store = folder.open().await;
    let journal = store.pending_authorizations();
    assert_eq!(journal.take("b2").await.unwrap(), None);
    let taken = journal.take("a1").await.unwrap().unwrap();
    assert_eq!(
        (taken.connector_id.as_str(), taken.step.as_str()),
        ("c", "oauth")
    );
    assert_eq!((taken.started_at, taken.expires_at), (NOW, NOW + 300));
    assert_eq!(journal.take("a1").await.unwrap(), None);
}

#[tokio::test]
async fn old_entries_are_swept_out_with_the_next_one() {
    let folder = Folder::new();
    let store = folder.open().await;
    let journal = store.pending_authorizations();
    journal
        .add(entry("old", NOW - KEPT_AFTERWARDS - 1))
        .await
        .unwrap();
    journal
        .add(entry("late", NOW - KEPT_AFTERWARDS))
        .await
        .unwrap();
    assert_eq!(journal.take("old").await.unwrap(), None);
    assert!(journal.take("late").await.unwrap().is_some());
}
