use crate::ConnectorContent;
use crate::fixture::{Folder, NOW};

const CONTENT: ConnectorContent<'_> = ConnectorContent {
    name: "A",
    document: "1",
    summary: "",
    file: None,
};

#[tokio::test]
async fn a_schema_is_kept_by_connector_and_address_and_goes_with_the_connector() {
    let folder = Folder::new();
    let store = folder.open().await;
    for id in ["1", "2"] {
        let content = ConnectorContent {
            name: id,
            ..CONTENT
        };
        store.connectors().create(id, content).await.unwrap();
    }
    let schemas = store.graphql_schemas();
    schemas.keep("1", "https://a", None, "{}").await.unwrap();
    schemas
        .keep("1", "https://b", Some("b.graphql"), "type Query { b: Int }")
        .await
        .unwrap();
    schemas.keep("2", "https://a", None, "{}").await.unwrap();
    let again = schemas
        .keep("1", "https://a", None, "{\"a\":1}")
        .await
        .unwrap();
    assert_eq!(
        (again.fetched_at, again.schema.as_str()),
        (NOW, "{\"a\":1}")
    );
    assert_eq!(schemas.get("1", "https://a").await.unwrap(), Some(again));
    let other = schemas.get("1", "https://b").await.unwrap().unwrap();
    assert_eq!(other.file_name.as_deref(), Some("b.graphql"));
    schemas.forget("1", "https://b").await.unwrap();
    assert_eq!(schemas.get("1", "https://b").await.unwrap(), None);
    store.connectors().delete("1").await.unwrap();
    assert_eq!(schemas.get("1", "https://a").await.unwrap(), None);
    assert!(schemas.get("2", "https://a").await.unwrap().is_some());
}

#[tokio::test]
async fn there_is_no_schema_of_an_unknown_connector() {
    let folder = Folder::new();
    let store = folder.open().await;
    let schemas = store.graphql_schemas();
    let kept = schemas.keep("1", "https://a", None, "{}").await;
    assert_eq!(kept.unwrap_err().code(), "file.not_found");
}
