//! What a builder does in the studio's window, as verbs that stories share.

use crate::failure::Failure;
use crate::waiting::until_some;
use crate::window::Window;

/// What the practice provider takes.
pub const EMAIL: &str = "demo@latchwork.example";
/// The password that stands on the practice provider's front page.
pub const PASSWORD: &str = "practice";

/// Adds a connector from the list and opens it.
pub fn add_connector(window: &Window, name: &str, base_url: &str) -> Result<(), Failure> {
    window.click("button", "Add connector")?;
    let dialog = window.find("dialog", "Add connector")?;
    window.fill_in(&dialog, "textbox", "Name", name)?;
    window.fill_in(&dialog, "textbox", "Base URL", base_url)?;
    window.click_in(&dialog, "button", "Add")?;
    window.find("heading", "Auth flow").map(drop)
}

/// Adds a step of a kind, named as *Add step* names it.
pub fn add_step(window: &Window, kind: &str) -> Result<(), Failure> {
    window.click("button", "Add step")?;
    window.click_beginning("menuitem", kind)
}

/// Answers the form that a run asks for.
pub fn answer_form(window: &Window, answers: &[(&str, &str)]) -> Result<(), Failure> {
    let form = window.find_marked("form-modal")?;
    for (label, answer) in answers {
        window.fill_in(&form, "textbox", label, answer)?;
    }
    window.click_in(&form, "button", "Continue")
}

/// Tests the auth steps with the practice account, to the end.
pub fn test_auth_steps(window: &Window) -> Result<(), Failure> {
    window.click("button", "Test auth steps")?;
    answer_form(window, &[("E-mail", EMAIL), ("Password", PASSWORD)])?;
    run_works(window)
}

/// Waits for the end of a run, and fails at once where it ended otherwise than well.
pub fn run_works(window: &Window) -> Result<(), Failure> {
    let ended = until_some("the run to end", || {
        let shown = window.text_of_marked("run-state")?;
        let ended = ["It worked", "Failed", "Cancelled"]
            .iter()
            .any(|word| shown.contains(word));
        Ok(ended.then_some(shown))
    })?;
    if ended.contains("It worked") {
        return Ok(());
    }
    Err(Failure::Expectation {
        expected: "a run that works".to_owned(),
        found: window.all_text()?,
    })
}
