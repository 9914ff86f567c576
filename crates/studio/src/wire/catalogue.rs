//! The catalogue's entries, as lists and a detail show them. The connector itself crosses once it is added.

use latchwork_catalogue::{Entry, StatusKind};
use serde::Serialize;

/// An entry of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CatalogueEntry {
    /// What it is added by.
    pub id: String,
    /// The provider's name.
    pub title: String,
    /// What can be done with it, in a line.
    pub summary: String,
    /// What kind of service it is.
    pub category: String,
    /// How it signs in, in a few words.
    pub method: String,
    /// How far it was tried.
    pub status: CatalogueStatus,
    /// When it was tried, or the documentation was read: `2026-11-26`.
    pub date: String,
    /// The provider's own documentation of its auth.
    pub documentation: String,
    /// What is done before the first sign-in.
    pub register: Vec<CatalogueStep>,
    /// What is peculiar about it.
    pub notes: Vec<String>,
    /// What could not be confirmed.
    pub unconfirmed: Vec<String>,
    /// The variables that have no value yet.
    pub to_fill_in: Vec<CatalogueVariable>,
    /// The names of its endpoints.
    pub endpoints: Vec<String>,
}

/// How far an entry was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum CatalogueStatus {
    /// Somebody signed in at the provider itself.
    Tried,
    /// Made from the provider's documentation.
    FromDocumentation,
}

/// One thing that is done at the provider, or here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CatalogueStep {
    /// What is done.
    pub text: String,
    /// The page where it is done.
    pub link: Option<String>,
    /// What is entered there, to the letter.
    pub copy: Option<String>,
}

/// A variable that wants a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CatalogueVariable {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Whether it is kept in the vault.
    pub secret: bool,
}

impl CatalogueEntry {
    pub(crate) fn of(entry: &Entry) -> Self {
        let about = &entry.about;
        let connector = entry.connector();
        Self {
            id: entry.id.to_owned(),
            title: about.title.clone(),
            summary: about.summary.clone(),
            category: about.category.clone(),
            method: about.method.clone(),
            status: match about.status.kind {
                StatusKind::Tried => CatalogueStatus::Tried,
                StatusKind::FromDocumentation => CatalogueStatus::FromDocumentation,
            },
            date: about.status.date.clone(),
            documentation: about.documentation.clone(),
            register: about
                .register
                .iter()
                .map(|step| CatalogueStep {
                    text: step.text.clone(),
                    link: step.link.clone(),
                    copy: step.copy.clone(),
                })
                .collect(),
            notes: about.notes.clone(),
            unconfirmed: about.unconfirmed.clone(),
            to_fill_in: connector
                .variables
                .into_iter()
                .filter(|variable| variable.value.is_none())
                .map(|variable| CatalogueVariable {
                    name: variable.name,
                    description: variable.description.unwrap_or_default(),
                    secret: variable.secret,
                })
                .collect(),
            endpoints: connector
                .endpoints
                .into_iter()
                .map(|endpoint| endpoint.name)
                .collect(),
        }
    }
}
