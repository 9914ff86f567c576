//! Tests that are data: each file in a folder is one, named like the file.

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// Runs each file of a folder as a test of its own, as the main function of a test without a harness. With fewer files than
/// `at_least` it panics: a folder that was moved would else be a test that cannot fail.
pub fn run_each_file(
    folder: &Path,
    at_least: usize,
    run: fn(&Path) -> Result<(), String>,
) -> ExitCode {
    let mut trials = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_stem().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        trials.push(Trial::test(name, move || run(&path).map_err(Into::into)));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    assert!(
        trials.len() >= at_least,
        "only {} files in {}",
        trials.len(),
        folder.display()
    );
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
