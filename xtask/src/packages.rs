//! The system libraries that a build or the tests need, from Debian's and Ubuntu's packages.
//!
//! Only missing ones are installed, and what is there is found out in milliseconds. Rust and Node.js are not
//! installed here: their versions are the person's choice.

use std::path::Path;

use crate::console::{Consent, heading};
use crate::failure::Failure;
use crate::program::Program;

/// A package and what it is for.
pub type Package = (&'static str, &'static str);

/// What building any of the Rust code needs.
pub const COMPILER: &[Package] = &[
    ("build-essential", "the C compiler and linker"),
    ("pkg-config", "finds system libraries"),
];

/// What building and starting the studio needs.
pub const WINDOW: &[Package] = &[
    (
        "libwebkit2gtk-4.1-dev",
        "the web view that shows the window",
    ),
    ("librsvg2-dev", "icons"),
    ("libayatana-appindicator3-dev", "the tray"),
    ("libxdo-dev", "the clipboard's keys"),
    ("libdbus-1-dev", "the desktop's message bus"),
];

/// What the end-to-end tests need beyond that.
pub const END_TO_END: &[Package] = &[
    ("xvfb", "a display without a screen"),
    ("webkit2gtk-driver", "drives the window as a person would"),
    ("dbus", "a message bus for each test"),
    ("gnome-keyring", "a real system keyring for each test"),
];

/// What the stories in the system's browser need beyond that. Where it is not there they are skipped.
pub const BROWSER: &[Package] = &[
    ("chromium", "a system browser to sign in with"),
    ("chromium-driver", "drives that browser as a person would"),
    (
        "desktop-file-utils",
        "lets a test's home say who opens which links",
    ),
    ("xdg-utils", "hands addresses to the program for them"),
    ("libglib2.0-bin", "does the same on a GNOME desktop"),
];

/// Installs those of `wanted` that are missing.
pub fn provide(wanted: &[&[Package]], consent: Consent) -> Result<(), Failure> {
    let wanted: Vec<Package> = wanted
        .iter()
        .flat_map(|group| group.iter().copied())
        .collect();
    if !Path::new("/usr/bin/dpkg-query").exists() {
        return no_debian(&wanted);
    }
    let missing = missing(&wanted);
    if missing.is_empty() {
        return Ok(());
    }
    heading("System packages");
    let root = is_root();
    let list: Vec<String> = missing
        .iter()
        .map(|(name, purpose)| format!("  {name:<30} {purpose}"))
        .collect();
    let through = if root { "" } else { ", through sudo" };
    consent.to(&format!(
        "These packages are missing and will be installed with apt-get{through}:\n{}",
        list.join("\n")
    ))?;
    let unattended = consent == Consent::Given;
    apt(root, unattended)?.args(["update", "-q"]).run()?;
    apt(root, unattended)?
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(missing.iter().map(|(name, _)| name))
        .run()
}

fn missing(wanted: &[Package]) -> Vec<Package> {
    // Exit code 1 where one is unknown; the rest is on standard output all the same.
    let installed = std::process::Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\n"])
        .args(wanted.iter().map(|(name, _)| name))
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    not_among(wanted, &installed)
}

fn not_among(wanted: &[Package], installed: &str) -> Vec<Package> {
    let there = |name: &str| {
        installed
            .lines()
            .any(|line| line == format!("{name} installed"))
    };
    wanted
        .iter()
        .copied()
        .filter(|(name, _)| !there(name))
        .collect()
}

fn is_root() -> bool {
    // The effective user is the second number of the line.
    std::fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        status
            .lines()
            .find_map(|line| line.strip_prefix("Uid:"))
            .is_some_and(|ids| ids.split_whitespace().nth(1) == Some("0"))
    })
}

fn apt(root: bool, unattended: bool) -> Result<Program, Failure> {
    if root {
        return Ok(Program::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive"));
    }
    if !Program::exists("sudo") {
        return Err(Failure::missing(
            "the right to install packages",
            "start this task as root once, or install sudo",
        ));
    }
    let mut words = vec!["DEBIAN_FRONTEND=noninteractive", "apt-get"];
    if unattended {
        // Nobody is there to type a password.
        words.insert(0, "--non-interactive");
    }
    Ok(Program::new("sudo").args(words))
}

/// On other systems: say what to install where it cannot be found, and let the build tell the rest.
fn no_debian(wanted: &[Package]) -> Result<(), Failure> {
    if cfg!(any(target_os = "macos", target_os = "windows")) {
        // The web view is part of the system there; the build says what else it misses.
        return Ok(());
    }
    let wants_window = wanted.iter().any(|package| WINDOW.contains(package));
    let has_web_view = std::process::Command::new("pkg-config")
        .args(["--exists", "webkit2gtk-4.1"])
        .status()
        .is_ok_and(|status| status.success());
    if !wants_window || has_web_view {
        return Ok(());
    }
    Err(Failure::missing(
        "WebKitGTK 4.1 and its development files",
        "Fedora: sudo dnf install webkit2gtk4.1-devel librsvg2-devel libappindicator-gtk3-devel libxdo-devel dbus-devel\n  \
         Arch:   sudo pacman -S webkit2gtk-4.1 librsvg libappindicator-gtk3 xdotool dbus base-devel\n  \
         Others: https://tauri.app/start/prerequisites/",
    ))
}

#[cfg(test)]
mod tests {
    use super::{COMPILER, not_among};

    #[test]
    fn only_installed_packages_count_as_there() {
        let listed = "build-essential installed\npkg-config config-files\n";
        let missing: Vec<&str> = not_among(COMPILER, listed)
            .iter()
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(missing, ["pkg-config"]);
    }

    #[test]
    fn a_package_that_dpkg_never_heard_of_is_missing() {
        assert_eq!(not_among(COMPILER, "").len(), COMPILER.len());
    }
}
