//! The catalogue of ready-made connectors: looked through, and copied into the library. What is added is a connector
//! like any other from then on, and knows no more of where it came from.

use latchwork_catalogue::{entries, find, search};

use crate::documents::nearest_name;
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{CatalogueEntry, ConnectorOpened};

impl Studio {
    /// The catalogue's entries that fit a query, the best first; all by title for an empty one.
    pub fn catalogue_list(&self, query: &str) -> Vec<CatalogueEntry> {
        search(query).into_iter().map(CatalogueEntry::of).collect()
    }

    /// One entry, by its id.
    pub fn catalogue_entry(&self, id: &str) -> Result<CatalogueEntry, StudioError> {
        Ok(CatalogueEntry::of(entry(id)?))
    }

    /// Adds an entry's connector to the library, with an id of its own and a name that is free.
    pub async fn catalogue_add(&self, id: &str) -> Result<ConnectorOpened, StudioError> {
        self.connector_add(entry(id)?.connector()).await
    }
}

fn entry(id: &str) -> Result<&'static latchwork_catalogue::Entry, StudioError> {
    find(id).ok_or_else(|| StudioError::CatalogueEntryNotFound {
        id: id.to_owned(),
        nearest: nearest_name(id, entries().iter().map(|entry| entry.id.to_owned())),
    })
}
