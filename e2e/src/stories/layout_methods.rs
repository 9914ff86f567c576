//! How the auth methods look, with what signs requests and how servers are reached: in the smallest and in a large size,
//! light and dark.

use serde_json::json;

use super::layout::{Look, in_both_themes};
use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

/// Every method's form fits, and what is beside it.
pub fn method_screens_fit(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Acme", "https://api.acme.example")?;
    studio::open_part(window, "Connector settings")?;
    window.switch("Client certificate", true)?;
    window.switch("Accept invalid certificates", true)?;
    in_both_themes(scene, &|look, window| {
        for method in ["API key", "Bearer token", "Basic auth", "OAuth 2.0"] {
            window.choose("Auth method", method)?;
            window.find("heading", method)?;
            window.expect_in_sight("button", "Turn into multistep")?;
            look.judge(&format!(
                "method-{}",
                method.to_lowercase().replace([' ', '.'], "-")
            ))?;
        }
        at_signatures(look, window)?;
        studio::open_part(window, "Connector settings")?;
        window.find("heading", "Connector settings")?;
        bring_into_sight(window, "[aria-label=Network]")?;
        look.judge("network")?;
        bring_into_sight(window, "[data-path='network.accept_invalid_certificates']")?;
        look.judge("network-end")
    })
}

/// AWS as a method, the question whether it is kept, and OAuth 1.0a as the signature of a flow.
fn at_signatures(look: &Look<'_>, window: &Window) -> Result<(), Failure> {
    window.choose("Auth method", "AWS SigV4")?;
    window.find("heading", "AWS SigV4")?;
    window.fill("textbox", "Secret access key", "written out")?;
    look.judge("method-aws")?;
    window.click("button", "Choices for Region")?;
    window.find("menu", "Choices for Region")?;
    look.judge("regions")?;
    window.press(keys::ESCAPE)?;
    window.choose("Auth method", "Multistep")?;
    let question = window.find("dialog", "Keep what “AWS SigV4” has?")?;
    look.judge("keep-preset")?;
    window.click_in(&question, "button", "Turn into multistep")?;
    window.find("heading", "Signing")?;
    window.choose("Signature", "OAuth 1.0a")?;
    window.find("textbox", "Consumer key")?;
    look.judge("signing-oauth1")?;
    // Back to where a method is chosen, with nothing to be asked about.
    studio::open_part(window, "Connector settings")?;
    window.choose("Auth method", "None")?;
    window.find("heading", "None").map(drop)
}

/// Scrolls what is in the middle, and the middle alone: the page itself stays where it is.
fn bring_into_sight(window: &Window, selector: &str) -> Result<(), Failure> {
    let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' });\
                  return document.scrollingElement.scrollTop + document.body.scrollTop";
    let scrolled = window.session().run_script(script, &[json!(selector)])?;
    expect_equal("how far the page was scrolled", &scrolled, &json!(0))
}
