//! App files: what comes in, with the connectors that it brings along, and what goes out. A secret variable has no
//! value in a file, either way (SAFETY Z31): the model refuses one that has.

use std::path::Path;

use latchwork_model::app::App;
use latchwork_model::{Connector, FileKind, read_app, read_shape, write_app, write_connector};

use crate::documents::{file_name, read_file, write_file};
use crate::error::StudioError;
use crate::studio::{Studio, note};
use crate::wire::AppOpened;

impl Studio {
    /// Adds an app from a file's text. Connectors that it brings along are added to the library where they are not
    /// there yet.
    pub async fn app_import_text(&self, text: &str) -> Result<AppOpened, StudioError> {
        let app = read_app(text)?;
        let mut added = Vec::new();
        let opened = self.app_import(app, &mut added).await;
        if opened.is_err() {
            // All of a file or nothing.
            for connector in added {
                note(self.connector_delete(&connector).await);
            }
        }
        opened
    }

    async fn app_import(
        &self,
        mut app: App,
        added: &mut Vec<String>,
    ) -> Result<AppOpened, StudioError> {
        for connector in &mut app.connectors {
            if let Some(definition) = connector.definition.take() {
                connector.connector = self.bring_along(*definition, added).await?;
            }
        }
        self.app_add(app).await
    }

    /// The id of the library's connector that a definition is: the one that is there already where it says the same,
    /// else a new one. A foreign file never changes a connector, nor becomes one that says something else.
    async fn bring_along(
        &self,
        definition: Connector,
        added: &mut Vec<String>,
    ) -> Result<String, StudioError> {
        let candidates = match definition.id {
            Some(id) => {
                let found = self.store().connectors().find(&id.to_string()).await?;
                Vec::from_iter(found)
            }
            None => self.store().connectors().named(&definition.name).await?,
        };
        for stored in candidates {
            if read_shape(&stored.document).is_ok_and(|here| says_the_same(here, &definition)) {
                return Ok(stored.id);
            }
        }
        let id = self.connector_add(definition).await?.id;
        added.push(id.clone());
        Ok(id)
    }

    /// Adds the app in a file.
    pub async fn app_import_file(&self, path: &Path) -> Result<AppOpened, StudioError> {
        self.app_import_text(&read_file(path)?).await
    }

    /// The name that an app's file would have: `field-sales.app.json`.
    pub async fn app_file_name(&self, id: &str) -> Result<String, StudioError> {
        let stored = self.store().apps().get(id).await?;
        Ok(file_name(&stored.name, FileKind::App))
    }

    /// Writes an app as it was saved to a file, whole or not at all; the path that was written.
    pub async fn app_export(
        &self,
        id: &str,
        path: &Path,
        with_connectors: bool,
    ) -> Result<String, StudioError> {
        write_file(path, &self.app_text(id, with_connectors).await?)
    }

    /// An app as it was saved. With its connectors in it, as they were saved, the file works without a library.
    pub async fn app_text(&self, id: &str, with_connectors: bool) -> Result<String, StudioError> {
        let stored = self.store().apps().get(id).await?;
        if !with_connectors {
            return Ok(stored.document);
        }
        let mut app = read_app(&stored.document)?;
        for connector in &mut app.connectors {
            if connector.definition.is_none() {
                let stored = self.connector_named(&connector.connector).await?;
                connector.definition = Some(Box::new(read_shape(&stored.document)?));
            }
        }
        Ok(write_app(&app))
    }
}

/// Whether two connectors are the same but for their ids and what people call them.
fn says_the_same(mut here: Connector, definition: &Connector) -> bool {
    here.id = definition.id;
    here.name.clone_from(&definition.name);
    write_connector(&here) == write_connector(definition)
}
