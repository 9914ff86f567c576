use crate::fixture::{Folder, NOW, vault};
use sqlx::Connection as _;

use crate::{
    ConnectorContent, ConnectorFile, NewOutputs, RunRecord, Scope, Store, StoreError, Stored,
};

fn content<'a>(name: &'a str, document: &'a str) -> ConnectorContent<'a> {
    ConnectorContent {
        name,
        document,
        summary: "{}",
        file: None,
    }
}

#[tokio::test]
async fn a_connector_is_created_read_and_listed() {
    let folder = Folder::new();
    let store = folder.open().await;
    let created = store
        .connectors()
        .create("1", content("Acme CRM", "{\"n\": 9007199254740993}"))
        .await
        .unwrap();
    assert_eq!((created.revision, created.created_at), (1, NOW));
    assert_eq!(store.connectors().get("1").await.unwrap(), created);
    assert_eq!(created.document, "{\"n\": 9007199254740993}");
    let entries = store.connectors().list("").await.unwrap();
    assert_eq!(entries.len(), 1);
    assert!(!entries[0].has_draft && !entries[0].has_outputs);
    assert_eq!(entries[0].summary, "{}");
}

#[tokio::test]
async fn the_list_is_by_name_and_search_ignores_case_beyond_ascii() {
    let folder = Folder::new();
    let store = folder.open().await;
    for (id, name) in [
        ("1", "zeta"),
        ("2", "Ärger API"),
        ("3", "Alpha"),
        ("4", "100% _sure_"),
    ] {
        store
            .connectors()
            .create(id, content(name, ""))
            .await
            .unwrap();
    }
    let names = |entries: Vec<crate::ConnectorEntry>| {
        entries
            .into_iter()
            .map(|entry| entry.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(store.connectors().list("").await.unwrap()),
        ["100% _sure_", "Alpha", "zeta", "Ärger API"]
    );
    assert_eq!(
        names(store.connectors().list("ÄRGER").await.unwrap()),
        ["Ärger API"]
    );
    assert_eq!(
        names(store.connectors().list("%").await.unwrap()),
        ["100% _sure_"]
    );
    assert_eq!(store.connectors().named("ALPHA").await.unwrap().len(), 1);
    assert_eq!(store.connectors().named("Alph").await.unwrap().len(), 0);
}

/// A store with a hundred and twenty connectors, and three others.
async fn with_many(folder: &Folder) -> Store {
    let store = folder.open().await;
    for number in 0..120 {
        let name = format!("Bulk {number:03}");
        let summary = format!(r#"{{"base_url":"https://bulk{number}.example"}}"#);
        let content = ConnectorContent {
            summary: &summary,
            ..content(&name, "")
        };
        store.connectors().create(&name, content).await.unwrap();
    }
    for (name, summary) in [
        (
            "Ärger API",
            r#"{"base_url":"https://API.Harbour.example/v1"}"#,
        ),
        ("Zeta", r#"{"base_url":"https://zürich.example"}"#),
        ("Odd", "no JSON: bulk harbour"),
    ] {
        let content = ConnectorContent {
            summary,
            ..content(name, "")
        };
        store.connectors().create(name, content).await.unwrap();
    }
    store
}

#[tokio::test]
async fn a_page_is_a_part_of_the_list_and_says_how_many_there_are() {
    let folder = Folder::new();
    let store = with_many(&folder).await;
    let whole = store.connectors().list("").await.unwrap();
    let mut joined = Vec::new();
    for (offset, count) in [(0, 50), (50, 50), (100, 23), (123, 0), (u32::MAX, 0)] {
        let page = store.connectors().page("", offset, 50).await.unwrap();
        assert_eq!((page.total, page.entries.len()), (123, count));
        joined.extend(page.entries);
    }
    assert_eq!(joined, whole);
}

#[tokio::test]
async fn a_search_looks_at_names_and_addresses_in_any_case() {
    let folder = Folder::new();
    let store = with_many(&folder).await;
    for (text, total, first) in [
        ("bulk 11", 10, Some("Bulk 110")),
        ("BULK117.EXAMPLE", 1, Some("Bulk 117")),
        ("bulk", 120, Some("Bulk 000")),
        (" ÄRGER ", 1, Some("Ärger API")),
        ("api.harbour", 1, Some("Ärger API")),
        ("ZÜRICH", 1, Some("Zeta")),
        // The summary is the caller's own: what is no address in it is not looked at.
        ("no json", 0, None),
        ("base_url", 0, None),
        ("%", 0, None),
    ] {
        let page = store.connectors().page(text, 0, 100).await.unwrap();
        assert_eq!(page.total, total, "{text}");
        assert_eq!(page.entries.len(), total.min(100) as usize, "{text}");
        let found = page.entries.first().map(|entry| entry.name.as_str());
        assert_eq!(found, first, "{text}");
    }
    let last = store.connectors().page("bulk", 100, 100).await.unwrap();
    assert_eq!((last.total, last.entries.len()), (120, 20));
    assert_eq!(last.entries[19].name, "Bulk 119");
}

#[tokio::test]
async fn a_search_reads_the_index_and_not_the_documents() {
    let folder = Folder::new();
    let store = with_many(&folder).await;
    store.close().await;
    let mut outsider = folder.outsider().await;
    // Where the index did not have all that a search looks at, it would have to read the rows, and fail.
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(
        "EXPLAIN QUERY PLAN SELECT count(*) FROM connectors INDEXED BY connectors_by_name
         WHERE ?1 = '' OR instr(folded_name, ?1) > 0
         OR instr(CASE WHEN json_valid(summary) THEN lower(json_extract(summary, '$.base_url')) END, ?1) > 0",
    )
    .bind("x")
    .fetch_all(&mut outsider)
    .await
    .unwrap();
    assert_eq!(
        plan[0].3,
        "SCAN connectors USING COVERING INDEX connectors_by_name"
    );
    outsider.close().await.unwrap();
}

#[tokio::test]
async fn a_save_on_an_old_revision_is_a_conflict_and_changes_nothing() {
    let folder = Folder::new();
    let store = folder.open().await;
    store
        .connectors()
        .create("1", content("A", "first"))
        .await
        .unwrap();
    let saved = store
        .connectors()
        .save("1", content("A", "second"), 1)
        .await
        .unwrap();
    assert_eq!(saved.revision, 2);
    let error = store
        .connectors()
        .save("1", content("A", "third"), 1)
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Conflict {
                expected: 1,
                stored: 2,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(error.code(), "file.conflict");
    assert_eq!(
        store.connectors().get("1").await.unwrap().document,
        "second"
    );
}

#[tokio::test]
async fn a_save_drops_the_draft_and_a_refused_save_keeps_it() {
    let folder = Folder::new();
    let store = folder.open().await;
    store
        .connectors()
        .create("1", content("A", "first"))
        .await
        .unwrap();
    store.drafts().save("1", "unsaved").await.unwrap();
    assert!(store.connectors().list("").await.unwrap()[0].has_draft);
    store
        .connectors()
        .save("1", content("A", "x"), 7)
        .await
        .unwrap_err();
    assert_eq!(
        store.drafts().get("1").await.unwrap().unwrap().document,
        "unsaved"
    );
    store
        .connectors()
        .save("1", content("A", "unsaved"), 1)
        .await
        .unwrap();
    assert_eq!(store.drafts().get("1").await.unwrap(), None);
}

#[tokio::test]
async fn a_file_belongs_to_one_connector() {
    let folder = Folder::new();
    let store = folder.open().await;
    let with_file = ConnectorContent {
        file: Some(ConnectorFile {
            path: "/a.connector.json",
            hash: "h1",
            own_id: None,
        }),
        ..content("A", "")
    };
    store.connectors().create("1", with_file).await.unwrap();
    let error = store.connectors().create("2", with_file).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "There is already a connector saved to \u{201c}/a.connector.json\u{201d}"
    );
    let error = store
        .connectors()
        .create("1", content("B", ""))
        .await
        .unwrap_err();
    assert_eq!(error.code(), "file.exists");
    assert_eq!(
        store
            .connectors()
            .of_file("/a.connector.json")
            .await
            .unwrap()
            .unwrap()
            .id,
        "1"
    );
    assert_eq!(store.connectors().of_file("/b").await.unwrap(), None);
}

#[tokio::test]
async fn a_test_is_noted_without_a_new_revision() {
    let folder = Folder::new();
    let store = folder.open().await;
    store
        .connectors()
        .create("1", content("A", ""))
        .await
        .unwrap();
    let run = RunRecord {
        id: "run",
        connector_id: "1",
        what: "",
        started_at: 1,
        duration_ms: 1,
        ok: true,
        events: "[]",
        tested_hash: Some("hash"),
    };
    store.runs().record(run).await.unwrap();
    let connector = store.connectors().get("1").await.unwrap();
    assert_eq!(
        (
            connector.tested_hash.as_deref(),
            connector.tested_ok,
            connector.revision
        ),
        (Some("hash"), Some(true), 1)
    );
}

#[tokio::test]
async fn deleting_takes_everything_along_and_stops_a_run_under_way() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    for id in ["1", "2"] {
        store
            .connectors()
            .create(id, content("A", ""))
            .await
            .unwrap();
        store.drafts().save(id, "d").await.unwrap();
        store
            .accounts()
            .create(&format!("account {id}"), id, "Work")
            .await
            .unwrap();
        store
            .secret_variables()
            .set(id, "key", "f", "value", &vault)
            .await
            .unwrap();
        let outputs = NewOutputs {
            fingerprint: "f",
            json: b"{}",
            expires_at: None,
        };
        store
            .outputs()
            .write(id, Scope::Shared, outputs, 0, &vault)
            .await
            .unwrap();
        let run = RunRecord {
            id,
            connector_id: id,
            what: "",
            started_at: 1,
            duration_ms: 1,
            ok: true,
            events: "[]",
            tested_hash: None,
        };
        store.runs().record(run).await.unwrap();
    }
    store.connectors().delete("1").await.unwrap();
    assert!(store.connectors().find("1").await.unwrap().is_none());
    assert_eq!(
        store.connectors().get("1").await.unwrap_err().code(),
        "file.not_found"
    );
    assert!(store.drafts().get("1").await.unwrap().is_none());
    assert!(store.accounts().list("1").await.unwrap().is_empty());
    assert!(
        store
            .secret_variables()
            .names("1", "f", &vault)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(store.runs().list("1").await.unwrap().is_empty());
    assert!(
        store
            .outputs()
            .read("1", Scope::Shared, "f", &vault)
            .await
            .unwrap()
            .is_none()
    );
    let late = NewOutputs {
        fingerprint: "f",
        json: b"late",
        expires_at: None,
    };
    assert_eq!(
        store
            .outputs()
            .write("1", Scope::Shared, late, 0, &vault)
            .await
            .unwrap(),
        Stored::ClearedMeanwhile
    );

    assert!(
        store
            .outputs()
            .read("2", Scope::Shared, "f", &vault)
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(
        store
            .secret_variables()
            .names("2", "f", &vault)
            .await
            .unwrap(),
        ["key"]
    );
    assert_eq!(store.runs().list("2").await.unwrap().len(), 1);
    assert!(store.connectors().delete("1").await.is_err());
}

#[tokio::test]
async fn what_a_file_says_by_now_is_taken_over_unless_somebody_works_on_it() {
    let folder = Folder::new();
    let store = folder.open().await;
    let connectors = store.connectors();
    connectors.create("1", content("A", "")).await.unwrap();
    let file = |hash| {
        Some(ConnectorFile {
            path: "/a.connector.json",
            hash,
            own_id: Some("theirs"),
        })
    };
    connectors.set_file("1", file("h1")).await.unwrap();
    let linked = connectors.of_file("/a.connector.json").await.unwrap();
    let linked = linked.expect("the file is known");
    assert_eq!(linked.file_hash.as_deref(), Some("h1"));
    assert_eq!(linked.file_own_id.as_deref(), Some("theirs"));
    assert_eq!(linked.revision, 1, "nothing of its document changed");

    let newer = ConnectorContent {
        file: file("h2"),
        ..content("B", "newer")
    };
    let followed = connectors.follow_file("1", newer, 1).await.unwrap();
    let followed = followed.expect("nobody works on it");
    assert_eq!((followed.name.as_str(), followed.revision), ("B", 2));
    assert_eq!(followed.file_hash.as_deref(), Some("h2"));
    let stale = connectors.follow_file("1", newer, 1).await.unwrap();
    assert_eq!(stale, None, "it is at another revision");

    store.drafts().save("1", "unsaved").await.unwrap();
    let followed = connectors.follow_file("1", newer, 2).await.unwrap();
    assert_eq!(followed, None, "somebody works on it");
    let draft = store.drafts().get("1").await.unwrap();
    assert_eq!(
        draft.map(|draft| draft.document).as_deref(),
        Some("unsaved")
    );

    connectors.set_file("1", None).await.unwrap();
    let unlinked = connectors.get("1").await.unwrap();
    assert_eq!((unlinked.file_path, unlinked.file_hash), (None, None));
}
