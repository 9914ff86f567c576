use std::sync::Arc;

use crate::fixture::{Folder, NOW, quick, vault};
use crate::{Cleared, KeySource, NewOutputs, Scope, Store, StoreError, Stored, Vault};

const WORK: Scope<'static> = Scope::Account("work");

fn outputs(json: &[u8]) -> NewOutputs<'_> {
    NewOutputs {
        fingerprint: "f",
        json,
        expires_at: Some(NOW + 3600),
    }
}

async fn write(store: &Store, vault: &Vault, scope: Scope<'_>, json: &str) {
    let generation = store.outputs().generation("1").await.unwrap();
    let stored = store
        .outputs()
        .write("1", scope, outputs(json.as_bytes()), generation, vault)
        .await
        .unwrap();
    assert_eq!(stored, Stored::Yes);
}

async fn read(store: &Store, vault: &Vault, scope: Scope<'_>) -> Option<String> {
    let found = store
        .outputs()
        .read("1", scope, "f", vault)
        .await
        .unwrap()?;
    Some(String::from_utf8(found.json().to_vec()).unwrap())
}

#[tokio::test]
async fn outputs_come_back_as_they_went_in() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    assert_eq!(read(&store, &vault, WORK).await, None);
    write(&store, &vault, WORK, "{\"login\":1}").await;
    write(&store, &vault, Scope::Shared, "{\"shared\":1}").await;
    for _ in 0..3 {
        assert_eq!(
            read(&store, &vault, WORK).await.as_deref(),
            Some("{\"login\":1}")
        );
        assert_eq!(
            read(&store, &vault, Scope::Shared).await.as_deref(),
            Some("{\"shared\":1}")
        );
    }
    assert_eq!(read(&store, &vault, Scope::Account("other")).await, None);
    let found = store
        .outputs()
        .read("1", WORK, "f", &vault)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.expires_at, found.stored_at, found.generation),
        (Some(NOW + 3600), NOW, 0)
    );
    assert!(!format!("{found:?}").contains("login"));

    let status = store.outputs().status("1", &vault).await.unwrap();
    assert_eq!(
        status
            .iter()
            .map(|status| status.account.as_deref())
            .collect::<Vec<_>>(),
        [Some("work"), None]
    );
    assert!(store.connectors().list("").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_second_read_is_answered_from_memory() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    write(&store, &vault, WORK, "{}").await;
    let first = store
        .outputs()
        .read("1", WORK, "f", &vault)
        .await
        .unwrap()
        .unwrap();
    let second = store
        .outputs()
        .read("1", WORK, "f", &vault)
        .await
        .unwrap()
        .unwrap();
    assert!(Arc::ptr_eq(&first, &second));
}

#[tokio::test]
async fn z32_another_fingerprint_gets_nothing_whether_in_memory_or_not() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    write(&store, &vault, WORK, "{}").await;
    for _ in 0..2 {
        assert!(
            store
                .outputs()
                .read("1", WORK, "other", &vault)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            store
                .outputs()
                .read("1", WORK, "f", &vault)
                .await
                .unwrap()
                .is_some()
        );
        assert!(
            store
                .outputs()
                .read("1", WORK, "other", &vault)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn f16_what_a_run_stores_after_a_clear_is_not_kept() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    write(&store, &vault, WORK, "old").await;
    let generation = store.outputs().generation("1").await.unwrap();
    assert_eq!(
        store.outputs().clear("1", Cleared::Accounts).await.unwrap(),
        1
    );
    let late = store
        .outputs()
        .write("1", WORK, outputs(b"late"), generation, &vault)
        .await
        .unwrap();
    assert_eq!(late, Stored::ClearedMeanwhile);
    assert_eq!(read(&store, &vault, WORK).await, None);
    write(&store, &vault, WORK, "new").await;
    assert_eq!(read(&store, &vault, WORK).await.as_deref(), Some("new"));
}

#[tokio::test]
async fn clearing_takes_what_was_named_and_no_more() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let all = [WORK, Scope::Account("home"), Scope::Shared];
    for (what, left) in [
        (Cleared::Account("work"), [false, true, true]),
        (Cleared::Accounts, [false, false, true]),
        (Cleared::Shared, [true, true, false]),
        (Cleared::Everything, [false, false, false]),
    ] {
        for scope in all {
            write(&store, &vault, scope, "x").await;
        }
        store.outputs().clear("1", what).await.unwrap();
        for (scope, left) in all.into_iter().zip(left) {
            assert_eq!(
                read(&store, &vault, scope).await.is_some(),
                left,
                "{what:?} {scope:?}"
            );
        }
    }
}

