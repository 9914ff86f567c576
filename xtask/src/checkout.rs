//! Where things lie in this checkout.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The checkout's root folder.
pub fn root() -> &'static Path {
    // xtask's own folder lies directly under the root.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or_else(|| Path::new("."))
}

/// A path under the root.
pub fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Cargo's target folder: `CARGO_TARGET_DIR` where it is set.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| path("target"), |folder| root().join(folder))
}

/// A program that cargo built with the dev profile.
pub fn built(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// When the newest file at or under these paths was changed; `None` where there is none.
pub fn newest_change(paths: &[PathBuf]) -> Option<SystemTime> {
    paths.iter().filter_map(|path| newest(path)).max()
}

fn newest(path: &Path) -> Option<SystemTime> {
    let about = std::fs::symlink_metadata(path).ok()?;
    if !about.is_dir() {
        return about.modified().ok();
    }
    std::fs::read_dir(path)
        .ok()?
        .flatten()
        .filter_map(|entry| newest(&entry.path()))
        .max()
}

/// Every file of the project: tracked by git, or new and not ignored. Paths are relative to the root.
pub fn files() -> Result<Vec<String>, crate::failure::Failure> {
    let list = crate::program::Program::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ])
        .capture()?;
    let mut files: Vec<String> = list
        .split('\0')
        .filter(|file| !file.is_empty() && path(file).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}
