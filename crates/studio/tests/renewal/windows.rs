//! What windows see and hear of sessions: accounts, activity, notices, and the runs that renew.

use latchwork_studio::wire::{AccountState, RefreshEnd, RunWhat};
use latchwork_studio::{RunStart, RunUpdate, StudioNotice};
use latchwork_testkit::{Answer, FakeHost};
use tokio::sync::mpsc::unbounded_channel;

use crate::desk::{Desk, in_time, renewed};

/// Runs the connector as it was opened, to the end; all that was told.
async fn run(desk: &Desk, what: RunWhat) -> Vec<RunUpdate> {
    let opened = desk.studio.connector_open(&desk.id).await.unwrap();
    run_document(desk, opened.document, what).await
}

async fn run_document(desk: &Desk, document: String, what: RunWhat) -> Vec<RunUpdate> {
    let (sender, mut updates) = unbounded_channel();
    let request = RunStart {
        connector_id: desk.id.clone(),
        document,
        what,
        keep_answers: true,
        account: None,
    };
    desk.studio
        .run_start(request, move |update| sender.send(update).is_ok())
        .await
        .unwrap();
    let mut told = Vec::new();
    while let Some(update) = in_time(updates.recv()).await {
        let is_last = matches!(update, RunUpdate::RunFinished { .. });
        told.push(update);
        if is_last {
            break;
        }
    }
    told
}

fn names(told: &[RunUpdate]) -> Vec<String> {
    told.iter()
        .map(|update| {
            let json = serde_json::to_value(update).unwrap();
            json["event"].as_str().unwrap_or_default().to_owned()
        })
        .collect()
}

#[track_caller]
fn ended_well(told: &[RunUpdate]) {
    assert!(
        matches!(told.last(), Some(RunUpdate::RunFinished { ok: true, .. })),
        "{told:#?}"
    );
}

#[tokio::test]
async fn t5_test_refresh_flow_renews_the_stored_session_and_sends_the_test_request() {
    let desk = Desk::expired(vec![renewed()]).await;
    let told = run(&desk, RunWhat::RefreshFlow).await;
    ended_well(&told);
    assert_eq!(
        names(&told),
        [
            "run_started",
            "refresh_started",
            "step_started",
            "step_finished",
            "refresh_finished",
            "test_finished",
            "run_finished"
        ]
    );
    assert_eq!(desk.last_sent().as_deref(), Some("Bearer second-token"));
    // It took the production path: what came is what is stored.
    assert_eq!(
        desk.call(&FakeHost::new()).await.unwrap().0.unwrap().status,
        200
    );
    assert_eq!(desk.count("/renew"), 1);
}

