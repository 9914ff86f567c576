//! The project's own tasks, started as `cargo xtask TASK`.
//!
//! One module a task. Each task does its own set-up, so that a fresh checkout on a fresh machine needs one
//! command. Nothing here is part of the product, and no task is a shell script.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tasks talk to whoever started them"
)]

mod bench;
mod bindings;
mod bundle;
mod checkout;
mod console;
mod counts;
mod docs;
mod failure;
mod interface;
mod layers;
mod node_packages;
mod packages;
mod practice;
mod program;
mod report;
mod run;
mod screenshots;
mod test;

use std::process::ExitCode;

use console::Consent;
use failure::Failure;

const USAGE: &str = "\
Usage: cargo xtask TASK

  run [--yes] [--terminal]     set up what is missing, build the studio and open it with the practice provider;
                               without a display (or with --terminal) run the sample flow in the terminal
  test [--full] [--yes]        every check and test, the real window included
  bench [--yes] [NAME…]        benchmarks beside their peers, all of them or those whose name holds NAME
  bindings [--check]           write ui/src/platform/bindings.ts from the commands, or fail where it is stale
  check-layers                 the invariants of ARCHITECTURE.md
  screenshots [--yes]          drive the real window and write docs/images/*.png
  e2e [--yes] [NAME…]          the end-to-end stories alone, all of them or those whose name holds NAME
  docs [--check]               write docs/error-codes.md from the code, or fail where it is stale

  --yes   do not ask before changing anything outside the checkout (CI=true says the same)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = arguments.split_first() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    match start(task, rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_already_told() {
                eprintln!("\n{failure}");
            }
            failure.exit_code()
        }
    }
}

fn start(task: &str, rest: &[String]) -> Result<(), Failure> {
    match task {
        "run" => {
            let flags = Flags::read(rest, &["--yes", "--terminal"])?;
            run::run(flags.consent(), flags.has("--terminal"))
        }
        "test" => {
            let flags = Flags::read(rest, &["--yes", "--full"])?;
            test::run(flags.consent(), flags.has("--full"))
        }
        "bench" => {
            let (flags, names): (Vec<String>, Vec<String>) =
                rest.iter().cloned().partition(|word| word.starts_with('-'));
            bench::run(Flags::read(&flags, &["--yes"])?.consent(), &names)
        }
        "bindings" => bindings::run(Flags::read(rest, &["--check"])?.has("--check")),
        "check-layers" => {
            Flags::read(rest, &[])?;
            layers::run()
        }
        "screenshots" => screenshots::run(Flags::read(rest, &["--yes"])?.consent()),
        "e2e" => {
            let (flags, names): (Vec<String>, Vec<String>) =
                rest.iter().cloned().partition(|word| word.starts_with('-'));
            test::end_to_end_alone(Flags::read(&flags, &["--yes"])?.consent(), &names)
        }
        "docs" => docs::run(Flags::read(rest, &["--check"])?.has("--check")),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::usage(format!(
            "there is no task `{other}`\n\n{USAGE}"
        ))),
    }
}

/// The flags of a task, each of them known to it.
struct Flags(Vec<String>);

impl Flags {
    fn read(words: &[String], known: &[&str]) -> Result<Self, Failure> {
        match words.iter().find(|word| !known.contains(&word.as_str())) {
            Some(word) => Err(Failure::usage(format!(
                "`{word}` is not known here\n\n{USAGE}"
            ))),
            None => Ok(Self(words.to_vec())),
        }
    }

    fn has(&self, flag: &str) -> bool {
        self.0.iter().any(|word| word == flag)
    }

    fn consent(&self) -> Consent {
        Consent::find(self.has("--yes"))
    }
}
