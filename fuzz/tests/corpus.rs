//! Replays the corpora: each target is a test, named like the target, over all files of `fuzz/corpus/<target>`.
//!
//! A file is run on a thread of its own that is called like the file and has the stack of a worker thread, so that a
//! panic, and a stack that was too small, tell the file by themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use latchwork_fuzz::{TARGETS, Target};
use libtest_mimic::{Arguments, Failed, Trial};

/// What the runtime gives its workers.
const STACK: usize = 2 << 20;
/// A valid input, a hostile one, one that was cut and an odd one.
const FEWEST: usize = 4;

fn main() -> ExitCode {
    let mut trials: Vec<Trial> = TARGETS
        .iter()
        .map(|target| Trial::test(target.name, || replay(target)))
        .collect();
    trials.push(Trial::test("every_target_is_whole", every_target_is_whole));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn replay(target: &'static Target) -> Result<(), Failed> {
    let files = names(&folder("corpus").join(target.name))?;
    if files.len() < FEWEST {
        return Err(format!("{} files in its corpus", files.len()).into());
    }
    let mut failed = Vec::new();
    for file in files {
        let name = format!("{}/{file}", target.name);
        let data = fs::read(folder("corpus").join(&name))?;
        let run = target.run;
        let thread = thread::Builder::new().name(name.clone()).stack_size(STACK);
        if thread.spawn(move || run(&data))?.join().is_err() {
            failed.push(name);
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("fuzz/corpus: {}", failed.join(", ")).into())
    }
}

/// A target that is forgotten in a place would never be run there.
fn every_target_is_whole() -> Result<(), Failed> {
    let targets: BTreeSet<String> = TARGETS
        .iter()
        .map(|target| target.name.to_owned())
        .collect();
    let listed: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    if !listed.is_sorted() || targets.len() != listed.len() {
        return Err("the list in src/target.rs is not in order, or names one twice".into());
    }
    for (what, found) in [
        ("a corpus", names(&folder("corpus"))?),
        ("a program", programs()?),
    ] {
        let found: BTreeSet<String> = found.into_iter().collect();
        if let Some(name) = targets.difference(&found).next() {
            return Err(format!("the target `{name}` has not {what}").into());
        }
        if let Some(name) = found.difference(&targets).next() {
            return Err(format!("there is {what} for `{name}`, which is no target").into());
        }
    }
    Ok(())
}

/// The programs of cargo-fuzz, each of which runs the target that it is named after.
fn programs() -> Result<Vec<String>, Failed> {
    let folder = folder("libfuzzer/src/bin");
    let mut programs = Vec::new();
    for file in names(&folder)? {
        let name = file.trim_end_matches(".rs");
        if !fs::read_to_string(folder.join(&file))?
            .contains(&format!("latchwork_fuzz::{name}::run"))
        {
            return Err(format!("the program `{file}` runs another target").into());
        }
        programs.push(name.to_owned());
    }
    Ok(programs)
}

fn folder(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn names(folder: &Path) -> Result<Vec<String>, Failed> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
