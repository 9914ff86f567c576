//! A refresh flow as a builder makes one by hand, tries it, and sees a 401 answered by it.

use latchwork_testkit::SeenRequest;
use serde_json::{Value, json};

use crate::api::{Api, route};
use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

/// R1 to R5 and T5: steps of its own by hand and by paste, updates by picker and by completion, stored credentials;
/// saved, tested, and set off by a 401. The API gets exactly what the window says.
pub fn is_designed_tested_and_simulated(scene: &mut Scene) -> Result<(), Failure> {
    let api = Api::start(vec![
        route("POST", "/session", [session(1)]),
        route("POST", "/session/renew", [session(2), session(3)]),
        route("GET", "/me", [json!({ "name": "Ada Example" })]),
    ])?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", api.origin())?;
    build_sign_in(window)?;
    studio::test_auth_steps(window)?;

    window.click("button", "Set up a refresh flow")?;
    window.find("heading", "Refresh flow")?;
    window.switch("Use stored credentials", true)?;
    build_renewal(window)?;
    pastes_are_sorted(window, api.origin())?;
    updates_are_chosen(window)?;
    scene.keep_look("refresh-flow-built")?;
    window.click("button", "Save")?;
    window.wait_for_text_in("draft-state", "Saved")?;

    // Z32: what was signed in to before was another auth block.
    studio::test_auth_steps(window)?;
    window.click("button", "Test refresh flow")?;
    window.find_marked("run-refresh")?;
    studio::run_works_unasked(window)?;
    is_tested(window, &api)?;
    scene.keep_look("refresh-flow-tested")?;
    window.click("button", "Simulate 401")?;
    window.find_marked("run-call-refused")?;
    studio::run_works_unasked(window)?;
    is_simulated(window, &api)?;
    scene.keep_look("refresh-flow-simulated")
}

/// What the API answers to a sign-in and to each renewal.
fn session(number: u32) -> Value {
    json!({
        "token": format!("token-{number}"),
        "renewal_token": format!("renewal-{number}"),
        "expires_in": 900,
    })
}

fn build_sign_in(window: &Window) -> Result<(), Failure> {
    studio::add_step(window, "Form")?;
    window.find_marked("step-signin")?;
    studio::add_step(window, "API request")?;
    window.find_marked("step-login")?;
    studio::exchange_answers_for_token(window)
}

fn build_renewal(window: &Window) -> Result<(), Failure> {
    studio::add_refresh_step(window, "API request")?;
    window.find_marked("step-renew")?;
    window.fill("textbox", "Label", "Renew the token")?;
    window.fill("textbox", "URL", "/session/renew")?;
    window.choose("Body type", "JSON")?;
    window.fill(
        "textbox",
        "JSON body",
        r#"{ "renewal_token": "{{ login.body.renewal_token }}" }"#,
    )
}

/// R2: a form is refused with the reason; a cURL command is a request, and taken.
fn pastes_are_sorted(window: &Window, origin: &str) -> Result<(), Failure> {
    studio::from_step_menu(window, "Sign in", "Copy")?;
    window.click_in(&studio::refresh_flow(window)?, "button", "Paste step")?;
    window.wait_for_text("No step was pasted")?;
    window.wait_for_text("A refresh flow takes API requests")?;
    studio::refresh_order_is(window, &["renew"])?;

    window.click_marked("step-renew")?;
    let curl = format!("curl -X DELETE {origin}/session/old -H 'x-reason: renewed'");
    window.fill("textbox", "Label", &curl)?;
    window.session().press(&[keys::CONTROL, "a"])?;
    window.session().press(&[keys::CONTROL, "c"])?;
    window.fill("textbox", "Label", "Renew the token")?;
    window.click_in(&studio::refresh_flow(window)?, "button", "Paste step")?;
    window.wait_for_text("was pasted from a cURL command.")?;
    window.wait_for_part("textbox", "URL", "/session/old")?;
    window.click("button", "Undo")?;
    studio::refresh_order_is(window, &["renew"])
}

/// R3: one update by picker and completion, one typed.
fn updates_are_chosen(window: &Window) -> Result<(), Failure> {
    studio::open_part(window, "Refresh settings")?;
    window.click("button", "Add update")?;
    window.click_beginning("button", "Choices for Target of update 1")?;
    window.click("option", "login.body.token")?;
    window.fill("textbox", "Value of update 1", "{{ renew.b")?;
    studio::take_offered(window, "renew.body")?;
    window.wait_for_part("textbox", "Value of update 1", "renew.body")?;
    // A run of the refresh flow has not been yet: what is inside the answer the builder knows.
    for _ in 0..3 {
        window.press(keys::LEFT)?;
    }
    window.type_on(".token")?;
    window.wait_for_part("textbox", "Value of update 1", "renew.body.token")?;
    window.click("button", "Add update")?;
    window.fill("combobox", "Target of update 2", "login.body.renewal_token")?;
    window.leave_field()?;
    window.fill(
        "textbox",
        "Value of update 2",
        "{{ renew.body.renewal_token }}",
    )?;
    window.wait_for_text("2 updates")?;
    window.wait_until_unmarked("diagnostics")
}

/// Why it ran, its step, what took new values, and the test request with them.
fn is_tested(window: &Window, api: &Api) -> Result<(), Failure> {
    window.wait_for_text_in("run-refresh", "Because it was asked for.")?;
    for output in ["login.body.token", "login.body.renewal_token"] {
        window.wait_for_text_in("run-refresh", output)?;
    }
    window.wait_for_text_in("run-step-renew", "200")?;
    window.wait_for_text_in("run-test-request", "200")?;
    renewed_with(api, &["renewal-1"])?;
    asked_with(api, &["Bearer token-1", "Bearer token-1", "Bearer token-2"])
}

/// The refused call, which was not sent; the refresh; the call again, with what came.
fn is_simulated(window: &Window, api: &Api) -> Result<(), Failure> {
    window.wait_for_text_in("run-call-refused", "simulated")?;
    window.wait_for_text_in("run-call-refused", "401")?;
    window.wait_for_text_in("run-refresh", "Because the API refused the session.")?;
    window.wait_for_text_in("run-step-renew", "200")?;
    window.wait_for_text_in("run-test-request", "Test request, sent again")?;
    window.wait_for_text_in("run-test-request", "200")?;
    renewed_with(api, &["renewal-1", "renewal-2"])?;
    asked_with(
        api,
        &[
            "Bearer token-1",
            "Bearer token-1",
            "Bearer token-2",
            "Bearer token-3",
        ],
    )
}

fn renewed_with(api: &Api, tokens: &[&str]) -> Result<(), Failure> {
    let seen: Vec<String> = api
        .requests_at("/session/renew")
        .iter()
        .map(SeenRequest::text)
        .collect();
    let sent: Vec<String> = tokens
        .iter()
        .map(|token| json!({ "renewal_token": token }).to_string())
        .collect();
    expect_equal("the renewals that the API got", &seen, &sent)?;
    expect_equal(
        "the sign-ins that the API got",
        &api.requests_at("/session").len(),
        &2,
    )
}

fn asked_with(api: &Api, headers: &[&str]) -> Result<(), Failure> {
    let seen = api.authorizations_at("/me");
    let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
    expect_equal("the calls of /me", &seen.as_slice(), &headers)
}
