use crate::ConnectorContent;
use crate::fixture::{Folder, NOW};

#[tokio::test]
async fn a_draft_remembers_the_revision_it_started_from() {
    let folder = Folder::new();
    let store = folder.open().await;
    let content = ConnectorContent {
        name: "A",
        document: "1",
        summary: "",
        file: None,
    };
    store.connectors().create("1", content).await.unwrap();
    store.drafts().save("1", "work").await.unwrap();
    // Someone else saves meanwhile, which would drop the draft: take it away from them first.
    store.drafts().discard("1").await.unwrap();
    store.connectors().save("1", content, 1).await.unwrap();
    let draft = store.drafts().save("1", "{ not even JSON").await.unwrap();
    assert_eq!((draft.base_revision, draft.saved_at), (2, NOW));
    let again = store.drafts().save("1", "more").await.unwrap();
    assert_eq!((again.base_revision, again.document.as_str()), (2, "more"));
    assert_eq!(store.drafts().get("1").await.unwrap(), Some(again));
}

#[tokio::test]
async fn there_is_no_draft_of_an_unknown_connector() {
    let folder = Folder::new();
    let store = folder.open().await;
    assert_eq!(
        store.drafts().save("1", "work").await.unwrap_err().code(),
        "file.not_found"
    );
}

#[tokio::test]
async fn a_draft_survives_a_store_that_is_never_closed() {
    let folder = Folder::new();
    let store = folder.open().await;
    let content = ConnectorContent {
        name: "A",
        document: "1",
        summary: "",
        file: None,
    };
    store.connectors().create("1", content).await.unwrap();
    store.drafts().save("1", "work").await.unwrap();
    let other = folder.open().await;
    assert_eq!(
        other.drafts().get("1").await.unwrap().unwrap().document,
        "work"
    );
    drop(store);
}
