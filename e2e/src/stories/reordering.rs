//! Steps put into another order by dragging: with the mouse, and with the keyboard.

use crate::dragging::Drop;
use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio::{self, order_is};
use crate::window::Window;

const CSRF: &str = "Harbour: CSRF login";

/// S9: a card is dragged up and down with the mouse, through the system's own drag and drop; undo takes it back.
pub fn steps_are_dragged_with_the_mouse(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, CSRF)?;
    order_is(window, &["signin", "page", "login"])?;
    scene.drag("step-page", "step-signin", Drop::Before)?;
    order_is(window, &["page", "signin", "login"])?;
    scene.click_with_the_mouse("button", "Undo")?;
    order_is(window, &["signin", "page", "login"])?;
    scene.drag("step-signin", "step-page", Drop::Behind)?;
    order_is(window, &["page", "signin", "login"])?;
    window.wait_for_text_in("draft-state", "Draft saved")
}

/// S9: the handle is reached, lifted, moved and let go by keys alone; Escape leaves all as it was.
pub fn steps_are_dragged_with_the_keyboard(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, CSRF)?;
    order_is(window, &["signin", "page", "login"])?;
    lift(window)?;
    window.press_until_focused(keys::UP, "Insert before Ask for e-mail and password")?;
    window.press(keys::ESCAPE)?;
    order_is(window, &["signin", "page", "login"])?;
    let begun = window.shows("option", "Insert before Ask for e-mail and password")?;
    expect_equal("the drag's going on after Escape", &begun, &false)?;

    lift(window)?;
    window.press_until_focused(keys::UP, "Insert before Ask for e-mail and password")?;
    window.press(keys::ENTER)?;
    order_is(window, &["page", "signin", "login"])
}

/// Takes the card “Fetch the login page” by its handle.
fn lift(window: &Window) -> Result<(), Failure> {
    window.click_marked("step-page")?;
    window.press_until_focused(keys::RIGHT, "Move Fetch the login page")?;
    window.press(keys::ENTER)
}
