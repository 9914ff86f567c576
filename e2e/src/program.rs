//! Starts a program under the driver in a desktop, and starts it again on the same data.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use crate::desktop::Desktop;
use crate::driver::Session;
use crate::failure::Failure;
use crate::process::{Environment, Output, Process};
use crate::waiting::until;
use crate::window::Window;

/// Where Debian and Ubuntu put a plain browser with the same engine; the self-test uses it.
pub const MINI_BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// A program with its window open.
pub struct Program {
    // The driver's process group holds the program and its web processes.
    driver: Option<Process>,
    window: Window,
    binary: PathBuf,
    arguments: Vec<String>,
    extra: Environment,
}

impl Program {
    /// Starts a program and waits for its window.
    pub fn open(
        desktop: &Desktop,
        binary: &Path,
        arguments: &[&str],
        extra: Environment,
    ) -> Result<Self, Failure> {
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let (driver, session) = start(desktop, binary, &arguments, &extra)?;
        Ok(Self {
            driver: Some(driver),
            window: Window::of(session),
            binary: binary.to_owned(),
            arguments,
            extra,
        })
    }

    /// The window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Ends the program at once, as a crash or a power cut does: nothing of it gets to say goodbye.
    pub fn kill(&mut self) {
        self.driver = None;
    }

    /// Starts the program again on the same data, after killing it where it still runs.
    pub fn restart(&mut self, desktop: &Desktop) -> Result<(), Failure> {
        self.kill();
        let (driver, session) = start(desktop, &self.binary, &self.arguments, &self.extra)?;
        self.driver = Some(driver);
        self.window = Window::of(session);
        Ok(())
    }
}

fn start(
    desktop: &Desktop,
    binary: &Path,
    arguments: &[String],
    extra: &Environment,
) -> Result<(Process, Session), Failure> {
    let port = free_port()?;
    let mut environment = desktop.environment().clone();
    environment.extend(extra.iter().cloned());
    let mut driver = Process::start(
        "WebKitWebDriver",
        ["--host=127.0.0.1", &format!("--port={port}")],
        &environment,
        &desktop.log("program"),
        Output::Log,
    )?;
    until("the driver to listen", || {
        driver.check_alive()?;
        std::net::TcpStream::connect(("127.0.0.1", port))
            .map(drop)
            .map_err(|error| Failure::Expectation {
                expected: "an open port".to_owned(),
                found: error.to_string(),
            })
    })?;
    let session = Session::start(port, &binary.display().to_string(), arguments)?;
    Ok((driver, session))
}

fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
