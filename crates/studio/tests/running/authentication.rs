//! *Navigate to Authentication screen* (A4), and what a window never hears (Z29).

use latchwork_model::read_connector;
use latchwork_studio::wire::AppSignIn;
use latchwork_studio::{ControlEvent, RunUpdate};
use latchwork_testkit::{Answer, Route, find_leak};
use serde_json::json;

use super::desk::{Desk, Shown, app, routes};

fn all_in(shown: &Shown) -> bool {
    shown
        .managed_auth
        .as_ref()
        .is_some_and(|view| view.can_continue)
}

#[tokio::test]
async fn a4_reload_false_resumes_the_same_screen_with_all_data_and_the_action_goes_on() {
    let desk = Desk::at_work().await;
    desk.types("search", "ada");
    desk.until("the search", |shown| shown.text("title") == "Hello ada")
        .await;
    desk.does("list", ControlEvent::SelectRow { index: 1 });
    desk.until("the record", |_| desk.count("/contacts/2") == 1)
        .await;
    let before = desk
        .until("it", |shown| {
            !format!("{:?}", shown.control("one").content).contains("[]")
        })
        .await;
    desk.does("resume", ControlEvent::Click);
    let shown = desk
        .until("the auth screen", |shown| shown.managed_auth.is_some())
        .await;
    let view = shown.managed_auth.unwrap();
    assert!(view.navigated);
    assert!(
        view.connectors
            .iter()
            .all(|one| one.state == AppSignIn::SignedOut),
        "{view:?}"
    );
    desk.signs_in("crm", false).await;
    desk.signs_in("billing", false).await;
    desk.until("all in", all_in).await;
    let asked_for = desk.count("/contacts");
    desk.goes_on().await;
    let shown = desk
        .until("the action's end", |shown| {
            shown.on_screen("home") && shown.text("title") == "Back, ada"
        })
        .await;
    assert_eq!(
        shown.screen.as_ref().unwrap().start,
        1,
        "it is the same start"
    );
    for kept in ["search", "list", "one", "invoices"] {
        assert_eq!(
            shown.control(kept).content,
            before.control(kept).content,
            "{kept}"
        );
    }
    assert_eq!(
        desk.count("/contacts"),
        asked_for,
        "what is there is not asked for again"
    );
}

#[tokio::test]
async fn a4_reload_true_starts_the_app_from_the_beginning() {
    let desk = Desk::at_work().await;
    desk.types("search", "ada");
    desk.studio.app_go(&desk.window, "second").unwrap();
    desk.until("the second screen", |shown| shown.on_screen("second"))
        .await;
    desk.studio.app_go(&desk.window, "home").unwrap();
    desk.until("the first", |shown| shown.on_screen("home"))
        .await;
    desk.does("anew", ControlEvent::Click);
    desk.until("the auth screen", |shown| shown.managed_auth.is_some())
        .await;
    desk.signs_in("crm", false).await;
    desk.signs_in("billing", false).await;
    desk.until("all in", all_in).await;
    desk.goes_on().await;
    let shown = desk
        .until("a new start", |shown| {
            shown
                .screen
                .as_ref()
                .is_some_and(|screen| screen.start == 2)
        })
        .await;
    assert_eq!(shown.text("title"), "Hello all");
    assert_eq!(shown.times_asked, 0);
}

#[tokio::test]
async fn k2_clear_cached_auth_of_one_connector_leaves_the_other_signed_in() {
    let mut app = app(true);
    let controls = app["screens"][0]["controls"].as_array_mut().unwrap();
    controls.push(json!({ "id": "forget", "type": "button", "text": "Forget", "on": { "click": [
        { "type": "clear_cached_auth", "connector": "crm" }, { "type": "load", "control": "invoices" },
        { "type": "load", "control": "list" } ] } }));
    let desk = Desk::new(routes(Vec::new()), &app).await;
    desk.signs_in("crm", false).await;
    desk.signs_in("billing", false).await;
    desk.until("all in", all_in).await;
    desk.goes_on().await;
    desk.until("the lists", |shown| {
        shown.on_screen("home") && shown.rows("list").len() == 2
    })
    .await;
    desk.does("forget", ControlEvent::Click);
    let shown = desk
        .until("one asked", |shown| !shown.asked.is_empty())
        .await;
    assert_eq!(shown.asked.len(), 1);
    assert_eq!(shown.asked[0].id, "crm");
}

