use std::collections::HashSet;

use latchwork_model::app::App;
use latchwork_model::{Connector, check_app, read_app, read_connector, write_app, write_connector};

use crate::samples::{sample_apps, samples};

const ADDRESS: &str = "http://127.0.0.1:4910";

fn connectors() -> Vec<Connector> {
    let read = |sample: crate::Sample| read_connector(&sample.document).unwrap();
    samples(ADDRESS).into_iter().map(read).collect()
}

fn desk() -> App {
    let [desk] = <[_; 1]>::try_from(sample_apps(ADDRESS)).unwrap();
    read_app(&desk.document).unwrap_or_else(|error| panic!("{}: {error}", desk.file_name))
}

#[test]
fn the_sample_app_is_a_valid_file_written_as_the_studio_writes_it() {
    assert_eq!(write_app(&desk()), sample_apps(ADDRESS)[0].document);
}

#[test]
fn the_checker_has_nothing_to_say_of_the_sample_app() {
    let connectors = connectors();
    let findings = check_app(&desk(), &|wanted| {
        let found = connectors
            .iter()
            .find(|connector| connector.key() == wanted.connector);
        found.cloned()
    });
    assert_eq!(findings, []);
}

#[test]
fn the_sample_app_has_three_screens_and_one_of_its_connectors_in_five_controls_and_the_other_in_two()
 {
    let desk = desk();
    assert_eq!(desk.screens.len(), 3);
    let controls = |connector: &str| {
        desk.controls()
            .filter_map(|control| control.source.as_ref())
            .filter(|source| source.connector == connector)
            .count()
    };
    assert_eq!((controls("crm"), controls("office")), (5, 2));
    let kinds: HashSet<_> = desk.controls().map(|control| control.kind.tag()).collect();
    assert_eq!(kinds.len(), 8, "{kinds:?}");
}

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
