//! Runs the scenario files: a connector, servers and their faults, and what is to come of it. Each file in
//! `tests/scenarios` is one test, named like the file; `tests/scenario/file.rs` says what can stand in it.

mod scenario;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    latchwork_testkit::run_each_file(&folder, 45, scenario::run)
}
