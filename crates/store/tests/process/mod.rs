//! Another process that runs the same test: each test starts its own binary again, as a child with a part to play.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use latchwork_store::{KeySource, PassphraseCost, Store, StoreLocation};
use secrecy::SecretString;

const DATA_DIR: &str = "LATCHWORK_TEST_DATA_DIR";
const PART: &str = "LATCHWORK_TEST_PART";
pub(crate) const WAIT: Duration = Duration::from_mins(1);

/// Another process that runs the same test, as a child, and what it says line by line.
pub(crate) struct Process {
    child: Child,
    pub(crate) lines: Receiver<String>,
}

impl Process {
    pub(crate) fn start(
        program: &Path,
        test: &str,
        data_dir: &Path,
        part: &str,
        as_user: Option<u32>,
    ) -> Self {
        let mut command = Command::new(program);
        command
            .args(["--exact", test, "--nocapture"])
            .env(DATA_DIR, data_dir)
            .env(PART, part);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        #[cfg(unix)]
        if let Some(user) = as_user {
            std::os::unix::process::CommandExt::uid(&mut command, user);
        }
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let output = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // The harness may have written on the same line before.
                if let Some((_, said)) = line.rsplit_once("said: ")
                    && sender.send(said.to_owned()).is_err()
                {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    pub(crate) fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.lines.iter().collect()
    }

    pub(crate) fn finish(mut self) -> Vec<String> {
        assert!(self.child.wait().unwrap().success());
        self.lines.iter().collect()
    }
}

pub(crate) fn this() -> PathBuf {
    std::env::current_exe().unwrap()
}

/// Where this process is a child: its data folder and its part.
pub(crate) fn child() -> Option<(PathBuf, String)> {
    Some((
        std::env::var_os(DATA_DIR)?.into(),
        std::env::var(PART).ok()?,
    ))
}

pub(crate) fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "said: {text}").unwrap();
    out.flush().unwrap();
}

pub(crate) fn quick() -> KeySource {
    let cost = PassphraseCost {
        memory_kib: 64,
        iterations: 1,
        lanes: 1,
    };
    KeySource::PassphraseAtCost(SecretString::from("x"), cost)
}

pub(crate) async fn open(data_dir: &Path) -> Store {
    Store::open(StoreLocation::new(data_dir)).await.unwrap()
}
