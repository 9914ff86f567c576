//! Runs entries of the catalogue against local imitations of their providers, made of the answers that the providers
//! document. Each file in `tests/imitations` is one test, named like the file; `tests/imitation/file.rs` says what
//! can stand in it.
//!
//! What runs is the catalogue's file itself, its addresses included: all that is added is `network`, a proxy that
//! leads the provider's hosts to servers of the test's own, and the authority of their certificates.

mod imitation;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imitations");
    let mut trials = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of imitations is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        trials.push(Trial::test(name, move || {
            imitation::run(&path).map_err(Into::into)
        }));
    }
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    // A folder that was moved would else be a test that cannot fail.
    assert!(trials.len() >= 20, "only {} imitations", trials.len());
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
