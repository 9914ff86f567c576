//! GraphQL in the window: the API's schema completes a query, its variables are sent, and errors in a 200 answer are
//! errors.

use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::waiting::until;
use crate::window::Window;

const GRAPHQL: &str = "Harbour: GraphQL";

/// C3: the schema is fetched before anybody has signed in, and is there again after a crash; a field is completed as it is
/// typed, and the query is run with its variables.
pub fn a_query_is_completed_by_the_schema(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, GRAPHQL)?;
    studio::open_endpoint(window, "list_contacts")?;
    window.wait_for_text_in("graphql-schema", "No schema yet")?;
    window.click("button", "Fetch schema")?;
    window.wait_for_text_in("graphql-schema", "fetched")?;

    window.fill(
        "textbox",
        "Query",
        "query Contacts($query: String!) { contacts(query: $query) { tot",
    )?;
    // Its name is that of the field and its type.
    window.click("option", "totalInt!")?;
    query_says(window, "{ total}")?;
    window.fill(
        "textbox",
        "Query",
        "query Contacts($query: String!) { contacts(query: $query) { nothing } }",
    )?;
    until("the finding to be listed by keys", || {
        window.session().press(&[keys::CONTROL, keys::SHIFT, "M"])?;
        let text = window.all_text()?;
        expect_equal(
            "the list of findings",
            &text.contains("Cannot query field \"nothing\""),
            &true,
        )
    })?;
    scene.keep_look("graphql-findings")?;
    window.expect_contrast("the findings of a query")?;
    window.fill(
        "textbox",
        "Query",
        "query Contacts($query: String!) { contacts(query: $query) { total } }",
    )?;
    window.fill(
        "textbox",
        "Variables",
        r#"{ "query": "{{ input.query }}" }"#,
    )?;
    studio::run_endpoint(window, &[("query", "bram")])?;
    studio::answer_form(window, &[("Password", studio::PASSWORD)])?;
    studio::run_works(window)?;
    window.wait_for_text_in("answer-body.data.contacts.total", "1")?;

    window.click_beginning("tab", "Body")?;
    window.click("button", "Types and fields")?;
    window.fill("textbox", "Search the schema", "addContact")?;
    window.wait_for_text("Adds a contact.")?;
    scene.keep_look("graphql-explorer")?;
    scene.crash_and_reopen()?;
    let window = scene.window()?;
    studio::open_sample(window, GRAPHQL)?;
    studio::open_endpoint(window, "list_contacts")?;
    window.wait_for_text_in("graphql-schema", "fetched")
}

/// C3: a login by a mutation that is answered with errors in a 200 fails with the API's words; so does a call.
pub fn errors_in_a_200_answer_are_errors(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, GRAPHQL)?;
    window.click("button", "Test auth steps")?;
    studio::answer_form(window, &[("E-mail", studio::EMAIL), ("Password", "wrong")])?;
    window.wait_for_text_in("run-step-login", "graphql.errors")?;
    window.wait_for_text_in(
        "run-step-login",
        "The e-mail address or the password is wrong",
    )?;
    scene.keep_look("graphql-login-refused")?;
    let window = scene.window()?;
    studio::test_auth_steps(window)?;

    studio::open_endpoint(window, "get_contact")?;
    window.fill(
        "textbox",
        "Query",
        "query Contact($id: Int!) { contact(id: $id) { nothing } }",
    )?;
    studio::run_endpoint(window, &[("id", "1001")])?;
    studio::run_fails(window)?;
    let answer = window.find("region", "Answer")?;
    until("the error to be told as one", || {
        let text = window.session().property(&answer, "innerText")?;
        let text = text.as_str().unwrap_or_default().to_owned();
        let told = text.contains("graphql.errors") && text.contains("Unknown field");
        expect_equal("the answer's telling its error", &told, &true)
    })?;
    scene.keep_look("graphql-error-in-a-200")?;
    let window = scene.window()?;
    studio::choose_theme(window, "Dark")?;
    studio::open_endpoint(window, "get_contact")?;
    window.click("button", "Fetch schema")?;
    window.wait_for_text_in("graphql-schema", "fetched")?;
    until("the field that does not exist to be underlined", || {
        let script = "return document.querySelector('.cm-lintRange-error')?.textContent ?? ''";
        let underlined = window.session().run_script(script, &[])?;
        expect_equal("what is underlined", &underlined.as_str(), &Some("nothing"))
    })?;
    window.expect_contrast("A GraphQL endpoint")?;
    window.expect_no_overflow("A GraphQL endpoint")?;
    scene.keep_look("graphql-dark-small")
}

fn query_says(window: &Window, text: &str) -> Result<(), Failure> {
    until(&format!("the query to hold “{text}”"), || {
        let query = window.look_for("textbox", "Query", None)?;
        let shown = window.session().property(&query, "innerText")?;
        let says = shown.as_str().unwrap_or_default().contains(text);
        expect_equal("the query's saying so", &says, &true)
    })
}
