//! `cargo xtask bench`: the benchmarks, each beside its peer in the same run. Never part of the tests: times
//! depend on the machine.

use crate::checkout;
use crate::failure::Failure;
use crate::program::Program;

/// Builds optimised programs and runs the benchmarks whose name holds one of `filters`; all where there are none.
pub fn run(filters: &[String]) -> Result<(), Failure> {
    // In one go, so that both are made of the same parts: `latchwork call` is measured as a whole process.
    Program::cargo()
        .args(["build", "--release", "--package", "latchwork-cli"])
        .args(["--package", "latchwork-benches"])
        .run()?;
    let benches = checkout::target().join("release").join("latchwork-benches");
    Program::new(benches)
        .called("latchwork-benches")
        .args(filters)
        .run()
}
