//! `cargo xtask test`: every check and every test, in the order that tells soonest what is wrong.
//!
//! One profile and one feature set for all of the Rust code, so that Tauri is built once: what the tests link is
//! what the window under test is made of (docs/decisions/0003). The studio is built with its interface inside,
//! so `ui/dist` comes before the Rust code.

use crate::checkout;
use crate::console::{Consent, say};
use crate::counts::{self, Counts};
use crate::failure::Failure;
use crate::program::Program;
use crate::report::Report;
use crate::{interface, layers, node_packages, packages};

/// The one feature set: the interface served from inside the binary.
pub const FEATURES: [&str; 2] = ["--features", "latchwork-desktop/custom-protocol"];

/// Runs everything. `full` adds the parts that change the system at large.
pub fn run(consent: Consent, full: bool) -> Result<(), Failure> {
    let full = full || std::env::var("CI").is_ok_and(|value| value == "true");
    let mut report = Report::begin();
    if !report.one("Set-up", || set_up_all(consent, full)) {
        return report.end();
    }
    report.one("Format (rustfmt)", format);
    report.one("Layers", layers::run);
    report.one("Interface: lint and types", || npm_script("check"));
    report.counted("Interface: tests", || Ok(interface_tests()));
    let interface = report.one("Interface: build", interface::build);
    if !interface {
        stand_in_for_interface()?;
    }
    let built = report.one("Rust: build", build);
    report.one("Rust: lints (clippy)", clippy);
    report.counted("Rust: tests", rust_tests);
    if interface && built {
        report.counted("End to end, real window", || end_to_end(full, &[]));
    } else {
        report.not_tried("End to end, real window", "there is no studio to open");
    }
    report.end()
}

/// `cargo xtask e2e`: the end-to-end stories alone, with what they need built first.
pub fn end_to_end_alone(consent: Consent, names: &[String]) -> Result<(), Failure> {
    set_up_all(consent, true)?;
    interface::build_if_stale()?;
    build_programs()?;
    let counts = end_to_end(true, names)?;
    say(&counts.line());
    if counts.failed == 0 {
        Ok(())
    } else {
        Err(Failure::Checks)
    }
}

/// The same, with the browser that `full` asks for; without it the stories in a browser are played where it is there
/// already, and counted as skipped where it is not.
fn set_up_all(consent: Consent, full: bool) -> Result<(), Failure> {
    if full {
        packages::provide(&[packages::BROWSER], consent)?;
    }
    set_up(consent)
}

/// What the window under test needs on this machine.
pub fn set_up(consent: Consent) -> Result<(), Failure> {
    packages::provide(
        &[packages::COMPILER, packages::WINDOW, packages::END_TO_END],
        consent,
    )?;
    components()?;
    interface::install()?;
    // Tests sign in at a real OpenID provider, which runs on Node.js.
    node_packages::install("crates/testkit/oidc", "the tests' OpenID provider")
}

/// The studio, the command line and the end-to-end driver.
pub fn build_programs() -> Result<(), Failure> {
    cargo()
        .args(["build", "--workspace", "--bins"])
        .args(FEATURES)
        .run()
}

fn components() -> Result<(), Failure> {
    for (name, component) in [("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")] {
        if !Program::exists(name) && Program::exists("rustup") {
            Program::new("rustup")
                .args(["component", "add", component])
                .run()?;
        }
    }
    Ok(())
}

fn cargo() -> Program {
    let program = Program::cargo();
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        // A machine that builds once has no use for incremental state.
        program.env("CARGO_INCREMENTAL", "0")
    } else {
        program
    }
}

fn format() -> Result<(), Failure> {
    Program::cargo()
        .args(["fmt", "--all", "--check", "--", "-l"])
        .run()
}

fn npm_script(name: &str) -> Result<(), Failure> {
    Program::npm("ui").args(["run", "--silent", name]).run()
}

fn interface_tests() -> Counts {
    let file = checkout::target().join("vitest.json");
    // An old report must not stand in for a run that never wrote one.
    std::fs::remove_file(&file).ok();
    let ended = Program::npm("ui")
        .args([
            "run",
            "--silent",
            "test",
            "--",
            "--reporter=default",
            "--reporter=json",
        ])
        .args([format!("--outputFile.json={}", file.display())])
        .run();
    let counts = std::fs::read_to_string(&file)
        .ok()
        .and_then(|report| counts::of_vitest(&report))
        .unwrap_or_default();
    counts.agreeing_with(ended.is_ok())
}

/// The Rust code embeds `ui/dist`; without it the Rust checks could not tell anything.
fn stand_in_for_interface() -> Result<(), Failure> {
    let page = checkout::path("ui/dist/index.html");
    if page.is_file() {
        return Ok(());
    }
    let folder = checkout::path("ui/dist");
    std::fs::create_dir_all(&folder)
        .and_then(|()| {
            std::fs::write(
                &page,
                "<!doctype html><title>The interface was not built</title>",
            )
        })
        .map_err(|error| Failure::file(&page, error))
}

/// Binaries and tests in one go: the features of development dependencies then count for both, and nothing is
/// built twice.
fn build() -> Result<(), Failure> {
    cargo()
        .args(["build", "--workspace", "--all-targets"])
        .args(FEATURES)
        .run()
}

fn clippy() -> Result<(), Failure> {
    cargo()
        .args(["clippy", "--workspace", "--all-targets"])
        .args(FEATURES)
        .args(["--", "-D", "warnings"])
        .run()
}

fn rust_tests() -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    let mut succeeded = true;
    // Examples in documentation are a run of their own: `--all-targets` leaves them out.
    for what in ["--all-targets", "--doc"] {
        let (printed, ended) = cargo()
            .args(["test", "--workspace", what, "--no-fail-fast"])
            .args(FEATURES)
            .tee()?;
        counts += counts::of_cargo_test(&printed);
        succeeded &= ended;
    }
    Ok(counts.agreeing_with(succeeded))
}

fn end_to_end(full: bool, names: &[String]) -> Result<Counts, Failure> {
    let driver = checkout::built("latchwork-e2e");
    if !driver.is_file() {
        return Err(Failure::missing(
            "the end-to-end driver",
            "cargo build --workspace --bins",
        ));
    }
    let mut program = Program::new(&driver).args(names);
    if full {
        program = program.args(["--full"]);
    }
    let (printed, ended) = program
        .env("LATCHWORK_E2E_BIN_DIR", checkout::target().join("debug"))
        .tee()?;
    Ok(counts::of_cargo_test(&printed).agreeing_with(ended))
}
