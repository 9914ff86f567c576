//! Imports in the window: shown first, saved when the person says so, and run; or refused with the place.

use serde_json::{Value, json};

use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio;
use crate::window::Window;

/// The practice provider's.
const API_KEY: &str = "harbour-practice-key";

/// A collection for the practice provider, with its key in it.
fn collection(address: &str) -> Value {
    json!({
        "info": { "name": "Harbour from Postman", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "auth": { "type": "apikey", "apikey": [
            { "key": "key", "value": "X-API-Key" }, { "key": "value", "value": API_KEY }, { "key": "in", "value": "header" },
        ] },
        "variable": [{ "key": "baseUrl", "value": address }],
        "item": [
            { "name": "Who am I", "request": "{{baseUrl}}/key/me" },
            { "name": "People", "item": [{
                "name": "One person", "event": [{ "listen": "test", "script": { "exec": ["pm.test()"] } }],
                "request": { "method": "GET", "url": "{{baseUrl}}/echo/people/:person?from=postman" },
            }] },
        ],
    })
}

fn paste(window: &Window, text: &str) -> Result<(), Failure> {
    window.fill("textbox", "Or paste its text", text)?;
    window.click("button", "Continue")
}

/// X2: a builder pastes a Postman collection, sees what was understood, imports it, and runs an endpoint with the key
/// that went into the vault. X3: the same connector as a cURL script, without the key.
pub fn postman_collection_is_imported_and_run(scene: &mut Scene) -> Result<(), Failure> {
    let address = scene.start_provider()?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    window.click_beginning("button", "Open or import a file")?;
    window.click_beginning("menuitem", "A connector")?;
    scene.keep_look("import-choose")?;
    window.expect_no_overflow("the import dialog")?;
    paste(window, &collection(&address).to_string())?;
    window.wait_for_text_in("import-understood", "API key in the header X-API-Key")?;
    window.wait_for_text_in("import-understood", "2 endpoints out of 1 folder")?;
    window.wait_for_text_in("import-notes", "Test scripts are not run: One person.")?;
    window.click_beginning("button", "Endpoints")?;
    window.wait_for_text_in("import-endpoints", "/echo/people/{{ input.person }}")?;
    scene.keep_look("import-preview")?;
    window.expect_no_overflow("what an import would bring")?;
    window.expect_contrast("what an import would bring")?;
    window.expect_in_sight("button", "Back")?;
    // Nothing is saved yet.
    let before = scene.latchwork(&["connectors", "--json"])?;
    expect_equal("the library before the import", &before.trim(), &"[]")?;

    let dialog = window.find_marked("import-dialog")?;
    window.click_in(&dialog, "button", "Import")?;
    studio::open_endpoint(window, "one_person")?;
    studio::run_endpoint(window, &[("person", "42")])?;
    studio::run_works(window)?;
    window.wait_for_text("/echo/people/42")?;
    studio::open_endpoint(window, "who_am_i")?;
    window.click("button", "Run")?;
    studio::run_works(window)?;
    window.wait_for_text(studio::EMAIL)?;

    window.click("button", "More for this connector")?;
    window.click_beginning("menuitem", "Export as cURL script…")?;
    window.wait_for_text_in("export-text", "one_person)")?;
    scene.keep_look("export-curl")?;
    let script = window.text_of_marked("export-text")?;
    expect_equal(
        "the key's being in the script",
        &script.contains(API_KEY),
        &false,
    )
}

/// A file that is broken is refused with its place, and nothing is imported; what is right is imported after it.
pub fn broken_files_are_refused_with_their_place(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&["--practice"])?;
    let window = scene.window()?;
    let before = scene.latchwork(&["connectors", "--json"])?;
    window.click("button", "Import")?;
    let whole = collection("https://api.example");
    let mut wrong = whole.clone();
    wrong["item"][1]["item"][0]["request"]["header"] =
        json!([{ "key": ["<script>alert(1)</script>"] }]);
    for (text, place) in [
        (
            wrong.to_string(),
            "item[1].item[0].request.header[0].key: expected text, found a list",
        ),
        (
            whole.to_string()[..200].to_owned(),
            "this is not whole JSON",
        ),
        (
            json!({ "openapi": "3.1.0", "info": {}, "paths": [1] }).to_string(),
            "import.invalid",
        ),
        ("curl --heder x".to_owned(), "column 6: curl has no option"),
    ] {
        paste(window, &text)?;
        window.wait_for_text_in("import-dialog", place)?;
    }
    scene.keep_look("import-refused")?;
    window.expect_no_overflow("a refused import")?;
    let after = scene.latchwork(&["connectors", "--json"])?;
    expect_equal("the library after refused imports", &after, &before)
}
