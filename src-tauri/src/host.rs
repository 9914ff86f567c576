//! What the shell is started with, and the one studio that all its windows share.

use std::path::PathBuf;
use std::sync::Arc;

use latchwork_studio::BrowserOpener;
use tauri::{AppHandle, Url};
use tauri_plugin_opener::OpenerExt as _;

/// The studio, as Tauri keeps it.
pub(crate) type Studio = Arc<latchwork_studio::Studio>;

/// The system's browser, opened without a shell.
pub(crate) struct SystemBrowser(pub AppHandle);

impl BrowserOpener for SystemBrowser {
    fn open(&self, address: &Url) -> Result<(), String> {
        self.0
            .opener()
            .open_url(address.as_str(), None::<&str>)
            .map_err(|error| error.to_string())
    }
}

/// What the shell was started with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartOptions {
    /// Where everything is kept; the default folder where left out.
    pub data_dir: Option<PathBuf>,
    /// Start the practice provider, and add its samples to an empty library.
    pub practice: bool,
    /// The window's inner size in logical pixels.
    pub size: Option<(f64, f64)>,
    /// An app's file, which is run in a window of its own with no studio around it.
    pub app: Option<PathBuf>,
    /// A connector's file, which is opened in the studio and saved to.
    pub connector: Option<PathBuf>,
}

impl StartOptions {
    /// Reads the command line (`--data-dir DIR`, `--practice`, `--size WxH`, `--app FILE`) and `LATCHWORK_DATA_DIR`. A
    /// file that is called `*.app.json` is an app's, also without `--app`, and `*.connector.json` is a connector's: so a
    /// desktop opens one. What it does not know it leaves to the system: a desktop starts programs with arguments of its
    /// own.
    pub fn read(arguments: impl IntoIterator<Item = String>, data_dir: Option<PathBuf>) -> Self {
        let mut options = Self {
            data_dir,
            ..Self::default()
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--practice" => options.practice = true,
                "--data-dir" => {
                    options.data_dir = arguments.next().map(PathBuf::from).or(options.data_dir);
                }
                "--app" => options.app = arguments.next().map(file_path).or(options.app),
                "--size" => options.size = arguments.next().as_deref().and_then(size),
                file if is_called(file, ".app.json") => options.app = Some(file_path(argument)),
                file if is_called(file, ".connector.json") => {
                    options.connector = Some(file_path(argument));
                }
                _ => {}
            }
        }
        options
    }
}

/// Whether an argument names a file of this kind.
fn is_called(argument: &str, ending: &str) -> bool {
    !argument.starts_with('-') && argument.ends_with(ending)
}

/// The path of a file that is named as such or by its address: a desktop hands over `file:///…` where a program also
/// opens links.
fn file_path(argument: String) -> PathBuf {
    let address = Url::parse(&argument)
        .ok()
        .filter(|url| url.scheme() == "file");
    let path = address.and_then(|url| url.to_file_path().ok());
    path.unwrap_or_else(|| PathBuf::from(argument))
}

fn size(text: &str) -> Option<(f64, f64)> {
    let (width, height) = text.split_once('x')?;
    let side = |text: &str| {
        text.parse::<f64>()
            .ok()
            .filter(|side| (200.0..=10_000.0).contains(side))
    };
    Some((side(width)?, side(height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_read_and_what_is_unknown_is_left_alone() {
        let arguments = [
            "--practice",
            "--psn_0_1",
            "--data-dir",
            "/tmp/x",
            "--size",
            "900x600",
        ]
        .map(str::to_owned);
        let options = StartOptions::read(arguments, Some(PathBuf::from("/home/data")));
        assert_eq!(options.data_dir, Some(PathBuf::from("/tmp/x")));
        assert!(options.practice);
        assert_eq!(options.size, Some((900.0, 600.0)));
        assert_eq!(options.app, None);
        assert_eq!(size("wide"), None);
        assert_eq!(size("1x1"), None);
    }

    #[test]
    fn a5_an_apps_file_is_opened_by_its_option_and_by_its_name() {
        let of = |arguments: &[&str]| {
            StartOptions::read(arguments.iter().map(|text| (*text).to_owned()), None).app
        };
        let file = Some(PathBuf::from("/a/desk.app.json"));
        assert_eq!(of(&["--app", "/a/desk.app.json"]), file);
        assert_eq!(of(&["--size", "900x600", "/a/desk.app.json"]), file);
        assert_eq!(
            of(&["--app", "/a/desk.json"]),
            Some(PathBuf::from("/a/desk.json"))
        );
        assert_eq!(of(&["/a/desk.connector.json", "--x.app.json"]), None);
        // As a desktop's file manager names it.
        assert_eq!(
            of(&["file:///a/my%20desk.app.json"]),
            Some(PathBuf::from("/a/my desk.app.json"))
        );
        assert_eq!(
            of(&["file://elsewhere/desk.app.json"]),
            Some(PathBuf::from("file://elsewhere/desk.app.json"))
        );
    }

    #[test]
    fn x1_a_connectors_file_is_opened_by_its_name() {
        let of = |arguments: &[&str]| {
            let arguments = arguments.iter().map(|text| (*text).to_owned());
            StartOptions::read(arguments, None).connector
        };
        assert_eq!(
            of(&["--practice", "file:///a/my%20crm.connector.json"]),
            Some(PathBuf::from("/a/my crm.connector.json"))
        );
        assert_eq!(
            of(&["/a/crm.json", "--x.connector.json", "/a/desk.app.json"]),
            None
        );
    }

    #[test]
    fn a5_an_installed_package_is_handed_what_is_opened() {
        let config = include_str!("../../tauri.conf.json");
        let entry = include_str!("../linux/latchwork.desktop");
        let types = include_str!("../linux/studio.latchwork.xml");
        assert!(config.contains("\"desktopTemplate\": \"src-tauri/linux/latchwork.desktop\""));
        assert!(config.contains("\"src-tauri/linux/studio.latchwork.xml\""));
        // Without a field code a desktop may hand over nothing.
        assert!(entry.contains("Exec={{exec}} %u\n"), "{entry}");
        assert!(entry.contains("MimeType={{mime_type}}\n"), "{entry}");
        for kind in ["app", "connector"] {
            let mime = format!("application/x-latchwork-{kind}");
            assert!(config.contains(&format!("\"mimeType\": \"{mime}\"")));
            assert!(types.contains(&format!("type=\"{mime}\"")), "{types}");
            assert!(
                types.contains(&format!("pattern=\"*.{kind}.json\"")),
                "{types}"
            );
        }
    }
}
