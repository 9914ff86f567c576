//! A connector that lives in a file: opened from it, saved to it, followed, compared.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::waiting::until_some;
use crate::window::Window;

const NAME: &str = "harbour.connector.json";

fn connector(address: &str, name: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "id": "5e0e5d8c-40a6-4a53-9d5b-9d2f4f1a0006", "name": name, "kind": "rest",
        "base_url": address, "auth": { "method": "none" },
        "endpoints": [{ "id": "contacts", "request": { "method": "GET", "url": "/contacts" } }]
    })
}

fn write(file: &PathBuf, connector: &Value) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(connector).unwrap_or_default();
    fs::write(file, text).map_err(|error| Failure::program("the story's file", error))
}

fn on_disk(file: &PathBuf) -> Value {
    let text = fs::read_to_string(file).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

fn wait_for_name(file: &PathBuf, name: &str) -> Result<(), Failure> {
    until_some(&format!("{name} to be saved to the file"), || {
        Ok((on_disk(file)["name"] == name).then_some(()))
    })
}

fn rename_in_window(window: &Window, name: &str) -> Result<(), Failure> {
    studio::open_part(window, "Connector settings")?;
    window.fill("textbox", "Name", name)
}

/// X1: the studio is started with a connector's file, as a desktop opens one; a save goes to the file, what another
/// program writes is followed, and a conflict is compared side by side. The command line sees the same.
pub fn a_file_is_edited_followed_and_compared(scene: &mut Scene) -> Result<(), Failure> {
    let address = scene.start_provider()?;
    let file = scene.desktop().path(NAME);
    write(&file, &connector(&address, "Harbour"))?;
    let argument = file.display().to_string();
    scene.open_studio(&[&argument])?;
    let window = scene.window()?;
    window.wait_for_text_in("linked-file", NAME)?;

    rename_in_window(window, "Harbour of ours")?;
    window.click("button", "Save")?;
    wait_for_name(&file, "Harbour of ours")?;

    write(&file, &connector(&address, "Harbour of theirs"))?;
    window.wait_for_text("You see it as it is now")?;
    window.wait_for_text("Harbour of theirs")?;
    let listed = scene.latchwork(&["connectors", "--json"])?;
    expect_equal(
        "the name on the command line",
        &listed.contains("Harbour of theirs"),
        &true,
    )?;

    rename_in_window(window, "Harbour again ours")?;
    window.wait_for_text_in("draft-state", "Draft saved")?;
    let mut theirs = connector(&address, "Harbour again theirs");
    theirs["description"] = json!("Who calls, and when.");
    write(&file, &theirs)?;
    window.wait_for_text_in("file-banner", "while you have unsaved changes")?;
    scene.keep_look("linked-conflict")?;
    window.expect_no_overflow("the editor of a connector whose file changed")?;
    window.expect_contrast("the editor of a connector whose file changed")?;
    window.click("button", "Save")?;
    window.wait_for_text_in("side-by-side", "Harbour again theirs")?;
    window.wait_for_text_in("side-by-side", "Harbour again ours")?;
    scene.keep_look("linked-compare")?;
    window.expect_no_overflow("a file beside what is here")?;
    window.expect_contrast("a file beside what is here")?;
    expect_equal(
        "the file while nobody chose",
        &on_disk(&file)["name"],
        &json!("Harbour again theirs"),
    )?;
    window.click("button", "Save the right side")?;
    window.wait_until_unmarked("file-conflict")?;
    wait_for_name(&file, "Harbour again ours")?;
    expect_equal(
        "what only the file had",
        &on_disk(&file)["description"],
        &Value::Null,
    )?;

    fs::write(&file, "<<<<<<< HEAD").map_err(|error| Failure::program("the file", error))?;
    window.wait_for_text_in("file-banner", "it is no connector as it stands")?;
    fs::remove_file(&file).map_err(|error| Failure::program("the file", error))?;
    window.wait_for_text_in("file-banner", "Saving writes it anew")?;
    let tested = scene.latchwork(&["export", "Harbour again ours"])?;
    expect_equal(
        "the connector that is left",
        &tested.contains(&address),
        &true,
    )
}

/// X1: the same beside each other at the smallest size, with a long name, in the dark.
pub fn a_file_is_compared_in_a_small_window(scene: &mut Scene) -> Result<(), Failure> {
    let address = scene.start_provider()?;
    let file = scene
        .desktop()
        .path("customer-relations-of-the-harbour-and-its-many-quays.connector.json");
    write(
        &file,
        &connector(
            &address,
            "Customer relations of the harbour and its many quays",
        ),
    )?;
    let argument = file.display().to_string();
    scene.open_studio(&[&argument])?;
    let window = scene.window()?;
    window.find_marked("linked-file")?;
    studio::choose_theme(window, "Dark")?;
    rename_in_window(window, "Customer relations")?;
    window.wait_for_text_in("draft-state", "Draft saved")?;
    write(&file, &connector(&address, "Of theirs"))?;
    window.wait_for_text_in("file-banner", "while you have unsaved changes")?;
    scene.keep_look("linked-conflict-small")?;
    window.expect_no_overflow("a small editor of a connector whose file changed")?;
    window.click("button", "Compare…")?;
    window.wait_for_text_in("side-by-side", "Of theirs")?;
    scene.keep_look("linked-compare-small")?;
    window.expect_no_overflow("a file beside what is here in a small window")?;
    window.expect_contrast("a file beside what is here in the dark")?;
    window.expect_in_sight("button", "Save the right side")?;
    let dialog = window.find_marked("file-conflict")?;
    window.click_in(&dialog, "button", "Take the file")?;
    window.wait_until_unmarked("file-conflict")?;
    window.wait_for_text("Of theirs")
}
