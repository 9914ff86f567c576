//! Basic auth as a step: asked for what is left out, shown masked, used by the test request.

use base64::Engine as _;

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

/// S7: the modal asks for what the step leaves out; the outputs sign the test request and are shown masked.
pub fn is_asked_for_masked_and_used(scene: &mut Scene) -> Result<(), Failure> {
    let address = scene.start_provider()?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &address)?;
    build(window)?;

    window.click("button", "Test auth steps")?;
    studio::answer_form(
        window,
        &[("Username", studio::EMAIL), ("Password", "wrong")],
    )?;
    window.wait_for_text_in("run-state", "Failed")?;
    window.wait_for_text_in("run-test-request", "401")?;

    window.click("button", "Test auth steps")?;
    studio::answer_form(
        window,
        &[("Username", studio::EMAIL), ("Password", studio::PASSWORD)],
    )?;
    studio::run_works(window)?;
    window.wait_for_text_in("run-test-request", "200")?;
    window.wait_for_text_in("output-basic.username", studio::EMAIL)?;
    window.wait_for_text_in("output-basic.token", "•••")?;
    window.wait_for_text_in("output-basic.header", "•••")?;
    no_secret_is_in(window)?;

    // What the step says by itself is not asked for.
    window.click_marked("step-basic")?;
    window.switch("Ask the person for the username", false)?;
    window.fill("textbox", "Username", studio::EMAIL)?;
    window.click("button", "Test auth steps")?;
    let form = window.find_marked("form-modal")?;
    expect_equal(
        "the modal's asking for the username",
        &window.look_for("textbox", "Username", Some(&form)).is_ok(),
        &false,
    )?;
    studio::answer_form(window, &[("Password", studio::PASSWORD)])?;
    studio::run_works(window)
}

/// The step, the header that it makes, and the request that proves it.
fn build(window: &Window) -> Result<(), Failure> {
    studio::add_step(window, "Basic auth")?;
    window.find_marked("step-basic")?;
    window.click("button", "Request parameters")?;
    window.click("button", "Add parameter")?;
    window.fill("textbox", "Value of parameter 1", "{{ basic.header }}")?;
    window.click("button", "Test request")?;
    if window.shows("button", "Add test request")? {
        window.click("button", "Add test request")?;
    }
    window.fill("textbox", "URL", "/basic/me")
}

/// Neither the password nor what is made of it is anywhere in the page, in sight or not.
fn no_secret_is_in(window: &Window) -> Result<(), Failure> {
    let page = window
        .session()
        .run_script("return document.documentElement.outerHTML", &[])?;
    let page = page.as_str().unwrap_or_default();
    let token = base64::engine::general_purpose::STANDARD.encode(format!(
        "{}:{}",
        studio::EMAIL,
        studio::PASSWORD
    ));
    for secret in [token.as_str(), "\"practice\""] {
        expect_equal(
            &format!("{secret}'s being in the page"),
            &page.contains(secret),
            &false,
        )?;
    }
    Ok(())
}
