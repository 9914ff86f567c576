//! `docs/error-codes.md` is made from the code and does not drift.

use std::fmt::Write as _;

use latchwork_model::ErrorCode;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/error-codes.md");

#[test]
fn error_codes_are_documented() {
    let mut page = String::from(
        "# Error codes\n\n\
         Made from the code by `cargo xtask docs`. Codes are stable: scripts may rely on them, never on messages.\n\n\
         | code | what it means | what to do |\n| --- | --- | --- |\n",
    );
    for code in ErrorCode::ALL {
        let (meaning, remedy) = (code.meaning(), code.remedy().replace('|', "\\|"));
        writeln!(page, "| `{code}` | {meaning} | {remedy} |").unwrap();
    }
    if std::env::var_os("LATCHWORK_WRITE_DOCS").is_some() {
        std::fs::write(FILE, &page).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        written == page,
        "docs/error-codes.md has drifted: run `cargo xtask docs`"
    );
}
