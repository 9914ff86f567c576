use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::{MIGRATIONS, Migration, dated, newest};
use crate::fixture::{Folder, NOW, break_table};
use crate::{AppContent, ConnectorContent, Store, StoreError};

const CONTENT: ConnectorContent<'static> = ConnectorContent {
    name: "A",
    document: "text",
    summary: "",
    file: None,
};

/// The format that this version makes. The migrations below are ones that do not exist yet.
const NOW_AT: i64 = 7;
const NEXT: Migration = Migration {
    to: 8,
    sql: "CREATE TABLE extra (a TEXT) STRICT; PRAGMA user_version = 8",
};
const AFTER_NEXT: Migration = Migration {
    to: 9,
    sql: "ALTER TABLE extra ADD COLUMN b TEXT; PRAGMA user_version = 9",
};

fn with(more: &[Migration]) -> Vec<Migration> {
    MIGRATIONS.iter().chain(more).copied().collect()
}

async fn schema(folder: &Folder) -> (i64, Vec<(String, Option<String>)>) {
    let mut outsider = folder.outsider().await;
    let format = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut outsider)
        .await
        .unwrap();
    let parts = sqlx::query_as("SELECT name, sql FROM sqlite_schema ORDER BY name")
        .fetch_all(&mut outsider)
        .await
        .unwrap();
    outsider.close().await.unwrap();
    (format, parts)
}

#[tokio::test]
async fn each_migration_sets_its_own_format() {
    let mut last = 0;
    for count in 1..=MIGRATIONS.len() {
        let folder = Folder::new();
        Store::open_with(folder.location(), &MIGRATIONS[..count])
            .await
            .unwrap()
            .close()
            .await;
        let (format, _) = schema(&folder).await;
        assert_eq!(format, MIGRATIONS[count - 1].to);
        assert!(format > last);
        last = format;
    }
    assert_eq!(newest(MIGRATIONS), last);
}

