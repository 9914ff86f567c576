use std::time::Duration;

use sqlx::Connection;

use super::{Health, TABLES};
use crate::fixture::{Folder, break_table, vault};
use crate::migration::{MIGRATIONS, newest};
use crate::{ConnectorContent, NewOutputs, Scope, Store, StoreError, StoreLocation};

const CONTENT: ConnectorContent<'static> = ConnectorContent {
    name: "A",
    document: "text",
    summary: "",
    file: None,
};

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn a_new_folder_is_made_and_opens_again() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.connectors().create("1", CONTENT).await.unwrap();
    store.close().await;
    let store = folder.open().await;
    assert_eq!(store.connectors().get("1").await.unwrap().document, "text");
    assert!(store.recovery().is_none());
    assert_eq!(folder.names("latchwork.db.backup"), [""; 0]);
    assert_eq!(store.check().await.unwrap(), Health::Sound);
}

#[tokio::test]
async fn a_folder_may_have_any_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "with space",
        "100%41",
        "what?mode=ro",
        "#1",
        "ü\u{1f511}",
        "it's",
        "-x",
    ] {
        let location = StoreLocation::new(folder.path().join(name));
        let store = Store::open(location.clone()).await.unwrap();
        store.connectors().create("1", CONTENT).await.unwrap();
        store.close().await;
        assert!(location.database().exists(), "{name}");
        // Attached by its name, too.
        std::fs::write(location.suspect_mark(), "").unwrap();
        break_table(&location.database(), "runs").await;
        let store = Store::open(location).await.unwrap();
        assert_eq!(store.recovery().unwrap().connectors_saved, 1, "{name}");
    }
}

#[tokio::test]
async fn the_database_has_a_log_foreign_keys_and_full_writes() {
    let folder = Folder::new();
    let store = folder.open().await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(store.readers())
        .await
        .unwrap();
    let keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
        .fetch_one(store.writer())
        .await
        .unwrap();
    let mut write = store.begin(crate::store::Durability::Full).await.unwrap();
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(&mut *write)
        .await
        .unwrap();
    assert_eq!((mode.as_str(), keys, synchronous), ("wal", 1, 2));
}

#[cfg(unix)]
#[tokio::test]
async fn z34_the_folder_is_0700_and_every_file_in_it_0600() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let outputs = NewOutputs {
        fingerprint: "f",
        json: b"{}",
        expires_at: None,
    };
    store
        .outputs()
        .write("1", Scope::Shared, outputs, 0, &vault)
        .await
        .unwrap();
    assert_eq!(mode(folder.location().data_dir()), 0o700);
    let names = folder.names("");
    for expected in [
        "latchwork.db",
        "latchwork.db-shm",
        "latchwork.db-wal",
        "latchwork.stamp",
    ] {
        assert!(
            names.iter().any(|name| name == expected),
            "{expected} in {names:?}"
        );
    }
    for name in names {
        assert_eq!(
            mode(&folder.location().data_dir().join(&name)),
            0o600,
            "{name}"
        );
    }
}

#[cfg(unix)]
#[tokio::test]
async fn z34_an_open_database_file_is_closed_to_others_and_a_foreign_folder_left_alone() {
    let folder = Folder::new();
    let data_dir = folder.location().data_dir().to_owned();
    std::fs::create_dir(&data_dir).unwrap();
    set_mode(&data_dir, 0o755);
    std::fs::write(data_dir.join("notes.txt"), "mine").unwrap();
    folder.open().await.close().await;
    assert_eq!(mode(&data_dir), 0o755);
    set_mode(&folder.database(), 0o644);
    folder.open().await.close().await;
    assert_eq!(mode(&folder.database()), 0o600);

    let empty = Folder::new();
    std::fs::create_dir(empty.location().data_dir()).unwrap();
    set_mode(empty.location().data_dir(), 0o755);
    empty.open().await.close().await;
    assert_eq!(mode(empty.location().data_dir()), 0o700);
}

#[tokio::test]
async fn a_newer_version_is_refused_and_the_file_is_untouched() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.connectors().create("1", CONTENT).await.unwrap();
    store.close().await;
    folder.meddle("PRAGMA user_version = 99").await;
    let before = std::fs::read(folder.database()).unwrap();
    let error = Store::open(folder.location()).await.unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::NewerVersion {
                found: 99,
                supported,
                ..
            } if supported == newest(MIGRATIONS)
        ),
        "{error}"
    );
    assert_eq!(error.code(), "store.newer_version");
    assert!(
        error
            .to_string()
            .contains(folder.database().to_str().unwrap())
    );
    assert_eq!(std::fs::read(folder.database()).unwrap(), before);
    assert_eq!(folder.names("latchwork.db"), ["latchwork.db"]);
    assert_eq!(folder.names("latchwork.broken"), [""; 0]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = Folder::new();
    std::fs::write(folder.location().data_dir(), "a file, not a folder").unwrap();
    let error = Store::open(folder.location()).await.unwrap_err();
    assert_eq!(error.code(), "store.unavailable");
    assert!(error.to_string().contains("data"), "{error}");
}

