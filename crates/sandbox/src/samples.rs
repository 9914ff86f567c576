//! The sample connectors and the sample app that calls them: files that are data, with the address of the running
//! sandbox put in.

/// The address that stands in the sample files.
const ADDRESS: &str = "http://127.0.0.1:4910";

/// A sample file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its name, `*.connector.json` or `*.app.json`.
    pub file_name: &'static str,
    /// Its contents, JSON.
    pub document: String,
}

const CONNECTORS: &[(&str, &str)] = &[
    (
        "harbour-form.connector.json",
        include_str!("../samples/harbour-form.connector.json"),
    ),
    (
        "harbour-csrf.connector.json",
        include_str!("../samples/harbour-csrf.connector.json"),
    ),
    (
        "harbour-basic.connector.json",
        include_str!("../samples/harbour-basic.connector.json"),
    ),
    (
        "harbour-graphql.connector.json",
        include_str!("../samples/harbour-graphql.connector.json"),
    ),
];

const APPS: &[(&str, &str)] = &[(
    "harbour-desk.app.json",
    include_str!("../samples/harbour-desk.app.json"),
)];

/// The sample connectors for a sandbox at `base_url` (no slash at the end), the one to begin with first.
pub fn samples(base_url: &str) -> Vec<Sample> {
    with_address(CONNECTORS, base_url)
}

/// The sample apps for a sandbox at `base_url`. They call the sample connectors by their ids.
pub fn sample_apps(base_url: &str) -> Vec<Sample> {
    with_address(APPS, base_url)
}

fn with_address(files: &[(&'static str, &str)], base_url: &str) -> Vec<Sample> {
    files
        .iter()
        .map(|(file_name, text)| Sample {
            file_name,
            document: text.replace(ADDRESS, base_url),
        })
        .collect()
}
