//! Many who want the same session, and those of them who go away.

use std::time::Duration;

use latchwork_studio::AuthSource;
use latchwork_testkit::{Answer, FakeHost, Fault};
use serde_json::json;
use tokio::task::JoinSet;

use crate::desk::{Desk, hanging, held, in_time, renewed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f1_a_thousand_callers_and_an_expired_token_make_one_token_request() {
    let desk = std::sync::Arc::new(Desk::expired(vec![held()]).await);
    let mut callers = JoinSet::new();
    for _ in 0..1_000 {
        let desk = std::sync::Arc::clone(&desk);
        callers.spawn(async move { desk.call(&FakeHost::new()).await });
    }
    // The login, and the renewal that is held.
    in_time(desk.server.request_count_reaches(2)).await;
    desk.server.release();
    let mut refreshed = 0;
    while let Some(called) = in_time(callers.join_next()).await {
        let (answer, source) = called.unwrap().unwrap();
        assert_eq!(answer.unwrap().status, 200);
        refreshed += usize::from(source == AuthSource::Refreshed);
    }
    assert_eq!(desk.count("/renew"), 1);
    assert!(refreshed >= 1);
    assert_eq!(desk.last_sent().as_deref(), Some("Bearer second-token"));
}

#[tokio::test]
async fn f12_whoever_goes_away_ends_it_for_nobody_else() {
    let desk = Desk::expired(vec![held()]).await;
    let (first, second) = (FakeHost::new(), FakeHost::new());
    {
        let leader = desk.call(&first);
        tokio::select! {
            _ = leader => panic!("the renewal is held"),
            () = in_time(desk.server.request_count_reaches(2)) => {}
        }
    }
    // The one who began it is gone; the one who waits now has the token of the same renewal.
    let waiter = desk.call(&second);
    let release = async {
        while second.events().is_empty() {
            tokio::task::yield_now().await;
        }
        desk.server.release();
    };
    let (called, ()) = in_time(async { tokio::join!(waiter, release) }).await;
    assert_eq!(called.unwrap().0.unwrap().status, 200);
    assert_eq!(desk.count("/renew"), 1);
    let names: Vec<_> = second
        .events_json()
        .iter()
        .map(|event| event["event"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        names,
        ["refresh_started", "refresh_finished", "test_finished"]
    );
}

#[tokio::test]
async fn f11_a_hanging_renewal_ends_at_its_deadline_for_everyone_and_frees_the_lease() {
    let desk = Desk::with(vec![hanging(), renewed()], |studio| {
        studio.with_renewal_deadline(Duration::from_millis(300))
    })
    .await;
    let (one, other) = (FakeHost::new(), FakeHost::new());
    let (first, second) = in_time(async { tokio::join!(desk.call(&one), desk.call(&other)) }).await;
    for called in [first, second] {
        let fault = called.expect_err("nobody answered").fault();
        assert_eq!(fault.code.as_str(), "refresh.failed");
        assert!(fault.retryable);
    }
    assert_eq!(desk.count("/renew"), 1);
    // The lease is free: the next one is at it at once, with the same token, and it works.
    let (answer, source) = in_time(desk.call(&one)).await.unwrap();
    assert_eq!(
        (answer.unwrap().status, source),
        (200, AuthSource::Refreshed)
    );
}

#[tokio::test]
async fn f16_a_clear_during_the_renewal_brings_nothing_back() {
    let desk = Desk::expired(vec![held()]).await;
    let host = FakeHost::new();
    let clear = async {
        desk.server.request_count_reaches(2).await;
        desk.studio.auth_clear(&desk.id, false).await.unwrap();
        desk.server.release();
    };
    let (called, ()) = in_time(async { tokio::join!(desk.call(&host), clear) }).await;
    // The flow needs nobody, so the call signed in again: with the login's token, not the renewal's.
    assert_eq!(called.unwrap().1, AuthSource::Ran);
    assert_eq!(desk.last_sent().as_deref(), Some("Bearer first-token"));
    assert_eq!(desk.count("/login"), 2);
}

#[tokio::test]
async fn z32b_a_sign_in_during_the_renewal_is_what_everyone_goes_on_with() {
    let desk = Desk::expired(vec![held()]).await;
    let (host, person) = (FakeHost::new(), FakeHost::new());
    let sign_in = async {
        desk.server.request_count_reaches(2).await;
        desk.login(&person).await;
        desk.server.release();
    };
    let (called, ()) = in_time(async { tokio::join!(desk.call(&host), sign_in) }).await;
    assert_eq!(called.unwrap().0.unwrap().status, 200);
    assert_eq!(desk.last_sent().as_deref(), Some("Bearer first-token"));
}

#[tokio::test]
async fn f8_a_provider_that_asks_to_be_left_alone_is() {
    let mut busy = Answer::status(503);
    let after = serde_json::from_str("\"60\"").unwrap();
    busy.headers.insert("Retry-After".to_owned(), after);
    let desk = Desk::expired(vec![busy, renewed()]).await;
    let host = FakeHost::new();
    for _ in 0..2 {
        let fault = in_time(desk.call(&host)).await.unwrap_err().fault();
        assert_eq!(fault.code.as_str(), "refresh.failed");
        assert!(fault.message.contains("503"), "{}", fault.message);
    }
    assert_eq!(desk.count("/renew"), 1);
    // A person who asks for it knows better.
    in_time(desk.studio.refresh(desk.caller(&host)))
        .await
        .unwrap();
    assert_eq!(
        in_time(desk.call(&host)).await.unwrap().1,
        AuthSource::Cached
    );
    assert_eq!((desk.count("/renew"), desk.count("/login")), (2, 1));
}

#[tokio::test]
async fn r8_where_the_flow_needs_nobody_a_refused_renewal_signs_in_again() {
    let desk = Desk::expired(vec![Answer::status(400)]).await;
    let (answer, source) = in_time(desk.call(&FakeHost::new())).await.unwrap();
    assert_eq!((answer.unwrap().status, source), (200, AuthSource::Ran));
    assert_eq!((desk.count("/renew"), desk.count("/login")), (1, 2));
}

fn graphql_errors(code: &str) -> Answer {
    Answer::json(json!({ "data": null, "errors": [
        { "message": "No session for this token", "extensions": { "code": code } } ] }))
}

#[tokio::test]
async fn r8_a_renewal_by_a_mutation_that_is_refused_in_a_200_signs_in_again() {
    let desk = Desk::expired_with_mutation(vec![graphql_errors("BAD_USER_INPUT")]).await;
    let (answer, source) = in_time(desk.call(&FakeHost::new())).await.unwrap();
    assert_eq!((answer.unwrap().status, source), (200, AuthSource::Ran));
    assert_eq!((desk.count("/renew"), desk.count("/login")), (1, 2));
}

#[tokio::test]
async fn f8_a_renewal_by_a_mutation_that_the_api_is_too_busy_for_is_tried_again() {
    let desk = Desk::expired_with_mutation(vec![graphql_errors("THROTTLED"), renewed()]).await;
    let (answer, source) = in_time(desk.call(&FakeHost::new())).await.unwrap();
    assert_eq!(
        (answer.unwrap().status, source),
        (200, AuthSource::Refreshed)
    );
    assert_eq!((desk.count("/renew"), desk.count("/login")), (2, 1));
}

#[tokio::test]
async fn f6_a_refusal_because_somebody_else_renewed_it_is_no_reason_to_sign_in_again() {
    let refused = Answer {
        fault: Some(Fault::Held),
        ..Answer::status(400)
    };
    let desk = Desk::expired(vec![refused]).await;
    let (host, other) = (FakeHost::new(), FakeHost::new());
    let sign_in = async {
        desk.server.request_count_reaches(2).await;
        desk.login(&other).await;
        desk.server.release();
    };
    let (called, ()) = in_time(async { tokio::join!(desk.call(&host), sign_in) }).await;
    assert_eq!(called.unwrap().1, AuthSource::Refreshed);
    // Its own login was the one before, and the other's; it did not sign in itself.
    assert_eq!((desk.count("/login"), desk.count("/renew")), (2, 1));
    let views = desk.studio.account_list(&desk.id).await.unwrap();
    assert_eq!(views[0].needs_you, None);
}