#[tokio::test]
async fn f36_a_locked_database_is_waited_for_a_while_and_then_named() {
    let folder = Folder::new();
    folder.open().await.close().await;
    let patience = Duration::from_millis(50);
    let store = Store::open(folder.location().with_patience(patience))
        .await
        .unwrap();
    let mut outsider = folder.outsider().await;
    let held = outsider.begin_with("BEGIN EXCLUSIVE").await.unwrap();
    let error = store.connectors().create("1", CONTENT).await.unwrap_err();
    assert!(
        matches!(&error, StoreError::Locked { waited, .. } if *waited == patience),
        "{error}"
    );
    assert_eq!((error.code(), error.is_retryable()), ("store.locked", true));
    assert!(
        store.connectors().list("").await.unwrap().is_empty(),
        "reading goes on"
    );
    held.rollback().await.unwrap();
    store.connectors().create("1", CONTENT).await.unwrap();
}

#[tokio::test]
async fn f36_a_database_that_someone_else_keeps_wholly_is_named_at_the_opening() {
    let folder = Folder::new();
    folder.open().await.close().await;
    let mut outsider = folder.outsider().await;
    sqlx::raw_sql("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE run_total SET bytes = bytes; COMMIT")
        .execute(&mut outsider)
        .await
        .unwrap();
    let error = Store::open(folder.location().with_patience(Duration::from_millis(50)))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "store.locked");
    outsider.close().await.unwrap();
    folder.open().await;
}

#[tokio::test]
async fn f36_a_write_that_waits_gets_its_turn() {
    let folder = Folder::new();
    let store = folder.open().await;
    let mut outsider = folder.outsider().await;
    let held = outsider.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let waiting = tokio::spawn({
        let store = store.clone();
        async move { store.connectors().create("1", CONTENT).await }
    });
    tokio::task::yield_now().await;
    held.commit().await.unwrap();
    waiting.await.unwrap().unwrap();
}

#[tokio::test]
async fn f36_a_database_that_may_not_be_written_is_named_and_still_read() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.connectors().create("1", CONTENT).await.unwrap();
    sqlx::query("PRAGMA query_only = 1")
        .execute(store.writer())
        .await
        .unwrap();
    let error = store.connectors().create("2", CONTENT).await.unwrap_err();
    assert_eq!(error.code(), "store.read_only");
    assert!(error.hint().unwrap().contains("writable"));
    assert_eq!(store.connectors().list("").await.unwrap().len(), 1);
}

#[tokio::test]
async fn f38_without_its_log_the_database_is_an_older_one_and_opens() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.connectors().create("1", CONTENT).await.unwrap();
    // As after a crash: the file without what is only in the log.
    let copy = Folder::new();
    std::fs::create_dir(copy.location().data_dir()).unwrap();
    std::fs::copy(folder.database(), copy.database()).unwrap();
    let older = copy.open().await;
    assert!(older.recovery().is_none());
    older.connectors().create("2", CONTENT).await.unwrap();
}

#[tokio::test]
async fn z38_two_openings_of_a_new_folder_at_once_both_work() {
    let folder = Folder::new();
    let (one, two) = tokio::join!(
        Store::open(folder.location()),
        Store::open(folder.location())
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    let creations = (0..20).map(|number| {
        let store = if number % 2 == 0 {
            one.clone()
        } else {
            two.clone()
        };
        async move {
            store
                .connectors()
                .create(&number.to_string(), CONTENT)
                .await
        }
    });
    for created in futures::future::join_all(creations).await {
        created.unwrap();
    }
    assert_eq!(two.connectors().list("").await.unwrap().len(), 20);
}

#[tokio::test]
async fn a_change_that_is_dropped_half_way_never_happened() {
    let folder = Folder::new();
    let store = folder.open().await;
    let mut write = store.begin(crate::store::Durability::Full).await.unwrap();
    sqlx::query("INSERT INTO settings VALUES ('a', 'b')")
        .execute(&mut *write)
        .await
        .unwrap();
    drop(write);
    assert_eq!(store.settings().get("a").await.unwrap(), None);
    store.settings().set("a", "c").await.unwrap();
}

#[tokio::test]
async fn f37_the_first_look_reads_the_first_page_of_every_table() {
    let folder = Folder::new();
    let store = folder.open().await;
    let there: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .fetch_all(store.readers())
    .await
    .unwrap();
    let mut read: Vec<_> = TABLES.iter().map(|(_, table)| *table).collect();
    read.extend(["output_stamp", "run_total"]);
    read.sort_unstable();
    assert_eq!(there, read);
}
