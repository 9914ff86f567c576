use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::{ACTIVITIES_PER_CONNECTOR, Activity, NewActivity};
use crate::fixture::{Folder, NOW, WORK, rows};
use crate::{ConnectorContent, Scope, Store};

fn entry(reason: &str) -> NewActivity<'_> {
    NewActivity {
        connector_id: "1",
        scope: WORK,
        reason,
        outcome: "renewed",
        updated: "login.body.token",
        error: None,
    }
}

#[tokio::test]
async fn entries_come_back_the_newest_first() {
    let folder = Folder::new();
    let store = folder.open().await;
    store.session_activity().record(entry("401")).await.unwrap();
    let failed = NewActivity {
        scope: Scope::Shared,
        outcome: "refused",
        updated: "",
        error: Some(("oauth.invalid_grant", "Token revoked")),
        ..entry("expiry")
    };
    store.session_activity().record(failed).await.unwrap();
    let first = Activity {
        id: 1,
        account: Some("work".to_owned()),
        at: NOW,
        reason: "401".to_owned(),
        outcome: "renewed".to_owned(),
        updated: "login.body.token".to_owned(),
        error_code: None,
        error_message: None,
    };
    let second = Activity {
        id: 2,
        account: None,
        at: NOW,
        reason: "expiry".to_owned(),
        outcome: "refused".to_owned(),
        updated: String::new(),
        error_code: Some("oauth.invalid_grant".to_owned()),
        error_message: Some("Token revoked".to_owned()),
    };
    assert_eq!(
        store.session_activity().list("1").await.unwrap(),
        [second, first]
    );
    assert_eq!(store.session_activity().list("2").await.unwrap(), []);
}

#[tokio::test]
async fn f17_the_last_fifty_are_kept_whatever_the_clock_says() {
    let folder = Folder::new();
    let time = Arc::new(AtomicI64::new(NOW));
    let clock = {
        let time = Arc::clone(&time);
        // Each entry is an hour before the last one.
        Arc::new(move || time.fetch_sub(3_600, Ordering::SeqCst))
    };
    let store = Store::open(folder.location().with_clock(clock))
        .await
        .unwrap();
    let other = NewActivity {
        connector_id: "2",
        ..entry("other")
    };
    store.session_activity().record(other).await.unwrap();
    for number in 0..70 {
        let reason = number.to_string();
        store
            .session_activity()
            .record(entry(&reason))
            .await
            .unwrap();
    }
    let kept = store.session_activity().list("1").await.unwrap();
    let reasons: Vec<_> = kept.iter().map(|entry| entry.reason.as_str()).collect();
    let expected: Vec<_> = (20..70).rev().map(|number| number.to_string()).collect();
    assert_eq!(reasons, expected);
    assert_eq!(i64::try_from(kept.len()), Ok(ACTIVITIES_PER_CONNECTOR));
    assert_eq!(store.session_activity().list("2").await.unwrap().len(), 1);
}

#[tokio::test]
async fn long_texts_are_cut() {
    let folder = Folder::new();
    let store = folder.open().await;
    let long = "x".repeat(10_000);
    let new = NewActivity {
        reason: &long,
        outcome: &long,
        updated: &long,
        error: Some(("code", &long)),
        ..entry("")
    };
    store.session_activity().record(new).await.unwrap();
    let kept = store.session_activity().list("1").await.unwrap().remove(0);
    let message = kept.error_message.unwrap();
    for text in [kept.reason, kept.outcome, kept.updated, message] {
        assert_eq!(text.len(), 1024);
    }
}

#[tokio::test]
async fn entries_go_with_their_account_and_their_connector() {
    let folder = Folder::new();
    let store = folder.open().await;
    let content = ConnectorContent {
        name: "A",
        document: "",
        summary: "",
        file: None,
    };
    store.connectors().create("1", content).await.unwrap();
    store.accounts().create("work", "1", "Work").await.unwrap();
    for (connector_id, scope) in [("1", WORK), ("1", Scope::Shared), ("2", WORK)] {
        let new = NewActivity {
            connector_id,
            scope,
            ..entry("")
        };
        store.session_activity().record(new).await.unwrap();
    }
    store.accounts().delete("work").await.unwrap();
    assert_eq!(rows(&store, "session_activity").await, 2);
    store.connectors().delete("1").await.unwrap();
    assert_eq!(store.session_activity().list("2").await.unwrap().len(), 1);
    assert_eq!(rows(&store, "session_activity").await, 1);
}
