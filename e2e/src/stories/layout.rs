//! How the window looks: in the smallest and in a large size, light and dark, with long names and with faults.
//!
//! Measured, not compared with pictures: nothing sticks out at the side or is cut off, what a person came for is in
//! sight, and every text stands out from what is behind it. Each look is kept as a picture in `target/e2e/looks`.

use crate::driver::keys;
use crate::failure::Failure;
use crate::scene::Scene;
use crate::studio;
use crate::waiting::until;
use crate::window::Window;

const FORM: &str = "Harbour: sign in with a form";
const SIGN_IN: &str = "Ask for e-mail and password";
/// A connector's name that is too long.
pub const LONG: &str = "Customer relations, northern region: staging with the partner's single sign-on (do not delete)";
/// The same for a step.
pub const LONG_TITLE: &str =
    "Sign in with the address that the administrator of your organisation gave to you";
const LONG_URL: &str =
    "/organisations/{{ signin.email }}/workspaces/north/sessions/current/tokens/refreshable";

/// Where there is nothing yet: the first screen, a flow without steps, and what can be added to it.
pub fn empty_screens_fit(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    let look = Look {
        scene,
        theme: "Light",
    };
    let window = look.scene.window()?;
    for theme in ["Light", "Dark"] {
        studio::choose_theme(window, theme)?;
        let look = Look { theme, ..look };
        window.find("button", "Add connector")?;
        window.expect_in_sight("button", "Add connector")?;
        look.judge("first-run")?;
    }
    studio::add_connector(window, "Acme", "https://api.acme.example")?;
    for theme in ["Light", "Dark"] {
        studio::choose_theme(window, theme)?;
        let look = Look { theme, ..look };
        window.find("button", "Add step")?;
        primary_actions_are_in_sight(window)?;
        look.judge("empty-flow")?;
        window.click("button", "Add step")?;
        window.find("menu", "Add step")?;
        look.judge("kinds-of-step")?;
        window.press(keys::ESCAPE)?;
    }
    Ok(())
}

/// Every screen fits, in both themes.
pub fn every_screen_fits(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    build_with_long_names(scene.window()?)?;
    in_both_themes(scene, &|look, window| {
        look.at_the_screens_around(window)?;
        look.at_long_names(window)?;
        look.at_runs(window)
    })
}

/// Plays something in the light, then in the dark.
pub fn in_both_themes(
    scene: &Scene<'_>,
    play: &dyn Fn(&Look<'_>, &Window) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let window = scene.window()?;
    for theme in ["Light", "Dark"] {
        studio::choose_theme(window, theme)?;
        play(&Look { scene, theme }, window)?;
    }
    Ok(())
}

/// A window in a theme.
#[derive(Clone, Copy)]
pub struct Look<'scene> {
    scene: &'scene Scene<'scene>,
    theme: &'static str,
}

impl<'scene> Look<'scene> {
    /// The window of a scene, in a theme that is called so.
    pub fn of(scene: &'scene Scene<'scene>, theme: &'static str) -> Self {
        Self { scene, theme }
    }
}

