//! The person's own sign-in at the studio, with the certified provider as the company's.

use latchwork_testkit::oidc::{OidcOptions, client};

use super::sign_in;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;

/// Signs in by loopback, is named, and signs out, which the provider is told.
pub fn signs_in_and_out(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    window.click("link", "Settings")?;
    window.click("button", "Sign in with SSO…")?;
    window.fill("textbox", "Issuer", &issuer)?;
    window.fill("textbox", "Client ID", client::PUBLIC)?;
    scene.keep_look("account-form")?;
    window.click("button", "Sign in")?;
    window.find_marked("waiting-browser")?;
    sign_in::sign_in(scene, &issuer)?;
    window.wait_for_text("Ada Example")?;
    window.wait_for_text("ada@example.test")?;
    for theme in ["Light", "Dark"] {
        window.click_radio(theme)?;
        scene.keep_look(&format!("account-{theme}"))?;
        window.expect_contrast("Settings with somebody signed in")?;
    }

    // It outlives the window.
    scene.crash_and_reopen()?;
    let window = scene.window()?;
    window.click("link", "Settings")?;
    window.wait_for_text("Ada Example")?;
    window.click("button", "Sign out")?;
    window.wait_for_text("Nobody is signed in")?;
    let counts = scene.identity()?.counts();
    expect_equal(
        "the provider's being told",
        &(counts.revocations > 0),
        &true,
    )
}
