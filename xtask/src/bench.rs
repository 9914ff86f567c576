//! `cargo xtask bench`: the benchmarks, each beside its peer in the same run. Never part of the tests: times
//! depend on the machine.

use crate::console::Consent;
use crate::failure::Failure;
use crate::program::Program;
use crate::{bundle, checkout, interface, packages};

/// Those that open a window, and so need what the end-to-end stories need.
const WINDOWS: [&str; 2] = ["start", "editor"];

/// Builds optimised programs and runs the benchmarks whose name holds one of `filters`; all where there are none.
pub fn run(consent: Consent, filters: &[String]) -> Result<(), Failure> {
    let of_bundle = is_chosen(bundle::NAME, filters);
    let of_windows = WINDOWS.iter().any(|name| is_chosen(name, filters));
    if of_bundle || of_windows {
        packages::provide(
            &[packages::COMPILER, packages::WINDOW, packages::END_TO_END],
            consent,
        )?;
        interface::install()?;
        interface::build_if_stale()?;
    }
    // In one go, so that all are made of the same parts: the command line and the windows are measured as whole
    // processes.
    let mut build = Program::cargo()
        .args(["build", "--release", "--package", "latchwork-cli"])
        .args(["--package", "latchwork-benches"]);
    if of_bundle || of_windows {
        build = build
            .args(["--package", "latchwork-desktop"])
            .args(["--package", "latchwork-blank-window"])
            .args(crate::test::FEATURES);
    }
    build.run()?;
    // The benchmarks' own program knows nothing of bundles, and would say so.
    if filters.is_empty()
        || filters
            .iter()
            .any(|filter| !bundle::NAME.contains(filter.as_str()))
    {
        let benches = checkout::target().join("release").join("latchwork-benches");
        Program::new(benches)
            .called("latchwork-benches")
            .args(filters)
            .run()?;
    }
    if of_bundle { bundle::measure() } else { Ok(()) }
}

/// Whether its name holds one of the filters; without filters all are chosen.
fn is_chosen(name: &str, filters: &[String]) -> bool {
    filters.is_empty() || filters.iter().any(|filter| name.contains(filter.as_str()))
}
