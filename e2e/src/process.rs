//! Programs that live as long as a test: each in a process group of its own, which ends with it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;

/// The environment of everything that runs in a test: exactly this and nothing of the caller's.
pub type Environment = Vec<(&'static str, std::ffi::OsString)>;

/// Where a program's standard output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// To its log file, as its errors do.
    Log,
    /// To whoever asks for its first line.
    FirstLine,
}

/// A running program; dropping it ends its whole process group.
pub struct Process {
    name: String,
    child: Child,
}

impl Process {
    /// Starts a program with exactly this environment; what it writes goes to a log file.
    pub fn start<I, S>(
        program: impl AsRef<OsStr>,
        arguments: I,
        environment: &Environment,
        log: &Path,
        output: Output,
    ) -> Result<Self, Failure>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let name = program.as_ref().to_string_lossy().into_owned();
        let log = File::options().create(true).append(true).open(log)?;
        let stdout = match output {
            Output::Log => Stdio::from(log.try_clone()?),
            Output::FirstLine => Stdio::piped(),
        };
        // setpriv: it ends with us even where we are killed and no destructor runs.
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--"])
            .arg(program)
            .args(arguments)
            .env_clear()
            .envs(environment.iter().map(|(key, value)| (key, value)))
            .stdin(Stdio::piped())
            .stdout(stdout)
            .stderr(log)
            .process_group(0)
            .spawn()
            .map_err(|error| Failure::program(&name, error))?;
        Ok(Self { name, child })
    }

    /// Writes all of its standard input and closes it.
    pub fn feed(&mut self, text: &str) -> Result<(), Failure> {
        if let Some(mut pipe) = self.child.stdin.take() {
            pipe.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    /// The first line that it prints; the rest of its output is left unread.
    pub fn first_line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        if let Some(pipe) = self.child.stdout.as_mut() {
            BufReader::new(pipe).read_line(&mut line)?;
        }
        if line.trim().is_empty() {
            return Err(Failure::program(
                &self.name,
                "ended without its first line; see its log",
            ));
        }
        Ok(line.trim().to_owned())
    }

    /// Fails where the program has ended.
    pub fn check_alive(&mut self) -> Result<(), Failure> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(Failure::program(
                &self.name,
                format!("ended early ({status}); see its log"),
            )),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The group, not the child alone: WebKit starts helpers that would outlive it.
        Command::new("kill")
            .args(["-KILL", "--", &format!("-{}", self.child.id())])
            .stderr(Stdio::null())
            .status()
            .ok();
        self.child.wait().ok();
    }
}
