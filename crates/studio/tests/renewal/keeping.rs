//! What a renewal keeps: on the disk, or in memory until the disk takes it; and that its attempt is over afterwards.

use std::time::Duration;

use latchwork_studio::{AuthSource, StudioNotice};
use latchwork_testkit::FakeHost;
use sqlx::sqlite::SqliteConnection;

use crate::desk::{Desk, held, in_time};

/// How many attempts to renew are noted on the disk.
async fn attempts(outsider: &mut SqliteConnection) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM refresh_attempts")
        .fetch_one(outsider)
        .await
        .unwrap()
}

async fn execute(outsider: &mut SqliteConnection, statement: &'static str) {
    sqlx::query(statement).execute(outsider).await.unwrap();
}

/// Lets the watch of all sessions have its looks of five seconds.
async fn pass_five_seconds() {
    tokio::time::pause();
    for _ in 0..10 {
        tokio::time::advance(Duration::from_millis(500)).await;
        tokio::task::yield_now().await;
    }
    tokio::time::resume();
}

#[tokio::test]
async fn f35_tokens_that_the_disk_would_not_take_are_used_said_and_written_once_it_takes_them() {
    let desk = Desk::expired(vec![held()]).await;
    let mut notices = desk.notices();
    let mut other = desk.outsider().await;
    let host = FakeHost::new();
    let lock = async {
        desk.server.request_count_reaches(2).await;
        assert_eq!(
            attempts(&mut other).await,
            1,
            "it is noted before it is sent"
        );
        execute(&mut other, "BEGIN IMMEDIATE").await;
        desk.server.release();
    };
    let (called, ()) = in_time(async { tokio::join!(desk.call(&host), lock) }).await;
    let (answer, source) = called.unwrap();
    assert_eq!(
        (answer.unwrap().status, source),
        (200, AuthSource::Refreshed)
    );
    let Ok(StudioNotice::SessionNotKept {
        connector_name,
        error,
    }) = notices.try_recv()
    else {
        panic!("it was not told");
    };
    assert_eq!(
        (connector_name.as_str(), error.code.as_str()),
        ("Acme", "store.locked")
    );
    assert_eq!(notices.try_recv(), Ok(StudioNotice::SessionsChanged));
    // The next call has them from memory.
    let (_, source) = in_time(desk.call(&host)).await.unwrap();
    assert_eq!(source, AuthSource::Cached);
    assert_eq!(desk.last_sent().as_deref(), Some("Bearer second-token"));

    execute(&mut other, "COMMIT").await;
    in_time(desk.studio.renewals_noted()).await;
    assert_eq!(attempts(&mut other).await, 1, "nothing is written yet");
    desk.studio.watch_sessions();
    pass_five_seconds().await;
    assert_eq!(
        in_time(notices.recv()).await,
        Some(StudioNotice::SessionsChanged)
    );
    assert_eq!(
        attempts(&mut other).await,
        0,
        "it ends with what it brought"
    );
    let studio = desk.another_studio().await;
    let (_, source) = in_time(desk.call_from(&studio, &host)).await.unwrap();
    assert_eq!(source, AuthSource::Cached);
    assert_eq!(desk.last_sent().as_deref(), Some("Bearer second-token"));
    assert_eq!((desk.count("/renew"), desk.count("/login")), (1, 1));
}

#[tokio::test]
async fn f35_what_is_held_is_written_at_once_where_it_is_asked_for() {
    let desk = Desk::expired(vec![held()]).await;
    let mut other = desk.outsider().await;
    let host = FakeHost::new();
    let refuse = async {
        desk.server.request_count_reaches(2).await;
        execute(
            &mut other,
            "CREATE TRIGGER refused BEFORE INSERT ON outputs BEGIN SELECT raise(ABORT, 'no'); END",
        )
        .await;
        desk.server.release();
    };
    let (called, ()) = in_time(async { tokio::join!(desk.call(&host), refuse) }).await;
    assert_eq!(called.unwrap().1, AuthSource::Refreshed);
    // In vain, and it stays held.
    desk.studio.store_held().await;
    assert_eq!(attempts(&mut other).await, 1);
    let (_, source) = in_time(desk.call(&host)).await.unwrap();
    assert_eq!(source, AuthSource::Cached);

    execute(&mut other, "DROP TRIGGER refused").await;
    desk.studio.store_held().await;
    assert_eq!(attempts(&mut other).await, 0);
    let studio = desk.another_studio().await;
    let (_, source) = in_time(desk.call_from(&studio, &host)).await.unwrap();
    assert_eq!(source, AuthSource::Cached);
    assert_eq!(desk.last_sent().as_deref(), Some("Bearer second-token"));
    assert_eq!(desk.count("/renew"), 1);
}

#[tokio::test]
async fn f3_an_attempt_ends_also_in_the_scope_that_got_nothing_new() {
    let desk = Desk::expired_with_shared_step(vec![held()]).await;
    let mut outsider = desk.outsider().await;
    let host = FakeHost::new();
    let release = async {
        // The token that everyone shares, the login, the renewal.
        desk.server.request_count_reaches(3).await;
        assert_eq!(
            attempts(&mut outsider).await,
            2,
            "the account's and everyone's"
        );
        desk.server.release();
    };
    let (called, ()) = in_time(async { tokio::join!(desk.call(&host), release) }).await;
    assert_eq!(called.unwrap().1, AuthSource::Refreshed);
    in_time(desk.studio.renewals_noted()).await;
    assert_eq!(attempts(&mut outsider).await, 0);
    assert_eq!((desk.count("/renew"), desk.count("/token")), (1, 1));
}
