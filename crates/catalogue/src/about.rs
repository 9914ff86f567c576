//! What the catalogue says of a connector beside the connector itself: `NAME.about.json`.

use serde::{Deserialize, Serialize};

/// What is said of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The provider's name, as people write it.
    pub title: String,
    /// What can be done with the connector, in a line.
    pub summary: String,
    /// What kind of service it is, in a word or two.
    pub category: String,
    /// Further words that it is found by.
    pub words: Vec<String>,
    /// How it signs in, in a few words.
    pub method: String,
    /// How far it was tried.
    pub status: Status,
    /// The provider's own documentation of its auth.
    pub documentation: String,
    /// What is done before the first sign-in, in this order.
    pub register: Vec<RegisterStep>,
    /// What is peculiar about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What could not be confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unconfirmed: Vec<String>,
}

/// How far an entry was tried, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// How far.
    pub kind: StatusKind,
    /// The day, as `2026-11-26`: when it was last tried, or when the documentation was read.
    pub date: String,
}

/// How far an entry was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// Somebody signed in at the provider itself and ran the test request.
    Tried,
    /// Made from the provider's documentation; nobody signed in.
    FromDocumentation,
}

/// One thing that is done at the provider, or here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterStep {
    /// What is done.
    pub text: String,
    /// The page where it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What is entered there, to the letter: a redirect address, scopes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
}
