//! `cargo xtask check-layers`: the invariants of ARCHITECTURE.md, read from `cargo metadata` and from the files.
//!
//! Each check is a pure function from text to findings, with tests that prove it can fail.

mod capabilities;
mod colours;
mod commands;
mod content_policy;
mod dependencies;
mod fuzzing;
mod imports;
mod model_io;
mod registries;
mod source;
mod supply;

use std::fmt;

use serde_json::Value;

use crate::checkout;
use crate::console::say;
use crate::failure::Failure;
use crate::program::Program;

/// One broken invariant: where, and what is wrong there.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    place: String,
    message: String,
}

impl Finding {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
        }
    }

    fn at_line(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self::new(format!("{path}:{line}"), message)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.message)
    }
}

/// A text file of the project.
pub struct File {
    path: String,
    text: String,
}

impl File {
    /// Whether the file has one of these extensions.
    fn is_a(&self, extensions: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// Whether the file lies under a folder and has one of these extensions.
    fn is_under(&self, folder: &str, extensions: &[&str]) -> bool {
        self.path.starts_with(folder) && self.is_a(extensions)
    }
}

/// Runs all checks and fails where any found something.
pub fn run() -> Result<(), Failure> {
    let metadata = metadata()?;
    let graph = dependencies::Graph::read(&metadata);
    let files = read_files()?;
    let checks: [(&str, Vec<Finding>); 10] = [
        ("dependencies point one way", dependencies::check(&graph)),
        ("model does no I/O", model_io::check(&files)),
        ("commands are a few lines", commands::check(&files)),
        ("only ui/src/platform knows Tauri", imports::check(&files)),
        (
            "windows may do only what is listed",
            capabilities::check(&files),
        ),
        (
            "the page runs nothing from elsewhere",
            content_policy::check(&files),
        ),
        ("raw colours only in the tokens", colours::check(&files)),
        (
            "the doors of the fuzz targets are in no program",
            fuzzing::check(&files),
        ),
        (
            "files name public registries only",
            registries::check(&files),
        ),
        (
            "licences, sources and bans of dependencies",
            supply::check(&metadata),
        ),
    ];
    let mut broken = false;
    for (name, findings) in checks {
        say(&format!(
            "{}  {name}",
            if findings.is_empty() { "ok  " } else { "FAIL" }
        ));
        for finding in &findings {
            broken = true;
            say(&format!("      {finding}"));
        }
    }
    if broken { Err(Failure::Checks) } else { Ok(()) }
}

fn metadata() -> Result<Value, Failure> {
    let text = Program::cargo()
        .args([
            "metadata",
            "--format-version=1",
            "--all-features",
            "--locked",
        ])
        .capture()?;
    serde_json::from_str(&text).map_err(|error| Failure::Program {
        line: "cargo metadata".to_owned(),
        cause: error.to_string(),
    })
}

/// Every file of the project that is text.
fn read_files() -> Result<Vec<File>, Failure> {
    Ok(checkout::files()?
        .into_iter()
        .filter_map(|path| {
            // Pictures and fonts are not UTF-8; no check is about them.
            let text = std::fs::read_to_string(checkout::path(&path)).ok()?;
            Some(File { path, text })
        })
        .collect())
}

#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
