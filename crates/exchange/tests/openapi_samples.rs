//! Sample documents, `tests/openapi/*.yaml` and `*.json`, and what they become: `expected/*.connector.json` is the
//! connector, as `latchwork check` reads it, and `expected/*.txt` what a person is told.
//!
//! With `LATCHWORK_BLESS=1` the expected files are written anew: read the difference before it is committed.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use latchwork_exchange::{ForeignKind, OpenApiImport, from_openapi, recognise_file};
use latchwork_model::{Severity, check, read_connector, write_connector};

fn samples() -> Vec<(PathBuf, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openapi");
    let mut samples: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.is_file())
        .map(|path| {
            (
                path.clone(),
                fs::read_to_string(path).expect("it can be read"),
            )
        })
        .collect();
    samples.sort();
    assert!(samples.len() > 20, "the samples are there");
    samples
}

fn import(path: &Path, text: &str) -> OpenApiImport {
    from_openapi(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn told(import: &OpenApiImport) -> String {
    let mut told = String::new();
    for understood in &import.understood {
        let _ = writeln!(told, "{:?}: {}", understood.kind, understood.message);
    }
    for note in &import.notes {
        let _ = writeln!(told, "note, {:?}: {}", note.kind, note.message);
    }
    told
}

#[test]
fn every_sample_becomes_the_connector_beside_it() {
    let bless = std::env::var_os("LATCHWORK_BLESS").is_some();
    for (path, text) in samples() {
        let import = import(&path, &text);
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let folder = path.parent().expect("a folder").join("expected");
        for (ending, found) in [
            ("connector.json", write_connector(&import.connector)),
            ("txt", told(&import)),
        ] {
            let beside = folder.join(format!("{stem}.{ending}"));
            if bless {
                fs::create_dir_all(&folder).expect("it can be made");
                fs::write(&beside, &found).expect("it can be written");
            }
            let expected = fs::read_to_string(&beside).unwrap_or_default();
            assert_eq!(found, expected, "{}", beside.display());
        }
    }
}

#[test]
fn every_connector_is_valid_and_the_checker_finds_no_error_in_it() {
    for (path, text) in samples() {
        let connector = import(&path, &text).connector;
        assert_eq!(
            read_connector(&write_connector(&connector)),
            Ok(connector.clone())
        );
        let errors: Vec<_> = check(&connector)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .collect();
        assert_eq!(errors, [], "{}", path.display());
    }
}

#[test]
fn the_same_document_gives_the_same_connector_in_json_and_in_yaml() {
    let json = include_str!("openapi/bearer.json");
    // Flow style: all of JSON is YAML, once the first brace does not stand at the beginning.
    let yaml = format!("# YAML\n{json}");
    assert_eq!(from_openapi(json), from_openapi(&yaml));
    assert_eq!(from_openapi(json), from_openapi(json));
}

#[test]
fn documents_are_told_from_other_files_by_their_members() {
    for (path, text) in samples() {
        let kind = recognise_file(&text).expect("it is known");
        assert_eq!(kind, ForeignKind::OpenApi, "{}", path.display());
    }
    let swagger = recognise_file("swagger: '2.0'\n").expect("it is known");
    assert_eq!(swagger, ForeignKind::OpenApi);
    for other in [
        "curl https://x.example/openapi",
        "{\"format\": \"latchwork.connector/1\"}",
        "# openapi: is named in a comment\na: 1",
        "",
    ] {
        let kind = recognise_file(other).ok();
        assert_ne!(kind, Some(ForeignKind::OpenApi), "{other}");
    }
}
