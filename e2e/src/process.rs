//! Programs that live as long as a test: each in a process group of its own, which ends with it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;
use crate::waiting::until_some;

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

    /// The ids of all processes of its group that run.
    pub fn members(&self) -> Vec<u32> {
        members_of(self.child.id())
    }

    /// Stops its whole group for good: it answers nobody any more, and still holds all that it has, as a program that
    /// was killed does for a moment.
    pub fn freeze(&self) {
        signal("-STOP", self.child.id());
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
        signal("-KILL", self.child.id());
        self.child.wait().ok();
        // Until the last of the group is gone it may still hold a name on the bus, a lock or a port, and a program
        // started next would find it.
        let group = self.child.id();
        until_some("a process group to end", || {
            Ok((!is_running(group)).then_some(()))
        })
        .ok();
    }
}

/// Sends a signal to a process group; where it is gone already there is nothing to do.
fn signal(name: &str, group: u32) {
    Command::new("kill")
        .args([name, "--", &format!("-{group}")])
        .stderr(Stdio::null())
        .status()
        .ok();
}

/// Whether any process of a group still runs.
fn is_running(group: u32) -> bool {
    !members_of(group).is_empty()
}

/// The processes of a group. What has ended and only waits to be collected holds nothing any more.
fn members_of(group: u32) -> Vec<u32> {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|entry| {
            let id = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            belongs_to(&stat, group).then_some(id)
        })
        .collect()
}

/// Reads a line of `/proc/PID/stat`: `pid (name) state parent group …`.
fn belongs_to(stat: &str, group: u32) -> bool {
    // The name may hold spaces and brackets of its own.
    let Some((_, rest)) = stat.rsplit_once(") ") else {
        return false;
    };
    let mut fields = rest.split(' ');
    let state = fields.next();
    state != Some("Z") && fields.nth(1) == Some(group.to_string().as_str())
}

#[cfg(test)]
mod tests {
    use super::belongs_to;

    #[test]
    fn the_group_is_found_behind_any_name() {
        assert!(belongs_to("12 (a) b) S 1 77 77 0", 77));
        assert!(!belongs_to("12 (a) S 77 12 12 0", 77));
    }

    #[test]
    fn what_has_ended_does_not_run() {
        assert!(!belongs_to("12 (a) Z 1 77 77 0", 77));
    }
}
