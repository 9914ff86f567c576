//! Apps: their preview, the managed auth screen, and what an end user does (A1–A5, K3).

use latchwork_testkit::find_leak;
use latchwork_testkit::oidc::{OidcOptions, client};
use serde_json::json;

use super::app_files::{front_desk, front_desk_file, team_connector};
use super::sign_in;
use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio::{EMAIL, PASSWORD};
use crate::waiting::until;
use crate::window::Window;

pub(super) const APP: &str = "Harbour desk";
pub(super) const CRM: &str = "auth-crm";
pub(super) const OFFICE: &str = "auth-office";
/// What the editor calls the connector when it is added.
const CRM_OF_ROUNDS: &str = "auth-harbour_sign_in_with_a_form";

/// The sample app, from the studio: signed in to once, used, and taken back to the sign-in both ways (A1, A2, A4).
pub fn the_sample_app_in_its_preview(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    preview(window, APP)?;
    window.find_marked("managed-auth")?;
    sign_in_by_form(window, CRM, "E-mail")?;
    window.wait_for_text_in(CRM, EMAIL)?;
    window.wait_for_text_in("managed-auth", "1 of 2 signed in")?;
    sign_in_by_form(window, OFFICE, "Username")?;
    window.wait_for_text_in("managed-auth", "2 of 2 signed in")?;
    window.click_marked("continue")?;
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    works_with_contacts(window)?;

    window.click("button", "Account")?;
    window.wait_for_text_in("control-office_user", "Dana Keel")?;
    window.fill("textbox", "A note to yourself", "Ring the bell")?;
    window.click("button", "Sign in as somebody else")?;
    window.wait_for_text_in("managed-auth", "0 of 2 signed in")?;
    sign_in_by_form(window, CRM, "E-mail")?;
    window.wait_for_text_in(CRM, EMAIL)?;
    sign_in_by_form(window, OFFICE, "Username")?;
    window.wait_for_text_in("managed-auth", "2 of 2 signed in")?;
    window.click_marked("continue")?;
    // The same screen, what was typed, and the action that led there goes on.
    window.wait_for_text("You are where you were")?;
    window.wait_for_part("textbox", "A note to yourself", "Ring the bell")?;

    window.click("button", "Sign in anew and start over")?;
    window.wait_for_text_in("managed-auth", "0 of 2 signed in")?;
    sign_in_by_form(window, CRM, "E-mail")?;
    window.wait_for_text_in(CRM, EMAIL)?;
    sign_in_by_form(window, OFFICE, "Username")?;
    window.wait_for_text_in("managed-auth", "2 of 2 signed in")?;
    window.click_marked("continue")?;
    // From the beginning: the first screen, and nothing of what was typed.
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    window.click("button", "Account")?;
    window.find_marked("control-note")?;
    let note = window.find("textbox", "A note to yourself")?;
    let note = window.session().property(&note, "value")?;
    expect_equal("the note after a new start", &note, &json!(""))?;

    // Preview once more is the same window, and the app from its beginning: whoever is signed in stays so.
    window.enter_studio()?;
    window.click_marked("app-preview")?;
    window.enter_app()?;
    window.wait_for_text_in("control-contacts", "Ada Anchor")?;
    let windows = window.session().tabs()?.len();
    expect_equal("the studio's window and the app's", &windows, &2)
}

