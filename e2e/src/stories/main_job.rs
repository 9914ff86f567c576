//! The main job: a builder adds a connector, builds its sign-in, tests it, saves it, and uses it, in the window and
//! from the command line, on the same data.

use serde_json::Value;

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

/// C1, S1, S2, S9, S10, C4, T1, C5, C3, K1 and X4, as one person does them.
pub fn builds_tests_saves_restarts_and_calls(scene: &mut Scene) -> Result<(), Failure> {
    let address = scene.start_provider()?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &address)?;
    build_sign_in(window)?;
    test(window)?;
    window.click("button", "Save")?;
    window.wait_for_text_in("draft-state", "Saved")?;
    // C5: saving what was just tested leaves it tested.
    window.wait_for_text_in("test-state", "Tested")?;

    scene.crash_and_reopen()?;
    let window = scene.window()?;
    window.click("link", "Harbour")?;
    window.find_marked("step-login")?;
    window.click("button", "Endpoints")?;
    window.click_marked("endpoint-list_contacts")?;
    window.click("button", "Run")?;
    studio::run_works(window)?;
    window.wait_for_text("Ada Anchor")?;

    let printed = scene.latchwork(&["call", "Harbour", "list_contacts", "--json"])?;
    let called: Value = serde_json::from_str(&printed).unwrap_or_default();
    expect_equal(
        "the status of the same call",
        &called["status"],
        &Value::from(200),
    )?;
    expect_equal(
        "where its sign-in came from",
        &called["auth"],
        &Value::from("cached"),
    )
}

/// Form, then API request, then a request parameter, a test request and an endpoint.
fn build_sign_in(window: &Window) -> Result<(), Failure> {
    studio::add_step(window, "Form")?;
    window.find_marked("step-signin")?;
    window.fill("textbox", "Title", "Sign in to Harbour")?;

    studio::add_step(window, "API request")?;
    window.find("heading", "API request")?;
    window.fill("textbox", "Id", "login")?;
    window.fill("textbox", "Label", "Log in")?;
    window.find_marked("step-login")?;
    window.choose("Method", "POST")?;
    studio::exchange_answers_for_token(window)?;

    window.click("button", "Endpoints")?;
    window.click("button", "Add endpoint")?;
    window.fill("textbox", "Name", "List contacts")?;
    window.fill("textbox", "Id", "list_contacts")?;
    window.fill("textbox", "URL", "/contacts")?;
    window.wait_for_text_in("draft-state", "Draft saved")
}

/// Test auth steps: the modal, each step's answer, and no secret in sight.
fn test(window: &Window) -> Result<(), Failure> {
    studio::test_auth_steps(window)?;
    window.wait_for_text_in("run-step-login", "201")?;
    window.wait_for_text_in("run-test-request", "200")?;
    window.wait_for_text_in("output-login.body.token", "•")?;
    window.wait_for_text_in("test-state", "Tested")?;
    let page = window
        .session()
        .run_script("return document.documentElement.outerHTML", &[])?;
    let has_password = page
        .as_str()
        .unwrap_or_default()
        .contains("value=\"practice\"");
    expect_equal(
        "the password's being in the page after the run",
        &has_password,
        &false,
    )
}
