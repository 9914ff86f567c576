//! How what keeps sessions alive looks: the refresh flow, the accounts in every state, the session activity; with names
//! that are too long, in the smallest and in a large size, light and dark.

use std::fs;

use latchwork_testkit::{Answer, Route};
use serde_json::{Value, json};

use super::layout::{LONG, LONG_TITLE, Look, in_both_themes};
use crate::api::{Api, route};
use crate::driver::keys;
use crate::failure::Failure;
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

const EMPTY: &str = "Nobody yet";
const ENDED: &str = "Without a refresh flow";
const LONG_ACCOUNT: &str =
    "Northern region, shared by the whole partner desk (ask Augusta before you sign it out)";
const LONG_PERSON: &str =
    "augusta.ada.byron.of.lovelace@customer-relations.northern-region.partners.acme.example";

/// Every place of the sessions fits.
pub fn session_screens_fit(scene: &mut Scene) -> Result<(), Failure> {
    let api = Api::start(routes())?;
    set_up(scene, api.origin())?;
    scene.open_studio(&[])?;
    in_both_themes(scene, &|look, window| {
        at_nobody(look, window)?;
        at_an_expired_one(look, window)?;
        window.click("link", LONG)?;
        at_the_refresh_flow(look, window)?;
        at_the_accounts(look, window)?;
        at_runs(look, window)?;
        window.click("link", "Connectors")
    })
}

fn routes() -> Vec<Route> {
    let answer = |expires_in: i64| {
        json!({ "session": { "credentials": { "access_token": "a-token", "renewal_token": "another" } },
                "expires_in": expires_in, "person": { "name": LONG_PERSON } })
    };
    let refused = Answer {
        status: Some(400),
        ..Answer::json(json!({ "error": "invalid_grant", "error_description":
            "The administrator of your organisation has ended all sessions of the northern region." }))
    };
    vec![
        route("POST", "/sessions", [answer(3600)]),
        route("POST", "/ended", [answer(-600)]),
        Route::new("/sessions/default/renewal", Answer::json(answer(3600))),
        Route::new("/sessions/Work/renewal", Answer::status(503)),
        Route::new("/sessions/*", refused),
        route("GET", "/people/me", [json!({ "name": LONG_PERSON })]),
    ]
}

/// Connectors and accounts, as the command line leaves them.
fn set_up(scene: &Scene, origin: &str) -> Result<(), Failure> {
    for (name, file) in [
        (LONG, long(origin)),
        (EMPTY, plain(origin, EMPTY, "/sessions")),
        (ENDED, plain(origin, ENDED, "/ended")),
    ] {
        let path = scene
            .desktop()
            .path(&format!("{}.connector.json", name.len()));
        fs::write(&path, file.to_string())?;
        scene.latchwork(&["import", &path.display().to_string()])?;
    }
    scene.latchwork(&["login", ENDED])?;
    scene.latchwork(&["login", LONG])?;
    for account in ["Work", LONG_ACCOUNT, "Personal"] {
        scene.latchwork(&["login", LONG, "--account", account])?;
    }
    scene.latchwork(&["logout", LONG, "--account", "Personal"])?;
    scene.latchwork(&["refresh", LONG])?;
    // The one fails for now, the other for good.
    for account in ["Work", LONG_ACCOUNT] {
        if scene
            .latchwork(&["refresh", LONG, "--account", account])
            .is_ok()
        {
            return Err(Failure::program("latchwork refresh", "it worked"));
        }
    }
    Ok(())
}

/// A sign-in of one request, by itself.
fn plain(origin: &str, name: &str, path: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": name, "kind": "rest", "base_url": origin,
        "auth": {
            "method": "multistep",
            "steps": [{ "id": "login", "type": "api_request",
                "request": { "method": "POST", "url": path },
                "outputs": [{ "name": "expires_in", "value": "{{ body.expires_in }}" }] }],
        },
    })
}

/// The same with all that a refresh flow has.
fn long(origin: &str) -> Value {
    let mut file = plain(origin, LONG, "/sessions");
    let token = "body.session.credentials.access_token";
    file["account_name"] = json!("{{ login.body.person.name }}");
    let auth = &mut file["auth"];
    auth["steps"][0]["label"] = json!(LONG_TITLE);
    auth["refresh"] = json!({
        "mode": "steps",
        "steps": [{ "id": "renew", "type": "api_request", "label": LONG_TITLE,
            "request": { "method": "POST", "url": "/sessions/{{ account.name }}/renewal" } }],
        "updates": [
            { "target": format!("login.{token}"), "value": format!("{{{{ renew.{token} }}}}") },
            { "target": "login.body.session.credentials.renewal_token",
              "value": "{{ renew.body.session.credentials.renewal_token }}" },
            { "target": "login.expires_in", "value": "{{ renew.body.expires_in }}" },
        ],
        "on": { "statuses": [401, 403, 419, "5xx"], "before_expiry_seconds": 60,
                "when": "{{ status == 200 and body.error.code in ['session_expired', 'session_revoked'] }}" },
    });
    auth["request_parameters"] = json!([{
        "location": "header", "name": "Authorization", "value": format!("Bearer {{{{ login.{token} }}}}"),
    }]);
    file["test"] = json!({ "request": { "method": "GET", "url": "/people/me" } });
    file
}

