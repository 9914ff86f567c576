//! `cargo xtask docs`: pages that are made from the code.
//!
//! `docs/error-codes.md` comes from the list of error codes that `latchwork-model` keeps; its test
//! `error_codes_are_documented` compares the two, so that plain `cargo test` fails on drift too.

use crate::console::say;
use crate::failure::Failure;
use crate::program::Program;

/// Writes the pages, or with `check` fails where one is stale.
pub fn run(check: bool) -> Result<(), Failure> {
    let test = Program::cargo().args([
        "test",
        "--quiet",
        "--package",
        "latchwork-model",
        "error_codes_are_documented",
    ]);
    if check {
        return test.run();
    }
    test.env("LATCHWORK_WRITE_DOCS", "1").run()?;
    say("Written: docs/error-codes.md");
    Ok(())
}
