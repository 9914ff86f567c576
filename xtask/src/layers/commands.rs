//! A Tauri command takes, calls `studio`, maps the error: a body of a few lines.

use super::source::{lines, without_comments};
use super::{File, Finding};

/// The most lines that a command's body may have.
const MOST: usize = 12;

/// Findings in `src-tauri/src`.
pub fn check(files: &[File]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.is_under("src-tauri/src/", &["rs"]))
        .flat_map(long_commands)
        .collect()
}

fn long_commands(file: &File) -> Vec<Finding> {
    let code = without_comments(&file.text);
    let mut findings = Vec::new();
    let mut start = 0;
    while let Some(found) = code[start..].find("#[tauri::command") {
        let attribute = start + found;
        start = attribute + 1;
        let Some((body, length)) = body_after(&code[attribute..]) else {
            continue;
        };
        if length > MOST {
            let number = lines(&code[..=attribute + body]).count();
            findings.push(Finding::at_line(
                &file.path,
                number,
                format!("a command of {length} lines; {MOST} are the most: move the rule to latchwork-studio"),
            ));
        }
    }
    findings
}

/// Where the next function's body begins, and how many lines with code it has.
fn body_after(code: &str) -> Option<(usize, usize)> {
    let function = code.find("fn ")?;
    let open = function + code[function..].find('{')?;
    let mut depth = 0_usize;
    for (at, character) in code[open..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let body = &code[open + 1..open + at];
            return Some((
                open,
                body.lines().filter(|line| !line.trim().is_empty()).count(),
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::check;

    fn command(lines: usize) -> String {
        let body = "    call();\n".repeat(lines);
        format!(
            "#[tauri::command]\n#[specta::specta]\npub async fn run_start(id: String) -> Result<(), AppError> {{\n{body}}}\n"
        )
    }

    #[test]
    fn a_long_command_is_found_where_it_stands() {
        let text = format!("{}{}", command(2), command(13));
        let found = check(&[file("src-tauri/src/commands/run.rs", &text)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "src-tauri/src/commands/run.rs:9");
    }

    #[test]
    fn twelve_lines_comments_and_blank_lines_are_fine() {
        let text = command(12).replacen("    call();\n", "    call();\n\n    // why\n", 1);
        assert!(check(&[file("src-tauri/src/commands/run.rs", &text)]).is_empty());
    }

    #[test]
    fn other_functions_may_be_long() {
        let text = command(20).replace("#[tauri::command]", "");
        assert!(check(&[file("src-tauri/src/host.rs", &text)]).is_empty());
    }
}