#[tokio::test]
async fn z38_another_process_sees_a_change_at_once() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let (our_vault, their_vault) = (vault(&ours).await, vault(&theirs).await);
    write(&ours, &our_vault, WORK, "first").await;
    for round in 0..20 {
        assert!(read(&theirs, &their_vault, WORK).await.is_some());
        let text = format!("round {round}");
        write(&ours, &our_vault, WORK, &text).await;
        assert_eq!(
            read(&theirs, &their_vault, WORK).await.as_deref(),
            Some(text.as_str())
        );
        theirs
            .outputs()
            .clear("1", Cleared::Everything)
            .await
            .unwrap();
        assert_eq!(read(&ours, &our_vault, WORK).await, None);
        write(&theirs, &their_vault, WORK, "again").await;
        assert_eq!(
            read(&ours, &our_vault, WORK).await.as_deref(),
            Some("again")
        );
    }
}

#[tokio::test]
async fn a_stamp_left_by_a_killed_writer_costs_speed_and_nothing_else() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let (our_vault, their_vault) = (vault(&ours).await, vault(&theirs).await);
    write(&ours, &our_vault, WORK, "first").await;
    assert!(read(&ours, &our_vault, WORK).await.is_some());
    ours.stamp().write(&[7; 16]).unwrap();
    assert_eq!(
        read(&ours, &our_vault, WORK).await.as_deref(),
        Some("first")
    );
    write(&theirs, &their_vault, WORK, "second").await;
    assert_eq!(
        read(&ours, &our_vault, WORK).await.as_deref(),
        Some("second")
    );
}

#[tokio::test]
async fn a_stamp_file_deleted_or_replaced_while_open_hides_no_change() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let (our_vault, their_vault) = (vault(&ours).await, vault(&theirs).await);
    write(&ours, &our_vault, WORK, "first").await;
    assert!(read(&ours, &our_vault, WORK).await.is_some());
    std::fs::remove_file(folder.location().stamp_file()).unwrap();
    theirs
        .outputs()
        .clear("1", Cleared::Everything)
        .await
        .unwrap();
    assert_eq!(read(&ours, &our_vault, WORK).await, None);

    write(&ours, &our_vault, WORK, "second").await;
    assert!(read(&ours, &our_vault, WORK).await.is_some());
    let (copy, stamp) = (
        folder.location().data_dir().join("copy"),
        folder.location().stamp_file(),
    );
    std::fs::copy(&stamp, &copy).unwrap();
    std::fs::rename(&copy, &stamp).unwrap();
    write(&theirs, &their_vault, WORK, "third").await;
    assert_eq!(
        read(&ours, &our_vault, WORK).await.as_deref(),
        Some("third")
    );
}

#[tokio::test]
async fn a_write_that_was_rolled_back_is_not_seen() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    write(&store, &vault, WORK, "kept").await;
    assert!(read(&store, &vault, WORK).await.is_some());
    // No room for ten megabytes: the statement fails inside the transaction.
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(store.writer())
        .await
        .unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "PRAGMA max_page_count = {}",
        pages + 10
    )))
    .execute(store.writer())
    .await
    .unwrap();
    let large = vec![b'x'; 10_000_000];
    let error = store
        .outputs()
        .write("1", WORK, outputs(&large), 0, &vault)
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error}");
    assert_eq!(read(&store, &vault, WORK).await.as_deref(), Some("kept"));
}

