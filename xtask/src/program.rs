//! Starts other programs: shown as they run, captured, or both.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use crate::checkout;
use crate::failure::Failure;

/// A program to start, in the checkout's root unless told otherwise.
pub struct Program {
    line: String,
    command: Command,
}

impl Program {
    /// A program by name or path.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(name.as_ref());
        command.current_dir(checkout::root());
        Self {
            line: name.as_ref().to_string_lossy().into_owned(),
            command,
        }
    }

    /// The cargo that started this task.
    pub fn cargo() -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut program = Self::new(cargo);
        "cargo".clone_into(&mut program.line);
        // Set by the outer `cargo run` for this package; they would make build scripts of others run again.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR" {
                program.command.env_remove(name);
            }
        }
        program
    }

    /// npm in a folder of the checkout.
    pub fn npm(folder: &str) -> Self {
        let mut program = Self::new("npm");
        program.command.current_dir(checkout::path(folder));
        program
    }

    /// Adds arguments.
    pub fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(mut self, words: I) -> Self {
        for word in words {
            self.line.push(' ');
            self.line.push_str(&word.as_ref().to_string_lossy());
            self.command.arg(word);
        }
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// The name to show instead of its path.
    pub fn called(mut self, name: &str) -> Self {
        name.clone_into(&mut self.line);
        self
    }

    /// The command line as shown.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// Whether the program can be started at all.
    pub fn exists(name: &str) -> bool {
        std::env::var_os("PATH").is_some_and(|path| {
            std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
        })
    }

    /// Runs it with its output on the screen; an exit code other than 0 is a failure.
    pub fn run(mut self) -> Result<(), Failure> {
        let status = self.command.status().map_err(|error| self.failed(&error))?;
        if status.success() {
            Ok(())
        } else {
            Err(self.failed(&status))
        }
    }

    /// Runs it and gives what it printed; an exit code other than 0 is a failure that shows its errors.
    pub fn capture(mut self) -> Result<String, Failure> {
        let output = self.command.output().map_err(|error| self.failed(&error))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(self.failed(&format!("{}\n{}", output.status, errors.trim())))
    }

    /// Runs it with its output on the screen, and gives its standard output as well, whatever its exit code.
    pub fn tee(mut self) -> Result<(String, bool), Failure> {
        let mut child = self
            .command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| self.failed(&error))?;
        let mut printed = String::new();
        if let Some(pipe) = child.stdout.take() {
            let mut lines = BufReader::new(pipe);
            let mut line = Vec::new();
            let mut screen = std::io::stdout();
            while lines
                .read_until(b'\n', &mut line)
                .is_ok_and(|read| read > 0)
            {
                screen.write_all(&line).and_then(|()| screen.flush()).ok();
                printed.push_str(&String::from_utf8_lossy(&line));
                line.clear();
            }
        }
        let status = child.wait().map_err(|error| self.failed(&error))?;
        Ok((printed, status.success()))
    }

    /// Starts it and gives the child, for programs that go on running.
    pub fn spawn(mut self, stdout: Stdio) -> Result<std::process::Child, Failure> {
        self.command
            .stdout(stdout)
            .spawn()
            .map_err(|error| self.failed(&error))
    }

    fn failed(&self, cause: &dyn std::fmt::Display) -> Failure {
        Failure::Program {
            line: self.line.clone(),
            cause: cause.to_string(),
        }
    }
}