#[tokio::test]
async fn a_migration_keeps_the_data_and_backs_it_up_first() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.connectors().create("1", CONTENT).await.unwrap();
    store.close().await;
    let store = Store::open_with(folder.location(), &with(&[NEXT, AFTER_NEXT]))
        .await
        .unwrap();
    assert_eq!(store.connectors().get("1").await.unwrap().document, "text");
    store.close().await;
    assert_eq!(schema(&folder).await.0, AFTER_NEXT.to);

    let backups = folder.names("latchwork.db.backup-");
    assert_eq!(
        backups,
        [format!("latchwork.db.backup-{NOW_AT}-20261124T023320Z")]
    );
    let path = folder.location().data_dir().join(&backups[0]);
    let mut backup = SqliteConnectOptions::new()
        .filename(&path)
        .read_only(true)
        .connect()
        .await
        .unwrap();
    let kept: (i64, String) = sqlx::query_as(
        "SELECT (SELECT user_version FROM pragma_user_version), document FROM connectors",
    )
    .fetch_one(&mut backup)
    .await
    .unwrap();
    assert_eq!(kept, (NOW_AT, "text".to_owned()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[tokio::test]
async fn f39_a_migration_that_fails_anywhere_leaves_the_old_format() {
    let whole = "CREATE TABLE a (x) ; INSERT INTO a VALUES (1) ; DROP TABLE settings ; UPDATE connectors SET name = 'B' ; PRAGMA user_version = 8";
    let statements: Vec<_> = whole.split(" ; ").collect();
    for failing_at in 0..=statements.len() {
        let folder = Folder::new();
        let store = folder.open().await;
        store.connectors().create("1", CONTENT).await.unwrap();
        store.close().await;
        let before = schema(&folder).await;

        let mut sql = statements.clone();
        sql.insert(failing_at, "SELECT nonsense");
        let broken = Migration {
            to: 8,
            sql: sql.join(";").leak(),
        };
        let error = Store::open_with(folder.location(), &with(&[broken]))
            .await
            .unwrap_err();
        assert!(
            matches!(
                error,
                StoreError::Migration {
                    from: NOW_AT,
                    to: 8,
                    ..
                }
            ),
            "{error}"
        );
        assert_eq!(schema(&folder).await, before);

        let store = folder.open().await;
        assert_eq!(store.connectors().get("1").await.unwrap().name, "A");
        assert!(store.recovery().is_none());
    }
}

#[tokio::test]
async fn f39_of_two_migrations_both_are_done_or_none() {
    let folder = Folder::new();
    folder.open().await.close().await;
    let broken = Migration {
        to: 9,
        sql: "ALTER TABLE nowhere ADD COLUMN b TEXT",
    };
    Store::open_with(folder.location(), &with(&[NEXT, broken]))
        .await
        .unwrap_err();
    assert_eq!(schema(&folder).await.0, NOW_AT);
    Store::open_with(folder.location(), &with(&[NEXT, AFTER_NEXT]))
        .await
        .unwrap()
        .close()
        .await;
    assert_eq!(schema(&folder).await.0, AFTER_NEXT.to);
}

#[tokio::test]
async fn f39_a_first_opening_killed_half_way_starts_over() {
    let folder = Folder::new();
    let broken = Migration {
        to: 1,
        sql: "CREATE TABLE connectors (id); SELECT nonsense",
    };
    Store::open_with(folder.location(), &[broken])
        .await
        .unwrap_err();
    assert_eq!(schema(&folder).await, (0, Vec::new()));
    let store = folder.open().await;
    store.connectors().create("1", CONTENT).await.unwrap();
    assert!(store.recovery().is_none());
}

#[tokio::test]
async fn the_last_three_backups_are_kept() {
    let folder = Folder::new();
    folder.open().await.close().await;
    let data_dir = folder.location().data_dir().to_owned();
    for old in [
        "1-20240101T000000Z",
        "1-20250101T000000Z",
        "1-20260101T000000Z",
        "1-20260601T000000Z",
    ] {
        std::fs::write(data_dir.join(format!("latchwork.db.backup-{old}")), "").unwrap();
    }
    Store::open_with(folder.location(), &with(&[NEXT]))
        .await
        .unwrap()
        .close()
        .await;
    assert_eq!(
        folder.names("latchwork.db.backup-"),
        [
            "latchwork.db.backup-1-20260101T000000Z",
            "latchwork.db.backup-1-20260601T000000Z",
            "latchwork.db.backup-7-20261124T023320Z"
        ]
    );
}

#[tokio::test]
async fn f37_a_broken_database_of_an_older_format_is_mended_and_brought_up_to_date() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.connectors().create("1", CONTENT).await.unwrap();
    store.close().await;
    break_runs(&folder).await;
    let store = Store::open_with(folder.location(), &with(&[NEXT]))
        .await
        .unwrap();
    assert_eq!(store.recovery().unwrap().connectors_saved, 1);
    assert_eq!(store.connectors().get("1").await.unwrap().document, "text");
    store.close().await;
    assert_eq!(schema(&folder).await.0, NEXT.to);
}

#[test]
fn dates_in_names_sort() {
    assert_eq!(dated(NOW), "20261124T023320Z");
    assert_eq!(dated(0), "19700101T000000Z");
    assert_eq!(dated(i64::MAX), i64::MAX.to_string());
}

/// What the compiler checked statements against is what the migrations make.
#[tokio::test]
async fn the_committed_statements_fit_the_schema() {
    use sqlx::{Column, Executor, SqlSafeStr, Statement};

    let folder = Folder::new();
    let store = folder.open().await;
    let mut connection = store.readers().acquire().await.unwrap();
    let mut checked = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.sqlx")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let saved: serde_json::Value = serde_json::from_str(&text).unwrap();
        let query = saved["query"].as_str().unwrap();
        let statement = connection
            .prepare(sqlx::AssertSqlSafe(query.to_owned()).into_sql_str())
            .await
            .unwrap();
        let columns: Vec<_> = statement.columns().iter().map(Column::name).collect();
        let expected: Vec<_> = saved["describe"]["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| column["name"].as_str().unwrap())
            .collect();
        assert_eq!(columns, expected, "{query}");
        checked += 1;
    }
    assert!(checked > 40, "{checked}");
}

#[tokio::test]
async fn sessions_and_accounts_of_the_first_format_come_along() {
    let folder = Folder::new();
    Store::open_with(folder.location(), &MIGRATIONS[..1])
        .await
        .unwrap()
        .close()
        .await;
    folder
        .meddle(
            "INSERT INTO accounts (id, connector_id, name, active, created_at) VALUES ('a', '1', 'Work', 1, 5);
             INSERT INTO outputs (connector_id, scope, fingerprint, ciphertext, key_id, stored_at, generation)
             VALUES ('1', 'account:a', 'f', x'00', 1, 5, 0)",
        )
        .await;
    let store = folder.open().await;
    let account = store.accounts().active("1").await.unwrap().unwrap();
    assert_eq!((account.name.as_str(), account.label), ("Work", None));
    let session: (String, i64) = sqlx::query_as("SELECT scope, revision FROM outputs")
        .fetch_one(store.readers())
        .await
        .unwrap();
    assert_eq!(session, ("account:a".to_owned(), 0));
}

#[tokio::test]
async fn connectors_of_the_format_before_apps_come_along_and_apps_can_be_added() {
    let folder = Folder::new();
    Store::open_with(folder.location(), &MIGRATIONS[..3])
        .await
        .unwrap()
        .close()
        .await;
    folder
        .meddle(
            "INSERT INTO connectors (id, name, folded_name, summary, revision, created_at, updated_at, document)
             VALUES ('1', 'Acme', 'acme', '', 3, 5, 5, 'text')",
        )
        .await;
    let store = folder.open().await;
    assert_eq!(store.connectors().get("1").await.unwrap().revision, 3);
    assert_eq!(store.apps().list("").await.unwrap(), []);
    let content = AppContent {
        name: "Desk",
        document: "text",
        summary: "",
    };
    store.apps().create("1", content).await.unwrap();
    assert_eq!(store.apps().get("1").await.unwrap().document, "text");
}

#[tokio::test]
async fn f37_a_broken_database_from_before_apps_is_mended() {
    let folder = Folder::new();
    Store::open_with(folder.location(), &MIGRATIONS[..3])
        .await
        .unwrap()
        .close()
        .await;
    folder
        .meddle(
            "INSERT INTO connectors (id, name, folded_name, summary, revision, created_at, updated_at, document)
             VALUES ('1', 'Acme', 'acme', '', 3, 5, 5, 'text')",
        )
        .await;
    break_runs(&folder).await;
    let store = folder.open().await;
    let recovery = store.recovery().unwrap();
    assert_eq!((recovery.connectors_saved, recovery.apps_saved), (1, 0));
    store.close().await;
    assert_eq!(schema(&folder).await.0, NOW_AT);
}

/// Breaks the run history, and has the next opening look closely.
async fn break_runs(folder: &Folder) {
    std::fs::write(folder.location().suspect_mark(), "").unwrap();
    break_table(&folder.database(), "runs").await;
}
