//! Whole processes: a program in a world of its own, started and waited for.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Fault;

/// A program with its arguments, to be run again and again.
pub struct Program {
    path: PathBuf,
    arguments: Vec<String>,
    environment: Vec<(&'static str, String)>,
}

impl Program {
    /// The `latchwork` that was built beside this program.
    pub fn latchwork() -> Result<Self, Fault> {
        let here = std::env::current_exe()?;
        let path = here
            .with_file_name("latchwork")
            .with_extension(std::env::consts::EXE_EXTENSION);
        if !path.is_file() {
            return Err(format!(
                "{} is not there; `cargo xtask bench` builds it",
                path.display()
            )
            .into());
        }
        Ok(Self::at(path))
    }

    /// curl, as it is installed.
    pub fn curl() -> Result<Self, Fault> {
        let name = Path::new("curl").with_extension(std::env::consts::EXE_EXTENSION);
        let found = std::env::var_os("PATH").and_then(|path| {
            std::env::split_paths(&path)
                .map(|folder| folder.join(&name))
                .find(|file| file.is_file())
        });
        Ok(Self::at(found.ok_or("curl is not installed")?))
    }

    fn at(path: PathBuf) -> Self {
        Self {
            path,
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// With these arguments behind those that it has.
    pub fn arguments<S: Into<String>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// With a variable in its environment, which is empty otherwise.
    pub fn environment(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Runs it to its end, and gives what it printed.
    pub fn run(&self) -> Result<Vec<u8>, Fault> {
        let output = Command::new(&self.path)
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (*name, value)))
            .output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(format!(
            "{} ended with {}: {}",
            self.path.display(),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        )
        .into())
    }
}
