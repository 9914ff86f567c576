//! The system's browser in a story: Chromium with a home of its own, which `xdg-open` hands addresses to.
//!
//! It runs as a person's does and not under the driver's automation: such a Chromium takes no addresses from other
//! programs. chromedriver is let in through its debugging port. Nothing of the system is changed: the default browser
//! and the permission to open the studio's links are files in the story's own home, the permission being what Chromium
//! itself writes where somebody ticks "Always allow".

use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::json;

use crate::desktop::Desktop;
use crate::driver::{Element, Session};
use crate::failure::Failure;
use crate::process::{Output, Process};
use crate::program::start_driver;
use crate::waiting::{until, until_some};

/// Where Debian puts it.
const CHROMIUM: &str = "/usr/bin/chromium";
/// Its driver.
const DRIVER: &str = "/usr/bin/chromedriver";
/// The scheme of a development build's deep links.
const SCHEME: &str = "studio.latchwork.dev";
/// How Chromium is called: by the story, and by whatever opens an address. As root it has no sandbox. To redirect
/// addresses at `localhost` it is a browser on another computer: that name leads it nowhere.
const ARGUMENTS: &str = "--no-sandbox --no-first-run --no-default-browser-check --password-store=basic \
    --host-resolver-rules='MAP localhost ^NOTFOUND' \
    --disable-background-networking --disable-component-update --disable-sync --disable-gpu --disable-quic";

/// What opens an address, in the desktop's folder.
const PROGRAM: &str = "browser";

/// Whether this machine has both.
pub fn is_installed() -> bool {
    Path::new(CHROMIUM).exists() && Path::new(DRIVER).exists()
}

/// A running browser.
pub struct SystemBrowser {
    // Dropped in this order: the driver before what it drives.
    _driver: Process,
    _chromium: Process,
    session: Session,
    /// The tabs that were followed already.
    known: RefCell<Vec<String>>,
}

impl SystemBrowser {
    /// Starts Chromium and makes it the system's browser. Pages of `trusted` may open the studio's links.
    pub fn start(desktop: &Desktop, trusted: &str) -> Result<Self, Failure> {
        let profile = desktop.path("home/chromium");
        fs::create_dir_all(profile.join("Default"))?;
        let preferences = json!({ "protocol_handler": {
            "allowed_origin_protocol_pairs": { trusted: { SCHEME: true } },
        } });
        fs::write(profile.join("Default/Preferences"), preferences.to_string())?;
        let program = desktop.path(PROGRAM);
        write_program(&program, &profile)?;
        become_default(desktop, &program)?;

        let mut chromium = Process::start(
            &program,
            ["--remote-debugging-port=0", "about:blank"],
            desktop.environment(),
            &desktop.log("chromium"),
            Output::Log,
        )?;
        let port = until_some("Chromium to listen", || {
            chromium.check_alive()?;
            let written = fs::read_to_string(profile.join("DevToolsActivePort"));
            // The port, a line's end, and then a path: only with the latter is the former whole.
            Ok(written
                .ok()
                .and_then(|text| Some(text.split_once('\n')?.0.to_owned())))
        })?;
        let (driver, at) = start_driver(desktop, DRIVER, &[], "chromedriver")?;
        let options = json!({ "debuggerAddress": format!("127.0.0.1:{port}") });
        let session = Session::open(at, "goog:chromeOptions", &options)?;
        let known = RefCell::new(session.tabs()?);
        Ok(Self {
            _driver: driver,
            _chromium: chromium,
            session,
            known,
        })
    }

    /// Opens an address in a tab of its own, as any program of the desktop has it opened. The tab that is there from
    /// the start lies behind the studio: what cannot be seen takes neither keys nor clicks.
    pub fn open(&self, desktop: &Desktop, address: &str) -> Result<(), Failure> {
        desktop.run(&desktop.path(PROGRAM), &[address])?;
        self.follow(address)
    }

    /// Waits for a tab that somebody else opened at an address that begins like this, and goes there.
    pub fn follow(&self, beginning: &str) -> Result<(), Failure> {
        let tab = until_some("a new tab in the browser", || {
            let known = self.known.borrow();
            let tabs = self.session.tabs()?;
            Ok(tabs.into_iter().find(|tab| !known.contains(tab)))
        })?;
        self.session.enter_tab(&tab)?;
        self.known.borrow_mut().push(tab);
        self.wait_for_address(&|address| address.starts_with(beginning))
            .map(drop)
    }

    /// Waits until the page has an address that fits, and gives it.
    pub fn wait_for_address(&self, fits: &dyn Fn(&str) -> bool) -> Result<String, Failure> {
        until("the browser to be at another address", || {
            let address = self.session.address()?;
            if fits(&address) {
                return Ok(address);
            }
            Err(Failure::Expectation {
                expected: "an address that fits".to_owned(),
                found: address,
            })
        })
    }

    /// Waits until the page shows this text somewhere.
    pub fn wait_for_text(&self, text: &str) -> Result<(), Failure> {
        until(&format!("“{text}” in the browser"), || {
            let found = self.all_text()?;
            if found.contains(text) {
                return Ok(());
            }
            Err(Failure::Expectation {
                expected: text.to_owned(),
                found,
            })
        })
    }

    /// All text that the page shows, after its address.
    pub fn all_text(&self) -> Result<String, Failure> {
        let script = "return `${location.href}\\n${document.body?.innerText}`";
        let text = self.session.run_script(script, &[])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// A picture of the page, as PNG.
    pub fn picture(&self) -> Result<Vec<u8>, Failure> {
        self.session.picture()
    }

    /// Presses the button with this id.
    pub fn press(&self, id: &str) -> Result<(), Failure> {
        until(&format!("#{id} to be pressed in the browser"), || {
            self.session.click(&self.by_id(id)?)
        })
    }

    /// Types into the field with this id.
    pub fn type_into(&self, id: &str, text: &str) -> Result<(), Failure> {
        until(&format!("#{id} to be filled in the browser"), || {
            self.session.type_into(&self.by_id(id)?, text)
        })
    }

    fn by_id(&self, id: &str) -> Result<Element, Failure> {
        let script = "return [...document.querySelectorAll(arguments[0])]";
        let found = self
            .session
            .elements_by_script(script, &[json!(format!("#{id}"))])?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| Failure::Expectation {
                expected: format!("#{id}"),
                found: self.all_text().unwrap_or_default(),
            })
    }
}

/// Chromium on the story's own profile: where it runs already, that one opens the address.
fn write_program(file: &Path, profile: &Path) -> Result<(), Failure> {
    let profile = profile.display();
    let script =
        format!("#!/bin/sh\nexec {CHROMIUM} {ARGUMENTS} --user-data-dir='{profile}' \"$@\"\n");
    fs::write(file, script)?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

/// Makes a program the one for web addresses on this desktop, as a person's settings do.
fn become_default(desktop: &Desktop, program: &Path) -> Result<(), Failure> {
    let entries = desktop.path("home/.local/share/applications");
    fs::create_dir_all(&entries)?;
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Browser\nExec=\"{}\" %u\n\
         MimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
        program.display()
    );
    fs::write(entries.join("story-browser.desktop"), entry)?;
    let defaults = "[Default Applications]\nx-scheme-handler/http=story-browser.desktop\n\
                    x-scheme-handler/https=story-browser.desktop\n";
    fs::write(desktop.path("home/.config/mimeapps.list"), defaults)?;
    Ok(())
}
