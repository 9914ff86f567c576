//! What a builder does in the studio's window, as verbs that stories share.

use serde_json::json;

use crate::driver::{Element, keys};
use crate::failure::{Failure, expect_equal};
use crate::waiting::{until, until_some};
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

/// In the request step `login` that is being edited: sends what the form `signin` asks for, and goes on with the token
/// that comes back, in every request and in the test request.
pub fn exchange_answers_for_token(window: &Window) -> Result<(), Failure> {
    window.fill("textbox", "URL", "/session")?;
    window.choose("Body type", "JSON")?;
    window.fill(
        "textbox",
        "JSON body",
        r#"{ "email": "{{ signin.email }}", "password": "{{ signin.password }}" }"#,
    )?;

    window.click("button", "Request parameters")?;
    window.click("button", "Add parameter")?;
    window.fill(
        "textbox",
        "Value of parameter 1",
        "Bearer {{ login.body.token }}",
    )?;

    window.click("button", "Test request")?;
    if window.shows("button", "Add test request")? {
        window.click("button", "Add test request")?;
    }
    window.fill("textbox", "URL", "/me")
}

/// The part of the editor's left side that holds the refresh flow.
pub fn refresh_flow(window: &Window) -> Result<Element, Failure> {
    window.find("region", "Refresh flow")
}

/// Adds a step of a kind to the refresh flow.
pub fn add_refresh_step(window: &Window, kind: &str) -> Result<(), Failure> {
    window.click_in(&refresh_flow(window)?, "button", "Add step")?;
    window.click_beginning("menuitem", kind)
}

/// Opens a part of the connector from the editor's left side; one with something to fix says so in its name.
pub fn open_part(window: &Window, part: &str) -> Result<(), Failure> {
    let named = |name: &str| name == part || name.starts_with(&format!("{part}, "));
    until(&format!("the part “{part}” to be opened"), || {
        let button = window.look_for_first("button", part, None, &named)?;
        window.session().click(&button)
    })
}

/// Takes a name that completion offers in the field being edited.
pub fn take_offered(window: &Window, name: &str) -> Result<(), Failure> {
    until(&format!("{name} to be offered"), || {
        window.look_for_first("option", name, None, &|found| found.starts_with(name))
    })?;
    // What has only just come up takes no key yet.
    until(&format!("{name} to be taken"), || {
        match window.look_for_first("option", name, None, &|found| found.starts_with(name)) {
            Ok(_) => {
                window.press(keys::ENTER)?;
                Err(Failure::Expectation {
                    expected: "it to be taken".to_owned(),
                    found: "it is offered".to_owned(),
                })
            }
            Err(failure) if failure.is_passing() => Ok(()),
            Err(failure) => Err(failure),
        }
    })
}

/// The card of an account, by its name and state as people hear them: “Work: Signed in”.
pub fn account(window: &Window, name: &str) -> Result<Element, Failure> {
    window.find("article", name)
}

/// Waits until an account is in this state and its card says this.
pub fn account_is(window: &Window, name: &str, state: &str, says: &str) -> Result<(), Failure> {
    window.wait_for_text_of("article", &format!("{name}: {state}"), says)
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

/// Opens a sample connector of the practice provider.
pub fn open_sample(window: &Window, name: &str) -> Result<(), Failure> {
    window.click("link", name)?;
    window.find("button", "Test auth steps").map(drop)
}

/// Opens an endpoint of the connector that is open.
pub fn open_endpoint(window: &Window, id: &str) -> Result<(), Failure> {
    window.click("button", "Endpoints")?;
    window.click_marked(&format!("endpoint-{id}"))
}

/// Runs the endpoint that is open, with these inputs.
pub fn run_endpoint(window: &Window, inputs: &[(&str, &str)]) -> Result<(), Failure> {
    window.click("button", "Run")?;
    let asked = window.find_marked("inputs-modal")?;
    for (name, value) in inputs {
        window.fill_in(&asked, "textbox", name, value)?;
    }
    window.click_in(&asked, "button", "Run")
}

/// Chooses from the menu of a step's card.
pub fn from_step_menu(window: &Window, step: &str, entry: &str) -> Result<(), Failure> {
    window.click("button", &format!("More for {step}"))?;
    window.click_beginning("menuitem", entry)
}

/// Waits until the step cards of the auth flow stand in this order.
pub fn order_is(window: &Window, ids: &[&str]) -> Result<(), Failure> {
    order_in(window, "Auth flow", ids)
}

/// The same of the refresh flow.
pub fn refresh_order_is(window: &Window, ids: &[&str]) -> Result<(), Failure> {
    order_in(window, "Refresh flow", ids)
}

/// Waits until the auth flow begins with these steps: of a long one only what is in sight is in the page.
pub fn order_begins(window: &Window, ids: &[&str]) -> Result<(), Failure> {
    until(&format!("the auth flow to begin with {ids:?}"), || {
        let mut found = order_now(window, "Auth flow")?;
        found.truncate(ids.len());
        expect_equal("the order of the first steps", &found, &owned(ids))
    })
}

fn order_in(window: &Window, flow: &str, ids: &[&str]) -> Result<(), Failure> {
    until(&format!("the steps {ids:?} in the {flow}"), || {
        let found = order_now(window, flow)?;
        expect_equal("the order of the steps", &found, &owned(ids))
    })
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn order_now(window: &Window, flow: &str) -> Result<Vec<String>, Failure> {
    let script = "return [...document.querySelectorAll(`section[aria-label=\"${arguments[0]}\"] [data-testid^=step-]`)]\
                  .map((card) => card.dataset.testid.slice('step-'.length))";
    let found = window.session().run_script(script, &[json!(flow)])?;
    let found = found.as_array().into_iter().flatten();
    Ok(found
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect())
}

/// Chooses how the studio looks, and comes back to where one was.
pub fn choose_theme(window: &Window, theme: &str) -> Result<(), Failure> {
    window.click("link", "Settings")?;
    window.click_radio(theme)?;
    window.session().run_script("history.back()", &[]).map(drop)
}

/// Waits for the end of a run that needs no answer of a person; a form that comes up after all is told at once.
pub fn run_works_unasked(window: &Window) -> Result<(), Failure> {
    until_some("the run to end or to ask", || {
        if window.look_for_mark("form-modal").is_ok() {
            return Err(Failure::program("the studio", "it asked a form again"));
        }
        Ok(has_ended(&window.text_of_marked("run-state")?).then_some(()))
    })?;
    run_works(window)
}

/// Waits for a run to be told as one that failed.
pub fn run_fails(window: &Window) -> Result<(), Failure> {
    until("the run to fail", || {
        let shown = window.text_of_marked("run-state")?;
        expect_equal("the headline's saying so", &shown.contains("Failed"), &true)
    })
}

fn has_ended(state: &str) -> bool {
    ["It worked", "Failed", "Cancelled"]
        .iter()
        .any(|word| state.contains(word))
}

/// Waits for the end of a run, and fails at once where it ended otherwise than well.
pub fn run_works(window: &Window) -> Result<(), Failure> {
    let ended = until_some("the run to end", || {
        let shown = window.text_of_marked("run-state")?;
        Ok(has_ended(&shown).then_some(shown))
    })?;
    if ended.contains("It worked") {
        return Ok(());
    }
    Err(Failure::Expectation {
        expected: "a run that works".to_owned(),
        found: window.all_text()?,
    })
}
