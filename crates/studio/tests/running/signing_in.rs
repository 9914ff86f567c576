//! Who is asked to sign in, and when (A2, A3).

use latchwork_studio::wire::{AppSignIn, SignInBeginning};
use latchwork_studio::{ControlEvent, RunUpdate};
use latchwork_testkit::{Answer, Route};
use serde_json::json;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use super::desk::{Desk, app, contacts, crm, routes};

#[tokio::test]
async fn a2_at_the_start_each_connector_is_listed_once_multistep_ones_first() {
    let desk = Desk::usual(true).await;
    let shown = desk
        .until("the screen", |shown| shown.managed_auth.is_some())
        .await;
    let view = shown.managed_auth.unwrap();
    let listed: Vec<_> = view
        .connectors
        .iter()
        .map(|one| (one.id.as_str(), one.state, one.begins_with))
        .collect();
    let (out, form) = (AppSignIn::SignedOut, SignInBeginning::Form);
    assert_eq!(listed, [("crm", out, form), ("billing", out, form)]);
    assert!(!view.can_continue && view.signed_in == 0 && !view.navigated);
    assert!(shown.screen.is_none(), "nothing of the app is there before");
    assert_eq!(desk.server.requests().len(), 0, "and nothing was sent");
}

#[tokio::test]
async fn a2_continue_waits_for_all_that_are_required() {
    let desk = Desk::usual(true).await;
    desk.signs_in("crm", false).await;
    let shown = desk
        .until("one in", |shown| {
            shown
                .managed_auth
                .as_ref()
                .is_some_and(|view| view.signed_in == 1)
        })
        .await;
    let crm = &shown.managed_auth.as_ref().unwrap().connectors[0];
    assert_eq!(crm.state, AppSignIn::SignedIn);
    assert_eq!(crm.label.as_deref(), Some("ann@acme.example"));
    let refused = desk.studio.app_continue(&desk.window).await.unwrap_err();
    assert_eq!(refused.code().as_str(), "session.needs_you");
    assert!(desk.now().screen.is_none());
    desk.signs_in("billing", false).await;
    desk.until("all in", |shown| {
        shown
            .managed_auth
            .as_ref()
            .is_some_and(|view| view.can_continue)
    })
    .await;
    desk.goes_on().await;
    let shown = desk
        .until("the contacts", |shown| {
            shown.on_screen("home") && shown.rows("list").len() == 2
        })
        .await;
    assert_eq!(shown.times_asked, 0);
}

#[tokio::test]
async fn a2_who_is_signed_in_already_is_not_asked_again() {
    let desk = Desk::at_work().await;
    let (studio, window) = (&desk.studio, desk.window.clone());
    studio.app_closed(&window);
    let source = latchwork_studio::AppSource::Preview {
        id: "33333333-3333-4333-8333-333333333333".to_owned(),
        document: app(true).to_string(),
    };
    let desk = desk.open(source).await;
    let shown = desk.until("the app", |shown| shown.on_screen("home")).await;
    assert!(
        !shown
            .traffic
            .iter()
            .any(|told| told.contains("managed_auth"))
    );
}

#[tokio::test]
async fn a3_off_each_connector_is_asked_for_once_however_many_controls_call() {
    let desk = Desk::usual(false).await;
    let shown = desk
        .until("both asked", |shown| shown.asked.len() == 2)
        .await;
    assert!(shown.managed_auth.is_none() && shown.on_screen("home"));
    assert_eq!(shown.times_asked, 1);
    desk.signs_in("crm", false).await;
    let shown = desk
        .until("the contacts", |shown| {
            shown.rows("list").len() == 2 && shown.text("count") == "2 contacts"
        })
        .await;
    assert_eq!(shown.asked.len(), 1, "the other is still asked for");
    assert_eq!(shown.asked[0].id, "billing");
    desk.signs_in("billing", false).await;
    let shown = desk
        .until("the invoices", |shown| shown.rows("invoices").len() == 1)
        .await;
    assert_eq!((shown.times_asked, desk.count("/login")), (1, 1));
    // A later screen uses the same sign-in.
    desk.studio.app_go(&desk.window, "second").unwrap();
    let shown = desk
        .until("the second screen", |shown| {
            shown.on_screen("second") && shown.rows("again").len() == 2
        })
        .await;
    assert_eq!((shown.times_asked, desk.count("/login")), (1, 1));
}

