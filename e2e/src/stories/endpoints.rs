//! Endpoints run from the window: with their inputs, in both kinds of API, and with the sign-in that is kept.

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::waiting::until;
use crate::window::Window;

const FORM: &str = "Harbour: sign in with a form";
const GRAPHQL: &str = "Harbour: GraphQL";

/// C3: a builder gives an endpoint an input; it is asked for, checked, sent, and the answer shown.
pub fn rest_endpoint_runs_with_an_input(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    window.click("button", "Endpoints")?;
    window.click("button", "Add endpoint")?;
    window.fill("textbox", "Name", "One contact")?;
    window.fill("textbox", "URL", "/contacts/{{ input.number }}")?;
    // What is said of it moves all that is below.
    window.wait_for_text("input has no number")?;
    window.click_beginning("tab", "Inputs")?;
    window.click("button", "Add input")?;
    window.fill("textbox", "Name of input 1", "number")?;
    window.choose("Type of number", "Number")?;

    studio::run_endpoint(window, &[("number", "three")])?;
    let asked = window.find_marked("inputs-modal")?;
    window.wait_for_text_in("inputs-modal", "This is not a number.")?;
    window.fill_in(&asked, "textbox", "number", "1003")?;
    window.click_in(&asked, "button", "Run")?;
    studio::answer_form(window, &[("Password", studio::PASSWORD)])?;
    studio::run_works(window)?;
    window.wait_for_text_in("answer-body.name", "Carla Capstan")?;
    window.wait_for_text_in("answer-body.id", "1003")
}

/// C3: what is typed into an input arrives as it was typed, whatever JSON would make of it.
pub fn rest_endpoint_sends_what_was_typed(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    studio::open_endpoint(window, "add_contact")?;
    let name = r#"Zoë "Zip" {{ login.body.token }} \ O'Hara"#;
    studio::run_endpoint(window, &[("name", name), ("email", "zoe@acme.example")])?;
    studio::answer_form(window, &[("Password", studio::PASSWORD)])?;
    studio::run_works(window)?;
    answer_says(window, "201")?;
    window.click_beginning("tab", "Raw")?;
    // As JSON writes it: the quotes and the backslash escaped, the braces as they were.
    window.wait_for_text(r#"Zoë \"Zip\" {{ login.body.token }} \\ O'Hara"#)
}

/// C3: a GraphQL endpoint sends its query with the inputs as variables; an error in the answer is seen.
pub fn graphql_endpoint_runs_with_variables(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, GRAPHQL)?;
    studio::open_endpoint(window, "list_contacts")?;
    studio::run_endpoint(window, &[("query", "bram")])?;
    studio::answer_form(window, &[("Password", studio::PASSWORD)])?;
    studio::run_works(window)?;
    answer_says(window, "200")?;
    window.wait_for_text_in("answer-body.data.contacts.total", "1")?;
    window.click_marked("answer-body.data.contacts.contacts")?;
    window.wait_for_text_in("answer-body.data.contacts.contacts[0].name", "Bram Bowline")?;

    // The query itself is edited and sent as it stands.
    window.click_beginning("tab", "Body")?;
    window.fill(
        "textbox",
        "Query",
        "query Contacts($query: String!) { contacts(query: $query) { nothing } }",
    )?;
    studio::run_endpoint(window, &[("query", "bram")])?;
    studio::run_fails(window)?;
    window.wait_for_text("Unknown field")
}

/// K2: the sign-in serves the next use; cleared, the next use asks again.
pub fn cleared_auth_is_asked_for_again(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    studio::open_endpoint(window, "list_contacts")?;
    studio::run_endpoint(window, &[("query", "ada")])?;
    studio::answer_form(window, &[("Password", studio::PASSWORD)])?;
    studio::run_works(window)?;
    window.wait_for_text("Ada Anchor")?;
    window.click_beginning("button", "Accounts: demo@latchwork.example")?;
    studio::account_is(window, "Default", "Signed in", studio::EMAIL)?;
    studio::open_endpoint(window, "list_contacts")?;

    studio::run_endpoint(window, &[("query", "bram")])?;
    studio::run_works_unasked(window)?;
    window.wait_for_text("Bram Bowline")?;

    window.click("button", "More for this connector")?;
    window.click_beginning("menuitem", "Clear cached auth…")?;
    let question = window.find("alertdialog", "Clear cached auth?")?;
    window.click_in(&question, "button", "Clear cached auth")?;
    window.wait_for_text("The cached auth was cleared")?;
    until("the sign-in to be gone", || {
        let shown = window.all_text()?.contains(studio::EMAIL);
        expect_equal("the header's saying who is signed in", &shown, &false)
    })?;

    studio::run_endpoint(window, &[("query", "carla")])?;
    // The password was forgotten with the rest: without it nothing goes on.
    let form = window.find_marked("form-modal")?;
    window.click_in(&form, "button", "Continue")?;
    window.wait_for_text_in("form-modal", "This field is needed.")?;
    studio::answer_form(window, &[("Password", studio::PASSWORD)])?;
    studio::run_works(window)?;
    window.wait_for_text("Carla Capstan")
}

fn answer_says(window: &Window, status: &str) -> Result<(), Failure> {
    until(&format!("the status {status}"), || {
        let answer = window.look_for("region", "Answer", None)?;
        let text = window.session().property(&answer, "innerText")?;
        let says = text.as_str().unwrap_or_default().contains(status);
        expect_equal("the answer's saying its status", &says, &true)
    })
}
