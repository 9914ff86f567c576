//! Writing a template: names offered and faults told while one types.

use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::waiting::until;
use crate::window::Window;

const FIELD: &str = "Value of parameter 1";

/// S10: two braces offer what earlier steps leave; typing narrows it, Enter takes it.
pub fn names_are_offered_while_typing(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, "Harbour: CSRF login")?;
    window.click_marked("step-page")?;
    window.find("heading", "Fetch the login page")?;
    window.fill("textbox", "Only when", "{{")?;
    offers(window, "signin.email")?;
    offers(window, "signin.password")?;
    // What runs later leaves nothing here, nor does the step itself.
    for later in ["login.body", "page.csrf"] {
        expect_equal(
            &format!("{later}'s being offered"),
            &is_offered(window, later)?,
            &false,
        )?;
    }
    window.type_on("signin.em")?;
    until("the list to narrow", || {
        let wide = is_offered(window, "signin.password")?;
        expect_equal("signin.password's being offered", &wide, &false)
    })?;
    offers(window, "signin.email")?;
    window.press(keys::ENTER)?;
    // The whole expression is there, and drawn as one thing.
    until("the name as a pill", || {
        let field = window.look_for("textbox", "Only when", None)?;
        let pill = window.session().run_script(
            "return arguments[0].querySelector('.cm-pill')?.title",
            &[field.argument()],
        )?;
        expect_equal("the pill", &pill.as_str(), &Some("{{ signin.email }}"))
    })?;
    expect_equal(
        "the list's being open",
        &is_offered(window, "signin.email")?,
        &false,
    )
}

/// S10 and T6: an unknown name is told while the field is being edited, with the nearest name that there is, and the
/// word goes away as soon as it is right.
pub fn faults_are_told_while_typing(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    studio::open_sample(window, "Harbour: sign in with a form")?;
    window.click("button", "Request parameters")?;
    window.fill("textbox", FIELD, "{{ signin.emial }}")?;
    window.wait_for_text("signin has no emial")?;
    window.wait_for_text("Did you mean")?;
    window.wait_for_text_in("diagnostics", "1 error")?;
    expect_equal("the focus", &window.focused()?.as_str(), &FIELD)?;

    window.fill("textbox", FIELD, "{{ signin.email | nosuchfilter }}")?;
    window.wait_for_text("nosuchfilter")?;
    window.wait_for_text_in("diagnostics", "error")?;

    window.fill("textbox", FIELD, "{{ signin.email }}")?;
    until("the error to go", || {
        let gone = window.look_for_mark("diagnostics").map_or(true, |_| {
            window
                .text_of_marked("diagnostics")
                .is_ok_and(|words| !words.contains("error"))
        });
        expect_equal("the checker's being content", &gone, &true)
    })?;
    expect_equal(
        "the message's being there",
        &window.all_text()?.contains("nosuchfilter"),
        &false,
    )
}

fn offers(window: &Window, name: &str) -> Result<(), Failure> {
    until(&format!("{name} to be offered"), || {
        expect_equal("its being offered", &is_offered(window, name)?, &true)
    })
}

fn is_offered(window: &Window, name: &str) -> Result<bool, Failure> {
    match window.look_for_first("option", name, None, &|found| found.starts_with(name)) {
        Ok(_) => Ok(true),
        Err(failure) if failure.is_passing() => Ok(false),
        Err(failure) => Err(failure),
    }
}
