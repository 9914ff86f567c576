//! The practice provider in a process of its own, as a reader starts it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use super::Workspace;

/// The practice provider, ended with the test.
pub struct Practice {
    child: Child,
    pub address: String,
}

impl Practice {
    pub fn start(workspace: &Workspace) -> Self {
        let mut child = workspace
            .latchwork(&["sandbox", "--port", "0"])
            .into_command()
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut address = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout)
            .read_line(&mut address)
            .expect("it says where it is");
        let address = address.trim().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
        Self { child, address }
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
