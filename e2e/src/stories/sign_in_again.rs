//! Sign-ins that do not go straight: the studio ends in the middle, the browser cannot come back.

use latchwork_testkit::oidc::OidcOptions;

use super::sign_in;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;

/// F18 and Z16: the studio is killed while it waits and started again; the answer that comes then is said to belong to
/// an interrupted sign-in, and a fresh start works.
pub fn an_interrupted_one_is_told(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &issuer)?;
    sign_in::build(window, "OAuth 2.0 PKCE", &issuer)?;
    sign_in::choose_deep_link(window)?;
    window.click("button", "Save")?;
    window.wait_for_text_in("draft-state", "Saved")?;
    window.click("button", "Test auth steps")?;
    window.find_marked("waiting-browser")?;
    scene.browser()?.follow(&issuer)?;
    sign_in::say_who_it_is(scene)?;

    scene.crash_and_reopen()?;
    let window = scene.window()?;
    window.find("link", "Harbour")?;
    scene.browser()?.press("allow")?;
    window.wait_for_text_in("notice-sign_in_interrupted", "was interrupted")?;
    scene.keep_look("oauth-interrupted")?;
    expect_equal(
        "the codes that were exchanged",
        &scene
            .identity()?
            .counts()
            .token_requests("authorization_code"),
        &0,
    )?;

    window.click("button", "Open Harbour")?;
    window.click("button", "Test auth steps")?;
    window.find_marked("waiting-browser")?;
    // Signed in and allowed already, the provider asks nothing any more.
    studio::run_works(window)?;
    sign_in::outputs_are_masked(window)
}

/// F20: the browser cannot reach this computer; its last address is pasted. A wrong one is refused in words first, and
/// the sign-in waits on.
pub fn the_address_is_pasted_instead(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &issuer)?;
    sign_in::build(window, "OAuth 2.0 PKCE", &issuer)?;
    window.click("button", "Test auth steps")?;
    window.find_marked("waiting-browser")?;
    let browser = scene.browser()?;
    browser.follow(&issuer)?;
    browser.cut_off("*/callback?*")?;
    sign_in::say_who_it_is(scene)?;
    browser.press("allow")?;
    let address = browser.wait_for_address(&|address| address.contains("/callback?"))?;

    window.click("button", "Paste the address instead")?;
    let field = "Address the browser ended at";
    window.fill("textbox", field, &format!("{address}x"))?;
    window.click("button", "Continue")?;
    window.wait_for_text_in("waiting-browser", "The sign-in goes on waiting.")?;
    scene.keep_look("oauth-paste")?;
    window.fill("textbox", field, &address)?;
    window.click("button", "Continue")?;
    studio::run_works(window)?;
    sign_in::outputs_are_masked(window)
}
