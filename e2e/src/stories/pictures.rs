//! Pictures of the real window for the documentation, taken with the practice provider's own data.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::scene::Scene;
use crate::studio;

/// The list, the editor after a run in both themes, and an endpoint's answer.
pub fn of_the_main_job(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    let file = |name: &str| {
        scene
            .stage
            .pictures
            .clone()
            .map(|folder: PathBuf| folder.join(name))
    };

    studio::choose_theme(window, "Light")?;
    window.click("link", "Connectors")?;
    window.find("link", "Harbour: sign in with a form")?;
    window.keep_picture(file("connectors.png"))?;

    window.click("link", "Harbour: sign in with a form")?;
    studio::test_auth_steps(window)?;
    window.click_marked("step-login")?;
    window.find("heading", "Exchange them for a token")?;
    window.keep_picture(file("editor-light.png"))?;

    studio::choose_theme(window, "Dark")?;
    window.click_marked("step-login")?;
    studio::test_auth_steps(window)?;
    window.keep_picture(file("editor-dark.png"))?;

    studio::choose_theme(window, "Light")?;
    window.click("button", "Endpoints")?;
    window.click_marked("endpoint-list_contacts")?;
    window.click("button", "Run")?;
    let inputs = window.find_marked("inputs-modal")?;
    window.click_in(&inputs, "button", "Run")?;
    window.wait_for_text("Ada Anchor")?;
    window.keep_picture(file("endpoint.png"))
}
