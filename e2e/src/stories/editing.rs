//! Editing a flow as a builder does: copying, pasting, moving, undoing, and using what a run left.

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::waiting::until;
use crate::window::Window;

const LOGIN: &str = "Exchange them for a token";

/// S9 and T6: copy, paste, undo, redo and move; a step that stands before what it uses is told at once.
pub fn steps_are_copied_pasted_moved_and_undone(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    window.click("link", "Harbour: sign in with a form")?;
    order_is(window, &["step-signin", "step-login"])?;

    from_menu(window, "Copy")?;
    window.click("button", "Paste step")?;
    window.find_marked("step-login_2")?;
    window.click("button", "Undo")?;
    order_is(window, &["step-signin", "step-login"])?;
    window.click("button", "Redo")?;
    window.find_marked("step-login_2")?;
    window.click("button", "Undo")?;
    order_is(window, &["step-signin", "step-login"])?;

    from_menu(window, "Move up")?;
    order_is(window, &["step-login", "step-signin"])?;
    window.wait_for_text_in("diagnostics", "error")?;
    window.click("button", "Undo")?;
    order_is(window, &["step-signin", "step-login"])
}

/// T3: a click on an output of the run puts it into the field that was being edited.
pub fn an_output_is_put_into_the_field(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    window.click("link", "Harbour: sign in with a form")?;
    window.find_marked("step-login")?;
    studio::test_auth_steps(window)?;
    window.click("button", "Request parameters")?;
    window.fill("textbox", "Value of parameter 1", "Token ")?;
    window.click_marked("output-login.body.token")?;
    until("the output in the field", || {
        let field = window.look_for("textbox", "Value of parameter 1", None)?;
        let text = window.session().property(&field, "innerText")?;
        let text = text.as_str().unwrap_or_default().to_owned();
        expect_equal(
            "the field's naming the output",
            &text.contains("login.body.token"),
            &true,
        )
    })
}

fn from_menu(window: &Window, entry: &str) -> Result<(), Failure> {
    window.click("button", &format!("More for {LOGIN}"))?;
    window.click_beginning("menuitem", entry)
}

/// Waits until the step cards stand in this order.
fn order_is(window: &Window, marks: &[&str]) -> Result<(), Failure> {
    until(&format!("the steps {marks:?}"), || {
        let script = "return [...document.querySelectorAll('[data-testid^=step-]')].map((card) => card.dataset.testid)";
        let found = window.session().run_script(script, &[])?;
        let found: Vec<&str> = found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|mark| mark.as_str())
            .collect();
        expect_equal("the order of the steps", &found.as_slice(), &marks)
    })
}
