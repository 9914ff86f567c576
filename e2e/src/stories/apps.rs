//! Apps: their preview, the managed auth screen, and what an end user does (A1–A5, K3).

use serde_json::{Value, json};

use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio::{EMAIL, PASSWORD};
use crate::waiting::until;
use crate::window::Window;

const APP: &str = "Harbour desk";
const CRM: &str = "auth-crm";
const OFFICE: &str = "auth-office";

/// The sample app, from the studio: signed in to once, used, and taken back to the sign-in both ways (A1, A2, A4).
pub fn the_sample_app_in_its_preview(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    preview(window, APP)?;
    window.find_marked("managed-auth")?;
    sign_in(window, CRM, "E-mail")?;
    window.wait_for_text_in(CRM, EMAIL)?;
    window.wait_for_text_in("managed-auth", "1 of 2 signed in")?;
    sign_in(window, OFFICE, "Username")?;
    window.wait_for_text_in("managed-auth", "2 of 2 signed in")?;
    window.click_marked("continue")?;
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    works_with_contacts(window)?;

    window.click("link", "Account")?;
    window.wait_for_text_in("control-office_user", "Dana Keel")?;
    window.fill("textbox", "A note to yourself", "Ring the bell")?;
    window.click("button", "Sign in as somebody else")?;
    window.wait_for_text_in("managed-auth", "0 of 2 signed in")?;
    sign_in(window, CRM, "E-mail")?;
    window.wait_for_text_in(CRM, EMAIL)?;
    sign_in(window, OFFICE, "Username")?;
    window.wait_for_text_in("managed-auth", "2 of 2 signed in")?;
    window.click_marked("continue")?;
    // The same screen, what was typed, and the action that led there goes on.
    window.wait_for_text("You are where you were")?;
    window.wait_for_part("textbox", "A note to yourself", "Ring the bell")?;

    window.click("button", "Sign in anew and start over")?;
    window.wait_for_text_in("managed-auth", "0 of 2 signed in")?;
    sign_in(window, CRM, "E-mail")?;
    window.wait_for_text_in(CRM, EMAIL)?;
    sign_in(window, OFFICE, "Username")?;
    window.wait_for_text_in("managed-auth", "2 of 2 signed in")?;
    window.click_marked("continue")?;
    // From the beginning: the first screen, and nothing of what was typed.
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    window.click("link", "Account")?;
    window.find_marked("control-note")?;
    let note = window.find("textbox", "A note to yourself")?;
    let note = window.session().property(&note, "value")?;
    expect_equal("the note after a new start", &note, &json!(""))
}

/// A search, a row with what belongs to it, and a contact that is added and deleted again.
fn works_with_contacts(window: &Window) -> Result<(), Failure> {
    window.fill("textbox", "Search", "grace")?;
    window.wait_for_text_in("control-pages", "Page 1 of 1")?;
    window.fill("textbox", "Search", "ada.anchor")?;
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    choose_row(window, "Ada Anchor")?;
    window.wait_for_text_in("control-contact", "ada.anchor@lighthouseltd.example")?;
    until("the portrait", || {
        let drawn = "const picture = document.querySelector('[data-testid=control-portrait] img');
                     return picture?.src.startsWith('data:image/') && picture.complete && picture.naturalWidth > 0";
        let drawn = window.session().run_script(drawn, &[])?;
        expect_equal("its being drawn", &drawn, &json!(true))
    })?;
    window.click("button", "New contact")?;
    window.fill("textbox", "Name", "Nils Nautical")?;
    window.fill("textbox", "E-mail", "nils@pierworks.example")?;
    window.click("button", "Save")?;
    window.wait_for_text("Nils Nautical was added.")?;
    window.fill("textbox", "Search", "nautical")?;
    choose_row(window, "Nils Nautical")?;
    window.click("button", "Delete")?;
    window.wait_for_text("Nils Nautical was deleted.")?;
    window.wait_for_text_in("control-contacts", "No contact is called so")
}

fn choose_row(window: &Window, name: &str) -> Result<(), Failure> {
    until(&format!("the row of {name} to be chosen"), || {
        let row = window.look_for_first("row", name, None, &|found| found.starts_with(name))?;
        window.session().click(&row)?;
        let chosen = window
            .session()
            .run_script("return arguments[0].getAttribute('aria-selected')", &[row.argument()])?;
        expect_equal("its being chosen", &chosen, &json!("true"))
    })
}

