//! The harness tested by itself, on a plain page in the same engine, so that a red story is about the studio.

use std::path::Path;

use crate::driver::keys;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;

const PAGE: &str = "data:text/html,<title>Practice</title>\
<label for=name>Name</label><input id=name value=before>\
<div role=textbox contenteditable=true aria-label=Notes>before</div>\
<button aria-label=Save onclick=\"setTimeout(() => { document.querySelector('output').textContent = \
'Saved ' %2B document.querySelector('input').value %2B '/' %2B document.querySelector('[role=textbox]').textContent }, 200)\">x</button>\
<button style='display:none'>Hidden</button><output data-testid=result></output>\
<script>addEventListener('keydown', (event) => { if (event.ctrlKey %26%26 event.key === 'z') document.title = 'Undone' })</script>";

pub fn finds_clicks_and_types(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_browser(PAGE)?;
    let window = scene.window()?;
    window.fill("textbox", "Name", "after")?;
    window.fill("textbox", "Notes", "new")?;
    window.click("button", "Save")?;
    window.wait_for_text_in("result", "Saved after/new")?;
    window.session().press(&[keys::CONTROL, "z"])?;
    let title = window.session().run_script("return document.title", &[])?;
    expect_equal("the title after Ctrl+Z", &title.as_str(), &Some("Undone"))?;
    expect_equal(
        "a hidden button's being shown",
        &window.shows("button", "Hidden")?,
        &false,
    )?;
    let picture = window.session().picture()?;
    expect_equal(
        "the picture's first bytes",
        &picture.get(..4),
        &Some(b"\x89PNG".as_slice()),
    )
}

pub fn says_what_it_waited_for(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_browser(PAGE)?;
    let window = scene.window()?;
    // Looked for once, without the deadline: the message is what counts here.
    match window.look_for("button", "Sav", None) {
        Err(failure) if failure.is_passing() && failure.to_string().contains("\"Save\"") => Ok(()),
        other => Err(Failure::Expectation {
            expected: "the names that come near".to_owned(),
            found: format!("{other:?}"),
        }),
    }
}

pub fn has_an_open_keyring(scene: &mut Scene) -> Result<(), Failure> {
    let answer = ask_keyring(scene)?;
    expect_equal(
        "the keyring's being open",
        &answer.contains("boolean false"),
        &true,
    )
}

pub fn can_be_without_keyring(scene: &mut Scene) -> Result<(), Failure> {
    expect_equal(
        "an answer where there is no keyring",
        &ask_keyring(scene).is_ok(),
        &false,
    )
}

/// Asks the Secret Service whether the default collection is locked.
fn ask_keyring(scene: &Scene) -> Result<String, Failure> {
    scene.desktop().run(
        Path::new("dbus-send"),
        &[
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.secrets",
            "/org/freedesktop/secrets/aliases/default",
            "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.Secret.Collection",
            "string:Locked",
        ],
    )
}
