//! Every auth method: chosen, filled in, saved, and there again; and a preset turned into what it is made of.

use latchwork_testkit::oidc::{OidcOptions, OidcProvider, client};

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

const NAME: &str = "Harbour";

/// C2: each method is chosen and filled in as a builder does it, saved, and comes back when the connector is opened
/// again; the last one in a studio that was started anew.
pub fn each_is_chosen_filled_in_saved_and_comes_back(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, NAME, "https://api.acme.example")?;

    window.choose("Auth method", "API key")?;
    window.choose("Where it goes", "Query")?;
    window.fill("textbox", "Value", "{{ vars.api_key }}")?;
    window.fill("textbox", "Name", "X-Acme-Key")?;
    save_and_reopen(window, "API key")?;
    window.wait_for_part("textbox", "Name", "X-Acme-Key")?;
    window.wait_for_part("textbox", "Value", "vars.api_key")?;
    window.wait_for_text("Requests carry it as the query parameter X-Acme-Key")?;

    window.choose("Auth method", "Bearer token")?;
    window.wait_for_text("“API key” was replaced. Undo brings it back.")?;
    window.click("button", "Use a secret variable")?;
    save_and_reopen(window, "Bearer token")?;
    window.wait_for_part("textbox", "Token", "vars.token")?;

    window.choose("Auth method", "Basic auth")?;
    window.switch("Ask the person for the username", false)?;
    window.fill("textbox", "Username", "ada")?;
    save_and_reopen(window, "Basic auth")?;
    window.wait_for_part("textbox", "Username", "ada")?;

    window.choose("Auth method", "OAuth 2.0")?;
    window.choose("Grant", "JWT bearer")?;
    window.click("button", "Use a secret variable")?;
    window.fill("textbox", "Claims", r#"{ "iss": "{{ vars.token }}" }"#)?;
    window.fill(
        "textbox",
        "Token URL",
        "https://accounts.acme.example/token",
    )?;
    // The list gives the focus back when it closes: what is typed right then could go elsewhere.
    window.choose("Algorithm", "ES256")?;
    save_and_reopen(window, "OAuth 2.0")?;
    window.wait_for_part("textbox", "Signing key", "vars.signing_key")?;
    window.wait_for_part("textbox", "Claims", "vars.token")?;
    window.wait_for_part(
        "textbox",
        "Token URL",
        "https://accounts.acme.example/token",
    )?;

    window.choose("Auth method", "AWS SigV4")?;
    window.fill("textbox", "Access key ID", "{{ vars.access_key_id }}")?;
    window.fill(
        "textbox",
        "Secret access key",
        "{{ vars.secret_access_key }}",
    )?;
    window.fill("textbox", "Region", "eu-north-2")?;
    window.click("button", "Choices for Service")?;
    window.click_beginning("menuitem", "execute-api")?;
    save_and_reopen(window, "AWS SigV4")?;
    scene.keep_look("methods-aws")?;
    window.wait_for_part("textbox", "Secret access key", "vars.secret_access_key")?;
    window.wait_for_part("textbox", "Region", "eu-north-2")?;
    window.wait_for_part("textbox", "Service", "execute-api")?;

    // Into multistep nothing need be given up; but it may be.
    window.choose("Auth method", "Multistep")?;
    let question = window.find("dialog", "Keep what “AWS SigV4” has?")?;
    window.click_in(&question, "button", "Turn into multistep")?;
    window.find("heading", "Signing")?;
    window.wait_for_part("textbox", "Region", "eu-north-2")?;
    window.choose("Signature", "OAuth 1.0a")?;
    window.choose("Signature method", "HMAC-SHA256")?;
    window.fill("textbox", "Consumer key", "abc")?;
    window.fill("textbox", "Token", "{{ vars.token }}")?;
    save(window)?;
    scene.crash_and_reopen()?;
    let window = scene.window()?;
    window.click("link", NAME)?;
    window.find("heading", "Auth flow")?;
    studio::open_part(window, "Signing")?;
    window.wait_for_part("textbox", "Consumer key", "abc")?;
    window.wait_for_part("textbox", "Token", "vars.token")?;
    scene.keep_look("methods-signing")?;

    studio::open_part(window, "Connector settings")?;
    window.choose("Auth method", "None")?;
    save_and_reopen(window, "None")?;
    window.wait_for_text("Requests are sent as they are written.")
}

/// C2: an OAuth preset runs; turned into multistep, it runs the same with what uses its token, and undo takes it back.
pub fn an_oauth_preset_turns_into_multistep_and_back(scene: &mut Scene) -> Result<(), Failure> {
    let provider = OidcProvider::start(&OidcOptions::default());
    let issuer = provider.issuer().to_owned();
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, NAME, &issuer)?;
    window.choose("Auth method", "OAuth 2.0")?;
    window.choose("Grant", "Client credentials")?;
    window.fill("textbox", "Issuer", &issuer)?;
    window.click("button", "Discover")?;
    window.click("button", "Fill in")?;
    window.wait_for_part("textbox", "Token URL", &format!("{issuer}/token"))?;
    window.fill("textbox", "Client ID", client::BASIC)?;
    window.click("button", "Use a secret variable")?;
    window.click("button", "Set client_secret")?;
    let value = window.find("dialog", "Value of “client_secret”")?;
    window.fill_in(&value, "textbox", "Value", client::SECRET)?;
    window.click_in(&value, "button", "Keep it")?;
    window.fill("textbox", "Add a scope", "contacts.read ")?;
    studio::open_part(window, "Test request")?;
    if window.shows("button", "Add test request")? {
        window.click("button", "Add test request")?;
    }
    // What names the preset's token is right before, and stays right.
    window.fill(
        "textbox",
        "URL",
        "/api/contacts?same={{ oauth.token_type }}",
    )?;
    works(window)?;

    studio::open_part(window, "OAuth 2.0")?;
    window.click("button", "Turn into multistep")?;
    studio::order_is(window, &["oauth"])?;
    window.wait_for_text("“OAuth 2.0” is multistep now: 1 step and 1 request parameter.")?;
    window.wait_for_part("textbox", "Client ID", client::BASIC)?;
    scene.keep_look("methods-turned")?;
    works(window)?;
    expect_equal(
        "the tokens that were asked for",
        &provider.counts().token_requests("client_credentials"),
        &2,
    )?;
    studio::open_part(window, "Request parameters")?;
    window.wait_for_part("textbox", "Value of parameter 1", "oauth.access_token")?;

    window.click("button", "Undo")?;
    window.find("heading", "OAuth 2.0")?;
    window.wait_for_part("textbox", "Client ID", client::BASIC)?;
    works(window)
}

/// Runs the auth steps and the test request, and nothing is wrong with the connector.
fn works(window: &Window) -> Result<(), Failure> {
    window.click("button", "Test auth steps")?;
    studio::run_works_unasked(window)?;
    window.wait_for_text_in("run-test-request", "200")?;
    let told = window.look_for_mark("diagnostics").is_ok();
    let words = if told {
        window.text_of_marked("diagnostics")?
    } else {
        String::new()
    };
    expect_equal("an error's being told", &words.contains("error"), &false)
}

fn save(window: &Window) -> Result<(), Failure> {
    window.click("button", "Save")?;
    window.wait_for_text_in("draft-state", "Saved")
}

/// Saves, goes back to the list, and opens the connector again: its method is what is shown.
fn save_and_reopen(window: &Window, method: &str) -> Result<(), Failure> {
    save(window)?;
    window.click("link", "Connectors")?;
    window.click("link", NAME)?;
    window.find("heading", method).map(drop)
}
