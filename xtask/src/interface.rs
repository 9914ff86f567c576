//! The user interface's own build: its packages from npm, and `ui/dist`.

use crate::checkout;
use crate::console::heading;
use crate::failure::Failure;
use crate::node_packages;
use crate::program::Program;

/// Brings `ui/node_modules` in line with the lock file; nothing happens where it already is.
pub fn install() -> Result<(), Failure> {
    node_packages::install("ui", "the interface")
}

/// Builds `ui/dist` where a source is newer than it.
pub fn build_if_stale() -> Result<(), Failure> {
    let sources = [
        "src",
        "public",
        "index.html",
        "app.html",
        "package.json",
        "package-lock.json",
        "vite.config.ts",
        "tsconfig.json",
    ]
    .map(|name| checkout::path("ui").join(name));
    let built = checkout::newest_change(&[checkout::path("ui/dist/index.html")]);
    if built.is_some() && built >= checkout::newest_change(&sources) {
        return Ok(());
    }
    heading("Interface");
    build()
}

/// Builds `ui/dist`.
pub fn build() -> Result<(), Failure> {
    Program::npm("ui").args(["run", "--silent", "build"]).run()
}
