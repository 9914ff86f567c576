use super::{RUN_BYTES, RUNS_PER_CONNECTOR};
use crate::RunRecord;
use crate::fixture::Folder;

fn run<'a>(id: &'a str, connector_id: &'a str, started_at: i64, events: &'a str) -> RunRecord<'a> {
    RunRecord {
        id,
        connector_id,
        what: "auth_steps",
        started_at,
        duration_ms: 5,
        ok: true,
        events,
        tested_hash: None,
    }
}

#[tokio::test]
async fn runs_are_listed_newest_first_with_events_apart() {
    let folder = Folder::new();
    let store = folder.open().await;
    for (id, at) in [("a", 10), ("b", 30), ("c", 20), ("d", 30)] {
        assert!(
            store
                .runs()
                .record(run(id, "1", at, &format!("[\"{id}\"]")))
                .await
                .unwrap()
        );
    }
    let ids: Vec<_> = store
        .runs()
        .list("1")
        .await
        .unwrap()
        .into_iter()
        .map(|run| run.id)
        .collect();
    assert_eq!(ids, ["d", "b", "c", "a"]);
    assert_eq!(store.runs().events("c").await.unwrap(), "[\"c\"]");
    assert_eq!(
        store.runs().events("x").await.unwrap_err().code(),
        "file.not_found"
    );
    store.runs().clear("1").await.unwrap();
    assert!(store.runs().list("1").await.unwrap().is_empty());
}

#[tokio::test]
async fn each_connector_keeps_its_last_fifty() {
    let folder = Folder::new();
    let store = folder.open().await;
    store
        .runs()
        .record(run("other", "2", 0, "[]"))
        .await
        .unwrap();
    for number in 0..RUNS_PER_CONNECTOR + 3 {
        store
            .runs()
            .record(run(&number.to_string(), "1", number, "[]"))
            .await
            .unwrap();
    }
    let runs = store.runs().list("1").await.unwrap();
    assert_eq!(runs.len(), 50);
    assert_eq!(runs.last().unwrap().id, "3");
    assert_eq!(store.runs().list("2").await.unwrap().len(), 1);
}

#[tokio::test]
async fn all_together_are_bounded_and_the_oldest_go_first() {
    let folder = Folder::new();
    let store = folder.open().await;
    let third = "x".repeat(usize::try_from(RUN_BYTES).unwrap() / 3);
    for (number, connector) in ["1", "2", "1", "3"].iter().enumerate() {
        let number = i64::try_from(number).unwrap();
        store
            .runs()
            .record(run(&number.to_string(), connector, number, &third))
            .await
            .unwrap();
    }
    let kept: Vec<_> = store
        .runs()
        .list("1")
        .await
        .unwrap()
        .into_iter()
        .map(|run| run.id)
        .collect();
    assert_eq!(kept, ["2"]);
    assert_eq!(store.runs().list("2").await.unwrap().len(), 1);
    assert_eq!(store.runs().list("3").await.unwrap().len(), 1);
    let too_much = "x".repeat(usize::try_from(RUN_BYTES).unwrap() + 1);
    assert!(
        !store
            .runs()
            .record(run("huge", "1", 9, &too_much))
            .await
            .unwrap()
    );
    assert_eq!(store.runs().list("1").await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_total_follows_replaced_runs() {
    let folder = Folder::new();
    let store = folder.open().await;
    store
        .runs()
        .record(run("a", "1", 1, "12345"))
        .await
        .unwrap();
    store.runs().record(run("a", "1", 1, "123")).await.unwrap();
    let total: i64 = sqlx::query_scalar("SELECT bytes FROM run_total")
        .fetch_one(store.readers())
        .await
        .unwrap();
    assert_eq!(total, 3);
}

#[tokio::test]
async fn a_test_is_noted_even_where_its_run_is_too_large_to_be_kept() {
    let folder = Folder::new();
    let store = folder.open().await;
    let content = crate::ConnectorContent {
        name: "A",
        document: "{}",
        summary: "{}",
        file: None,
    };
    store.connectors().create("1", content).await.unwrap();
    let events = " ".repeat(usize::try_from(RUN_BYTES).unwrap() + 1);
    let record = RunRecord {
        tested_hash: Some("hash"),
        ..run("a", "1", 0, &events)
    };
    assert!(!store.runs().record(record).await.unwrap());
    let connector = store.connectors().get("1").await.unwrap();
    assert_eq!(
        (connector.tested_hash.as_deref(), connector.tested_ok),
        (Some("hash"), Some(true))
    );
    assert!(store.runs().list("1").await.unwrap().is_empty());
}
