//! An app's file opened with no studio around it (A5).

use latchwork_studio::AppSource;
use latchwork_studio::wire::AppSignIn;
use serde_json::json;

use super::desk::{Desk, app, billing, crm};

/// The usual app as a file that brings its connectors along.
fn file(desk: &Desk) -> std::path::PathBuf {
    let mut app = app(true);
    app["connectors"] = json!([
        { "id": "crm", "connector": "CRM", "definition": crm(desk.server.origin()) },
        { "id": "billing", "connector": "Billing", "required": false, "definition": billing(desk.server.origin()) } ]);
    let path = desk.folder.path().join("field-sales.app.json");
    std::fs::write(&path, app.to_string()).unwrap();
    path
}

#[tokio::test]
async fn a5_a_file_uses_nobodys_session_before_its_person_says_so() {
    let desk = Desk::at_work().await;
    let path = file(&desk);
    let sent = desk.server.requests().len();
    let desk = desk.open(AppSource::File(path.clone())).await;
    let shown = desk
        .until("the screen", |shown| shown.managed_auth.is_some())
        .await;
    let view = shown.managed_auth.unwrap();
    assert_eq!(view.connectors[0].state, AppSignIn::SignedOut);
    assert_eq!(
        view.connectors[0].accounts[0].label.as_deref(),
        Some("ann@acme.example")
    );
    assert!(!view.connectors[0].accounts[0].in_use);
    assert_eq!(desk.server.requests().len(), sent);
    // With the person's yes it is used, without a sign-in.
    desk.studio
        .app_account_use(&desk.window, "crm", "default")
        .await
        .unwrap();
    desk.until("it is in", |shown| {
        shown
            .managed_auth
            .as_ref()
            .is_some_and(|view| view.can_continue)
    })
    .await;
    desk.goes_on().await;
    let shown = desk
        .until("the rows", |shown| {
            shown.on_screen("home") && shown.rows("list").len() == 2
        })
        .await;
    // The one that is not required is asked for when a control needs it.
    assert_eq!(desk.count("/login"), 1);
    drop(shown);
    desk.until("the other is asked for", |shown| {
        shown.asked.len() == 1 && shown.asked[0].id == "billing"
    })
    .await;
    // The next start of the same file asks nothing that was answered.
    let window = desk.window.clone();
    desk.studio.app_closed(&window);
    let desk = desk.open(AppSource::File(path)).await;
    desk.until("the app at once", |shown| shown.on_screen("home"))
        .await;
}

#[tokio::test]
async fn a5_a_file_that_cannot_be_opened_says_where_and_why() {
    let desk = Desk::usual(true).await;
    let open = |path: std::path::PathBuf| {
        let studio = std::sync::Arc::clone(&desk.studio);
        async move { studio.app_prepare(AppSource::File(path)).await.unwrap_err() }
    };
    let gone = open(desk.folder.path().join("gone.app.json")).await;
    assert_eq!(gone.code().as_str(), "file.not_found");
    assert!(gone.to_string().contains("gone.app.json"));
    let path = desk.folder.path().join("bad.app.json");
    let mut bad = app(true);
    bad["screens"][0]["controls"][1]["defalt"] = json!("x");
    std::fs::write(&path, bad.to_string()).unwrap();
    let bad = open(path.clone()).await;
    assert_eq!(bad.code().as_str(), "file.invalid");
    assert!(
        bad.to_string().contains("screens[0].controls[1].defalt"),
        "{bad}"
    );
    std::fs::write(&path, crm("http://127.0.0.1:9").to_string()).unwrap();
    let connector = open(path).await;
    assert!(connector.to_string().contains("connector"), "{connector}");
}

#[tokio::test]
async fn more_apps_than_windows_are_refused_and_a_closed_one_makes_room() {
    let desk = Desk::usual(false).await;
    let open = |number: usize| {
        let source = AppSource::Preview {
            id: format!("44444444-4444-4444-8444-44444444444{number}"),
            document: app(true).to_string(),
        };
        let studio = std::sync::Arc::clone(&desk.studio);
        async move { studio.app_prepare(source).await }
    };
    let mut windows = vec![desk.window.clone()];
    for number in 1..8 {
        windows.push(open(number).await.unwrap().window);
    }
    let refused = open(8).await.unwrap_err();
    assert!(refused.to_string().contains('8'), "{refused}");
    desk.studio.app_closed(&windows[3]);
    assert_eq!(open(8).await.unwrap().window, windows[3]);
    let unknown = desk.studio.app_continue("app-99").await.unwrap_err();
    assert_eq!(unknown.code().as_str(), "run.unknown");
}

#[tokio::test]
async fn an_app_has_one_window_which_a_preview_starts_anew_and_a_file_only_brings_to_the_front() {
    let desk = Desk::usual(false).await;
    let path = file(&desk);
    let preview = || AppSource::Preview {
        id: "33333333-3333-4333-8333-333333333333".to_owned(),
        document: app(true).to_string(),
    };
    let again = desk.studio.app_prepare(preview()).await.unwrap();
    assert_eq!(
        (again.window.as_str(), again.runs),
        (desk.window.as_str(), false)
    );
    // What runs there now is what is in the editor now: it waits for its window to be loaded again.
    let desk = desk.open(preview()).await;
    desk.until("the sign-in", |shown| shown.managed_auth.is_some())
        .await;

    let opened = || desk.studio.app_prepare(AppSource::File(path.clone()));
    let first = opened().await.unwrap();
    assert!(first.window != desk.window && !first.runs, "{first:?}");
    let second = opened().await.unwrap();
    assert_eq!((&second.window, second.runs), (&first.window, true));
    let mut changed: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    changed["name"] = json!("Field Sales 2");
    std::fs::write(&path, changed.to_string()).unwrap();
    let third = opened().await.unwrap();
    assert_eq!((&third.window, third.runs), (&first.window, false));
    assert_eq!(
        desk.studio.app_title(&third.window).unwrap(),
        "Field Sales 2"
    );
}
