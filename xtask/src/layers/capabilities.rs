//! What a window may do: one capability file a window, every permission listed here, no shell, fs or http plugin.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{File, Finding};

/// Every permission that any window has: none beyond the commands of its own. A new one is a decision, made here in
/// a change of its own.
const PERMISSIONS: &[&str] = &[];

/// Permissions that no change of the list above gives a window, by how they begin. The deep-link plugin tells an
/// address, with its code, as an event to whoever may listen (SAFETY Z15); and what deep links do is for the core.
const NEVER: &[&str] = &["core:default", "core:event", "deep-link:"];

/// Plugins that would give a page the run of the machine.
const PLUGINS: &[&str] = &[
    "tauri-plugin-shell",
    "tauri-plugin-fs",
    "tauri-plugin-http",
    "tauri-plugin-process",
    "tauri-plugin-sql",
];

/// Findings in capability files, `Cargo.toml` and `ui/package.json`.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        if file.path.starts_with("src-tauri/capabilities/") {
            findings.extend(capability(file, &mut owners));
        } else if file.path == "Cargo.toml" || file.path == "ui/package.json" {
            findings.extend(plugins(file));
        }
    }
    findings
}

fn capability(file: &File, owners: &mut BTreeMap<String, String>) -> Vec<Finding> {
    let Ok(capability) = serde_json::from_str::<Value>(&file.text) else {
        return vec![Finding::new(&file.path, "is not JSON")];
    };
    let mut findings = Vec::new();
    let windows = words(&capability["windows"]);
    if !is_one_kind(&windows) {
        findings.push(Finding::new(
            &file.path,
            format!(
                "names {} windows; a file is for one, or for several of a kind that are counted: app-1, app-2",
                windows.len()
            ),
        ));
    }
    for window in windows {
        if window.contains(['*', '?', '[']) {
            findings.push(Finding::new(
                &file.path,
                format!("`{window}` stands for windows that nobody listed"),
            ));
        }
        if let Some(other) = owners.insert(window.clone(), file.path.clone()) {
            findings.push(Finding::new(
                &file.path,
                format!("the window `{window}` has a file already: {other}"),
            ));
        }
    }
    if !capability["remote"].is_null() {
        findings.push(Finding::new(
            &file.path,
            "`remote`: no page from elsewhere calls the core",
        ));
    }
    for permission in words(&capability["permissions"]) {
        if NEVER.iter().any(|start| permission.starts_with(start)) {
            findings.push(Finding::new(
                &file.path,
                format!("`{permission}` would let a page hear deep links, with their codes"),
            ));
            continue;
        }
        if !PERMISSIONS.contains(&permission.as_str()) {
            findings.push(Finding::new(
                &file.path,
                format!("the permission `{permission}` is not on the list in xtask/src/layers/capabilities.rs"),
            ));
        }
    }
    findings
}

/// One window, or windows whose names differ in the number at their ends alone.
fn is_one_kind(windows: &[String]) -> bool {
    let kind = |window: &String| {
        let (kind, number) = window.rsplit_once('-')?;
        number.parse::<u32>().ok().map(|_| kind.to_owned())
    };
    match windows {
        [] => false,
        [_] => true,
        [first, others @ ..] => {
            let first = kind(first);
            first.is_some() && others.iter().all(|other| kind(other) == first)
        }
    }
}

/// Strings of a list; a permission may also be an object with an identifier.
fn words(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| {
            let name = entry.as_str().or_else(|| entry["identifier"].as_str());
            name.unwrap_or("(unnamed)").to_owned()
        })
        .collect()
}

fn plugins(file: &File) -> Vec<Finding> {
    PLUGINS
        .iter()
        .flat_map(|name| {
            [
                (*name).to_owned(),
                name.replace("tauri-plugin-", "@tauri-apps/plugin-"),
            ]
        })
        .filter(|name| file.text.contains(name.as_str()))
        .map(|name| {
            Finding::new(
                &file.path,
                format!("{name} would give a page the run of the machine"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{File, file};
    use super::check;

    fn window(text: &str) -> File {
        file("src-tauri/capabilities/studio.json", text)
    }

    #[test]
    fn z36_a_star_for_windows_is_found() {
        assert_eq!(
            check(&[window(r#"{ "windows": ["*"], "permissions": [] }"#)]).len(),
            1
        );
    }

    #[test]
    fn z36_two_windows_in_a_file_or_two_files_for_a_window_are_found() {
        assert_eq!(
            check(&[window(r#"{ "windows": ["a", "b"], "permissions": [] }"#)]).len(),
            1
        );
        let kinds = r#"{ "windows": ["app-1", "app-2", "page-3"], "permissions": [] }"#;
        assert_eq!(check(&[window(kinds)]).len(), 1);
        let counted = r#"{ "windows": ["app-1", "app-2"], "permissions": [] }"#;
        assert_eq!(check(&[window(counted)]).len(), 0);
        let twice = [
            window(r#"{ "windows": ["a"], "permissions": [] }"#),
            file(
                "src-tauri/capabilities/other.json",
                r#"{ "windows": ["a"], "permissions": [] }"#,
            ),
        ];
        assert_eq!(check(&twice).len(), 1);
    }

    #[test]
    fn z36_a_new_permission_is_found() {
        let text = r#"{ "windows": ["a"], "permissions": ["core:event:allow-listen", { "identifier": "opener:default" }] }"#;
        assert_eq!(check(&[window(text)]).len(), 2);
    }

    #[test]
    fn z15_a_permission_to_hear_events_is_found_whatever_the_list_says() {
        for permission in [
            "core:default",
            "core:event:default",
            "core:event:allow-listen",
            "deep-link:default",
        ] {
            let text = format!(r#"{{ "windows": ["a"], "permissions": ["{permission}"] }}"#);
            let found = check(&[window(&text)]);
            assert_eq!(found.len(), 1, "{permission}");
            assert!(found[0].message.contains("deep links"), "{permission}");
        }
    }

    #[test]
    fn z36_a_page_from_elsewhere_is_found() {
        let text =
            r#"{ "windows": ["a"], "permissions": [], "remote": { "urls": ["https://a"] } }"#;
        assert_eq!(check(&[window(text)]).len(), 1);
    }

    #[test]
    fn z36_a_shell_plugin_is_found_on_either_side() {
        let files = [
            file("Cargo.toml", "tauri-plugin-shell = \"2\""),
            file("ui/package.json", "{ \"@tauri-apps/plugin-fs\": \"2\" }"),
        ];
        assert_eq!(check(&files).len(), 2);
    }
}
