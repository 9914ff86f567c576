use crate::fixture::{Folder, vault};
use crate::{KeySource, Vault};

#[tokio::test]
async fn a_secret_is_kept_replaced_listed_and_cleared() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let secrets = store.secret_variables();
    secrets
        .set("1", "client_secret", "f", "first", &vault)
        .await
        .unwrap();
    secrets
        .set("1", "client_secret", "f", "s3cret \u{1f511}", &vault)
        .await
        .unwrap();
    secrets.set("1", "api_key", "f", "", &vault).await.unwrap();
    assert_eq!(
        secrets
            .get("1", "client_secret", "f", &vault)
            .await
            .unwrap()
            .unwrap()
            .as_str(),
        "s3cret \u{1f511}"
    );
    assert_eq!(
        secrets
            .get("1", "api_key", "f", &vault)
            .await
            .unwrap()
            .unwrap()
            .as_str(),
        ""
    );
    assert_eq!(
        secrets.names("1", "f", &vault).await.unwrap(),
        ["api_key", "client_secret"]
    );
    secrets.clear("1", "api_key", &vault).await.unwrap();
    assert!(
        secrets
            .get("1", "api_key", "f", &vault)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn z32_another_fingerprint_gets_no_secret() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let secrets = store.secret_variables();
    secrets
        .set("1", "key", "https://api.example", "value", &vault)
        .await
        .unwrap();
    assert!(
        secrets
            .get("1", "key", "http://api.example", &vault)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        secrets
            .names("1", "http://api.example", &vault)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        secrets
            .get("2", "key", "https://api.example", &vault)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn z32_relabelling_the_row_does_not_help() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    store
        .secret_variables()
        .set("1", "key", "good", "value", &vault)
        .await
        .unwrap();
    folder
        .meddle("UPDATE secret_variables SET fingerprint = 'foreign'")
        .await;
    let error = store
        .secret_variables()
        .get("1", "key", "foreign", &vault)
        .await
        .unwrap_err();
    assert_eq!(error.code(), "vault.broken");
}

#[tokio::test]
async fn a_session_secret_is_never_in_the_database() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = Vault::open(&store, KeySource::Session).await.unwrap();
    let secrets = store.secret_variables();
    secrets.set("1", "key", "f", "value", &vault).await.unwrap();
    assert_eq!(
        secrets
            .get("1", "key", "f", &vault)
            .await
            .unwrap()
            .unwrap()
            .as_str(),
        "value"
    );
    assert!(
        secrets
            .get("1", "key", "other", &vault)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(secrets.names("1", "f", &vault).await.unwrap(), ["key"]);
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM secret_variables")
        .fetch_one(store.readers())
        .await
        .unwrap();
    assert_eq!(rows, 0);
    secrets.clear("1", "key", &vault).await.unwrap();
    assert!(
        secrets
            .get("1", "key", "f", &vault)
            .await
            .unwrap()
            .is_none()
    );
}