/// A3: switched off, the first call asks, once; declined, the controls offer a sign-in and nothing else asks.
pub fn a_sign_in_is_asked_at_the_first_action(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    window.click("link", "Apps")?;
    window.click("link", APP)?;
    window.click("button", "App settings")?;
    let toggle = window.find("switch", "Show Managed Auth screen during app start")?;
    window.session().run_script("arguments[0].click()", &[toggle.argument()])?;
    window.wait_for_text_in("app-draft-state", "Draft saved")?;
    window.click_marked("app-preview")?;
    window.enter_app()?;
    let dialog = window.find_marked("sign-in-dialog")?;
    scene.keep_look("app-sign-in-asked")?;
    window.click_in(&dialog, "button", "Not now")?;
    window.wait_until_unmarked("sign-in-dialog")?;
    for control in ["contacts", "welcome"] {
        window.wait_for_text_in(&format!("control-{control}"), "Sign in")?;
    }
    scene.keep_look("app-signed-out")?;
    // What loads by itself asks no more.
    window.fill("textbox", "Search", "ada")?;
    window.click("link", "Account")?;
    window.find_marked("sign-in-dialog")?;
    // That was the other connector, which nobody had been asked for yet.
    window.find_marked(OFFICE)?;
    sign_in(window, OFFICE, "Username")?;
    window.wait_until_unmarked("sign-in-dialog")?;
    window.wait_for_text_in("control-office_user", "Dana Keel")?;
    window.click("link", "Contacts")?;
    let contacts = window.find_marked("control-contacts")?;
    window.click_in(&contacts, "button", "Sign in to Harbour: sign in with a form")?;
    sign_in(window, CRM, "E-mail")?;
    window.wait_until_unmarked("sign-in-dialog")?;
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    window.wait_for_text_in("control-welcome", "Dana Keel")
}

/// A5: a file in a window of its own, with no studio around it: a form, PKCE by the system's browser, and a sign-in that
/// serves everyone; a session that ends in use; and no secret in what the window is told (Z29).
pub fn a_file_runs_with_no_studio_around_it(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    let harbour = scene.start_provider()?;
    let team = scene.desktop().path("team.connector.json");
    std::fs::write(&team, team_connector(&issuer).to_string())?;
    // The admin signs in for everyone.
    let team = team.display().to_string();
    scene.latchwork(&["login", &team, "--shared"])?;
    let file = scene.desktop().path("front-desk.app.json");
    std::fs::write(&file, front_desk(&issuer, &harbour).to_string())?;
    scene.open_studio(&["--app", &file.display().to_string()])?;
    let window = scene.window()?;
    window.find_marked("managed-auth")?;
    listen(window)?;
    window.wait_for_text_in("auth-team", "Nothing to do")?;
    scene.keep_look("app-managed-auth")?;

    sign_in(window, "auth-harbour", "E-mail")?;
    window.wait_for_text_in("auth-harbour", EMAIL)?;
    let people = window.find_marked("auth-people")?;
    window.click_in(&people, "button", "Sign in")?;
    window.wait_for_text_in("auth-people", "Finish signing in at 127.0.0.1")?;
    scene.keep_look("app-managed-auth-browser")?;
    sign_in::sign_in(scene, &issuer)?;
    window.wait_for_text_in("managed-auth", "3 of 3 signed in")?;
    window.click_marked("continue")?;
    for control in ["mine", "ours", "contacts"] {
        window.wait_for_text_in(&format!("control-{control}"), "a")?;
        window.wait_until_loaded(&format!("control-{control}"))?;
    }

    // The provider ends the sessions in the middle of use: the person is asked for theirs, once.
    scene.identity()?.revoke_tokens();
    window.click("button", "Load again")?;
    let dialog = window.find_marked("sign-in-dialog")?;
    window.click_in(&dialog, "button", "Sign in again")?;
    sign_in::allow_again(scene, &issuer)?;
    window.wait_until_unmarked("sign-in-dialog")?;
    window.wait_until_loaded("control-mine")?;
    nothing_secret_was_told(window, &[PASSWORD, client::PASSWORD, client::SECRET])
}