/// Everything that crossed to the window of an app that was signed in to, used, and whose API sends back what it is sent.
#[tokio::test]
async fn z29_no_secret_crosses_to_an_apps_window() {
    let mut app = app(true);
    let controls = app["screens"][0]["controls"].as_array_mut().unwrap();
    controls.push(json!({ "id": "echo", "type": "json", "source": { "connector": "crm", "endpoint": "echo" } }));
    controls.push(
        json!({ "id": "echoed", "type": "button", "text": "Echo", "on": { "click": [
        { "type": "call", "connector": "crm", "endpoint": "echo",
          "then": [{ "type": "show_message", "text": "{{ answer }}" }] } ] } }),
    );
    let desk = Desk::new(routes(Vec::new()), &app).await;
    let mut heard: Vec<RunUpdate> = desk.signs_in("crm", false).await;
    heard.extend(desk.signs_in("billing", false).await);
    desk.until("all in", all_in).await;
    desk.goes_on().await;
    desk.until("the echo", |shown| {
        shown.on_screen("home")
            && format!("{:?}", shown.control("echo").content).contains("authorization")
    })
    .await;
    desk.does("echoed", ControlEvent::Click);
    let shown = desk
        .until("the message", |shown| !shown.messages.is_empty())
        .await;
    let mut traffic = shown.traffic;
    traffic.extend(
        heard
            .iter()
            .map(|update| serde_json::to_string(update).unwrap()),
    );
    let traffic = traffic.join("\n");
    assert!(
        traffic.contains(r#""authorization":"•••""#),
        "the echo is there, without its token"
    );
    for secret in [
        "crm-token-0123456789",
        "canary-pass-31415",
        "canary-pass-27182",
    ] {
        assert_eq!(find_leak(&traffic, secret), None);
    }
    assert!(
        !traffic.contains("\"exchange\":{"),
        "nothing of what came over the wire"
    );
}

/// A sign-in that serves everyone goes only where the admin, in a preview, says so (A4, S4).
#[tokio::test]
async fn a4_in_a_preview_the_admin_says_whether_the_shared_sign_in_goes_too() {
    let shared = |origin: &str| {
        let mut shared = super::desk::billing(origin);
        shared["auth"] = json!({ "method": "oauth2", "grant": "client_credentials", "client_id": "app",
            "client_secret": "canary-client-secret", "token_url": format!("{origin}/token"), "shared_credentials": true });
        shared
    };
    let app = |origin: &str| {
        let mut app = app(true);
        app["connectors"] =
            json!([{ "id": "billing", "connector": "Billing", "definition": shared(origin) }]);
        let controls = app["screens"][0]["controls"].as_array_mut().unwrap();
        controls
            .retain(|control| ["invoices", "resume"].contains(&control["id"].as_str().unwrap()));
        app["screens"].as_array_mut().unwrap().truncate(1);
        app
    };
    let token = json!({ "access_token": "shared-token-0123456789", "token_type": "Bearer", "expires_in": 3600 });
    let desk = Desk::with_app(routes(vec![Route::new("/token", Answer::json(token))]), app).await;
    let view = |shown: &Shown| {
        shown
            .managed_auth
            .as_ref()
            .map(|view| view.connectors[0].state)
    };
    desk.until("the admin's turn", |shown| {
        view(shown) == Some(AppSignIn::NeedsAdmin)
    })
    .await;
    let connector = read_connector(&shared(desk.server.origin()).to_string()).unwrap();
    let (key, host) = (connector.key(), latchwork_testkit::FakeHost::new());
    let input = latchwork_engine::RunInput::default();
    let signed_in = desk.studio.login_shared(&key, &connector, input, &host);
    Box::pin(signed_in).await.unwrap();
    desk.studio.watch_sessions();
    // Another window of the same studio, or another process: the app hears of it.
    desk.goes_on().await;
    desk.until("the invoices", |shown| {
        shown.on_screen("home") && shown.rows("invoices").len() == 1
    })
    .await;

    desk.does("resume", ControlEvent::Click);
    let shown = desk
        .until("the question", |shown| shown.shared_question.is_some())
        .await;
    assert_eq!(shown.shared_question.unwrap(), ["Billing"]);
    desk.studio
        .app_authentication_answer(&desk.window, None)
        .unwrap();
    assert!(
        desk.now().managed_auth.is_none(),
        "a changed mind changes nothing"
    );
    desk.until("the action's end", |shown| shown.is_ready("resume"))
        .await;
    desk.does("resume", ControlEvent::Click);
    let twice = |shown: &Shown| {
        let asked = shown
            .traffic
            .iter()
            .filter(|told| told.contains("shared_sign_out_asked"));
        asked.count() == 2
    };
    desk.until("the question again", twice).await;
    desk.studio
        .app_authentication_answer(&desk.window, Some(false))
        .unwrap();
    desk.until("it is kept", |shown| view(shown) == Some(AppSignIn::Shared))
        .await;
    desk.goes_on().await;
    desk.until("back", |shown| {
        shown.on_screen("home") && shown.is_ready("resume")
    })
    .await;
    desk.does("resume", ControlEvent::Click);
    desk.until("the question once more", |shown| {
        shown
            .traffic
            .iter()
            .filter(|told| told.contains("shared_sign_out_asked"))
            .count()
            == 3
    })
    .await;
    desk.studio
        .app_authentication_answer(&desk.window, Some(true))
        .unwrap();
    let shown = desk
        .until("it is gone", |shown| {
            view(shown) == Some(AppSignIn::NeedsAdmin)
        })
        .await;
    let traffic = shown.traffic.join("\n");
    for secret in ["shared-token-0123456789", "canary-client-secret"] {
        assert_eq!(find_leak(&traffic, secret), None);
    }
}
