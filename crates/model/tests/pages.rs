//! The pages under `docs/`: each is in the index, and links between them lead to a page and to a heading of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The text of each page, by its name.
fn pages() -> BTreeMap<String, String> {
    std::fs::read_dir(docs())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("its text"))
        })
        .collect()
}

/// What a heading is called in an address, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept: String = heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect();
    kept.replace(' ', "-")
}

fn anchors(page: &str) -> Vec<String> {
    let mut is_code = false;
    let lines = page.lines().filter(|line| {
        is_code ^= line.starts_with("```");
        !is_code && line.starts_with('#')
    });
    lines
        .map(|line| anchor(line.trim_start_matches('#')))
        .collect()
}

/// Where the links of a page lead to, those to the web left out.
fn links(page: &str) -> Vec<&str> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link)
        .filter(|link| !link.contains("://"))
        .collect()
}

#[test]
fn every_page_is_in_the_index() {
    let pages = pages();
    let index = links(&pages["README.md"]);
    for name in pages.keys().filter(|name| *name != "README.md") {
        assert!(index.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn every_link_between_pages_leads_to_a_page_and_a_heading() {
    let pages = pages();
    let mut followed = 0;
    for (name, text) in &pages {
        for link in links(text) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { name } else { file };
            assert!(docs().join(file).exists(), "{name}: {link}");
            if !heading.is_empty() {
                let text = pages.get(file).unwrap_or_else(|| panic!("{name}: {link}"));
                assert!(
                    anchors(text).iter().any(|one| one == heading),
                    "{name}: {link}"
                );
            }
            followed += 1;
        }
    }
    assert!(followed > 30, "links are found");
}
