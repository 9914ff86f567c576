//! The program while it runs: what it says is read as it says it, and it is answered meanwhile.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;

use serde_json::Value;

use super::{Done, Latchwork};

/// A running program; it is ended with the test.
pub struct Live {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    /// What of standard output was read so far.
    read: String,
    words: mpsc::Receiver<String>,
    stderr: Option<JoinHandle<String>>,
}

impl Latchwork {
    /// Starts the program, with a standard input that stays open until [`Live::end`].
    pub fn start(mut self) -> Live {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (said, words) = mpsc::channel();
        let stderr = std::thread::spawn(move || {
            let mut all = String::new();
            for line in stderr.lines() {
                let line = line.unwrap();
                all.push_str(&line);
                all.push('\n');
                // Who has read enough is gone.
                let _ = said.send(line);
            }
            all
        });
        Live {
            stdin: child.stdin.take(),
            child,
            stdout,
            read: String::new(),
            words,
            stderr: Some(stderr),
        }
    }
}

impl Live {
    /// The next line of standard output that is this event.
    #[track_caller]
    pub fn event(&mut self, name: &str) -> Value {
        loop {
            let mut line = String::new();
            let length = self.stdout.read_line(&mut line).unwrap();
            self.read.push_str(&line);
            assert_ne!(length, 0, "it ended without {name}: {}", self.read);
            let event: Value = serde_json::from_str(&line).unwrap();
            if event["event"] == name {
                return event;
            }
        }
    }

    /// The next line of standard error that fits.
    #[track_caller]
    pub fn says(&mut self, fits: impl Fn(&str) -> bool) -> String {
        let mut before = Vec::new();
        loop {
            let Ok(line) = self.words.recv() else {
                panic!("it ended and said only {before:?}");
            };
            if fits(&line) {
                return line;
            }
            before.push(line);
        }
    }

    /// The next line of standard error that is an address, and nothing else.
    #[track_caller]
    pub fn address(&mut self) -> String {
        self.says(|line| line.starts_with("http") && !line.contains(' '))
    }

    /// Types or pipes in a line.
    pub fn type_line(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("its input is open");
        stdin.write_all(line.as_bytes()).unwrap();
        stdin.write_all(b"\n").unwrap();
        stdin.flush().unwrap();
    }

    /// Nothing comes any more on standard input.
    pub fn end_input(&mut self) {
        self.stdin = None;
    }

    /// Sends it a signal.
    #[cfg(unix)]
    pub fn signal(&self, signal: rustix::process::Signal) {
        let process = i32::try_from(self.child.id()).unwrap();
        let process = rustix::process::Pid::from_raw(process).unwrap();
        rustix::process::kill_process(process, signal).unwrap();
    }

    /// Waits for its end; its standard input stays open until then.
    pub fn end(mut self) -> Done {
        self.stdout.read_to_string(&mut self.read).unwrap();
        let status = self.child.wait().unwrap();
        Done {
            code: status.code().unwrap_or(-1),
            stdout: std::mem::take(&mut self.read).into_bytes(),
            stderr: self.stderr.take().unwrap().join().unwrap(),
        }
        .checked()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        // It has ended by itself, unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends bytes to a listener and gives the status that it answers with.
#[track_caller]
pub fn knock(address: SocketAddr, request: &str) -> u16 {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap_or_default();
    status
        .parse()
        .unwrap_or_else(|_| panic!("no answer: {answer:?}"))
}
