//! The catalogue in the window: found, added, filled in; and how it looks.

use super::layout::in_both_themes;
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::window::Window;

const SEARCH: &str = "Search the catalogue";

/// C6: a typo finds it, one click adds it, and the editor opens at what is still to be filled in.
pub fn slack_is_found_with_a_typo_added_and_filled_in(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    let window = scene.window()?;
    window.click("button", "Choose a ready-made connector")?;
    find(window, "slck", "Slack")?;
    window.wait_for_text_of("region", "Slack", "From documentation, ")?;
    add(window, "Slack")?;
    window.wait_for_text("Still to be filled in: client_id.")?;
    window.fill("textbox", "Value of client_id", "1234.5678")?;
    window.click("button", "Save")?;
    window.find("button", "Test auth steps")?;

    window.click("link", "Connectors")?;
    window.click("button", "Add connector")?;
    window.click("button", "Look in the catalogue")?;
    find(window, "stripe", "Stripe")?;
    add(window, "Stripe")?;
    window.wait_for_text("Still to be filled in: secret_key.")?;
    window.click("button", "Set secret_key")?;
    window.fill("textbox", "Value", "rk_test_1")?;
    window.click("button", "Keep it")?;
    window.wait_for_text_of("button", "Replace secret_key", "Replace")?;
    let shown = window.all_text()?.contains("Still to be filled in");
    expect_equal("something left to fill in", &shown, &false)
}

/// Lists and details fit, the longest steps and notes among them.
pub fn the_catalogue_fits(scene: &mut Scene) -> Result<(), Failure> {
    scene.open_studio(&[])?;
    in_both_themes(scene, &|look, window| {
        window.click("link", "Connectors")?;
        window.click("button", "Catalogue")?;
        window.expect_in_sight("searchbox", SEARCH)?;
        look.judge("catalogue")?;
        for (id, title) in [
            ("google-service-account", "Google service account"),
            ("zoho", "Zoho CRM"),
        ] {
            window.click_marked(&format!("entry-{id}"))?;
            window.find("region", title)?;
            window.expect_in_sight("button", "Add to my connectors")?;
            look.judge(&format!("catalogue-{id}"))?;
        }
        window.fill("searchbox", SEARCH, "weather")?;
        window.wait_for_text("Nothing in the catalogue fits")?;
        look.judge("catalogue-nothing")?;
        window.click("button", "Clear search")
    })
}

fn find(window: &Window, query: &str, title: &str) -> Result<(), Failure> {
    window.fill("searchbox", SEARCH, query)?;
    window.find("region", title).map(drop)
}

fn add(window: &Window, title: &str) -> Result<(), Failure> {
    let detail = window.find("region", title)?;
    window.click_in(&detail, "button", "Add to my connectors")
}
