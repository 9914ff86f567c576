//! `cargo xtask bindings`: the interface's typed view of the commands, made from the commands themselves.
//!
//! The shell's test `bindings_are_up_to_date` owns the comparison, so that plain `cargo test` fails on drift too;
//! this task asks it to compare or to write.

use crate::console::say;
use crate::failure::Failure;
use crate::program::Program;
use crate::test::FEATURES;

/// Writes the bindings, or with `check` fails where they are stale.
pub fn run(check: bool) -> Result<(), Failure> {
    // The same packages and features as `cargo xtask test`, so that nothing is built a second time.
    let test = Program::cargo()
        .args(["test", "--quiet", "--workspace", "--lib"])
        .args(FEATURES)
        .args(["bindings_are_up_to_date"]);
    if check {
        return test.run();
    }
    test.env("LATCHWORK_WRITE_BINDINGS", "1").run()?;
    say("Written: ui/src/platform/bindings.ts");
    Ok(())
}
