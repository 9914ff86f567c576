//! `docs/how-do-i.md`: every file on it is valid and passes the checker without a finding. Those that the practice
//! provider can run are run by the command line's tests.

use latchwork_model::{check, read_connector};

const PAGE: &str = include_str!("../../../docs/how-do-i.md");
/// The schemes that the page is about, as its headings call them.
const SCHEMES: &[&str] = &[
    "API key in a header or in the query",
    "Bearer token",
    "Basic auth",
    "Login form that gives a token",
    "CSRF token and a session cookie",
    "OAuth 2.0: authorization code",
    "PKCE",
    "client credentials",
    "device code",
    "JWT bearer",
    "Refresh token rotation",
    "A refresh call of the API's own",
    "Choose a tenant",
    "HMAC-signed requests",
    "AWS Signature Version 4",
    "STS",
    "OAuth 1.0a",
    "One-time code",
    "Client certificate",
    "GraphQL",
    "An error in a 200 answer",
    "XML or SOAP session",
    "Poll until",
];

/// The sections of the page: heading and text.
fn sections() -> Vec<(&'static str, &'static str)> {
    let parts = PAGE.split("\n## ").skip(1);
    parts
        .map(|part| part.split_once('\n').expect("a heading is a line"))
        .collect()
}

fn files(text: &'static str) -> Vec<&'static str> {
    let blocks = text.split("```json file").skip(1);
    blocks
        .map(|block| {
            let (_, json) = block.split_once('\n').expect("a fence is a line");
            json.split_once("```").expect("a block ends").0
        })
        .collect()
}

#[test]
fn every_scheme_has_a_section_with_a_complete_file() {
    let sections = sections();
    for scheme in SCHEMES {
        let (_, text) = sections
            .iter()
            .find(|(heading, _)| heading.contains(scheme))
            .unwrap_or_else(|| panic!("no section about {scheme}"));
        assert!(!files(text).is_empty(), "{scheme} has a file");
    }
}

#[test]
fn every_file_is_valid_and_passes_the_checker_without_a_finding() {
    for (heading, text) in sections() {
        for file in files(text) {
            let connector =
                read_connector(file).unwrap_or_else(|error| panic!("{heading}: {error}\n{file}"));
            assert_eq!(check(&connector), [], "{heading}");
        }
    }
}

#[test]
fn every_section_is_linked_to_from_the_table_at_the_top() {
    let (top, _) = PAGE.split_once("\n## ").expect("sections");
    let links = top.matches("](#").count();
    assert_eq!(links, sections().len());
}
