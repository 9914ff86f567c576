//! `latchwork-model` is plain data: no file, network, environment, time or threads in its sources.

use super::source::{before_tests, lines, without_comments};
use super::{File, Finding};

const FORBIDDEN: &[&str] = &[
    "std::fs",
    "std::net::Tcp",
    "std::net::Udp",
    "ToSocketAddrs",
    "new_v4",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::",
    "SystemTime",
    "Instant::now",
    "println!",
    "eprintln!",
    "async fn",
];

/// Findings in `crates/model/src`.
pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        if !file.is_under("crates/model/src/", &["rs"]) {
            continue;
        }
        let code = without_comments(before_tests(&file.text));
        for (number, line) in lines(&code) {
            for word in FORBIDDEN.iter().filter(|word| line.contains(**word)) {
                findings.push(Finding::at_line(
                    &file.path,
                    number,
                    format!("model does no I/O, but this uses `{word}`"),
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
    fn reading_a_file_in_model_is_found() {
        let found = check(&[file(
            "crates/model/src/read.rs",
            "//! x\nfn f() { std::fs::read(\"a\"); }\n",
        )]);
        assert_eq!(found[0].place, "crates/model/src/read.rs:2");
    }

    #[test]
    fn comments_tests_and_other_crates_may_name_it() {
        let files = [
            file(
                "crates/model/src/a.rs",
                "// std::fs is not used\n#[cfg(test)]\nmod tests { use std::fs; }",
            ),
            file("crates/store/src/a.rs", "use std::fs;"),
        ];
        assert!(check(&files).is_empty());
    }
}
