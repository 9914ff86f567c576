//! Which entries there are.

use std::sync::LazyLock;

use latchwork_model::{Connector, read_connector};

use crate::about::About;

/// An entry of the catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name in `connectors/`.
    pub id: &'static str,
    /// What is said of it.
    pub about: About,
    /// The connector's file, as it stands.
    pub file: &'static str,
}

impl Entry {
    /// The connector. It has no id: whoever takes it gives it one.
    ///
    /// # Panics
    /// Where the file is no valid connector. A test reads them all.
    pub fn connector(&self) -> Connector {
        read_connector(self.file)
            .unwrap_or_else(|error| panic!("{}.connector.json: {error}", self.id))
    }
}

/// Puts the two files of each name into the program.
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$((
            $name,
            include_str!(concat!("../connectors/", $name, ".about.json")),
            include_str!(concat!("../connectors/", $name, ".connector.json")),
        )),+]
    };
}

/// Name, about and connector of each entry. A test compares the names with the folder.
const FILES: &[(&str, &str, &str)] = files![
    "aws-sts",
    "github",
    "gitlab",
    "google",
    "google-service-account",
    "hubspot",
    "jira-cloud",
    "jira-server",
    "marketo",
    "microsoft-graph",
    "notion",
    "odoo",
    "okta",
    "quickbooks",
    "sage-intacct",
    "salesforce",
    "sap-odata",
    "shopify",
    "slack",
    "stripe",
    "trello",
    "x",
    "xero",
    "zoho",
];

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = FILES
        .iter()
        .map(|(id, about, file)| Entry {
            id,
            about: serde_json::from_str(about)
                .unwrap_or_else(|error| panic!("{id}.about.json: {error}")),
            file,
        })
        .collect();
    entries.sort_by_cached_key(|entry| entry.about.title.to_lowercase());
    entries
});

/// All entries, by their titles.
///
/// # Panics
/// Where an about file cannot be read. A test reads them all.
pub fn entries() -> &'static [Entry] {
    &ENTRIES
}

/// The entry of this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.id == id)
}
