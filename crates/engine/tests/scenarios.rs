//! Runs the scenario files: a connector, servers and their faults, and what is to come of it. Each file in
//! `tests/scenarios` is one test, named like the file; `tests/scenario/file.rs` says what can stand in it.

mod scenario;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut trials = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of scenarios is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        trials.push(Trial::test(name, move || {
            scenario::run(&path).map_err(Into::into)
        }));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    // A folder that was moved would else be a test that cannot fail.
    assert!(trials.len() >= 45, "only {} scenarios", trials.len());
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
