//! The system's browser, opened without a shell (SAFETY Z7).
//!
//! Deliberately not here: what is said to the person, and who comes back.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

/// What opens an address, in the order in which it is tried; the address is the last argument.
const OPENERS: &[(&str, &[&str])] = if cfg!(target_os = "macos") {
    &[("open", &[])]
} else if cfg!(windows) {
    &[("rundll32.exe", &["url.dll,FileProtocolHandler"])]
} else {
    &[("xdg-open", &[]), ("gio", &["open"]), ("wslview", &[])]
};
/// An opener that has not ended by then is the browser itself.
const ENDS_WITHIN: Duration = Duration::from_secs(3);

/// Whether a browser is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// The system's.
    System,
    /// None: the person visits the address.
    Never,
    /// None, and nobody is there who could visit it.
    Nobody,
}

/// Opens a web address, which [`latchwork_studio::browser_address`] has written; whether anything took it.
pub(crate) async fn open(address: &str) -> bool {
    for (program, arguments) in OPENERS {
        if let Ok(child) = command(program, arguments, address).spawn()
            && took_it(child).await
        {
            return true;
        }
    }
    false
}

fn command(program: &str, arguments: &[&str], address: &str) -> Command {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Passphrases and variables are nobody else's.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("LATCHWORK_") {
            command.env_remove(name);
        }
    }
    #[cfg(unix)]
    {
        // Ctrl+C stops the run, not the browser.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
    }
    command
}

/// Whether an opener ended well, or goes on as the browser.
async fn took_it(mut child: Child) -> bool {
    let (sender, ended) = oneshot::channel::<Option<ExitStatus>>();
    std::thread::spawn(move || sender.send(child.wait().ok()));
    match timeout(ENDS_WITHIN, ended).await {
        Ok(Ok(Some(status))) => status.success(),
        Ok(_) => false,
        Err(_) => true,
    }
}
