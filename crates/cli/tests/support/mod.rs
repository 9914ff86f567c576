//! What the tests of the command line stand on: the real program in a world of its own, and a server on loopback.
//!
//! A workspace has its own home, data folder and no session bus, so no keyring is reached.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod app;
mod certified;
mod live;
mod oauth;
mod practice;
mod provider;
#[cfg(target_os = "linux")]
mod terminal;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use latchwork_testkit::find_leak;
use serde_json::Value;
use tempfile::TempDir;

#[allow(unused_imports, reason = "each test file uses its own part")]
pub use app::contacts_app;
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use certified::{call, login, signed_in};
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use live::{Live, knock};
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use oauth::{Provider, code_connector, free_port, in_browser, parameter, text, with_step};
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use practice::Practice;
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use provider::{BYTES, Server, form_connector, open_connector};
#[cfg(target_os = "linux")]
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use terminal::Terminal;

/// The e-mail address that the sample flow is answered with.
pub const EMAIL: &str = "ada@example.com";
/// The password that must turn up nowhere.
pub const PASSWORD: &str = "pw+c4nary/Pass=1";
/// The token that must turn up nowhere.
pub const TOKEN: &str = "tok~c4nary+Token/2";
/// A passphrase for a vault that is kept.
pub const PASSPHRASE: &str = "correct horse battery";

/// A folder with everything that a command may touch.
pub struct Workspace {
    folder: TempDir,
}

/// One call of the program.
pub struct Latchwork {
    command: Command,
    stdin: Option<Vec<u8>>,
}

/// What it did.
pub struct Done {
    pub code: i32,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Workspace {
    pub fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn data_dir(&self) -> PathBuf {
        self.path("data")
    }

    /// Writes a file; its path as an argument.
    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, contents).unwrap();
        path.display().to_string()
    }

    /// Writes a connector file; its path as an argument.
    pub fn connector(&self, name: &str, connector: &Value) -> String {
        self.write(name, serde_json::to_string_pretty(connector).unwrap())
    }

    /// The program, without a passphrase and without a keyring.
    pub fn latchwork<S: AsRef<str>>(&self, arguments: &[S]) -> Latchwork {
        let mut command = Command::new(env!("CARGO_BIN_EXE_latchwork"));
        command
            .env_clear()
            .env("HOME", self.path("home"))
            .env("XDG_DATA_HOME", self.path("home/data"))
            .env("XDG_CONFIG_HOME", self.path("home/config"))
            .env("XDG_CACHE_HOME", self.path("home/cache"))
            .env("XDG_RUNTIME_DIR", self.path("home/run"))
            .env("LATCHWORK_DATA_DIR", self.data_dir())
            // No browser of this machine's is ever opened by a test.
            .env("PATH", self.path("bin"))
            .current_dir(self.folder.path())
            .args(arguments.iter().map(AsRef::as_ref));
        Latchwork {
            command,
            stdin: None,
        }
    }

    /// Puts a program of this name before all others that latchwork may start.
    #[cfg(unix)]
    pub fn program(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path("bin").join(name);
        std::fs::create_dir_all(self.path("bin")).unwrap();
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs the program without a passphrase.
    pub fn run<S: AsRef<str>>(&self, arguments: &[S]) -> Done {
        self.latchwork(arguments).run()
    }

    /// Runs the program with the vault's passphrase.
    pub fn run_kept<S: AsRef<str>>(&self, arguments: &[S]) -> Done {
        self.latchwork(arguments)
            .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
            .run()
    }

    /// Everything that was written, by name.
    pub fn files_below(&self, name: &str) -> Vec<(String, String)> {
        let mut files = Vec::new();
        collect(&self.path(name), &mut files);
        files
    }

    /// No file in the data folder or the home holds the secret, in any of its shapes.
    #[track_caller]
    pub fn assert_keeps_no(&self, secret: &str) {
        for folder in ["data", "home"] {
            for (name, text) in self.files_below(folder) {
                assert_eq!(find_leak(&text, secret), None, "{name} holds {secret}");
            }
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            // Byte for character: a needle of ASCII is found wherever it stands.
            files.push((
                path.display().to_string(),
                bytes.into_iter().map(char::from).collect(),
            ));
        }
    }
}

impl Latchwork {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(text.into());
        self
    }

    /// The command itself, for what a test does with it alone.
    pub fn into_command(self) -> Command {
        self.command
    }

    pub fn run(mut self) -> Done {
        let input = if self.stdin.is_some() {
            Stdio::piped()
        } else {
            Stdio::null()
        };
        let mut child = self
            .command
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        if let (Some(text), Some(mut stdin)) = (self.stdin, child.stdin.take()) {
            stdin.write_all(&text).unwrap();
        }
        Done::of(child.wait_with_output().unwrap())
    }
}

impl Done {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
        .checked()
    }

    /// What holds for whatever the program says.
    fn checked(self) -> Self {
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        assert!(!self.stderr.contains('\u{1b}'), "colour: {}", self.stderr);
        assert!(!self.stdout.contains(&0x1b), "colour: {}", self.text());
        self
    }

    /// It ended with this status.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        let text = self.text();
        assert_eq!(self.code, code, "stdout:\n{text}\nstderr:\n{}", self.stderr);
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.text(), self.stderr))
    }

    /// Standard output as one JSON object a line.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        self.text()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The code of `{ "error": … }`, whose message and hint say something.
    #[track_caller]
    pub fn error_code(&self) -> String {
        let error = &self.json()["error"];
        for member in ["code", "message", "hint"] {
            let text = error[member].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{member} is missing: {error}");
        }
        error["code"].as_str().unwrap().to_owned()
    }

    /// Neither stream holds the secret, in any of its shapes.
    #[track_caller]
    pub fn says_no(&self, secret: &str) -> &Self {
        for text in [&self.text(), &self.stderr] {
            assert_eq!(find_leak(text, secret), None, "{secret} in: {text}");
        }
        self
    }
}

/// The two answers that the form wants, as arguments.
pub fn answers() -> [String; 4] {
    [
        "--input".to_owned(),
        format!("ask.email={EMAIL}"),
        "--input".to_owned(),
        format!("ask.password={PASSWORD}"),
    ]
}

/// Arguments, and the form's answers behind them.
pub fn with_answers(arguments: &[&str]) -> Vec<String> {
    arguments
        .iter()
        .map(|&argument| argument.to_owned())
        .chain(answers())
        .collect()
}
