//! A run that takes long, and the person who does not want to wait for it.

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::silence::SilentServer;
use crate::studio;

const FORM: &str = "Harbour: sign in with a form";

/// T2: a run is cancelled while a step waits for its answer: said at once, the connection given up, and another run
/// can begin.
pub fn a_slow_step_is_cancelled(scene: &mut Scene) -> Result<(), Failure> {
    let server = SilentServer::start()?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Slow API", server.address())?;
    studio::add_step(window, "API request")?;
    window.find_marked("step-login")?;
    window.fill("textbox", "URL", "/slow")?;

    for _ in 0..2 {
        window.click("button", "Test auth steps")?;
        let request = server.request()?;
        expect_equal(
            "the request",
            &request.line.as_str(),
            &"POST /slow HTTP/1.1",
        )?;
        window.wait_for_text_in("run-state", "Running")?;
        window.wait_for_text_in("run-step-login", "running")?;
        window.click("button", "Cancel run")?;
        window.wait_for_text_in("run-state", "Cancelled")?;
        window.wait_for_text_in("run-step-login", "stopped")?;
        request.wait_until_dropped()?;
    }
    Ok(())
}

/// T2: one step is run again with what the others left, its request copied as a command, and the flow run from it on.
pub fn a_step_is_run_again(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    studio::test_auth_steps(window)?;

    let card = window.find_marked("run-step-login")?;
    window.click_in(&card, "button", "Run this step")?;
    window.wait_for_text_in("run-kept", "Ask for e-mail and password")?;
    studio::run_works_unasked(window)?;
    window.wait_until_unmarked("run-test-request")?;

    let card = window.find_marked("run-step-login")?;
    window.click_in(&card, "tab", "Request")?;
    window.click_in(&card, "button", "Copy as cURL")?;
    window.wait_for_text("The cURL command was copied.")?;
    window.click_in(&card, "tab", "Timing")?;
    window.wait_for_text_in("run-step-login", "until the first byte")?;
    scene.keep_look("run-again")?;

    studio::from_step_menu(window, "Exchange them for a token", "Run from here")?;
    window.find_marked("run-test-request")?;
    studio::run_works_unasked(window)
}
