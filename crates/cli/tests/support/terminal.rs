//! The program at a terminal, which `script` (util-linux) makes.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use super::Workspace;

/// The program at a terminal; it is ended with the test.
pub struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    screen: Receiver<Vec<u8>>,
    /// What was shown so far.
    shown: String,
    /// How much of it was waited for.
    seen: usize,
}

impl Terminal {
    /// Starts the program, and says at its end whether the terminal shows what is typed.
    pub fn start(workspace: &Workspace, arguments: &[&str]) -> Self {
        let program = workspace.latchwork(arguments).into_command();
        let quoted: Vec<String> = [program.get_program()]
            .into_iter()
            .chain(program.get_args())
            .map(|word| format!("'{}'", word.to_str().unwrap()))
            .collect();
        let line = format!(
            "trap : INT; {}; code=$?; /usr/bin/stty -a | /usr/bin/grep -o -E -e '-?echo ' ; exit $code",
            quoted.join(" ")
        );
        let mut command = Command::new("/usr/bin/script");
        command
            .args(["--quiet", "--return", "--flush", "--command", &line])
            .arg("/dev/null")
            .env_clear()
            .envs(
                program
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("SHELL", "/bin/sh")
            .env("NO_COLOR", "1")
            .current_dir(program.get_current_dir().unwrap())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        let (sender, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                let _ = sender.send(bytes[..length].to_vec());
            }
        });
        Self {
            keyboard: child.stdin.take().unwrap(),
            child,
            screen,
            shown: String::new(),
            seen: 0,
        }
    }

    /// Waits until this is shown, after what was waited for before; what stood before it.
    #[track_caller]
    pub fn shows(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.shown[self.seen..].find(text) {
                let before = self.shown[self.seen..self.seen + at].to_owned();
                self.seen += at + text.len();
                return before;
            }
            let Ok(bytes) = self.screen.recv() else {
                panic!("{text:?} was not shown: {}", self.shown);
            };
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// Types, as a person does; `\u{3}` is Ctrl+C.
    pub fn types(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// The address that is shown on a line of its own.
    #[track_caller]
    pub fn address(&mut self) -> String {
        self.shows("\r\nhttp://");
        format!("http://{}", self.shows("\r\n"))
    }

    /// Waits for the end: the exit status, and all that was shown.
    pub fn end(mut self) -> (i32, String) {
        while let Ok(bytes) = self.screen.recv() {
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
        let status = self.child.wait().unwrap();
        (status.code().unwrap_or(-1), std::mem::take(&mut self.shown))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
