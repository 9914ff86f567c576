//! Processes that are killed, that share a database, and that may not write.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod process;

use std::time::Duration;

use latchwork_store::{ConnectorContent, NewOutputs, Scope, Store, StoreLocation, Stored, Vault};

use process::{Process, WAIT, child, open, quick, say, this};

async fn number(store: &Store, vault: &Vault) -> u64 {
    let found = store
        .outputs()
        .read("1", Scope::Shared, "f", vault)
        .await
        .unwrap();
    found.map_or(0, |outputs| {
        std::str::from_utf8(outputs.json())
            .unwrap()
            .parse()
            .unwrap()
    })
}

#[tokio::test]
async fn f4_what_was_said_to_be_stored_is_there_after_a_kill() {
    if let Some((data_dir, _)) = child() {
        let store = open(&data_dir).await;
        let vault = Vault::open(&store, quick()).await.unwrap();
        for number in number(&store, &vault).await + 1.. {
            let json = number.to_string();
            let outputs = NewOutputs {
                fingerprint: "f",
                json: json.as_bytes(),
                expires_at: None,
            };
            let stored = store
                .outputs()
                .write("1", Scope::Shared, outputs, 0, &vault)
                .await
                .unwrap();
            assert_eq!(stored, Stored::Yes);
            say(&json);
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let mut last = 0;
    for lines in [1, 2, 3, 5, 8, 13] {
        let process = Process::start(
            &this(),
            "f4_what_was_said_to_be_stored_is_there_after_a_kill",
            &data_dir,
            "writer",
            None,
        );
        let mut said: Vec<String> = (0..lines)
            .map(|_| process.lines.recv_timeout(WAIT).unwrap())
            .collect();
        said.extend(process.kill());
        let said: u64 = said.last().unwrap().parse().unwrap();
        assert!(said > last);
        let store = open(&data_dir).await;
        assert!(store.recovery().is_none());
        let vault = Vault::open(&store, quick()).await.unwrap();
        last = number(&store, &vault).await;
        assert!(
            last == said || last == said + 1,
            "stored {last}, said {said}"
        );
        store.close().await;
    }
}

#[tokio::test]
async fn f39_a_first_opening_killed_anywhere_leaves_a_folder_that_opens() {
    if let Some((data_dir, _)) = child() {
        say("opening");
        let store = open(&data_dir).await;
        Vault::open(&store, quick()).await.unwrap();
        say("opened");
        return;
    }
    let mut unfinished = 0;
    for step in 0..24 {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        let test = "f39_a_first_opening_killed_anywhere_leaves_a_folder_that_opens";
        let process = Process::start(&this(), test, &data_dir, "opener", None);
        assert_eq!(process.lines.recv_timeout(WAIT).unwrap(), "opening");
        // Nothing more is said in this time, or it has opened: either way it is killed then.
        let opened = process
            .lines
            .recv_timeout(Duration::from_micros(400 * step))
            .is_ok();
        unfinished += usize::from(!opened);
        process.kill();
        let store = open(&data_dir).await;
        assert!(store.recovery().is_none());
        let vault = Vault::open(&store, quick()).await.unwrap();
        store
            .secret_variables()
            .set("1", "key", "f", "value", &vault)
            .await
            .unwrap();
        store.close().await;
    }
    assert!(
        unfinished > 3,
        "only {unfinished} were killed before they had opened"
    );
}

#[tokio::test]
async fn z38_two_processes_write_to_one_database() {
    let content = ConnectorContent {
        name: "A",
        document: "",
        summary: "",
        file: None,
    };
    if let Some((data_dir, part)) = child() {
        let store = open(&data_dir).await;
        let vault = Vault::open(&store, quick()).await.unwrap();
        for number in 0..40 {
            let id = format!("{part} {number}");
            store.connectors().create(&id, content).await.unwrap();
            store
                .secret_variables()
                .set(&id, "key", "f", &id, &vault)
                .await
                .unwrap();
        }
        say("done");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let start = |part| {
        Process::start(
            &this(),
            "z38_two_processes_write_to_one_database",
            &data_dir,
            part,
            None,
        )
    };
    let processes = [start("one"), start("two"), start("three")];
    for process in processes {
        assert_eq!(process.finish(), ["done"]);
    }
    let store = open(&data_dir).await;
    let vault = Vault::open(&store, quick()).await.unwrap();
    let entries = store.connectors().list("").await.unwrap();
    assert_eq!(entries.len(), 120);
    for entry in entries {
        let secret = store
            .secret_variables()
            .get(&entry.id, "key", "f", &vault)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(*secret, entry.id);
    }
}

/// Root may write everywhere, so the child is `nobody` then, from a copy of this program that it may read.
#[cfg(unix)]
#[tokio::test]
async fn f36_files_that_may_not_be_written_are_said_to_be_read_only() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    let content = ConnectorContent {
        name: "A",
        document: "",
        summary: "",
        file: None,
    };
    if let Some((data_dir, _)) = child() {
        let code = match Store::open(StoreLocation::new(data_dir)).await {
            Err(error) => error.code(),
            Ok(store) => {
                assert_eq!(store.connectors().list("").await.unwrap().len(), 1);
                store
                    .connectors()
                    .create("2", content)
                    .await
                    .unwrap_err()
                    .code()
            }
        };
        say(code);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let store = open(&data_dir).await;
    store.connectors().create("1", content).await.unwrap();
    store.close().await;

    let program = folder.path().join("program");
    std::fs::copy(this(), &program).unwrap();
    set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let is_root = std::fs::metadata(&program).unwrap().uid() == 0;
    let user = is_root.then_some(65_534);
    let test = "f36_files_that_may_not_be_written_are_said_to_be_read_only";
    let mut told = Vec::new();
    for (file, dir) in [(0o444, 0o555), (0o444, 0o777)] {
        set_permissions(data_dir.join("latchwork.db"), Permissions::from_mode(file)).unwrap();
        set_permissions(&data_dir, Permissions::from_mode(dir)).unwrap();
        let said = Process::start(&program, test, &data_dir, "reader", user).finish();
        told.extend(said);
    }
    set_permissions(&data_dir, Permissions::from_mode(0o700)).unwrap();
    assert_eq!(told, ["store.read_only", "store.read_only"]);
}
