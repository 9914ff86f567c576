//! What the page may load and run: the content security policy of `tauri.conf.json`, and the switches beside it.

use serde_json::{Value, json};

use super::{File, Finding};

const CONFIGURATION: &str = "tauri.conf.json";

/// Directives that must say exactly this.
const EXACT: &[(&str, &str)] = &[
    ("default-src", "'self'"),
    ("script-src", "'self'"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("frame-src", "'none'"),
];

/// Findings in the shell's configuration (Z35).
pub fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.path == CONFIGURATION)
        .flat_map(|file| match serde_json::from_str(&file.text) {
            Ok(configuration) => findings(&configuration),
            Err(error) => vec![Finding::new(CONFIGURATION, error.to_string())],
        })
        .collect()
}

fn findings(configuration: &Value) -> Vec<Finding> {
    let security = &configuration["app"]["security"];
    let mut messages = Vec::new();
    match security["csp"].as_object() {
        None => {
            messages.push("app.security.csp must be an object with a directive a line".to_owned());
        }
        Some(policy) => {
            for (directive, wanted) in EXACT {
                if policy.get(*directive) != Some(&json!(wanted)) {
                    messages.push(format!("csp: {directive} must be {wanted}"));
                }
            }
            for (directive, sources) in policy {
                messages.extend(loose(directive, sources.as_str().unwrap_or_default()));
            }
        }
    }
    if security["freezePrototype"] != json!(true) {
        messages.push("app.security.freezePrototype must be true".to_owned());
    }
    if security["assetProtocol"]["enable"] == json!(true) {
        messages.push("app.security.assetProtocol must be off".to_owned());
    }
    if configuration["app"]["withGlobalTauri"] == json!(true) {
        messages.push(
            "app.withGlobalTauri must be off: pages reach the core through one folder".to_owned(),
        );
    }
    messages
        .into_iter()
        .map(|message| Finding::new(CONFIGURATION, message))
        .collect()
}

/// What a directive lets in that no directive may.
fn loose(directive: &str, sources: &str) -> Vec<String> {
    sources
        .split_whitespace()
        .filter(|source| match *source {
            // CodeMirror and React Aria set inline styles.
            "'unsafe-inline'" => directive != "style-src",
            "'unsafe-eval'" | "'wasm-unsafe-eval'" | "*" | "https:" | "http:" => true,
            // Tauri's own channel to the core.
            "http://ipc.localhost" => directive != "connect-src",
            other => other.contains("://"),
        })
        .map(|source| format!("csp: {directive} must not have {source}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::file;
    use super::check;

    fn configuration() -> Value {
        json!({ "app": { "security": {
            "csp": {
                "default-src": "'self'", "script-src": "'self'", "style-src": "'self' 'unsafe-inline'",
                "connect-src": "'self' ipc: http://ipc.localhost",
                "object-src": "'none'", "base-uri": "'none'", "frame-src": "'none'",
            },
            "freezePrototype": true,
            "assetProtocol": { "enable": false },
        } } })
    }

    fn found(pointer: &str, value: Value) -> usize {
        let mut configuration = configuration();
        if let Some(place) = configuration.pointer_mut(pointer) {
            *place = value;
        }
        check(&[file("tauri.conf.json", &configuration.to_string())]).len()
    }

    #[test]
    fn z35_the_strict_policy_is_fine() {
        assert_eq!(found("/nowhere", json!(null)), 0);
    }

    #[test]
    fn z35_each_loosening_is_found() {
        assert_eq!(found("/app/security/csp", json!(null)), 1);
        assert_eq!(found("/app/security/csp/frame-src", json!("'self'")), 1);
        assert_eq!(
            found(
                "/app/security/csp/style-src",
                json!("'self' https://fonts.example")
            ),
            1
        );
        assert_eq!(found("/app/security/csp/connect-src", json!("*")), 1);
        // Not exactly 'self', and unsafe as well.
        assert_eq!(
            found(
                "/app/security/csp/script-src",
                json!("'self' 'unsafe-inline'")
            ),
            2
        );
        assert_eq!(found("/app/security/freezePrototype", json!(false)), 1);
        assert_eq!(found("/app/security/assetProtocol/enable", json!(true)), 1);
    }
}
