//! Starts a program under the driver in a desktop, and starts it again on the same data.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use crate::desktop::Desktop;
use crate::driver::Session;
use crate::failure::Failure;
use crate::process::{Output, Process};
use crate::waiting::until;
use crate::window::Window;

/// Where Debian and Ubuntu put a plain browser with the same engine; the self-test uses it.
pub const MINI_BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// What a studio calls of the one that runs already.
const HANDING_OVER: &str = "org.SingleInstance.DBus";

/// A program with its window open.
pub struct Program {
    // The driver's process group holds the program and its web processes.
    driver: Option<Process>,
    window: Window,
    binary: PathBuf,
    arguments: Vec<String>,
}

impl Program {
    /// Starts a program and waits for its window.
    pub fn open(desktop: &Desktop, binary: &Path, arguments: &[&str]) -> Result<Self, Failure> {
        let arguments: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let (driver, session) = start(desktop, binary, &arguments)?;
        Ok(Self {
            driver: Some(driver),
            window: Window::of(session),
            binary: binary.to_owned(),
            arguments,
        })
    }

    /// The window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Ends the program at once, as a crash or a power cut does, and starts it again on the same data: nothing of it
    /// gets to say goodbye.
    pub fn restart(&mut self, desktop: &Desktop) -> Result<(), Failure> {
        self.driver = None;
        self.adopt(start(desktop, &self.binary, &self.arguments)?);
        Ok(())
    }

    /// The same with the new one started before the bus has heard of the old one's end: what the new one hands over to
    /// the old one is never answered.
    pub fn restart_before_its_end(&mut self, desktop: &Desktop) -> Result<(), Failure> {
        let old = self.driver.take();
        let watch = desktop.watch_bus(HANDING_OVER)?;
        let started = std::thread::scope(|scope| {
            if let Some(old) = &old {
                old.freeze();
            }
            let ending = scope.spawn(|| {
                let called = watch.wait_for(HANDING_OVER);
                drop(old);
                called
            });
            // From this thread: what it starts ends with it.
            let started = start(desktop, &self.binary, &self.arguments);
            let called = ending
                .join()
                .unwrap_or_else(|_| Err(Failure::program("the watch over the bus", "it panicked")));
            called.and(started)
        });
        self.adopt(started?);
        Ok(())
    }

    fn adopt(&mut self, (driver, session): (Process, Session)) {
        self.driver = Some(driver);
        self.window = Window::of(session);
    }
}

fn start(
    desktop: &Desktop,
    binary: &Path,
    arguments: &[String],
) -> Result<(Process, Session), Failure> {
    let (driver, port) =
        start_driver(desktop, "WebKitWebDriver", &["--host=127.0.0.1"], "program")?;
    let session = Session::start(port, &binary.display().to_string(), arguments)?;
    Ok((driver, session))
}

/// Starts a WebDriver and gives the port that it listens on.
pub fn start_driver(
    desktop: &Desktop,
    name: &str,
    arguments: &[&str],
    log: &str,
) -> Result<(Process, u16), Failure> {
    let port = free_port()?;
    let mut driver = Process::start(
        name,
        [&[format!("--port={port}").as_str()], arguments].concat(),
        desktop.environment(),
        &desktop.log(log),
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
    Ok((driver, port))
}

/// A port that nobody listens on.
pub fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
