//! Sessions that stay alive: renewed when the API says that they are over, and as others change them meanwhile.

use latchwork_testkit::oidc::OidcOptions;

use super::sign_in;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

const FORM: &str = "Harbour: sign in with a form";

/// R1: the provider ended the session; an endpoint's run shows the refusal and the renewal, its answer is the one
/// after it, and the provider counts one token request. Session activity tells it.
pub fn one_that_ended_is_renewed(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    build(window, &issuer)?;
    window.click("button", "Test auth steps")?;
    sign_in::sign_in(scene, &issuer)?;
    studio::run_works(window)?;

    scene.identity()?.expire_access_tokens();
    run_list_contacts(window)?;
    studio::run_works_unasked(window)?;
    answer_is(window, "200")?;
    window.wait_for_text_in("run-call-refused", "401")?;
    window.wait_for_text_in("run-refresh", "Because the API refused the session.")?;
    window.wait_for_text_in("run-refresh", sign_in::STEP)?;
    window.wait_for_text_in("run-endpoint", "List contacts, sent again")?;
    scene.keep_look("session-renewed")?;
    let counts = scene.identity()?.counts();
    expect_equal(
        "the token requests of the renewal",
        &counts.token_requests("refresh_token"),
        &1,
    )?;
    expect_equal("the calls that were refused", &counts.api_refusals, &1)?;

    studio::open_part(window, "Accounts")?;
    window.wait_for_text_in("activity", "Renewed")?;
    window.wait_for_text_in("activity", "Because the API refused the session.")?;
    window.wait_for_text_in("activity", sign_in::STEP)
}

/// K3: what the command line does with the same data is seen in the window without a click: a sign-in, another
/// account's, a renewal, a sign-out.
pub fn changes_from_elsewhere_are_seen(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, FORM)?;
    studio::open_part(window, "Accounts")?;
    window.wait_for_text("Nobody is signed in")?;
    window.wait_for_text("No session was renewed yet.")?;

    let email = format!("signin.email={}", studio::EMAIL);
    let password = format!("signin.password={}", studio::PASSWORD);
    let login = ["login", FORM, "--input", &email, "--input", &password];
    scene.latchwork(&login)?;
    studio::account_is(window, "Default", "Signed in", studio::EMAIL)?;
    scene.latchwork(&[&login[..], &["--account", "Work"]].concat())?;
    studio::account_is(window, "Work", "Signed in", studio::EMAIL)?;

    scene.latchwork(&["refresh", FORM])?;
    window.wait_for_text_in("activity", "Renewed")?;
    window.wait_for_text_in("activity", "Because it was asked for.")?;
    window.wait_for_text_in("activity", "login.body.token")?;
    studio::account_is(window, "Default", "Signed in", "expires in 14 min")?;
    // Another account's renewal stands above it.
    scene.latchwork(&["refresh", FORM, "--account", "Work"])?;
    window.wait_for_text_in("activity", "Work")?;
    scene.keep_look("session-changed-elsewhere")?;

    scene.latchwork(&["logout", FORM])?;
    studio::account_is(window, "Default", "Not signed in", "Not signed in")?;
    studio::account_is(window, "Work", "Signed in", studio::EMAIL)
}

/// A connector for the certified provider, with a token that renews itself and an endpoint that wants it.
pub fn build(window: &Window, issuer: &str) -> Result<(), Failure> {
    studio::add_connector(window, "Harbour", issuer)?;
    sign_in::build(window, "OAuth 2.0 PKCE", issuer)?;
    sign_in::use_token(window)?;
    window.click("button", "Endpoints")?;
    window.click("button", "Add endpoint")?;
    window.fill("textbox", "Name", "List contacts")?;
    window.fill("textbox", "Id", "list_contacts")?;
    window.fill("textbox", "URL", "/api/contacts")?;
    window.click("button", "Save")?;
    window.wait_for_text_in("draft-state", "Saved")
}

/// Runs the endpoint, which wants no inputs.
pub fn run_list_contacts(window: &Window) -> Result<(), Failure> {
    studio::open_endpoint(window, "list_contacts")?;
    window.click("button", "Run")
}

/// The endpoint's answer has this status.
pub fn answer_is(window: &Window, status: &str) -> Result<(), Failure> {
    window.wait_for_text_of("region", "Answer", status)
}
