//! Pictures of the real window for the documentation, taken with the practice provider's own data.

use serde_json::json;

use super::apps::{APP, CRM, OFFICE, choose_row, sign_in_by_form};
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio::{self, EMAIL};
use crate::waiting::until;
use crate::window::Window;

/// The list, the editor after a run in both themes, an endpoint's answer, and the sample app.
pub fn of_the_main_job(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;

    studio::choose_theme(window, "Light")?;
    window.click("link", "Connectors")?;
    window.find("link", "Harbour: sign in with a form")?;
    keep(scene, "connectors.png")?;

    window.click("link", "Harbour: sign in with a form")?;
    studio::test_auth_steps(window)?;
    window.click_marked("step-login")?;
    window.find("heading", "Exchange them for a token")?;
    keep(scene, "editor-light.png")?;

    studio::choose_theme(window, "Dark")?;
    window.click_marked("step-login")?;
    studio::test_auth_steps(window)?;
    keep(scene, "editor-dark.png")?;

    studio::choose_theme(window, "Light")?;
    window.click("button", "Endpoints")?;
    window.click_marked("endpoint-list_contacts")?;
    window.click("button", "Run")?;
    let inputs = window.find_marked("inputs-modal")?;
    window.click_in(&inputs, "button", "Run")?;
    window.wait_for_text("Ada Anchor")?;
    keep(scene, "endpoint.png")?;

    of_an_app(scene)
}

/// An app's editor, its managed auth screen half done, and a screen of it, in both themes.
fn of_an_app(scene: &Scene) -> Result<(), Failure> {
    let window = scene.window()?;
    of_its_editor(scene, "app-editor-light.png")?;
    window.click_marked("app-preview")?;
    window.enter_app()?;
    of_the_open_form(scene, "managed-auth-light.png")?;

    in_theme(window, "Dark")?;
    of_its_editor(scene, "app-editor-dark.png")?;
    back_in_the_app(window)?;
    of_the_open_form(scene, "managed-auth-dark.png")?;
    sign_in_by_form(window, OFFICE, "Username")?;
    window.wait_for_text_in("managed-auth", "2 of 2 signed in")?;
    window.click_marked("continue")?;
    of_a_contact(scene, "preview-dark.png")?;

    in_theme(window, "Light")?;
    back_in_the_app(window)?;
    of_a_contact(scene, "preview-light.png")
}

/// Another theme, chosen in the studio's window.
fn in_theme(window: &Window, theme: &str) -> Result<(), Failure> {
    window.enter_studio()?;
    studio::choose_theme(window, theme)
}

/// The app's window, loaded again: it looks as the settings say when it begins.
fn back_in_the_app(window: &Window) -> Result<(), Failure> {
    window.enter_app()?;
    let page = window.session().address()?;
    window.session().visit(&page)
}

/// The editor with a control selected.
fn of_its_editor(scene: &Scene, picture: &str) -> Result<(), Failure> {
    let window = scene.window()?;
    window.click("link", "Apps")?;
    window.click("link", APP)?;
    window.click_marked("canvas-contacts")?;
    window.find("textbox", "Label")?;
    keep(scene, picture)
}

/// The managed auth screen with one connector signed in, which the endpoint's picture did, and the other's form open.
fn of_the_open_form(scene: &Scene, picture: &str) -> Result<(), Failure> {
    let window = scene.window()?;
    window.wait_for_text_in(CRM, EMAIL)?;
    window.wait_for_text_in("managed-auth", "1 of 2 signed in")?;
    let card = window.find_marked(OFFICE)?;
    window.fill_in(&card, "textbox", "Username", EMAIL)?;
    keep(scene, picture)
}

/// The app's first screen with a contact searched for and selected.
fn of_a_contact(scene: &Scene, picture: &str) -> Result<(), Failure> {
    let window = scene.window()?;
    window.fill("textbox", "Search", "lighthouse")?;
    window.wait_for_text_in("control-pages", "Page 1 of 1")?;
    choose_row(window, "Ada Anchor")?;
    window.wait_for_text_in("control-contact", "ada.anchor@lighthouseltd.example")?;
    until("nothing to load any more", || {
        let loading = "return document.querySelectorAll('[aria-busy=true]').length";
        let loading = window.session().run_script(loading, &[])?;
        expect_equal("what loads", &loading, &json!(0))
    })?;
    keep(scene, picture)
}

/// Takes a picture, which is written only where pictures were asked for.
fn keep(scene: &Scene, picture: &str) -> Result<(), Failure> {
    let folder = scene.stage.pictures.as_ref();
    let file = folder.map(|folder| folder.join(picture));
    scene.window()?.keep_picture(file)
}
