//! Two clicks, two runs, two windows: one sign-in at a time, and no answer goes astray.

use latchwork_studio::wire::RunWhat;
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script};
use latchwork_testkit::oidc::Browser;
use serde_json::json;

use crate::desk::{Desk, one_step, step};

#[tokio::test]
async fn f21_two_clicks_on_sign_in_are_one_run_and_one_browser() {
    let (server, desk, opened) = one_step().await;
    let mut first = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut second = desk.start(&opened, RunWhat::AuthSteps).await;
    assert_eq!(first.id, second.id);
    first.browser().await;
    second.browser().await;
    let mut third = desk.start(&opened, RunWhat::AuthSteps).await;
    assert_eq!(first.id, third.id);
    let address = desk.visit().await;
    Browser::new().sign_in(&address).await;
    for run in [&mut first, &mut second, &mut third] {
        assert_eq!(run.end().await, None);
    }
    assert_eq!(first.seen, third.seen, "who comes late hears all of it");
    assert_eq!(desk.visits_left().await, 0);
    assert_eq!(server.requests_to(Endpoint::Authorization).len(), 1);
    assert_eq!(desk.studio.run_list(&opened.id).await.unwrap().len(), 1);

    let mut again = desk.start(&opened, RunWhat::AuthSteps).await;
    assert_ne!(again.id, first.id, "the first is over");
    again.browser().await;
    desk.studio.run_cancel(&again.id);
    again.end().await;
}

#[tokio::test]
async fn f21_a_window_that_closes_does_not_end_the_run_of_another() {
    let (_server, desk, opened) = one_step().await;
    let closing = desk.start(&opened, RunWhat::AuthSteps).await;
    let mut staying = desk.start(&opened, RunWhat::AuthSteps).await;
    staying.browser().await;
    drop(closing);
    desk.person_signs_in().await;
    assert_eq!(staying.end().await, None);
}

#[tokio::test]
async fn f21_another_run_does_not_open_a_second_browser_for_the_same_step() {
    let (_server, desk, opened) = one_step().await;
    let mut first = desk.start(&opened, RunWhat::AuthSteps).await;
    first.browser().await;
    let mut call = desk.call(&opened).await;
    assert_eq!(call.end().await.as_deref(), Some("oauth.already_waiting"));
    assert!(!call.asked_the_browser());
    assert_eq!(desk.journal().await, 1);
    desk.person_signs_in().await;
    assert_eq!(first.end().await, None, "the first is unharmed");
    assert_eq!(desk.visits_left().await, 0);
}

#[tokio::test]
async fn z2_swapped_answers_are_refused_and_both_runs_wait_on() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let steps = json!([step(&server, json!({ "redirect": "paste" }))]);
    let api = server.url(Endpoint::Api);
    let (one, two) = (
        desk.connector("One", &api, &steps).await,
        desk.connector("Two", &api, &steps).await,
    );
    let mut first = desk.start(&one, RunWhat::AuthSteps).await;
    first.browser().await;
    let to_first = Browser::new().allow(&desk.visit().await).await;
    let mut second = desk.start(&two, RunWhat::AuthSteps).await;
    second.browser().await;
    let to_second = Browser::new().allow(&desk.visit().await).await;
    let paste = |run: &str, address: &str| desk.studio.run_callback_paste(run, "oauth", address);
    for (run, address) in [(&first.id, &to_second), (&second.id, &to_first)] {
        let refused = paste(run, address).unwrap_err();
        assert_eq!(refused.code().as_str(), "oauth.state_mismatch");
    }
    paste(&first.id, &to_first).unwrap();
    paste(&second.id, &to_second).unwrap();
    assert_eq!((first.end().await, second.end().await), (None, None));
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn more_runs_than_are_kept_can_all_be_cancelled() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let steps = json!([step(&server, json!({}))]);
    let mut runs = Vec::new();
    for number in 0..12 {
        let opened = desk
            .connector(&number.to_string(), &server.url(Endpoint::Api), &steps)
            .await;
        let mut run = desk.start(&opened, RunWhat::AuthSteps).await;
        run.browser().await;
        runs.push(run);
    }
    for run in &mut runs {
        desk.studio.run_cancel(&run.id);
        assert_eq!(run.end().await.as_deref(), Some("run.cancelled"));
    }
    assert_eq!(desk.journal().await, 0);
}
