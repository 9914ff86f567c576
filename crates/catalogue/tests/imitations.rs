//! Runs entries of the catalogue against local imitations of their providers, made of the answers that the providers
//! document. Each file in `tests/imitations` is one test, named like the file; `tests/imitation/file.rs` says what
//! can stand in it.
//!
//! What runs is the catalogue's file itself, its addresses included: all that is added is `network`, a proxy that
//! leads the provider's hosts to servers of the test's own, and the authority of their certificates.

mod imitation;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imitations");
    latchwork_testkit::run_each_file(&folder, 20, imitation::run)
}
