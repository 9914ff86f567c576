//! Raw colours stand in the token file alone; everything else names what a colour is for.

use super::source::{lines, without_comments};
use super::{File, Finding};

/// Findings in the interface's style sheets and components.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let is_style = file.is_under("ui/src/", &["css"]);
        let is_code = file.is_under("ui/src/", &["ts", "tsx"]) && !file.path.contains(".test.");
        if !(is_style || is_code) || file.path.ends_with("tokens.css") {
            continue;
        }
        for (number, line) in lines(&without_comments(&file.text)) {
            if let Some(colour) = raw_colour(line, is_style) {
                findings.push(Finding::at_line(
                    &file.path,
                    number,
                    format!("a raw colour, `{colour}`: use a token"),
                ));
            }
        }
    }
    findings
}

fn raw_colour(line: &str, in_style: bool) -> Option<&str> {
    let functions = [
        "rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch(", "hwb(",
    ];
    if let Some(function) = functions.into_iter().find(|name| starts_word(line, name)) {
        return Some(function);
    }
    line.match_indices('#').find_map(|(at, _)| {
        let digits = line[at + 1..]
            .chars()
            .take_while(char::is_ascii_hexdigit)
            .count();
        let word_ends = !line[at + 1 + digits..]
            .starts_with(|next: char| next.is_alphanumeric() || next == '-' || next == '_');
        // In code only a string that is nothing but a colour counts: `"#fff"`.
        let alone = in_style || line[..at].ends_with(['"', '\'', '`', ' ']);
        (matches!(digits, 3 | 4 | 6 | 8) && word_ends && alone).then(|| &line[at..=at + digits])
    })
}

fn starts_word(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        !line[..at]
            .ends_with(|before: char| before.is_alphanumeric() || before == '-' || before == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::check;

    #[test]
    fn colours_by_number_are_found() {
        let files = [
            file(
                "ui/src/a/A.module.css",
                ".a { color: #b4500b; }\n.b { background: rgb(0 0 0 / .1); }",
            ),
            file("ui/src/a/A.tsx", "<path stroke=\"#fff\" />"),
        ];
        assert_eq!(check(&files).len(), 3);
    }

    #[test]
    fn tokens_comments_and_anchors_are_fine() {
        let files = [
            file("ui/src/styles/tokens.css", ":root { --accent: #b4500b; }"),
            file(
                "ui/src/a/A.module.css",
                "/* #fff */ .a { color: var(--accent); } #root-view { top: 0 }",
            ),
            file(
                "ui/src/a/A.tsx",
                "element.querySelector(\"#section\"); get_rgb(1)",
            ),
        ];
        assert!(check(&files).is_empty());
    }
}