fn at_nobody(look: &Look<'_>, window: &Window) -> Result<(), Failure> {
    window.click("link", EMPTY)?;
    studio::open_part(window, "Accounts")?;
    window.wait_for_text("Nobody is signed in")?;
    window.wait_for_text("No session was renewed yet.")?;
    window.expect_in_sight("button", "Sign in")?;
    window.expect_in_sight("button", "Add account")?;
    look.judge("accounts-empty")?;
    window.click("button", "Add account")?;
    let dialog = window.find("dialog", "Add account")?;
    window.expect_in_sight("button", "Add")?;
    look.judge("add-account")?;
    window.click_in(&dialog, "button", "Cancel")?;
    window.click("link", "Connectors")
}

fn at_an_expired_one(look: &Look<'_>, window: &Window) -> Result<(), Failure> {
    window.click("link", ENDED)?;
    studio::open_part(window, "Accounts")?;
    studio::account_is(window, "Default", "Expired", "expired 10 min ago")?;
    window.expect_in_sight("button", "Reconnect")?;
    look.judge("accounts-expired")?;
    window.click("link", "Connectors")
}

fn at_the_refresh_flow(look: &Look<'_>, window: &Window) -> Result<(), Failure> {
    studio::open_part(window, "Refresh settings")?;
    window.find("heading", "Updates")?;
    window.expect_in_sight("button", "Test refresh flow")?;
    window.expect_in_sight("button", "Simulate 401")?;
    look.judge("refresh-settings")?;
    bring_to_sight(window, "When it runs")?;
    look.judge("refresh-triggers")?;
    window.click_in(&studio::refresh_flow(window)?, "button", "Add step")?;
    window.find("menu", "Add step")?;
    look.judge("kinds-of-refresh-step")?;
    window.press(keys::ESCAPE)?;
    window.click_marked("step-renew")?;
    window.find("heading", LONG_TITLE)?;
    look.judge("refresh-step")
}

fn at_the_accounts(look: &Look<'_>, window: &Window) -> Result<(), Failure> {
    studio::open_part(window, "Accounts")?;
    studio::account_is(window, "Default", "Signed in", LONG_PERSON)?;
    studio::account_is(window, "Work", "Signed in", LONG_PERSON)?;
    // Who it was is forgotten with its sign-in, down to the initials.
    studio::account_is(window, "Personal", "Not signed in", "P\nPersonal")?;
    studio::account_is(window, LONG_ACCOUNT, "Needs you", "answered 400")?;
    look.judge("accounts")?;
    bring_to_sight(window, "Session activity")?;
    window.wait_for_text("Failed, will be tried again")?;
    look.judge("session-activity")?;
    window.click("button", &format!("More for {LONG_ACCOUNT}"))?;
    look.judge("account-menu")?;
    window.click_beginning("menuitem", "Clear cached auth…")?;
    let question = format!("Clear the cached auth of “{LONG_ACCOUNT}”?");
    let question = window.find("alertdialog", &question)?;
    look.judge("account-clear")?;
    window.click_in(&question, "button", "Cancel")?;
    window.click("button", &format!("More for {LONG_ACCOUNT}"))?;
    window.click_beginning("menuitem", "Rename…")?;
    let dialog = window.find("dialog", &format!("Rename “{LONG_ACCOUNT}”"))?;
    look.judge("account-rename")?;
    window.click_in(&dialog, "button", "Cancel")
}

/// A renewal that worked, one that a 401 set off, and one that was refused.
fn at_runs(look: &Look<'_>, window: &Window) -> Result<(), Failure> {
    window.click("button", "Test refresh flow")?;
    studio::run_works_unasked(window)?;
    look.judge("refresh-tested")?;
    window.click("button", "Simulate 401")?;
    window.wait_for_text_in("run-test-request", "sent again")?;
    studio::run_works_unasked(window)?;
    look.judge("refresh-simulated")?;
    use_account(window, LONG_ACCOUNT, "Needs you")?;
    look.judge("account-in-use-needs-you")?;
    window.click("button", "Test refresh flow")?;
    window.wait_for_text_in("run-state", "Failed")?;
    look.judge("refresh-refused")?;
    use_account(window, "Default", "Signed in")
}

fn use_account(window: &Window, name: &str, state: &str) -> Result<(), Failure> {
    studio::open_part(window, "Accounts")?;
    let card = studio::account(window, &format!("{name}: {state}"))?;
    window.click_in(&card, "button", "Use this account")?;
    studio::account_is(window, name, state, "in use")
}

/// Scrolls to a part of what is open, as one does with the wheel.
fn bring_to_sight(window: &Window, region: &str) -> Result<(), Failure> {
    let part = window.find("region", region)?;
    let script = "arguments[0].scrollIntoView({ block: 'start' })";
    window
        .session()
        .run_script(script, &[part.argument()])
        .map(drop)
}
