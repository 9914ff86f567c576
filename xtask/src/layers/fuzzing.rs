//! The doors that fuzz targets use are in no program: only `fuzz/` turns the features called `fuzzing` on, and
//! nothing depends on the targets.

use super::source::lines;
use super::{File, Finding};

/// Findings in the manifests outside `fuzz/`.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let is_manifest = file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml");
        if !is_manifest || file.path.starts_with("fuzz/") {
            continue;
        }
        for (number, line) in lines(&file.text) {
            let line = line.split('#').next().unwrap_or_default();
            // In a list of features: `"fuzzing"`, `"latchwork-engine/fuzzing"`.
            if line.contains("fuzzing\"") {
                findings.push(Finding::at_line(
                    &file.path,
                    number,
                    "turns a `fuzzing` feature on: its doors are for fuzz/ alone",
                ));
            }
            if line.contains("latchwork-fuzz") {
                findings.push(Finding::at_line(
                    &file.path,
                    number,
                    "depends on the fuzz targets",
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::check;

    #[test]
    fn a_door_that_is_opened_elsewhere_is_found() {
        let files = [
            file(
                "crates/cli/Cargo.toml",
                "latchwork-engine = { workspace = true, features = [\"fuzzing\"] }",
            ),
            file(
                "Cargo.toml",
                "[features]\ndefault = [\"latchwork-store/fuzzing\"]",
            ),
            file("e2e/Cargo.toml", "latchwork-fuzz = { path = \"../fuzz\" }"),
        ];
        assert_eq!(check(&files).len(), 3);
    }

    #[test]
    fn the_targets_may_and_a_feature_may_be_there() {
        let files = [
            file(
                "fuzz/Cargo.toml",
                "name = \"latchwork-fuzz\"\nlatchwork-engine = { features = [\"fuzzing\"] }",
            ),
            file(
                "crates/engine/Cargo.toml",
                "[features]\n# Doors for fuzzing\"\nfuzzing = []",
            ),
        ];
        assert!(check(&files).is_empty());
    }
}