#[tokio::test]
async fn t5_simulate_401_tells_why_the_refresh_began_what_it_changed_and_the_call_again() {
    let desk = Desk::expired(vec![renewed()]).await;
    desk.call(&FakeHost::new()).await.unwrap();
    let told = run(&desk, RunWhat::Simulate401).await;
    ended_well(&told);
    let is_simulated = |update: &RunUpdate| {
        matches!(
            update,
            RunUpdate::CallRefused {
                status: 401,
                simulated: true,
                exchange: None,
                ..
            }
        )
    };
    assert!(is_simulated(&told[1]), "{told:#?}");
    assert!(
        matches!(&told[2], RunUpdate::RefreshStarted { reason } if reason == "status_401"),
        "{told:#?}"
    );
    let finished = told.iter().find_map(|update| match update {
        RunUpdate::RefreshFinished {
            status, updated, ..
        } => Some((*status, updated.clone())),
        _ => None,
    });
    let updated = ["login.token", "login.expires_in"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(finished, Some((RefreshEnd::Ok, updated)));
    // Only the second attempt was sent.
    assert_eq!(desk.count("/me"), 2);
}

#[tokio::test]
async fn t5_where_a_401_starts_no_refresh_simulate_401_says_so() {
    let desk = Desk::expired(vec![renewed()]).await;
    desk.call(&FakeHost::new()).await.unwrap();
    let opened = desk.studio.connector_open(&desk.id).await.unwrap();
    let document = opened.document.replace(
        "\"mode\": \"steps\"",
        "\"mode\": \"steps\", \"on\": { \"statuses\": [419] }",
    );
    assert_ne!(document, opened.document);
    let told = run_document(&desk, document, RunWhat::Simulate401).await;
    let Some(RunUpdate::RunFinished { error, .. }) = told.last() else {
        panic!("no end was told");
    };
    assert_eq!(error.as_ref().unwrap().code, "refresh.failed");
}

#[tokio::test]
async fn session_activity_names_reason_outcome_and_what_changed() {
    let desk = Desk::expired(vec![renewed(), Answer::status(500)]).await;
    desk.call(&FakeHost::new()).await.unwrap();
    // Callers do not wait for it.
    let activity = in_time(async {
        loop {
            let activity = desk.studio.session_activity(&desk.id).await.unwrap();
            if !activity.is_empty() {
                return activity;
            }
        }
    });
    let activity = activity.await;
    assert_eq!(activity.len(), 1);
    let last = &activity[0];
    assert_eq!(
        (last.reason.as_str(), last.outcome),
        ("expired", RefreshEnd::Ok)
    );
    assert_eq!(last.updated, ["login.token", "login.expires_in"]);
    assert_eq!(last.account.as_deref(), Some("default"));
    assert_eq!(last.error, None);
}

#[tokio::test]
async fn k3_accounts_are_added_named_chosen_and_removed() {
    let desk = Desk::expired(vec![renewed()]).await;
    let studio = &desk.studio;
    let views = studio.account_list(&desk.id).await.unwrap();
    assert_eq!(
        (views.len(), views[0].name.as_str(), views[0].active),
        (1, "default", true)
    );
    // It is over, and the next use renews it.
    assert_eq!(views[0].state, AccountState::SignedIn);
    studio.account_add(&desk.id, " Work ").await.unwrap();
    let taken = studio.account_add(&desk.id, "Work").await.unwrap_err();
    assert_eq!(taken.code().as_str(), "file.exists");
    for wrong in ["", "  ", "a\nb", &"x".repeat(101)] {
        assert_eq!(
            studio
                .account_add(&desk.id, wrong)
                .await
                .unwrap_err()
                .code()
                .as_str(),
            "usage.invalid"
        );
    }
    let views = studio.account_activate(&desk.id, "Work").await.unwrap();
    assert!(views[1].active && !views[0].active);
    assert_eq!(views[1].state, AccountState::SignedOut);
    // Runs use the account in use from now on.
    ended_well(
        &run(
            &desk,
            RunWhat::SignIn {
                account: "Work".into(),
            },
        )
        .await,
    );
    let views = studio.account_list(&desk.id).await.unwrap();
    assert_eq!(views[1].state, AccountState::SignedIn);
    let views = studio
        .account_rename(&desk.id, "Work", "Office")
        .await
        .unwrap();
    assert_eq!(
        (views[1].name.as_str(), views[1].state),
        ("Office", AccountState::SignedIn)
    );
    studio.account_clear(&desk.id, "Office").await.unwrap();
    let views = studio.account_list(&desk.id).await.unwrap();
    assert_eq!(
        (views[0].state, views[1].state),
        (AccountState::SignedIn, AccountState::SignedOut)
    );
    let views = studio.account_remove(&desk.id, "Office").await.unwrap();
    assert_eq!((views.len(), views[0].active), (1, true));
    let stays = studio
        .account_remove(&desk.id, "default")
        .await
        .unwrap_err();
    assert_eq!(stays.code().as_str(), "usage.invalid");
    let unknown = studio
        .account_rename(&desk.id, "Nobody", "x")
        .await
        .unwrap_err();
    assert!(unknown.to_string().contains("Nobody"));
}

#[tokio::test]
async fn windows_hear_of_sessions_that_change() {
    let desk = Desk::expired(vec![renewed()]).await;
    let mut notices = desk.notices();
    desk.studio.watch_sessions();
    // The first look only learns how things are.
    tokio::task::yield_now().await;
    desk.call(&FakeHost::new()).await.unwrap();
    assert_eq!(
        in_time(notices.recv()).await,
        Some(StudioNotice::SessionsChanged)
    );
}

#[tokio::test]
async fn k3_a_process_that_ends_with_its_answer_can_wait_for_what_is_told_after_it() {
    let desk = Desk::expired(vec![renewed()]).await;
    let host = FakeHost::new();
    let refresh = desk.studio.refresh(desk.caller(&host));
    let (updated, _) = in_time(Box::pin(refresh)).await.unwrap();
    assert_eq!(updated, ["login.token", "login.expires_in"]);
    // What waits is done before anything else gets its turn: the line is written, not on its way.
    in_time(desk.studio.renewals_noted()).await;
    let activity = desk.studio.session_activity(&desk.id).await.unwrap();
    assert_eq!(activity.len(), 1);
}