#[tokio::test]
async fn f35_a_full_disk_is_said_and_the_next_try_works() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(store.writer())
        .await
        .unwrap();
    let limit = |pages: i64| sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::query(limit(pages))
        .execute(store.writer())
        .await
        .unwrap();
    let large = vec![b'x'; 100_000];
    let error = store
        .outputs()
        .write("1", WORK, outputs(&large), 0, &vault)
        .await
        .unwrap_err();
    assert_eq!(
        (error.code(), error.is_retryable()),
        ("store.disk_full", true)
    );
    assert!(error.hint().unwrap().contains("Free some space"));
    sqlx::query(limit(1_000_000))
        .execute(store.writer())
        .await
        .unwrap();
    let stored = store
        .outputs()
        .write("1", WORK, outputs(&large), 0, &vault)
        .await
        .unwrap();
    assert_eq!(stored, Stored::Yes);
}

#[tokio::test]
async fn f41_a_swapped_ciphertext_is_an_error_for_that_row_only() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    for scope in [WORK, Scope::Account("home"), Scope::Shared] {
        write(&store, &vault, scope, "x").await;
    }
    folder
        .meddle(
            "UPDATE outputs SET ciphertext = (SELECT ciphertext FROM outputs WHERE scope = 'account:home')
             WHERE scope = 'account:work'",
        )
        .await;
    let error = store
        .outputs()
        .read("1", WORK, "f", &vault)
        .await
        .unwrap_err();
    assert_eq!(error.code(), "vault.broken");
    assert_eq!(
        error.to_string(),
        "A sealed value cannot be read: ciphertext of outputs 1 / account:work / f"
    );
    assert!(error.hint().unwrap().contains("Sign in again"));
    assert!(read(&store, &vault, Scope::Account("home")).await.is_some());
    assert!(read(&store, &vault, Scope::Shared).await.is_some());
    write(&store, &vault, WORK, "signed in again").await;
    assert!(read(&store, &vault, WORK).await.is_some());
}

#[tokio::test]
async fn session_outputs_live_in_memory_and_obey_a_clear_from_elsewhere() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let session = Vault::open(&ours, KeySource::Session).await.unwrap();
    write(&ours, &session, WORK, "only here").await;
    assert_eq!(
        read(&ours, &session, WORK).await.as_deref(),
        Some("only here")
    );
    assert_eq!(ours.outputs().status("1", &session).await.unwrap().len(), 1);
    assert!(
        ours.outputs()
            .read("1", WORK, "other", &session)
            .await
            .unwrap()
            .is_none()
    );
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM outputs")
        .fetch_one(ours.readers())
        .await
        .unwrap();
    assert_eq!(rows, 0);
    theirs
        .outputs()
        .clear("1", Cleared::Accounts)
        .await
        .unwrap();
    assert!(
        ours.outputs()
            .status("1", &session)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(read(&ours, &session, WORK).await, None);
    let late = ours
        .outputs()
        .write("1", WORK, outputs(b"late"), 0, &session)
        .await
        .unwrap();
    assert_eq!(late, Stored::ClearedMeanwhile);
}

#[tokio::test]
async fn z29_no_secret_is_in_any_file_of_the_data_folder() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = Vault::open(&store, quick("canary passphrase"))
        .await
        .unwrap();
    write(&store, &vault, WORK, "canary output").await;
    store
        .secret_variables()
        .set("1", "key", "f", "canary secret", &vault)
        .await
        .unwrap();
    assert_eq!(
        read(&store, &vault, WORK).await.as_deref(),
        Some("canary output")
    );
    for name in folder.names("") {
        let bytes = std::fs::read(folder.location().data_dir().join(&name)).unwrap();
        assert!(
            !bytes.windows(6).any(|window| window == b"canary"),
            "{name}"
        );
    }
}
