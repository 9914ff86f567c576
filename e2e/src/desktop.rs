//! A desktop of its own for each test: display, message bus, keyring, home folder.
//!
//! Nothing of the person's own session is touched: every program gets exactly the environment made here. No window
//! manager runs, so a window is as large as it asks to be. The bus activates nothing by itself: what is there was
//! started here.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::failure::Failure;
use crate::mouse::Mouse;
use crate::process::{Environment, Output, Process};
use crate::waiting::until_some;

/// Width and height of a display, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

impl Size {
    /// What most stories use, and the pictures in the documentation.
    pub const USUAL: Self = Self {
        width: 1440,
        height: 900,
    };
    /// The smallest window that is still usable.
    pub const SMALL: Self = Self {
        width: 900,
        height: 600,
    };
    /// A large screen.
    pub const LARGE: Self = Self {
        width: 1600,
        height: 1000,
    };
}

/// The system keyring of a desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// gnome-keyring, unlocked as it is after a login.
    Unlocked,
    /// No Secret Service at all.
    Absent,
}

/// What is heard on the bus of one interface.
pub struct BusWatch {
    _monitor: Process,
    log: PathBuf,
}

impl BusWatch {
    /// Waits for a call in which these words are.
    pub fn wait_for(&self, words: &str) -> Result<(), Failure> {
        until_some(&format!("a call of {words} on the bus"), || {
            let heard = fs::read_to_string(&self.log)?;
            let mut lines = heard.lines();
            Ok(lines
                .any(|line| line.starts_with("method call") && line.contains(words))
                .then_some(()))
        })
    }
}

/// A running desktop; dropping it ends everything in it and removes its folder.
pub struct Desktop {
    // Dropped in this order: who uses the bus and the display goes first.
    _keyring: Option<Process>,
    _bus: Process,
    _display: Process,
    environment: Environment,
    size: Size,
    folder: TempDir,
}

impl Desktop {
    /// Starts display, bus and keyring.
    pub fn start(size: Size, keyring: Keyring) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("latchwork-e2e-")
            .tempdir()?;
        let mut environment = environment(folder.path())?;
        let logs = folder.path().join("logs");
        fs::create_dir_all(&logs)?;

        let screen = format!("{}x{}x24", size.width, size.height);
        let mut display = Process::start(
            "Xvfb",
            [
                "-displayfd",
                "1",
                "-screen",
                "0",
                &screen,
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            &environment,
            &logs.join("display.log"),
            Output::FirstLine,
        )?;
        environment.push(("DISPLAY", format!(":{}", display.first_line()?).into()));

        let settings = folder.path().join("bus.conf");
        fs::write(&settings, bus_settings(folder.path()))?;
        let mut bus = Process::start(
            "dbus-daemon",
            [
                "--nofork",
                "--print-address=1",
                &format!("--config-file={}", settings.display()),
            ],
            &environment,
            &logs.join("bus.log"),
            Output::FirstLine,
        )?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS", bus.first_line()?.into()));

        let keyring = match keyring {
            Keyring::Absent => None,
            Keyring::Unlocked => Some(unlocked_keyring(&environment, &logs)?),
        };
        Ok(Self {
            _keyring: keyring,
            _bus: bus,
            _display: display,
            environment,
            size,
            folder,
        })
    }

    /// The environment of programs in this desktop.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The mouse of this desktop's display.
    pub fn mouse(&self) -> Result<Mouse, Failure> {
        let display = self
            .environment
            .iter()
            .find(|(name, _)| *name == "DISPLAY")
            .map(|(_, value)| value.to_string_lossy().into_owned());
        Mouse::of(&display.unwrap_or_default())
    }

