//! Steps put into another order by dragging: with the mouse, and with the keyboard.

use serde_json::{Value, json};

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

/// F44: of 200 steps only those in sight are in the page; they are moved, taken back and edited as a few are.
pub fn a_flow_of_200_steps_is_edited(scene: &mut Scene) -> Result<(), Failure> {
    let steps: Vec<Value> = (0..200)
        .map(|number| {
            let request = json!({ "method": "GET", "url": format!("/{number}") });
            json!({ "id": format!("step_{number}"), "type": "api_request", "request": request })
        })
        .collect();
    let connector = json!({
        "format": "latchwork.connector/1", "name": "Long", "kind": "rest", "base_url": "http://127.0.0.1:9",
        "auth": { "method": "multistep", "steps": steps, "request_parameters": [] }
    });
    let file = scene.desktop().path("long.connector.json");
    std::fs::write(&file, connector.to_string())?;
    scene.latchwork(&["import", &file.display().to_string()])?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    window.click("link", "Long")?;
    window.click_marked("step-step_1")?;
    let in_page = "return document.querySelectorAll('[data-testid^=step-]').length < 60";
    let in_page = window.session().run_script(in_page, &[])?;
    expect_equal("only a part being in the page", &in_page, &json!(true))?;
    window.session().press(&[keys::ALT, keys::UP])?;
    studio::order_begins(window, &["step_1", "step_0", "step_2"])?;
    window.click("button", "Undo")?;
    studio::order_begins(window, &["step_0", "step_1", "step_2"])?;
    // The other end is one key away, and what is there is edited as anything else.
    window.click_marked("step-step_0")?;
    window.session().press(&[keys::END])?;
    window.press(keys::ENTER)?;
    window.click_marked("step-step_199")?;
    window.fill("textbox", "Label", "The last")?;
    window.press(keys::TAB)?;
    window.wait_for_text_in("step-step_199", "The last")?;
    window.wait_for_text_in("draft-state", "Draft saved")?;
    scene.keep_look("long-flow")
}
