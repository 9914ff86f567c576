//! Sign-ins that do not go straight: the studio ends in the middle, the browser cannot come back.

use std::net::TcpStream;

use latchwork_testkit::oidc::OidcOptions;

use super::sign_in;
use crate::failure::{Failure, expect_equal};
use crate::program::free_port;
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
    // Signed in already, the person is only asked whether it is allowed.
    scene.browser()?.follow(&issuer)?;
    scene.browser()?.press("allow")?;
    studio::run_works(window)?;
    sign_in::outputs_are_masked(window)
}

/// F20: the browser ends where nothing answers, as one on another computer does; its last address is pasted. A wrong one is refused in words first, and
/// the sign-in waits on.
pub fn the_last_address_is_pasted(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &issuer)?;
    sign_in::build(window, "OAuth 2.0 PKCE", &issuer)?;
    window.choose("Comes back by", "Paste")?;
    window.click("button", "Test auth steps")?;
    window.find_marked("waiting-browser")?;
    let browser = scene.browser()?;
    browser.follow(&issuer)?;
    sign_in::say_who_it_is(scene)?;
    browser.press("allow")?;
    let address = browser.wait_for_address(&|address| address.contains("/callback?"))?;

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

/// F20: a listener runs here and the browser cannot reach it, as one on another computer: the address that it ended at
/// is pasted beside the listener. A wrong one harms nothing, the right one ends the wait and the listener with it.
pub fn the_address_is_pasted_beside_a_listener(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Harbour", &issuer)?;
    sign_in::build(window, "OAuth 2.0 PKCE", &issuer)?;
    let port = free_port()?;
    let redirect = format!("http://localhost:{port}/callback");
    window.click_beginning("button", "More 1 set")?;
    window.fill("textbox", "Fixed redirect address", &redirect)?;
    window.wait_for_text_in("redirect-address", &redirect)?;

    window.click("button", "Test auth steps")?;
    window.wait_for_text_in("waiting-browser", "You come back here by yourself.")?;
    let browser = scene.browser()?;
    browser.follow(&issuer)?;
    sign_in::say_who_it_is(scene)?;
    browser.press("allow")?;
    let address = browser.wait_for_address(&|address| address.starts_with(&redirect))?;
    expect_equal("the listener's being there", &is_listening(port), &true)?;

    window.click("button", "Paste the address instead")?;
    let field = "Address the browser ended at";
    window.fill("textbox", field, &format!("{address}x"))?;
    window.click("button", "Continue")?;
    window.wait_for_text_in("waiting-browser", "The sign-in goes on waiting.")?;
    scene.keep_look("oauth-paste-instead")?;
    expect_equal(
        "the listener's still being there",
        &is_listening(port),
        &true,
    )?;
    window.fill("textbox", field, &address)?;
    window.click("button", "Continue")?;
    studio::run_works(window)?;
    sign_in::outputs_are_masked(window)?;
    expect_equal("the listener's staying", &is_listening(port), &false)
}

fn is_listening(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}