    /// The display's size.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Watches the calls of an interface on the bus, from now on.
    pub fn watch_bus(&self, interface: &str) -> Result<BusWatch, Failure> {
        let log = self.log("bus-watch");
        let mut monitor = Process::start(
            "dbus-monitor",
            ["--session", &format!("interface='{interface}'")],
            &self.environment,
            &log,
            Output::Log,
        )?;
        let watch_begins = until_some("the bus to be watched", || {
            monitor.check_alive()?;
            // The last that it hears as an ordinary guest of the bus.
            Ok(fs::read_to_string(&log)?.contains("NameLost").then_some(()))
        });
        watch_begins.map(|()| BusWatch {
            _monitor: monitor,
            log,
        })
    }

    /// A path in this desktop's own folder.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// The log file of a program.
    pub fn log(&self, program: &str) -> PathBuf {
        self.path("logs").join(format!("{program}.log"))
    }

    /// Runs a program in this desktop to its end and gives what it printed.
    pub fn run(&self, program: &Path, arguments: &[&str]) -> Result<String, Failure> {
        let output = Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(key, value)| (key, value)))
            .output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(Failure::program(
            &program.display().to_string(),
            format!(
                "{}: {}",
                output.status,
                String::from_utf8_lossy(&output.stderr).trim()
            ),
        ))
    }
}

/// Folders of a fresh home, and the variables that point there.
fn environment(folder: &Path) -> Result<Environment, Failure> {
    let mut environment: Environment = vec![
        (
            "PATH",
            std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into()),
        ),
        ("LANG", "C.UTF-8".into()),
        ("TZ", "UTC".into()),
        ("GDK_BACKEND", "x11".into()),
        ("XDG_CURRENT_DESKTOP", "GNOME".into()),
        // Settings are not asked of the person's own desktop.
        ("GSETTINGS_BACKEND", "memory".into()),
        // No accessibility bus: the driver computes roles and names itself.
        ("NO_AT_BRIDGE", "1".into()),
        // There is no graphics card behind this display. WEBKIT_DISABLE_DMABUF_RENDERER is not set on purpose: with it
        // a picture of a page that does not move is never taken.
        ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
        // Tauri lets a driver in only where this says so.
        ("TAURI_WEBVIEW_AUTOMATION", "true".into()),
        ("RUST_BACKTRACE", "1".into()),
    ];
    for (name, relative) in [
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "home/.config"),
        ("XDG_DATA_HOME", "home/.local/share"),
        ("XDG_STATE_HOME", "home/.local/state"),
        ("XDG_CACHE_HOME", "home/.cache"),
        ("XDG_RUNTIME_DIR", "run"),
        ("TMPDIR", "tmp"),
    ] {
        let path = folder.join(relative);
        fs::create_dir_all(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700))?;
        environment.push((name, path.into_os_string()));
    }
    Ok(environment)
}

/// A session bus that starts no service by itself.
fn bus_settings(folder: &Path) -> String {
    format!(
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
         \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n\
         <busconfig><type>session</type><listen>unix:path={}/bus</listen><auth>EXTERNAL</auth>\
         <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
         <allow own=\"*\"/></policy></busconfig>\n",
        folder.display()
    )
}

/// gnome-keyring, unlocked with a password as a login does, and ready to be asked.
fn unlocked_keyring(environment: &Environment, logs: &Path) -> Result<Process, Failure> {
    let mut keyring = Process::start(
        "gnome-keyring-daemon",
        ["--foreground", "--unlock", "--components=secrets"],
        environment,
        &logs.join("keyring.log"),
        Output::Log,
    )?;
    keyring.feed("a password for this test")?;
    until_some("the keyring to be on the bus", || {
        keyring.check_alive()?;
        Ok(is_on_bus(environment, "org.freedesktop.secrets")?.then_some(()))
    })?;
    Ok(keyring)
}

/// Whether anybody has this name on the bus.
fn is_on_bus(environment: &Environment, name: &str) -> Result<bool, Failure> {
    let owned = Command::new("dbus-send")
        .args([
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.DBus",
        ])
        .args(["/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner"])
        .arg(format!("string:{name}"))
        .env_clear()
        .envs(environment.iter().map(|(key, value)| (key, value)))
        .output()?;
    Ok(String::from_utf8_lossy(&owned.stdout).contains("true"))
}