impl Look<'_> {
    /// Judges what the window shows now.
    pub fn judge(&self, name: &str) -> Result<(), Failure> {
        let window = self.scene.window()?;
        let width = self.scene.desktop().size().width;
        let name = format!("{name}-{width}-{}", self.theme.to_lowercase());
        self.scene.keep_look(&name)?;
        window.expect_no_overflow(&name)?;
        window.expect_contrast(&name)
    }

    fn at_the_screens_around(&self, window: &Window) -> Result<(), Failure> {
        window.click("link", "Settings")?;
        window.find("heading", "Settings")?;
        self.judge("settings")?;
        window.click("link", "Practice provider")?;
        window.find("heading", "Practice provider")?;
        self.judge("practice")?;
        window.click("link", "Connectors")?;
        window.find("link", FORM)?;
        window.expect_in_sight("button", "Add connector")?;
        window.expect_in_sight("button", "Import")?;
        window.expect_in_sight("searchbox", "Search connectors")?;
        self.judge("connectors")?;
        window.click("button", "Add connector")?;
        let dialog = window.find("dialog", "Add connector")?;
        window.expect_in_sight("button", "Add")?;
        self.judge("add-connector")?;
        window.click_in(&dialog, "button", "Cancel")
    }

    /// The editor of a connector all of whose names are too long, place by place.
    fn at_long_names(&self, window: &Window) -> Result<(), Failure> {
        window.click("link", LONG)?;
        window.click_marked("step-signin")?;
        primary_actions_are_in_sight(window)?;
        self.judge("long-form-step")?;
        for step in ["login", "basic", "values", "wait"] {
            window.click_marked(&format!("step-{step}"))?;
            window.find("heading", LONG_TITLE)?;
            self.judge(&format!("long-{step}-step"))?;
        }
        window.click_marked("diagnostics")?;
        window.find("dialog", "What the checker found")?;
        self.judge("findings")?;
        window.press(keys::ESCAPE)?;
        for part in [
            "Request parameters",
            "Signing",
            "Test request",
            "Endpoints",
            "Variables",
            "Connector settings",
        ] {
            // A part with something to fix says so in its name.
            let named = |name: &str| name == part || name.starts_with(&format!("{part}, "));
            let button = window.look_for_first("button", part, None, &named)?;
            window.session().click(&button)?;
            window.find("heading", part)?;
            primary_actions_are_in_sight(window)?;
            self.judge(&format!("long-{}", part.to_lowercase().replace(' ', "-")))?;
        }
        window.click("link", "Connectors")
    }

    /// A form that is asked, a run that failed, one that worked, and an endpoint's answer.
    fn at_runs(&self, window: &Window) -> Result<(), Failure> {
        window.click("link", FORM)?;
        window.click_marked("step-login")?;
        window.click("button", "Test auth steps")?;
        window.find_marked("form-modal")?;
        window.expect_in_sight("button", "Continue")?;
        window.expect_in_sight("textbox", "Password")?;
        self.judge("form-modal")?;
        studio::answer_form(window, &[("Password", "wrong")])?;
        window.wait_for_text_in("run-state", "Failed")?;
        self.judge("run-failed")?;
        window.click("button", "Past runs")?;
        let is_kept = |name: &str| name.contains("Test auth steps") && name != "Test auth steps";
        until("a run of the past", || {
            window.look_for_first("button", "Test auth steps", None, &is_kept)
        })?;
        self.judge("past-runs")?;
        window.click("button", "Hide past runs")?;
        studio::from_step_menu(window, SIGN_IN, "Delete")?;
        let question = window.find("alertdialog", &format!("Delete “{SIGN_IN}”?"))?;
        window.expect_in_sight("button", "Delete anyway")?;
        self.judge("delete-step")?;
        window.click_in(&question, "button", "Keep it")?;
        window.click_marked("step-signin")?;
        window.click_beginning("button", "Password")?;
        self.judge("form-field")?;
        window.click_marked("step-login")?;
        studio::test_auth_steps(window)?;
        primary_actions_are_in_sight(window)?;
        self.judge("run-worked")?;
        studio::open_endpoint(window, "list_contacts")?;
        studio::run_endpoint(window, &[])?;
        studio::run_works_unasked(window)?;
        window.wait_for_text("Ada Anchor")?;
        window.expect_in_sight("button", "Run")?;
        window.expect_in_sight("tab", "Tree")?;
        self.judge("endpoint")?;
        window.click("link", "Connectors")
    }
}

fn primary_actions_are_in_sight(window: &Window) -> Result<(), Failure> {
    for name in ["Test auth steps", "Save", "Add step", "Paste step"] {
        window.expect_in_sight("button", name)?;
    }
    Ok(())
}

fn build_with_long_names(window: &Window) -> Result<(), Failure> {
    let address = "https://customer-relations-northern-region.staging.partners.acme.example/api/v2";
    window.click("link", "Connectors")?;
    studio::add_connector(window, LONG, address)?;
    studio::add_step(window, "Form")?;
    window.find_marked("step-signin")?;
    window.fill("textbox", "Title", LONG_TITLE)?;
    studio::add_step(window, "API request")?;
    window.find_marked("step-login")?;
    window.fill("textbox", "Label", LONG_TITLE)?;
    window.fill("textbox", "URL", LONG_URL)?;
    for (kind, id) in [
        ("Basic auth", "basic"),
        ("Set variables", "values"),
        ("Poll until ready", "wait"),
    ] {
        studio::add_step(window, kind)?;
        window.find_marked(&format!("step-{id}"))?;
        window.fill("textbox", "Label", LONG_TITLE)?;
    }
    window.click("button", "Request parameters")?;
    window.click("button", "Add parameter")?;
    window.fill(
        "textbox",
        "Value of parameter 1",
        "Bearer {{ login.body.session.credentials.access_token }}, {{ signin.emial }}",
    )?;
    window.click("button", "Endpoints")?;
    window.click("button", "Add endpoint")?;
    window.fill("textbox", "Name", LONG_TITLE)?;
    window.fill("textbox", "URL", LONG_URL)?;
    window.wait_for_text_in("draft-state", "Draft saved")
}
