//! The accounts of a connector: added, signed in, used, renamed, in need of their person, signed out, cleared.

use latchwork_testkit::oidc::OidcOptions;

use super::{sessions, sign_in};
use crate::failure::{Failure, expect_equal};
use crate::scene::Scene;
use crate::studio::{self, account, account_is};
use crate::window::Window;

/// K3 and K2: a second account is the one that an endpoint is called as; its name changes; signing it out is told to
/// the provider, clearing is not.
pub fn are_added_used_renamed_and_signed_out(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    sessions::build(window, &issuer)?;
    add_work(window)?;
    let work = account(window, "Work: Not signed in")?;
    window.click_in(&work, "button", "Sign in")?;
    sign_in::sign_in(scene, &issuer)?;
    account_is(window, "Work", "Signed in", "Signed in as ada")?;
    account_is(window, "Default", "Not signed in", "in use")?;
    let work = account(window, "Work: Signed in")?;
    window.click_in(&work, "button", "Use this account")?;
    account_is(window, "Work", "Signed in", "in use")?;
    window.click_beginning("button", "Accounts: Work · ada")?;

    // Whose session it is, is seen in nobody's being asked.
    sessions::run_list_contacts(window)?;
    studio::run_works_unasked(window)?;
    sessions::answer_is(window, "200")?;
    let counts = scene.identity()?.counts();
    expect_equal(
        "the codes that were exchanged",
        &counts.token_requests("authorization_code"),
        &1,
    )?;

    studio::open_part(window, "Accounts")?;
    window.click("button", "More for Work")?;
    window.click_beginning("menuitem", "Rename…")?;
    let dialog = window.find("dialog", "Rename “Work”")?;
    window.fill_in(&dialog, "textbox", "Name", "Office")?;
    window.click_in(&dialog, "button", "Rename")?;
    account_is(window, "Office", "Signed in", "Signed in as ada")?;

    let office = account(window, "Office: Signed in")?;
    window.click_in(&office, "button", "Sign out")?;
    window.wait_for_text("signed out")?;
    account_is(window, "Office", "Not signed in", "in use")?;
    let revoked = scene.identity()?.counts().revocations;
    expect_equal("the provider's being told", &(revoked > 0), &true)?;
    clearing_is_not_told(scene, &issuer, revoked)
}

/// K2: *Clear cached auth* of one account forgets it here alone.
fn clearing_is_not_told(scene: &Scene, issuer: &str, revoked: u32) -> Result<(), Failure> {
    let window = scene.window()?;
    let office = account(window, "Office: Not signed in")?;
    window.click_in(&office, "button", "Sign in")?;
    allow_again(scene, issuer)?;
    account_is(window, "Office", "Signed in", "Signed in as ada")?;
    window.click("button", "More for Office")?;
    window.click_beginning("menuitem", "Clear cached auth…")?;
    let question = window.find("alertdialog", "Clear the cached auth of “Office”?")?;
    window.click_in(&question, "button", "Clear cached auth")?;
    account_is(window, "Office", "Not signed in", "in use")?;
    expect_equal(
        "the revocations that the provider got",
        &scene.identity()?.counts().revocations,
        &revoked,
    )
}

/// R8: the provider refuses to renew; the account needs its person, with the provider's words, and *Reconnect* brings
/// it back.
pub fn one_that_is_refused_needs_you_and_reconnects(scene: &mut Scene) -> Result<(), Failure> {
    let issuer = scene.start_identity(&OidcOptions::default())?;
    scene.open_studio(&[])?;
    let window = scene.window()?;
    sessions::build(window, &issuer)?;
    window.click("button", "Test auth steps")?;
    sign_in::sign_in(scene, &issuer)?;
    studio::run_works(window)?;
    studio::open_part(window, "Accounts")?;
    account_is(window, "Default", "Signed in", "Signed in as ada")?;

    scene.identity()?.revoke_tokens();
    window.click("button", "Test refresh flow")?;
    window.wait_for_text_in("run-state", "Failed")?;
    window.wait_for_text_in("run-refresh", "Refused by the provider")?;
    account_is(window, "Default", "Needs you", "grant request is invalid")?;
    window.wait_for_text_in("activity", "Needs you")?;
    let refresh = window.find_marked("run-refresh")?;
    window.look_for("button", "Reconnect", Some(&refresh))?;
    scene.keep_look("account-needs-you")?;
    let refused = scene.identity()?.counts().token_refusals("refresh_token");
    expect_equal("the renewals that were refused", &refused, &1)?;

    let card = account(window, "Default: Needs you")?;
    window.click_in(&card, "button", "Reconnect")?;
    allow_again(scene, &issuer)?;
    account_is(window, "Default", "Signed in", "Signed in as ada")?;
    sessions::run_list_contacts(window)?;
    studio::run_works_unasked(window)?;
    sessions::answer_is(window, "200")
}

fn add_work(window: &Window) -> Result<(), Failure> {
    studio::open_part(window, "Accounts")?;
    window.wait_for_text("Nobody is signed in")?;
    window.click("button", "Add account")?;
    let dialog = window.find("dialog", "Add account")?;
    window.fill_in(&dialog, "textbox", "Name", "Work")?;
    window.click_in(&dialog, "button", "Add")
}

/// Signed in at the provider already, the person is only asked whether it is allowed.
fn allow_again(scene: &Scene, issuer: &str) -> Result<(), Failure> {
    scene.browser()?.follow(issuer)?;
    scene.browser()?.press("allow")
}
