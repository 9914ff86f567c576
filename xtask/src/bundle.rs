//! The Debian package, put together from the programs that the benchmarks measure, and its size.
//!
//! Not here: building them. Tauri's own command line lays the package out; npm fetches it where it is not there. It
//! compresses with gzip and has no setting for that, so the package is compressed again as Debian's own are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::checkout;
use crate::console::say;
use crate::failure::Failure;
use crate::program::Program;

/// By which it is chosen among the benchmarks.
pub const NAME: &str = "deb";
/// What the package may weigh, in bytes.
const TARGET: u64 = 15_000_000;
/// The command line of the Tauri that Cargo.lock has.
const TAURI: &str = "@tauri-apps/cli@2";

/// Packs the studio that was built with the release profile, and tells how large the package is.
pub fn measure() -> Result<(), Failure> {
    Program::new("npx")
        .args(["--yes", TAURI, "bundle", "--bundles", "deb", "--no-sign"])
        .run()?;
    let package = newest_package()?;
    compress(&package)?;
    let about = fs::metadata(&package).map_err(|error| Failure::file(&package, error))?;
    say(&line(about.len()));
    Ok(())
}

/// Compresses a package with xz, in its place.
fn compress(package: &Path) -> Result<(), Failure> {
    let folder = package.with_extension("contents");
    fs::remove_dir_all(&folder).ok();
    Program::new("dpkg-deb")
        .args(["--raw-extract"])
        .args([package, &folder])
        .run()?;
    Program::new("dpkg-deb")
        .args(["--root-owner-group", "-Zxz", "--build"])
        .args([&folder, package])
        .run()?;
    fs::remove_dir_all(&folder).map_err(|error| Failure::file(&folder, error))
}

/// The size beside its target, as the benchmarks tell theirs.
fn line(bytes: u64) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    let verdict = if bytes <= TARGET { "met" } else { "missed" };
    format!(
        "{NAME}\n  the Debian package: {}.{} MB, at most {} MB: {verdict}",
        tenths / 10,
        tenths % 10,
        TARGET / 1_000_000,
    )
}

fn newest_package() -> Result<PathBuf, Failure> {
    let folder = checkout::target().join("release/bundle/deb");
    let files = fs::read_dir(&folder).map_err(|error| Failure::file(&folder, error))?;
    files
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "deb"))
        .max_by_key(|path| fs::metadata(path).and_then(|about| about.modified()).ok())
        .ok_or_else(|| Failure::missing("the Debian package", "cargo xtask bench deb"))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_package_of_exactly_the_target_meets_it() {
        assert!(line(15_000_000).ends_with("15.0 MB, at most 15 MB: met"));
        assert!(line(15_000_001).ends_with(": missed"));
    }
}
