//! Packages from npm, inside the checkout: a folder's `node_modules`, as its lock file says.

use crate::checkout;
use crate::console::heading;
use crate::failure::Failure;
use crate::program::Program;

/// The oldest Node.js that everything here runs on.
const NODE: (u32, u32) = (20, 19);

/// Brings a folder's `node_modules` in line with its lock file; nothing happens where it already is.
pub fn install(folder: &str, whose: &str) -> Result<(), Failure> {
    node_is_there()?;
    let folder_path = checkout::path(folder);
    let lock = checkout::newest_change(&[folder_path.join("package-lock.json")]);
    let installed = checkout::newest_change(&[folder_path.join("node_modules/.package-lock.json")]);
    if installed.is_some() && installed >= lock {
        return Ok(());
    }
    heading(&format!(
        "Packages of {whose} (npm ci, inside the checkout)"
    ));
    Program::npm(folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .run()
}

fn node_is_there() -> Result<(), Failure> {
    let hint = format!(
        "install Node.js {}.{} or newer with npm: https://nodejs.org/en/download",
        NODE.0, NODE.1
    );
    let version = Program::new("node")
        .args(["--version"])
        .capture()
        .map_err(|_| Failure::missing("Node.js", hint.clone()))?;
    if !Program::exists("npm") && !cfg!(windows) {
        return Err(Failure::missing("npm", hint));
    }
    match read_version(&version) {
        Some(found) if found >= NODE => Ok(()),
        _ => Err(Failure::missing(
            format!("a newer Node.js: this one is {}", version.trim()),
            hint,
        )),
    }
}

fn read_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::read_version;

    #[test]
    fn a_version_is_read_as_numbers() {
        assert_eq!(read_version("v20.20.2\n"), Some((20, 20)));
        assert!(read_version("v9.1.0") < read_version("v20.0.0"));
        assert_eq!(read_version("node"), None);
    }
}
