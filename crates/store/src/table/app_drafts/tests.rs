use crate::AppContent;
use crate::fixture::{Folder, NOW};

const CONTENT: AppContent<'static> = AppContent {
    name: "A",
    document: "1",
    summary: "",
};

#[tokio::test]
async fn a_draft_remembers_the_revision_it_started_from_and_survives_a_crash() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.apps().create("1", CONTENT).await.unwrap();
    store.apps().save("1", CONTENT, 1).await.unwrap();
    let draft = store.app_drafts().save("1", "{ not JSON").await.unwrap();
    assert_eq!((draft.base_revision, draft.saved_at), (2, NOW));
    let again = store.app_drafts().save("1", "more").await.unwrap();
    assert_eq!((again.base_revision, again.document.as_str()), (2, "more"));
    // The first store is never closed.
    let other = folder.open().await;
    assert_eq!(other.app_drafts().get("1").await.unwrap(), Some(again));
    other.app_drafts().discard("1").await.unwrap();
    assert_eq!(store.app_drafts().get("1").await.unwrap(), None);
}

#[tokio::test]
async fn there_is_no_draft_of_an_unknown_app() {
    let folder = Folder::new();
    let store = folder.open().await;
    assert_eq!(
        store
            .app_drafts()
            .save("1", "work")
            .await
            .unwrap_err()
            .code(),
        "file.not_found"
    );
}
