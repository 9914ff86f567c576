//! Editing a flow as a builder does: copying, pasting, moving, undoing, leaving out, deleting, renaming, and using
//! what a run left.

use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio::{self, from_step_menu, order_is};
use crate::window::Window;

const FORM: &str = "Harbour: sign in with a form";
const SIGN_IN: &str = "Ask for e-mail and password";
const LOGIN: &str = "Exchange them for a token";

/// S9 and T6: copy, paste, undo, redo and move; a step that stands before what it uses is told at once.
pub fn steps_are_copied_pasted_moved_and_undone(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    order_is(window, &["signin", "login"])?;

    from_step_menu(window, LOGIN, "Copy")?;
    window.click("button", "Paste step")?;
    window.find_marked("step-login_2")?;
    window.click("button", "Undo")?;
    order_is(window, &["signin", "login"])?;
    window.click("button", "Redo")?;
    window.find_marked("step-login_2")?;
    window.click("button", "Undo")?;
    order_is(window, &["signin", "login"])?;

    from_step_menu(window, LOGIN, "Move up")?;
    order_is(window, &["login", "signin"])?;
    window.wait_for_text_in("diagnostics", "error")?;
    window.click("button", "Undo")?;
    order_is(window, &["signin", "login"])
}

/// S9: a disabled step is left out of a run, and what then lacks its outputs is told; enabled, all is as before.
pub fn a_disabled_step_is_left_out(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    from_step_menu(window, LOGIN, "Duplicate")?;
    order_is(window, &["signin", "login", "login2"])?;
    // Nothing needs the copy: the run works without it.
    window.click("button", "More for this step")?;
    window.click_beginning("menuitem", "Disable")?;
    window.wait_for_text_in("step-login2", "off")?;
    window.wait_for_text("This step is disabled")?;
    studio::test_auth_steps(window)?;
    expect_equal(
        "the disabled step's having run",
        &window.look_for_mark("run-step-login2").is_ok(),
        &false,
    )?;

    // The request parameter needs this one: said before any run, and by the run.
    from_step_menu(window, LOGIN, "Disable")?;
    window.wait_for_text_in("step-login", "off")?;
    window.wait_for_text_in("diagnostics", "error")?;
    window.click("button", "Undo")?;
    window.click("button", "Enable")?;
    studio::test_auth_steps(window)?;
    window.wait_for_text_in("run-step-login2", "201")
}

/// S9: deleting a step shows first what would break; kept, all stays; deleted anyway, each place is told, and undo
/// brings it back. What nothing uses goes at once.
pub fn deleting_a_step_shows_what_breaks(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    let title = format!("Delete “{SIGN_IN}”?");
    from_step_menu(window, SIGN_IN, "Delete")?;
    let question = window.find("alertdialog", &title)?;
    window.wait_for_text("2 expressions use its outputs")?;
    window.wait_for_text("signin.email")?;
    window.wait_for_text("auth.steps[1].request.body.value.password")?;
    window.click_in(&question, "button", "Keep it")?;
    order_is(window, &["signin", "login"])?;

    from_step_menu(window, SIGN_IN, "Delete")?;
    let question = window.find("alertdialog", &title)?;
    window.click_in(&question, "button", "Delete anyway")?;
    order_is(window, &["login"])?;
    window.wait_for_text_in("diagnostics", "2 errors")?;
    window.wait_for_text_in("step-login", "2")?;
    window.click("button", "Undo")?;
    order_is(window, &["signin", "login"])?;
    window.wait_until_unmarked("diagnostics")?;

    from_step_menu(window, LOGIN, "Duplicate")?;
    order_is(window, &["signin", "login", "login2"])?;
    window.click("button", "More for this step")?;
    window.click_beginning("menuitem", "Delete")?;
    order_is(window, &["signin", "login"])?;
    expect_equal(
        "a question's being asked",
        &window
            .look_for_first("alertdialog", "Delete", None, &|_| true)
            .is_ok(),
        &false,
    )
}

/// S9 and X1: a step's new name is written wherever its outputs are used, so that the flow runs as before.
pub fn renaming_a_step_rewrites_references(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    window.click_marked("step-signin")?;
    rename(window, "person")?;
    window.find_marked("step-person")?;
    window.wait_for_text("2 references were rewritten")?;
    window.click_marked("step-login")?;
    window.wait_for_part("textbox", "JSON body", "person.email")?;
    window.wait_for_part("textbox", "JSON body", "person.password")?;

    // The request parameter and the refresh flow use this one.
    rename(window, "grant")?;
    window.find_marked("step-grant")?;
    window.click("button", "Request parameters")?;
    window.wait_for_part("textbox", "Value of parameter 1", "grant.body.token")?;
    studio::test_auth_steps(window)?;
    window.wait_for_text_in("run-step-grant", "201")?;

    // A name that is taken is refused, and the step keeps its own.
    window.click_marked("step-grant")?;
    window.fill("textbox", "Id", "person")?;
    window.wait_for_text("Another step is already called “person”.")?;
    window.leave_field()?;
    window.wait_for_field("textbox", "Id", "grant")?;
    order_is(window, &["person", "grant"])
}

fn rename(window: &Window, id: &str) -> Result<(), Failure> {
    window.fill("textbox", "Id", id)?;
    window.press(keys::ENTER)
}

/// T3: a click on an output of the run puts it into the field that was being edited.
pub fn an_output_is_put_into_the_field(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    studio::test_auth_steps(window)?;
    window.click("button", "Request parameters")?;
    window.fill("textbox", "Value of parameter 1", "Token ")?;
    window.click_marked("output-login.body.token")?;
    window.wait_for_part("textbox", "Value of parameter 1", "login.body.token")
}
