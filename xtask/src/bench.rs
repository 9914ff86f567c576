//! `cargo xtask bench`: the benchmarks, each beside its peer in the same run. Never part of the tests: times
//! depend on the machine.

use crate::failure::Failure;
use crate::program::Program;

/// Builds optimised programs and runs the benchmarks; arguments go to them.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    // `latchwork call` is measured as a whole process, so its binary has to be there.
    Program::cargo()
        .args(["build", "--release", "--package", "latchwork-cli"])
        .run()?;
    Program::cargo()
        .args([
            "run",
            "--release",
            "--quiet",
            "--package",
            "latchwork-benches",
            "--",
        ])
        .args(arguments)
        .run()
}
