//! OAuth as a builder does it: the step, the system's browser, a certified provider's pages, and back.

use latchwork_testkit::oidc::{OidcOptions, TokenFormat, client};

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

/// Who signs in at the provider.
const LOGIN: &str = "ada";
/// What the added step is called.
pub const STEP: &str = "grant";

/// S4 and T4: the browser comes back by loopback; the outputs are masked, used, and looked into.
pub fn comes_back_by_loopback(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions {
        token_format: TokenFormat::Jwt,
        ..OidcOptions::default()
    })?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &issuer)?;
    build(window, "OAuth 2.0 PKCE", &issuer)?;
    window.wait_for_text_in("redirect-address", "http://127.0.0.1/callback")?;
    use_token(window)?;
    window.click_marked(&format!("step-{STEP}"))?;
    scene.keep_look("oauth-editor")?;

    window.click("button", "Test auth steps")?;
    window.wait_for_text_in("waiting-browser", "Finish signing in at 127.0.0.1")?;
    scene.keep_look("oauth-waiting")?;
    sign_in(scene, &issuer)?;
    scene.browser()?.wait_for_text("Back to Latchwork")?;
    let callback = scene.browser()?.wait_for_address(&|_| true)?;
    studio::run_works(window)?;
    window.wait_for_text_in("run-test-request", "200")?;
    outputs_are_masked(window)?;

    window.click("button", &format!("Inspect {STEP}.access_token"))?;
    window.wait_for_text_in("token-inspector", "JWT, RS256")?;
    window.wait_for_text_in("token-inspector", LOGIN)?;
    window.wait_for_text_in("token-inspector", &issuer)?;
    scene.keep_look("oauth-inspector")?;
    nothing_of_it_is_in(window, &callback)?;
    let counts = scene.identity()?.counts();
    expect_equal(
        "the codes that were exchanged",
        &counts.token_requests("authorization_code"),
        &1,
    )
}

/// S4: the provider sends the browser to the studio's own scheme, the system starts the studio once more for it, and
/// the one that waits gets it.
pub fn comes_back_by_deep_link(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &issuer)?;
    build(window, "OAuth 2.0 PKCE", &issuer)?;
    choose_deep_link(window)?;
    use_token(window)?;

    window.click("button", "Test auth steps")?;
    window.wait_for_text_in("waiting-browser", "Let the browser open Latchwork")?;
    sign_in(scene, &issuer)?;
    studio::run_works(window)?;
    window.wait_for_text_in("run-test-request", "200")?;
    outputs_are_masked(window)
}

/// A step of this kind for the provider's public client, its endpoints as the issuer publishes them.
pub fn build(window: &Window, kind: &str, issuer: &str) -> Result<(), Failure> {
    studio::add_step(window, kind)?;
    window.find("heading", kind)?;
    window.fill("textbox", "Issuer", issuer)?;
    window.click("button", "Discover")?;
    window.click("button", "Fill in")?;
    window.wait_for_part("textbox", "Token URL", &format!("{issuer}/token"))?;
    window.fill("textbox", "Client ID", client::PUBLIC)?;
    window.fill("textbox", "Add a scope", "openid contacts.read ")?;
    window.find("row", "contacts.read").map(drop)
}

/// Chooses the deep link as the way back, once the system gives such links to this studio.
pub fn choose_deep_link(window: &Window) -> Result<(), Failure> {
    window.choose("Comes back by", "Deep link")?;
    window.wait_for_text_in("redirect-address", "studio.latchwork.dev://oauth/callback")?;
    window.wait_for_text("This scheme opens Latchwork on this computer.")
}

/// The header that the token goes into, and a request that wants it.
pub fn use_token(window: &Window) -> Result<(), Failure> {
    window.click("button", "Request parameters")?;
    window.click("button", "Add parameter")?;
    window.fill(
        "textbox",
        "Value of parameter 1",
        &format!("Bearer {{{{ {STEP}.access_token }}}}"),
    )?;
    window.click("button", "Test request")?;
    if window.shows("button", "Add test request")? {
        window.click("button", "Add test request")?;
    }
    window.fill("textbox", "URL", "/api/contacts")
}

/// Signs in and allows, in the tab that the studio opens.
pub fn sign_in(scene: &Scene, issuer: &str) -> Result<(), Failure> {
    scene.browser()?.follow(issuer)?;
    say_who_it_is(scene)?;
    scene.browser()?.press("allow")
}

/// Signs in, up to the question whether it is allowed.
pub fn say_who_it_is(scene: &Scene) -> Result<(), Failure> {
    let browser = scene.browser()?;
    browser.type_into("login", LOGIN)?;
    browser.type_into("password", client::PASSWORD)?;
    browser.press("sign-in")?;
    browser.wait_for_text("Allow access")
}

/// The step's outputs are there, without the tokens.
pub fn outputs_are_masked(window: &Window) -> Result<(), Failure> {
    window.wait_for_text_in(&format!("output-{STEP}.access_token"), "•")?;
    window.wait_for_text_in(&format!("output-{STEP}.refresh_token"), "•")?;
    window.wait_for_text_in(&format!("output-{STEP}.token_type"), "Bearer")
}

/// Neither a JWT nor the code or the state that the browser came back with is anywhere in the page, in sight or not.
fn nothing_of_it_is_in(window: &Window, callback: &str) -> Result<(), Failure> {
    let page = window
        .session()
        .run_script("return document.documentElement.outerHTML", &[])?;
    let page = page.as_str().unwrap_or_default();
    let brought = |name: &str| {
        let (_, after) = callback.split_once(&format!("{name}="))?;
        after.split('&').next().filter(|value| value.len() > 8)
    };
    let (Some(code), Some(state)) = (brought("?code").or(brought("&code")), brought("state"))
    else {
        return Err(Failure::program(
            "the browser",
            format!("it came back to {callback}"),
        ));
    };
    for secret in ["eyJ", code, state] {
        expect_equal(
            &format!("{secret}'s being in the page"),
            &page.contains(secret),
            &false,
        )?;
    }
    Ok(())
}