#[tokio::test]
async fn a3_declined_the_controls_offer_a_sign_in_and_nothing_asks_by_itself() {
    let desk = Desk::usual(false).await;
    desk.until("both asked", |shown| shown.asked.len() == 2)
        .await;
    desk.studio.app_sign_in_decline(&desk.window).unwrap();
    let out = ["list", "count", "whole", "pick", "invoices", "total"];
    let shown = desk
        .until("all signed out", |shown| {
            out.iter().all(|id| shown.is_signed_out(id))
        })
        .await;
    assert!(shown.asked.is_empty());
    // What loads by itself asks no more: typing, another screen.
    desk.types("search", "a");
    desk.studio.app_go(&desk.window, "second").unwrap();
    desk.until("signed out there too", |shown| {
        shown.on_screen("second") && shown.is_signed_out("again")
    })
    .await;
    assert_eq!(desk.now().times_asked, 1);
    // A click asks again, and with the sign-in all that waits goes on.
    desk.does("again", ControlEvent::SignIn);
    desk.until("asked again", |shown| shown.asked.len() == 1)
        .await;
    desk.signs_in("crm", false).await;
    desk.until("its rows", |shown| shown.rows("again").len() == 2)
        .await;
    desk.studio.app_go(&desk.window, "home").unwrap();
    desk.until("the first screen's rows", |shown| {
        shown.on_screen("home") && shown.rows("list").len() == 2 && shown.is_signed_out("invoices")
    })
    .await;
    assert_eq!(desk.now().times_asked, 2);
}

#[tokio::test]
async fn a_graphql_answer_that_says_unauthenticated_asks_as_a_401_does() {
    let over = Answer::json(json!({ "data": null, "errors": [
        { "message": "The session is over", "extensions": { "code": "UNAUTHENTICATED" } } ] }));
    let route = Route {
        answers: vec![over, contacts()],
        ..Route::new("/contacts", contacts())
    };
    let with_graphql = |origin: &str| {
        let mut app = app(false);
        let mut definition = crm(origin);
        let request = &mut definition["endpoints"][0]["request"];
        request["body"] = json!({ "type": "graphql", "query": "{ contacts { name } }" });
        request["method"] = json!("POST");
        app["connectors"][1]["definition"] = definition;
        let controls = app["screens"][0]["controls"].as_array_mut().unwrap();
        controls.retain(|control| control["id"] == "list" || control["id"] == "search");
        app
    };
    let desk = Desk::with_app(routes(vec![route]), with_graphql).await;
    desk.until("asked", |shown| shown.asked.len() == 1).await;
    desk.signs_in("crm", false).await;
    let shown = desk
        .until("asked again", |shown| {
            shown.times_asked == 2 && !shown.asked.is_empty()
        })
        .await;
    assert_eq!(shown.asked[0].state, AppSignIn::NeedsYou);
    desk.signs_in("crm", false).await;
    desk.until("the rows", |shown| shown.rows("list").len() == 2)
        .await;
}

#[tokio::test]
async fn a_401_in_the_middle_of_use_asks_once_and_goes_on() {
    let over = Route {
        answers: vec![
            contacts(),
            Answer::status(401),
            Answer::status(401),
            contacts(),
        ],
        ..Route::new("/contacts", contacts())
    };
    let mut app = app(false);
    let controls = app["screens"][0]["controls"].as_array_mut().unwrap();
    controls.retain(|control| control["id"] == "list" || control["id"] == "search");
    let desk = Desk::new(routes(vec![over]), &app).await;
    desk.until("asked", |shown| shown.asked.len() == 1).await;
    desk.signs_in("crm", false).await;
    desk.until("the rows", |shown| shown.rows("list").len() == 2)
        .await;
    desk.types("search", "x");
    let shown = desk
        .until("asked again", |shown| {
            shown.times_asked == 2 && !shown.asked.is_empty()
        })
        .await;
    assert_eq!(shown.asked[0].state, AppSignIn::NeedsYou);
    assert_eq!(
        shown.rows("list").len(),
        2,
        "what was there stays meanwhile"
    );
    desk.signs_in("crm", false).await;
    // Whose second answer is 401 too: it is said, and nobody is asked in a circle.
    let shown = desk
        .until("an error", |shown| {
            matches!(
                shown.control("list").state,
                latchwork_studio::wire::ControlState::Error { .. }
            )
        })
        .await;
    assert_eq!(shown.times_asked, 2);
    desk.does("list", ControlEvent::Retry);
    desk.until("the rows again", |shown| {
        matches!(
            shown.control("list").state,
            latchwork_studio::wire::ControlState::Ready
        )
    })
    .await;
}

#[tokio::test]
async fn k3_another_account_is_the_apps_own_choice_and_its_data_comes_anew() {
    let desk = Desk::at_work().await;
    let before = desk.count("/contacts");
    desk.signs_in("crm", true).await;
    let accounts = desk
        .studio
        .account_list("11111111-1111-4111-8111-111111111111")
        .await
        .unwrap();
    let names: Vec<&str> = accounts
        .iter()
        .map(|account| account.name.as_str())
        .collect();
    assert_eq!(names, ["default", "Account 2"]);
    assert!(accounts[0].active, "the studio's own choice stays");
    desk.studio
        .app_account_use(&desk.window, "crm", "default")
        .await
        .unwrap();
    desk.until("the lists again", |shown| shown.rows("list").len() == 2)
        .await;
    assert!(desk.count("/contacts") > before);
    let unknown = desk
        .studio
        .app_account_use(&desk.window, "crm", "Nobody")
        .await
        .unwrap_err();
    assert!(unknown.message.contains("Nobody"), "{unknown:?}");
}

