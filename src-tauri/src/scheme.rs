//! Whose the scheme of deep links is on this system.

use latchwork_studio::{DEEP_LINK_SCHEME, DeepLinkState};
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_deep_link::DeepLinkExt as _;

use crate::host::StartOptions;

/// Whose it is, and in words where it is not ours.
pub(crate) fn owner<R: Runtime>(app: &AppHandle<R>) -> (DeepLinkState, Option<String>) {
    let own_folder = app
        .try_state::<StartOptions>()
        .is_some_and(|options| options.data_dir.is_some());
    if own_folder {
        let note = "This studio was started with a data folder of its own, and such a studio gets no links from the system.";
        return (DeepLinkState::NotRegistered, Some(note.to_owned()));
    }
    match app.deep_link().is_registered(DEEP_LINK_SCHEME) {
        Ok(true) => (DeepLinkState::Ours, None),
        Ok(false) => of_handler(handler().as_deref(), &installed_entry(app)),
        Err(error) => (
            DeepLinkState::NotRegistered,
            Some(format!(
                "It could not be found out who gets {DEEP_LINK_SCHEME} links: {error}."
            )),
        ),
    }
}

/// What the desktop entry that the system has for the scheme means. An installed package's own entry is ours.
fn of_handler(handler: Option<&str>, installed_entry: &str) -> (DeepLinkState, Option<String>) {
    match handler {
        Some(entry) if !cfg!(debug_assertions) && entry == installed_entry => {
            (DeepLinkState::Ours, None)
        }
        Some(entry) => (
            DeepLinkState::OtherProgram,
            Some(format!(
                "{DEEP_LINK_SCHEME} links go to another program ({entry}). Choose the loopback, or make Latchwork the program for these links in the system's settings."
            )),
        ),
        None => (
            DeepLinkState::NotRegistered,
            Some(format!(
                "Nobody gets {DEEP_LINK_SCHEME} links yet. Choose the loopback, or install Latchwork from its package."
            )),
        ),
    }
}

/// The desktop entry of an installed package: it is called as the product is.
fn installed_entry<R: Runtime>(app: &AppHandle<R>) -> String {
    let product = app.config().product_name.clone().unwrap_or_default();
    format!("{product}.desktop")
}

/// The desktop entry that gets the scheme's links, as the system says; asked without a shell.
#[cfg(target_os = "linux")]
fn handler() -> Option<String> {
    let answer = std::process::Command::new("xdg-mime")
        .args(["query", "default"])
        .arg(format!("x-scheme-handler/{DEEP_LINK_SCHEME}"))
        .output()
        .ok()?;
    let entry = String::from_utf8_lossy(&answer.stdout);
    let entry = entry.lines().next()?.trim();
    (!entry.is_empty()).then(|| entry.to_owned())
}

/// Elsewhere the system does not name the program.
#[cfg(not(target_os = "linux"))]
fn handler() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_that_another_program_has_is_lost_and_named() {
        let (state, note) = of_handler(Some("evil.desktop"), "Latchwork.desktop");
        assert_eq!(state, DeepLinkState::OtherProgram);
        assert!(note.unwrap().contains("evil.desktop"));
        assert_eq!(
            of_handler(None, "Latchwork.desktop").0,
            DeepLinkState::NotRegistered
        );
    }

    #[test]
    fn a_development_build_does_not_take_the_installed_entry_for_its_own() {
        let (state, _) = of_handler(Some("Latchwork.desktop"), "Latchwork.desktop");
        let expected = if cfg!(debug_assertions) {
            DeepLinkState::OtherProgram
        } else {
            DeepLinkState::Ours
        };
        assert_eq!(state, expected);
    }
}
