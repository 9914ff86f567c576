//! The sample connectors: files that are data, with the address of the running sandbox put in.

/// The address that stands in the sample files.
const ADDRESS: &str = "http://127.0.0.1:4910";

/// A sample connector file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its name, `*.connector.json`.
    pub file_name: &'static str,
    /// Its contents, JSON.
    pub document: String,
}

const FILES: &[(&str, &str)] = &[
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

/// The sample connectors for a sandbox at `base_url` (no slash at the end), the one to begin with first.
pub fn samples(base_url: &str) -> Vec<Sample> {
    FILES
        .iter()
        .map(|(file_name, text)| Sample {
            file_name,
            document: text.replace(ADDRESS, base_url),
        })
        .collect()
}
