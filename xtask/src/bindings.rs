//! `cargo xtask bindings`: the interface's typed view of the commands, made from the commands themselves.
//!
//! The shell's test `bindings_are_up_to_date` owns the comparison, so that plain `cargo test` fails on drift too;
//! this task asks it to compare or to write.

use crate::console::say;
use crate::failure::Failure;
use crate::program::Program;

/// Writes the bindings, or with `check` fails where they are stale.
pub fn run(check: bool) -> Result<(), Failure> {
    let test = Program::cargo().args([
        "test",
        "--quiet",
        "--package",
        "latchwork-desktop",
        "--lib",
        "bindings_are_up_to_date",
    ]);
    if check {
        return test.run();
    }
    test.env("LATCHWORK_WRITE_BINDINGS", "1").run()?;
    say("Written: ui/src/platform/bindings.ts");
    Ok(())
}
