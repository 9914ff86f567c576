//! `cargo xtask screenshots`: drives the real window through the main job and writes `docs/images/*.png`.

use crate::console::{Consent, heading};
use crate::failure::Failure;
use crate::program::Program;
use crate::{checkout, interface, test};

/// Builds what is stale, drives the window, writes the pictures.
pub fn run(consent: Consent) -> Result<(), Failure> {
    test::set_up(consent)?;
    interface::build_if_stale()?;
    test::build_programs()?;
    heading("Screenshots");
    Program::new(checkout::built("latchwork-e2e"))
        .args(["--screenshots"])
        .args([checkout::path("docs/images")])
        .env("LATCHWORK_E2E_BIN_DIR", checkout::target().join("debug"))
        .run()
}