/// A search, a row with what belongs to it, and a contact that is added and deleted again.
fn works_with_contacts(window: &Window) -> Result<(), Failure> {
    window.fill("textbox", "Search", "galley")?;
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

/// Selects the row of the contact with this name.
pub(super) fn choose_row(window: &Window, name: &str) -> Result<(), Failure> {
    until(&format!("the row of {name} to be chosen"), || {
        let cell = window.look_for("gridcell", name, None)?;
        window.session().click(&cell)?;
        let row = "return arguments[0].closest('[role=row]').getAttribute('aria-selected')";
        let chosen = window.session().run_script(row, &[cell.argument()])?;
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
    // Its name goes on with what it means.
    let toggle = "Show Managed Auth screen during app start";
    until("the toggle to be switched", || {
        let switch =
            window.look_for_first("switch", toggle, None, &|name| name.starts_with(toggle))?;
        window
            .session()
            .run_script("arguments[0].click()", &[switch.argument()])
    })?;
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
    window.click("button", "Account")?;
    window.find_marked("sign-in-dialog")?;
    // That was the other connector, which nobody had been asked for yet.
    window.find_marked(OFFICE)?;
    sign_in_by_form(window, OFFICE, "Username")?;
    window.wait_until_unmarked("sign-in-dialog")?;
    window.wait_for_text_in("control-office_user", "Dana Keel")?;
    window.click("button", "Contacts")?;
    let contacts = window.find_marked("control-contacts")?;
    window.click_in(
        &contacts,
        "button",
        "Sign in to Harbour: sign in with a form",
    )?;
    sign_in_by_form(window, CRM, "E-mail")?;
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

    sign_in_by_form(window, "auth-harbour", "E-mail")?;
    window.wait_for_text_in("auth-harbour", EMAIL)?;
    let people = window.find_marked("auth-people")?;
    window.click_in(&people, "button", "Sign in: People")?;
    window.wait_for_text_in("auth-people", "Finish signing in at 127.0.0.1")?;
    scene.keep_look("app-managed-auth-browser")?;
    sign_in::sign_in(scene, &issuer)?;
    window.wait_for_text_in("managed-auth", "3 of 3 signed in")?;
    window.click_marked("continue")?;
    for (control, answer) in [
        ("mine", "ada"),
        ("ours", client::BASIC),
        ("contacts", "Ada Anchor"),
    ] {
        window.wait_for_text_in(&format!("control-{control}"), answer)?;
    }

    // The provider ends the sessions in the middle of use: the person is asked for theirs, once.
    scene.identity()?.revoke_tokens();
    window.click("button", "Load again")?;
    let dialog = window.find_marked("sign-in-dialog")?;
    window.click_in(&dialog, "button", "Sign in again: People")?;
    // The browser still knows who it is.
    scene.browser()?.follow(&issuer)?;
    scene.browser()?.press("allow")?;
    window.wait_until_unmarked("sign-in-dialog")?;
    window.wait_for_text_in("control-mine", "ada")?;
    nothing_secret_was_told(window, &[PASSWORD, client::PASSWORD, client::SECRET])
}

/// Opens an app's preview from the list of apps, and goes on in its window.
pub fn preview(window: &Window, app: &str) -> Result<(), Failure> {
    window.click("link", "Apps")?;
    window.click("link", app)?;
    window.click_marked("app-preview")?;
    window.enter_app()
}

/// Signs in to a connector by the form in its card, as its first field asks.
pub fn sign_in_by_form(window: &Window, card: &str, name: &str) -> Result<(), Failure> {
    until(&format!("the form in {card}"), || {
        let card = window.look_for_mark(card)?;
        if window.look_for("textbox", name, Some(&card)).is_ok() {
            return Ok(());
        }
        // A form opens by itself, one at a time; another is opened by its button.
        let button = window.look_for("button", "Sign in", Some(&card))?;
        window.session().click(&button)
    })?;
    let card = window.find_marked(card)?;
    window.fill_in(&card, "textbox", name, EMAIL)?;
    window.fill_in(&card, "textbox", "Password", PASSWORD)?;
    window.press(keys::ENTER)
}

/// From now on the page writes down all that the core tells it.
fn listen(window: &Window) -> Result<(), Failure> {
    let script = "window.heard = [];
        const { callbacks } = window.__TAURI_INTERNALS__;
        const find = callbacks.get.bind(callbacks);
        callbacks.get = (id) => {
            const found = find(id);
            return found && ((data) => { window.heard.push(JSON.stringify(data)); return found(data); });
        };
        const ask = window.fetch.bind(window);
        window.fetch = async (...request) => {
            const answer = await ask(...request);
            window.heard.push(await answer.clone().text());
            return answer;
        };";
    window.session().run_script(script, &[]).map(drop)
}

/// Of all that was heard and is in the page, nothing is a password, a JWT, a bearer token, a code or a state.
fn nothing_secret_was_told(window: &Window, secrets: &[&str]) -> Result<(), Failure> {
    let script = "return JSON.stringify([window.heard, document.documentElement.outerHTML])";
    let told = window.session().run_script(script, &[])?;
    let told = told.as_str().unwrap_or_default();
    for heard in ["browser_requested", "sign_in_asked", "contacts"] {
        expect_equal(
            &format!("{heard}'s being heard"),
            &told.contains(heard),
            &true,
        )?;
    }
    for secret in secrets {
        if let Some(how) = find_leak(told, secret) {
            return Err(Failure::program(
                "the app's window",
                format!("it was told a secret, {how}"),
            ));
        }
    }
    for word in [
        "access_token",
        "refresh_token",
        "code_verifier",
        "Bearer ",
        "&state=",
        "eyJ",
    ] {
        expect_equal(
            &format!("{word}'s being told"),
            &told.contains(word),
            &false,
        )?;
    }
    Ok(())
}

/// A1: a builder makes an app with a search and a table, takes an edit back and again, saves it, and uses it.
pub fn an_app_is_built_and_used(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    window.click("link", "Apps")?;
    window.click("button", "Add app")?;
    let dialog = window.find("dialog", "Add app")?;
    window.fill_in(&dialog, "textbox", "Name", "Rounds")?;
    window.click_in(&dialog, "button", "Add")?;
    window.find_marked("screen-card-home")?;
    add_control(window, "Input")?;
    window.find_marked("control-card-input")?;
    add_control(window, "Table")?;
    window.find_marked("control-card-table")?;
    window.click("button", "Add a connector")?;
    window.click_beginning("button", "Harbour: sign in with a form")?;
    window.choose("Endpoint", "List contacts")?;
    window.fill("textbox", "query", "{{ input.value }}")?;
    add_control(window, "Button")?;
    window.find_marked("control-card-button")?;
    window.click("button", "Undo")?;
    window.wait_until_unmarked("control-card-button")?;
    window.click("button", "Redo")?;
    window.find_marked("control-card-button")?;
    window.click("button", "Save")?;
    window.wait_for_text_in("app-draft-state", "Saved")?;
    scene.keep_look("app-built")?;
    window.click_marked("app-preview")?;
    window.enter_app()?;
    sign_in_by_form(window, CRM_OF_ROUNDS, "E-mail")?;
    window.wait_for_text_in("managed-auth", "1 of 1 signed in")?;
    window.click_marked("continue")?;
    // Nothing typed is no query yet.
    window.find_marked("control-input")?;
    let field = window.find_marked("control-input")?;
    window.fill_in(&field, "textbox", "Input", "galley")?;
    window.wait_for_text_in("control-table", "Greta Galley")
}

fn add_control(window: &Window, kind: &str) -> Result<(), Failure> {
    window.click("button", "Add control")?;
    window.click_beginning("menuitem", kind)
}

/// A5: an app's file that is opened while the studio runs opens in it, in a window of its own; one that is none is said.
pub fn a_file_is_opened_beside_the_studio(scene: &mut Scene) -> Result<(), Failure> {
    let file = front_desk_file(scene)?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    window.find("button", "Add connector")?;
    // As a desktop opens it: the file alone.
    let studio = scene.stage.programs.join("latchwork-studio");
    scene.desktop().run(&studio, &[&file])?;
    window.enter_app()?;
    window.wait_for_text_in("managed-auth", "Sign in to use Front desk")?;
    sign_in_by_form(window, "auth-harbour", "E-mail")?;
    window.wait_for_text_in("managed-auth", "1 of 1 signed in")?;
    // The window is gone before the driver has an answer for it.
    let _ = window.click("button", "Quit");
    window.enter_studio()?;
    window.find("button", "Add connector").map(drop)
}