#[tokio::test]
async fn k1_what_only_the_admin_can_do_is_said_and_never_asked() {
    let mut shared = super::desk::billing("http://127.0.0.1:9");
    shared["auth"] = json!({ "method": "oauth2", "grant": "pkce", "client_id": "app", "shared_credentials": true,
        "authorization_url": "http://127.0.0.1:9/authorize", "token_url": "http://127.0.0.1:9/token" });
    let mut app = app(true);
    app["connectors"][0]["definition"] = shared;
    let desk = Desk::new(routes(Vec::new()), &app).await;
    let shown = desk
        .until("the screen", |shown| shown.managed_auth.is_some())
        .await;
    let view = shown.managed_auth.unwrap();
    let billing = view
        .connectors
        .iter()
        .find(|one| one.id == "billing")
        .unwrap();
    assert_eq!(billing.state, AppSignIn::NeedsAdmin);
    assert!(
        billing
            .message
            .as_ref()
            .unwrap()
            .contains("once for everyone"),
        "{billing:?}"
    );
    let refused = desk
        .studio
        .app_sign_in(&desk.window, "billing", false, |_: RunUpdate| true)
        .await
        .unwrap_err();
    assert_eq!(refused.code, "session.needs_you");
}

#[tokio::test]
async fn a_connector_that_is_not_there_is_called_as_the_file_names_it_but_not_by_a_uuid() {
    let mut app = app(true);
    app["connectors"][0]["connector"] = json!("Acme Invoices");
    app["connectors"][1]["connector"] = json!("99999999-9999-4999-8999-999999999999");
    let desk = Desk::new(routes(Vec::new()), &app).await;
    let shown = desk
        .until("the screen", |shown| shown.managed_auth.is_some())
        .await;
    let connectors = shown.managed_auth.unwrap().connectors;
    let names: Vec<(&str, &str)> = connectors
        .iter()
        .map(|one| (one.id.as_str(), one.name.as_str()))
        .collect();
    assert_eq!(names, [("billing", "Acme Invoices"), ("crm", "crm")]);
}

#[tokio::test]
async fn f35_who_uses_an_app_hears_that_new_tokens_are_in_memory_only() {
    let over = Route {
        answers: vec![contacts(), Answer::status(401), contacts()],
        ..Route::new("/contacts", contacts())
    };
    let renewal = Route::new(
        "/renew",
        Answer::json(json!({ "token": "crm-token-9876543210" })),
    );
    let desk = Desk::with_app(routes(vec![over, renewal]), |origin| {
        let mut app = app(false);
        let controls = app["screens"][0]["controls"].as_array_mut().unwrap();
        controls.retain(|control| control["id"] == "list" || control["id"] == "search");
        let mut renewing = crm(origin);
        renewing["auth"]["refresh"] = json!({
            "mode": "steps",
            "steps": [{ "id": "renew", "type": "api_request", "request": { "method": "POST", "url": "/renew" } }],
            "updates": [{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]
        });
        renewing["name"] = json!("Office");
        renewing["id"] = json!("44444444-4444-4444-8444-444444444444");
        app["connectors"] = json!([{ "id": "crm", "connector": "Office", "definition": renewing }]);
        app
    })
    .await;
    desk.until("asked", |shown| shown.asked.len() == 1).await;
    desk.signs_in("crm", false).await;
    desk.until("the rows", |shown| shown.rows("list").len() == 2)
        .await;
    let database = desk.folder.path().join("data").join("latchwork.db");
    let options = SqliteConnectOptions::new().filename(database);
    let mut outsider = options.connect().await.unwrap();
    sqlx::query(
        "CREATE TRIGGER refused BEFORE UPDATE ON outputs BEGIN SELECT raise(ABORT, 'no'); END",
    )
    .execute(&mut outsider)
    .await
    .unwrap();
    sqlx::query(
        "CREATE TRIGGER refused_too BEFORE INSERT ON outputs BEGIN SELECT raise(ABORT, 'no'); END",
    )
    .execute(&mut outsider)
    .await
    .unwrap();
    desk.types("search", "x");
    let shown = desk
        .until("it is said", |shown| !shown.messages.is_empty())
        .await;
    assert_eq!(
        shown.messages,
        ["You are still signed in to Office, but only until this program ends."]
    );
    desk.until("the rows again", |shown| {
        desk.count("/contacts") == 3 && shown.is_ready("list")
    })
    .await;
    assert_eq!(desk.now().times_asked, 1, "nobody is asked");
}
