//! What comes from elsewhere: licences, sources and bans, for every crate in any program of ours.
//!
//! The same rules as `deny.toml`, for machines where cargo-deny is not at hand: building it takes longer than all
//! other checks together (docs/decisions/0004).

use std::collections::BTreeMap;

use serde_json::Value;

use super::Finding;

/// Licences that may be linked into a program under MIT or Apache-2.0.
const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "CC0-1.0",
    "MPL-2.0",
    "Unicode-3.0",
    "BSL-1.0",
    "MIT-0",
    "CDLA-Permissive-2.0",
    "bzip2-1.0.6",
];

/// Where crates may come from.
const SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that must not be there, and why.
const BANNED: &[(&str, &str)] = &[
    (
        "openssl-sys",
        "TLS is rustls here: no system library to keep in step",
    ),
    ("native-tls", "TLS is rustls here"),
    (
        "aws-lc-sys",
        "ring is the one cryptography provider: no CMake in the build",
    ),
];

/// Crates of ours that must be in a program once: two of them do not see each other's types or state.
const ONCE: &[&str] = &[
    "tokio",
    "rustls",
    "reqwest",
    "serde",
    "sqlx-core",
    "tauri",
    "ring",
    "minijinja",
];

/// Findings over all packages.
pub fn check(metadata: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let version = package["version"].as_str().unwrap_or_default();
        let place = format!("{name} {version}");
        versions.entry(name).or_default().push(version);
        if let Some(source) = package["source"].as_str()
            && source != SOURCE
        {
            findings.push(Finding::new(&place, format!("comes from {source}")));
        }
        match package["license"].as_str() {
            Some(licence) if is_allowed(licence) => {}
            Some(licence) => findings.push(Finding::new(
                &place,
                format!("the licence `{licence}` is not allowed"),
            )),
            None => findings.push(Finding::new(&place, "says no licence")),
        }
        if let Some((_, reason)) = BANNED.iter().find(|(banned, _)| *banned == name) {
            findings.push(Finding::new(&place, format!("is banned: {reason}")));
        }
    }
    for name in ONCE {
        let found = versions.get(name).map(Vec::as_slice).unwrap_or_default();
        if found.len() > 1 {
            findings.push(Finding::new(
                *name,
                format!("is there more than once: {}", found.join(", ")),
            ));
        }
    }
    findings
}

/// Whether an SPDX expression can be met with allowed licences.
fn is_allowed(expression: &str) -> bool {
    // Old manifests write `MIT/Apache-2.0`.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let allowed = any(&words, &mut at);
    allowed && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut allowed = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        allowed |= all(words, at);
    }
    allowed
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut allowed = single(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        allowed &= single(words, at);
    }
    allowed
}

fn single(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if *word == "(" {
        let allowed = any(words, at);
        *at += usize::from(words.get(*at) == Some(&")"));
        return allowed;
    }
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).copied().unwrap_or_default();
        *at += 2;
        return LICENCES.contains(&format!("{word} WITH {exception}").as_str());
    }
    LICENCES.contains(word)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{SOURCE, check, is_allowed};

    fn findings(name: &str, licence: &str, source: &str) -> usize {
        check(&json!({ "packages": [{ "name": name, "version": "1.0.0", "license": licence, "source": source }] })).len()
    }

    #[test]
    fn expressions_are_read_as_spdx_says() {
        assert!(is_allowed("MIT OR Apache-2.0"));
        assert!(is_allowed("GPL-3.0 OR MIT"));
        assert!(is_allowed("(MIT OR GPL-3.0) AND Unicode-3.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(!is_allowed("MIT AND GPL-3.0"));
        assert!(!is_allowed("AGPL-3.0"));
        assert!(!is_allowed(""));
    }

    #[test]
    fn a_licence_a_source_or_a_ban_is_found() {
        assert_eq!(findings("fine", "MIT", SOURCE), 0);
        assert_eq!(findings("fine", "GPL-3.0", SOURCE), 1);
        assert_eq!(findings("fine", "MIT", "git+https://github.com/a/b"), 1);
        assert_eq!(findings("native-tls", "MIT", SOURCE), 1);
    }

    #[test]
    fn two_versions_of_what_must_be_there_once_are_found() {
        let package = |version: &str| json!({ "name": "tokio", "version": version, "license": "MIT", "source": SOURCE });
        assert_eq!(
            check(&json!({ "packages": [package("1.0.0"), package("2.0.0")] })).len(),
            1
        );
    }
}
