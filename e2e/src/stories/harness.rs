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

/// The measures of the layout stories find what they are for, and nothing where all is well.
pub fn sees_what_does_not_fit_and_is_faint(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_browser(
        "data:text/html,<!doctype html><title>Well</title><body style='background:white;color:black'>\
         <button>Save</button><button disabled style='color:%23ddd'>Later</button>",
    )?;
    scene.window()?.expect_no_overflow("a page that fits")?;
    scene.window()?.expect_contrast("a page to read")?;
    scene.window()?.expect_in_sight("button", "Save")?;
    scene.window()?.session().visit(
        "data:text/html,<!doctype html><title>Ill</title><body style='background:white;color:black'>\
         <p style='color:%23aaa'>faint</p><div style='overflow:auto;width:90px'><p style='width:300px'>wide</p></div>\
         <button style='width:40px;overflow:hidden;white-space:nowrap'>A label that is cut</button>\
         <button style='position:absolute;left:4000px'>Far</button>\
         <button style='position:fixed;left:0;top:200px'>Under</button>\
         <div style='position:fixed;left:0;top:180px;width:300px;height:90px'></div>",
    )?;
    let window = scene.window()?;
    let found = format!("{:?}", window.expect_no_overflow("a page"));
    for part in [
        "the page is",
        "scrolls sideways",
        "“A label that is cut” is cut",
        "“Far” sticks out",
    ] {
        expect_equal(
            &format!("“{part}” in {found}"),
            &found.contains(part),
            &true,
        )?;
    }
    let faint = format!("{:?}", window.expect_contrast("a page"));
    expect_equal(
        &format!("“faint” alone in {faint}"),
        &faint.matches(" 2.32 ").count(),
        &1,
    )?;
    let under = window.look_for("button", "Under", None)?;
    expect_equal(
        "the covered button's being in sight",
        &window.is_in_sight(&under)?.starts_with("under"),
        &true,
    )
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
