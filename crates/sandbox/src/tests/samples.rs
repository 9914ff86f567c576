use std::collections::HashSet;

use latchwork_model::{read_connector, write_connector};

use crate::samples::samples;

#[test]
fn every_sample_is_a_valid_connector_file_written_as_the_studio_writes_it() {
    for sample in samples("http://127.0.0.1:4910") {
        let connector = read_connector(&sample.document)
            .unwrap_or_else(|error| panic!("{}: {error}", sample.file_name));
        assert_eq!(
            write_connector(&connector),
            sample.document,
            "{}",
            sample.file_name
        );
    }
}

#[test]
fn samples_name_the_address_of_the_running_sandbox_and_no_other() {
    for sample in samples("http://127.0.0.1:5555") {
        assert!(
            sample
                .document
                .contains("\"base_url\": \"http://127.0.0.1:5555"),
            "{}",
            sample.file_name
        );
        assert!(!sample.document.contains("4910"), "{}", sample.file_name);
    }
}

#[test]
fn samples_have_ids_and_names_of_their_own() {
    let connectors: Vec<_> = samples("http://127.0.0.1:4910")
        .iter()
        .map(|sample| read_connector(&sample.document).unwrap())
        .collect();
    let ids: HashSet<_> = connectors
        .iter()
        .map(|connector| connector.id.expect("a stable id"))
        .collect();
    let names: HashSet<_> = connectors
        .iter()
        .map(|connector| connector.name.as_str())
        .collect();
    assert_eq!((ids.len(), names.len()), (4, 4));
}
