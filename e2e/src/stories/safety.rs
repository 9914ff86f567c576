//! What a person is promised when things go wrong: nothing typed is lost, and no secret is written in the clear.

use crate::failure::Failure;
use crate::scene::Scene;
use crate::studio;

/// C5: work that was not saved is there again after a crash, and said to be a draft.
pub fn a_draft_survives_a_crash(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    let window = scene.window()?;
    studio::add_connector(window, "Unsaved work", "https://api.acme.example")?;
    studio::add_step(window, "Form")?;
    window.fill("textbox", "Title", "A title that nobody saved")?;
    window.wait_for_text_in("draft-state", "Draft saved")?;

    scene.crash_and_reopen()?;
    let window = scene.window()?;
    window.click("link", "Unsaved work")?;
    window.wait_for_text_in("draft-banner", "unsaved changes")?;
    window.wait_for_text_in("step-signin", "A title that nobody saved")
}

/// Z38: who starts the studio while a killed one is still ending gets a window all the same.
pub fn a_studio_opens_beside_a_dying_one(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    scene.window()?.find("button", "Add connector")?;
    scene.crash_and_reopen_at_once()?;
    scene.window()?.find("button", "Add connector").map(drop)
}

/// F40: a machine without a keyring is told so, with the choices there are.
pub fn a_missing_keyring_is_said(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    let window = scene.window()?;
    window.find_marked("vault-banner")?;
    window.click("button", "This session only")?;
    let question = window.find("alertdialog", "Keep secrets for this session only?")?;
    window.click_in(&question, "button", "This session only")?;
    window.wait_until_unmarked("vault-banner")
}
