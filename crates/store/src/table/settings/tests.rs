use crate::fixture::Folder;

#[tokio::test]
async fn a_setting_is_set_replaced_and_removed() {
    let folder = Folder::new();
    let store = folder.open().await;
    assert_eq!(store.settings().get("theme").await.unwrap(), None);
    store.settings().set("theme", "dark").await.unwrap();
    store.settings().set("theme", "light").await.unwrap();
    assert_eq!(
        store.settings().get("theme").await.unwrap().as_deref(),
        Some("light")
    );
    store.settings().remove("theme").await.unwrap();
    assert_eq!(store.settings().get("theme").await.unwrap(), None);
}
