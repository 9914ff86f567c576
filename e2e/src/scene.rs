//! What a story plays in: a desktop, the studio in its window, the practice provider, the command line.
//!
//! Whatever a story starts belongs to its scene, so that after a failure a picture of the window and the logs can be
//! kept, and everything ends with it.

use std::fs;
use std::path::{Path, PathBuf};

use latchwork_testkit::oidc::{OidcOptions, OidcProvider};

use crate::browser::SystemBrowser;
use crate::desktop::{Desktop, Keyring, Size};
use crate::failure::Failure;
use crate::process::{Output, Process};
use crate::program::{MINI_BROWSER, Program};
use crate::window::Window;

/// Where things are, for all stories.
pub struct Stage {
    /// Where the studio and the command line were built.
    pub programs: PathBuf,
    /// Where pictures of this run go; `None` where nobody asked for them.
    pub pictures: Option<PathBuf>,
    /// Whether nothing may be left out because a program is missing.
    pub full: bool,
    /// Where to leave what helps after a failure.
    pub remains: PathBuf,
}

/// One story's own world.
pub struct Scene<'stage> {
    /// Where things are.
    pub stage: &'stage Stage,
    // Dropped in this order: the window before the display that it is on.
    program: Option<Program>,
    provider: Option<Process>,
    browser: Option<SystemBrowser>,
    identity: Option<OidcProvider>,
    desktop: Desktop,
}

impl<'stage> Scene<'stage> {
    /// A fresh desktop with nothing on it.
    pub fn set(stage: &'stage Stage, size: Size, keyring: Keyring) -> Result<Self, Failure> {
        Ok(Self {
            stage,
            program: None,
            provider: None,
            browser: None,
            identity: None,
            desktop: Desktop::start(size, keyring)?,
        })
    }

    /// The desktop.
    pub fn desktop(&self) -> &Desktop {
        &self.desktop
    }

    /// Opens the studio on this desktop's own data, as large as the display.
    pub fn open_studio(&mut self, arguments: &[&str]) -> Result<(), Failure> {
        let size = self.desktop.size();
        let size = format!("{}x{}", size.width, size.height);
        let mut all = vec!["--size", &size];
        all.extend(arguments);
        let binary = self.stage.programs.join("latchwork-studio");
        self.program = Some(Program::open(&self.desktop, &binary, &all)?);
        self.fit_window()
    }

    /// Opens a plain browser with the same engine, at an address.
    pub fn open_browser(&mut self, address: &str) -> Result<(), Failure> {
        let binary = Path::new(MINI_BROWSER);
        self.program = Some(Program::open(&self.desktop, binary, &["--automation"])?);
        self.window()?.session().visit(address)
    }

    /// The window that is open.
    pub fn window(&self) -> Result<&Window, Failure> {
        self.program
            .as_ref()
            .map(Program::window)
            .ok_or_else(|| Failure::program("the story", "no window is open"))
    }

    /// Ends the studio as a crash or a power cut does, and starts it again on the same data.
    pub fn crash_and_reopen(&mut self) -> Result<(), Failure> {
        if let Some(program) = &mut self.program {
            program.restart(&self.desktop)?;
        }
        self.fit_window()
    }

    /// The same with the studio started again while the one that was killed is still ending.
    pub fn crash_and_reopen_at_once(&mut self) -> Result<(), Failure> {
        if let Some(program) = &mut self.program {
            program.restart_before_its_end(&self.desktop)?;
        }
        self.fit_window()
    }

    /// Starts the practice provider in a process of its own, so that it goes on while the studio is killed, and
    /// gives its address.
    pub fn start_provider(&mut self) -> Result<String, Failure> {
        let mut process = Process::start(
            self.stage.programs.join("latchwork"),
            [
                "sandbox".as_ref(),
                "--samples".as_ref(),
                self.desktop.path("samples").as_os_str(),
            ],
            self.desktop.environment(),
            &self.desktop.log("provider"),
            Output::FirstLine,
        )?;
        let address = process.first_line()?;
        self.provider = Some(process);
        Ok(address.trim_end_matches('/').to_owned())
    }

    /// Starts a certified OpenID provider, and Chromium as the system's browser, which may open the studio's links
    /// from the provider's pages. Gives the issuer.
    pub fn start_identity(&mut self, options: &OidcOptions) -> Result<String, Failure> {
        let identity = OidcProvider::start(options);
        let issuer = identity.issuer().to_owned();
        self.browser = Some(SystemBrowser::start(&self.desktop, &issuer)?);
        self.identity = Some(identity);
        Ok(issuer)
    }

    /// The system's browser.
    pub fn browser(&self) -> Result<&SystemBrowser, Failure> {
        self.browser
            .as_ref()
            .ok_or_else(|| Failure::program("the story", "it has no browser"))
    }

    /// The OpenID provider.
    pub fn identity(&self) -> Result<&OidcProvider, Failure> {
        self.identity
            .as_ref()
            .ok_or_else(|| Failure::program("the story", "it has no OpenID provider"))
    }

    /// Runs the command line on this desktop's own data and gives what it printed.
    pub fn latchwork(&self, arguments: &[&str]) -> Result<String, Failure> {
        self.desktop
            .run(&self.stage.programs.join("latchwork"), arguments)
    }

    /// Without a window manager nothing but this gives the window the display's size.
    fn fit_window(&self) -> Result<(), Failure> {
        let size = self.desktop.size();
        self.window()?.session().resize(size.width, size.height)
    }

    /// Keeps a picture of the window under a name, for whoever wants to judge it.
    pub fn keep_look(&self, name: &str) -> Result<(), Failure> {
        let file = self.stage.remains.join("looks").join(name);
        self.window()?
            .keep_picture(Some(file.with_extension("png")))
    }

    /// Keeps a picture of the window, its text and all logs, under the story's name.
    pub fn leave_remains(&self, story: &str) -> Result<PathBuf, Failure> {
        let folder = self.stage.remains.join(story);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder)?;
        if let Ok(window) = self.window() {
            if let Ok(picture) = window.session().picture() {
                fs::write(folder.join("window.png"), picture)?;
            }
            if let Ok(text) = window.all_text() {
                fs::write(folder.join("window.txt"), text)?;
            }
        }
        if let Some(browser) = &self.browser {
            fs::write(folder.join("browser.txt"), browser.all_text()?)?;
            fs::write(folder.join("browser.png"), browser.picture()?)?;
        }
        for entry in fs::read_dir(self.desktop.path("logs"))?.flatten() {
            fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
        Ok(folder)
    }
}
