//! Only `ui/src/platform/` imports Tauri or the generated bindings.

use super::source::{lines, without_comments};
use super::{File, Finding};

/// Findings in the interface's sources.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        if !file.is_under("ui/src/", &["ts", "tsx"]) || file.path.starts_with("ui/src/platform/") {
            continue;
        }
        for (number, line) in lines(&without_comments(&file.text)) {
            let named = [
                "@tauri-apps/",
                "/bindings\"",
                "/bindings'",
                "__TAURI__",
                "__TAURI_INTERNALS__.",
            ]
            .into_iter()
            .find(|name| line.contains(name));
            if let Some(name) = named {
                findings.push(Finding::at_line(
                    &file.path,
                    number,
                    format!("only ui/src/platform knows Tauri, but this names `{name}`"),
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
    fn tauri_outside_the_platform_folder_is_found() {
        let files = [
            file(
                "ui/src/run/Run.tsx",
                "import { Channel } from \"@tauri-apps/api/core\";",
            ),
            file(
                "ui/src/run/call.ts",
                "window.__TAURI_INTERNALS__.invoke(\"run_start\")",
            ),
            file(
                "ui/src/run/wire.ts",
                "import type { RunEvent } from \"../platform/bindings\";",
            ),
        ];
        assert_eq!(check(&files).len(), 3);
    }

    #[test]
    fn the_platform_folder_may() {
        let text = "import { invoke } from \"@tauri-apps/api/core\";";
        assert!(check(&[file("ui/src/platform/tauri.ts", text)]).is_empty());
    }
}
