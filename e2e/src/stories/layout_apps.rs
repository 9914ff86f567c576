//! How apps look, for their builder and for who uses them: the list, the editor, the managed auth screen, an app's own
//! screens; in the smallest and in a large size, light and dark.

use super::app_files;
use super::apps;
use super::layout::{Look, in_both_themes};
use crate::driver::keys;
use crate::failure::Failure;
use crate::scene::Scene;
use crate::window::Window;

const APP: &str = "Harbour desk";
const LONG: &str =
    "Field sales, northern region: contacts, visits and notices (staging, ask Augusta)";

/// Every place of the editor fits.
pub fn app_editor_fits(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    in_both_themes(scene, &|look, window| {
        window.click("link", "Apps")?;
        window.find("link", APP)?;
        window.expect_in_sight("button", "Add app")?;
        look.judge("apps")?;
        at_an_empty_app(look, window)?;
        window.click("link", "Apps")?;
        window.click("link", APP)?;
        for control in ["contacts", "search", "company", "delete"] {
            window.click_marked(&format!("control-card-{control}"))?;
            main_actions_are_in_sight(window)?;
            look.judge(&format!("app-editor-{control}"))?;
        }
        for place in ["Connectors", "Variables", "App settings"] {
            window.click_beginning("button", place)?;
            window.find("heading", place)?;
            main_actions_are_in_sight(window)?;
            look.judge(&format!(
                "app-editor-{}",
                place.to_lowercase().replace(' ', "-")
            ))?;
        }
        window.click("link", "Apps")
    })
}

fn at_an_empty_app(look: &Look<'_>, window: &Window) -> Result<(), Failure> {
    window.click("button", "Add app")?;
    let dialog = window.find("dialog", "Add app")?;
    window.fill_in(&dialog, "textbox", "Name", LONG)?;
    look.judge("add-app")?;
    window.click_in(&dialog, "button", "Add")?;
    window.find_marked("screen-card-home")?;
    main_actions_are_in_sight(window)?;
    look.judge("app-editor-empty")?;
    window.click("button", "Add control")?;
    window.find("menu", "Add control")?;
    look.judge("kinds-of-control")?;
    window.press(keys::ESCAPE)
}

fn main_actions_are_in_sight(window: &Window) -> Result<(), Failure> {
    for name in ["Save", "Preview"] {
        window.expect_in_sight("button", name)?;
    }
    Ok(())
}

/// An app's own window fits: the managed auth screen with a form, and a screen with all that it has.
pub fn app_window_fits(scene: &mut Scene) -> Result<(), Failure> {
    let file = app_files::front_desk_file(scene)?;
    scene.open_studio(&["--app", &file])?;
    let look = Look::of(scene, "System");
    let window = scene.window()?;
    window.find_marked("managed-auth")?;
    window.find("textbox", "Password")?;
    window.expect_in_sight("button", "Continue")?;
    look.judge("managed-auth")?;
    apps::sign_in_by_form(window, "auth-harbour", "E-mail")?;
    window.wait_for_text_in("managed-auth", "1 of 1 signed in")?;
    look.judge("managed-auth-all-in")?;
    window.click_marked("continue")?;
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    window.find_marked("control-broken")?;
    look.judge("app-screen")
}
