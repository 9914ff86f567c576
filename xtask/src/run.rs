//! `cargo xtask run`: from a fresh checkout to the studio with something to try in it.

use crate::checkout;
use crate::console::{Consent, heading, say};
use crate::failure::Failure;
use crate::program::Program;
use crate::test::FEATURES;
use crate::{interface, packages, practice};

/// Sets up, builds and opens the studio; without a display, runs the sample flow in the terminal.
pub fn run(consent: Consent, in_terminal: bool) -> Result<(), Failure> {
    if in_terminal {
        return practice::run(consent);
    }
    if !has_display() {
        say(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.\n\
             The sample flow runs in the terminal instead.",
        );
        return practice::run(consent);
    }
    packages::provide(&[packages::COMPILER, packages::WINDOW], consent)?;
    interface::install()?;
    interface::build_if_stale()?;
    heading("Studio");
    Program::cargo()
        .args([
            "build",
            "--package",
            "latchwork-desktop",
            "--package",
            "latchwork-cli",
        ])
        .args(FEATURES)
        .run()?;
    say("Opening the studio with the practice provider. Close its window to end this.");
    Program::new(checkout::built("latchwork-studio"))
        .args(["--practice"])
        .run()
}

/// Whether a display is there to open a window on.
fn has_display() -> bool {
    cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
