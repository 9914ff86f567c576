//! Everyone must be able to build the project: its files name public registries, never somebody's own mirror.

use super::source::lines;
use super::{File, Finding};

/// Hosts that configuration and lock files may name.
const PUBLIC: &[&str] = &[
    "registry.npmjs.org",
    "github.com",
    "crates.io",
    "index.crates.io",
    "static.crates.io",
    "docs.rs",
];

/// Words that give a package mirror away.
const MIRRORS: &[&str] = &["artifactory", "nexus", "verdaccio", "devpi", "codeartifact"];

/// Findings in all files of the project, this one apart: its tests name what it looks for.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.path.ends_with("layers/registries.rs"))
    {
        for (number, line) in lines(&file.text) {
            for host in hosts(line) {
                let foreign = resolves(&file.path, line) && !PUBLIC.contains(&host.as_str());
                if foreign || is_mirror(&host, line) {
                    findings.push(Finding::at_line(
                        &file.path,
                        number,
                        format!("names the host `{host}`"),
                    ));
                }
            }
        }
    }
    findings
}

/// Whether packages are fetched from the addresses in this line of a file.
fn resolves(path: &str, line: &str) -> bool {
    match path.rsplit('/').next().unwrap_or(path) {
        // Its other addresses say where to send money.
        "package-lock.json" => line.contains("\"resolved\":"),
        "Cargo.lock" | ".npmrc" => true,
        _ => path == ".cargo/config.toml",
    }
}

fn is_mirror(host: &str, line: &str) -> bool {
    MIRRORS
        .iter()
        .any(|word| host.contains(word) || line.contains(&format!("{host}/{word}")))
}

/// Host names of the addresses in a line.
fn hosts(line: &str) -> Vec<String> {
    line.split("://")
        .skip(1)
        .map(|rest| {
            let host = rest
                .split(|end: char| {
                    !(end.is_ascii_alphanumeric() || matches!(end, '.' | '-' | '_' | '@'))
                })
                .next()
                .unwrap_or_default();
            host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase()
        })
        .filter(|host| !host.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::check;

    #[test]
    fn a_lock_file_from_a_mirror_is_found() {
        let text = r#"      "resolved": "https://packages.example.com/npm/vite/-/vite-8.0.0.tgz","#;
        assert_eq!(check(&[file("ui/package-lock.json", text)]).len(), 1);
    }

    #[test]
    fn a_setting_that_names_another_registry_is_found() {
        let files = [
            file("ui/.npmrc", "registry=https://packages.example.com/"),
            file(
                "Cargo.lock",
                "source = \"sparse+https://packages.example.com/index/\"",
            ),
        ];
        assert_eq!(check(&files).len(), 2);
    }

    #[test]
    fn a_mirror_is_found_in_any_file() {
        let text = "fetched from https://mirror.example.com/artifactory/api";
        assert_eq!(check(&[file("docs/a.md", text)]).len(), 1);
    }

    #[test]
    fn public_registries_and_example_hosts_are_fine() {
        let files = [
            file(
                "ui/package-lock.json",
                r#""resolved": "https://registry.npmjs.org/vite/-/vite-8.0.0.tgz""#,
            ),
            file(
                "Cargo.lock",
                "source = \"registry+https://github.com/rust-lang/crates.io-index\"",
            ),
            file(
                "crates/model/tests/reading.rs",
                "\"https://api.acme.internal/me\"",
            ),
        ];
        assert!(check(&files).is_empty());
    }
}
