//! A device code (RFC 8628): shown in the window, entered at a certified provider's page, or not waited for any more.

use latchwork_testkit::oidc::OidcOptions;

use super::sign_in;
use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::waiting::until;
use crate::window::Window;

/// What the added step is called.
const STEP: &str = "device";

/// S11: the code is shown large, with a picture to scan and the time left; copied here it is pasted at the provider's
/// page, and once it is allowed there the step has its outputs here, masked.
pub fn is_entered_in_the_browser(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    build(window, &issuer)?;
    let code = begin(window)?;
    window.wait_for_text_in("waiting-device", &format!("{issuer}/device"))?;
    let picture = format!("QR code of {issuer}/device?user_code={code}");
    until("a picture to scan", || {
        window.look_for("image", &picture, None)
    })?;
    it_is_large(window)?;
    the_time_left_counts(window)?;
    scene.keep_look("oauth-device")?;

    window.click("button", "Copy code")?;
    window.wait_for_text("The code was copied.")?;
    let browser = scene.browser()?;
    browser.open(scene.desktop(), &format!("{issuer}/device"))?;
    browser.type_into("user_code", &format!("{}v{}", keys::CONTROL, keys::NULL))?;
    browser.press("continue")?;
    browser.wait_for_text(&code)?;
    browser.press("confirm")?;
    sign_in::say_who_it_is(scene)?;
    browser.press("allow")?;
    browser.wait_for_text("Device connected")?;

    studio::run_works(window)?;
    window.wait_until_unmarked("waiting-device")?;
    for output in ["access_token", "refresh_token"] {
        window.wait_for_text_in(&format!("output-{STEP}.{output}"), "•")?;
    }
    window.wait_for_text_in(&format!("output-{STEP}.token_type"), "Bearer")
}

/// S11 and Z22: a wait that is cancelled ends at once; what is allowed afterwards is nobody's, and the next run has a
/// code of its own.
pub fn its_wait_is_cancelled(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    build(window, &issuer)?;
    let code = begin(window)?;
    // The address that it opens brings the code along.
    window.click("button", "Open address")?;
    let browser = scene.browser()?;
    browser.follow(&issuer)?;
    browser.wait_for_text(&code)?;

    let panel = window.find_marked("waiting-device")?;
    window.click_in(&panel, "button", "Cancel")?;
    window.wait_for_text_in("run-state", "Cancelled")?;
    window.wait_until_unmarked("waiting-device")?;
    browser.press("confirm")?;
    sign_in::say_who_it_is(scene)?;
    browser.press("allow")?;
    browser.wait_for_text("Device connected")?;

    let next = begin(window)?;
    expect_equal("the same code's being shown again", &(next == code), &false)?;
    let panel = window.find_marked("waiting-device")?;
    window.click_in(&panel, "button", "Cancel")?;
    window.wait_for_text_in("run-state", "Cancelled")?;
    expect_equal(
        "the codes that were asked for",
        &scene.identity()?.counts().device_authorizations,
        &2,
    )
}

fn build(window: &Window, issuer: &str) -> Result<(), Failure> {
    studio::add_connector(window, "Harbour", issuer)?;
    sign_in::build(window, "OAuth 2.0 device code", issuer)
}

/// Starts a run and gives the code that it shows.
fn begin(window: &Window) -> Result<String, Failure> {
    window.click("button", "Test auth steps")?;
    window.find_marked("user-code")?;
    let code = window.text_of_marked("user-code")?;
    Ok(code.trim().to_owned())
}

/// The code stands out: no other text of the panel is half as large again.
fn it_is_large(window: &Window) -> Result<(), Failure> {
    let script = "const size = (one) => parseFloat(getComputedStyle(one).fontSize);\
                  const code = document.querySelector('[data-testid=user-code]');\
                  const rest = [...code.closest('[data-testid=waiting-device]').querySelectorAll('*')];\
                  return size(code) >= 1.5 * Math.max(...rest.filter((one) => one !== code).map(size))";
    let is_large = window.session().run_script(script, &[])?;
    expect_equal("the code's being large", &is_large.as_bool(), &Some(true))
}

fn the_time_left_counts(window: &Window) -> Result<(), Failure> {
    let left = || {
        let script =
            "return document.querySelector('[data-testid=waiting-device] [role=timer]')?.innerText";
        let shown = window.session().run_script(script, &[])?;
        Ok::<_, Failure>(shown.as_str().unwrap_or_default().to_owned())
    };
    let before = left()?;
    expect_equal(
        "the words of the time left",
        &before.ends_with(" left"),
        &true,
    )?;
    until("the time left to count", || {
        let now = left()?;
        if now != before {
            return Ok(());
        }
        Err(Failure::Expectation {
            expected: format!("less than {before}"),
            found: now,
        })
    })
}
