//! Real-looking commands, `tests/curl/*.txt`, and what they become, `*.json` beside them.
//!
//! With `LATCHWORK_BLESS=1` the expected files are written anew: read the difference before it is committed.

use std::fs;
use std::path::PathBuf;

use latchwork_exchange::from_curl;
use latchwork_model::{ApiRequestStep, Step, StepKind, Success, read_step};

fn commands() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/curl");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_command_becomes_the_request_beside_it() {
    let bless = std::env::var_os("LATCHWORK_BLESS").is_some();
    let paths = commands();
    assert!(paths.len() > 15, "the corpus is there");
    for path in paths {
        let text = fs::read_to_string(&path).expect("it can be read");
        let import = from_curl(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut found = serde_json::to_string_pretty(&import).expect("it is JSON");
        found.push('\n');
        let beside = path.with_extension("json");
        if bless {
            fs::write(&beside, &found).expect("it can be written");
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(found, expected, "{}", path.display());
    }
}

#[test]
fn every_request_of_the_corpus_is_valid_in_a_connector_file() {
    for path in commands() {
        let text = fs::read_to_string(&path).expect("it can be read");
        let request = from_curl(&text).expect("it is read").request;
        let step = Step::new(
            "pasted",
            StepKind::ApiRequest(ApiRequestStep {
                request,
                success: Success::default(),
            }),
        );
        let value = serde_json::to_value(&step).expect("it is JSON");
        assert_eq!(read_step(value), Ok(step), "{}", path.display());
    }
}
