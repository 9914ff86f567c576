//! Imports from other tools: read, shown, and saved only when the person says so. What is read is kept here between
//! the two, in memory, so that secrets of a file cross to no window.

mod export;
mod prepared;
mod save;

use std::path::Path;
use std::sync::Arc;

use latchwork_exchange::{ForeignKind, ImportOptions, Imported, import_text, recognise_file};

use crate::documents::{off_thread, read_file};
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{ConnectorOpened, GivenSecret, ImportPreview};

pub use export::ConnectorExport;
pub(crate) use prepared::Imports;
use prepared::Prepared;

impl Studio {
    /// Reads a text and says what an import of it would bring. Where the text is a Postman environment and `onto` names
    /// a preview of a collection, that one is read again with its values.
    pub async fn import_preview(
        &self,
        text: String,
        onto: Option<&str>,
    ) -> Result<ImportPreview, StudioError> {
        let before = onto.and_then(|id| self.imports().find(id));
        let prepared = off_thread(move || prepare(text, before)).await?;
        Ok(self.imports().keep(prepared))
    }

    /// The same of a file.
    pub async fn import_preview_file(
        &self,
        path: &Path,
        onto: Option<&str>,
    ) -> Result<ImportPreview, StudioError> {
        let path = path.to_owned();
        let text = off_thread(move || read_file(&path)).await?;
        self.import_preview(text, onto).await
    }

    /// Imports what was shown, under this name, with these values for its secrets beside those that it brought.
    pub async fn import_commit(
        &self,
        id: &str,
        name: &str,
        secrets: &[GivenSecret],
    ) -> Result<ConnectorOpened, StudioError> {
        let Some(prepared) = self.imports().find(id) else {
            return Err(StudioError::NotRecognised {
                message: "this preview is no longer there".to_owned(),
                hint: "Choose the file again.".to_owned(),
            });
        };
        let opened = self.import_save(&prepared.imported, name, secrets).await?;
        self.imports().forget(id);
        Ok(opened)
    }

    /// Drops what was shown.
    pub fn import_discard(&self, id: &str) {
        self.imports().forget(id);
    }
}

/// Reads a text, alone or as the environment of what was read before.
fn prepare(text: String, before: Option<Arc<Prepared>>) -> Result<Prepared, StudioError> {
    let kind = recognise_file(&text)?;
    if kind == ForeignKind::PostmanEnvironment
        && let Some(before) = before.filter(|before| before.imported.kind == ForeignKind::Postman)
    {
        let options = ImportOptions {
            kind: Some(ForeignKind::Postman),
            environment: Some(text),
        };
        let imported = import_text(&before.text, &options)?;
        return Ok(Prepared {
            text: Arc::clone(&before.text),
            imported,
            has_environment: true,
        });
    }
    let options = ImportOptions {
        kind: Some(kind),
        environment: None,
    };
    let imported: Imported = import_text(&text, &options)?;
    Ok(Prepared {
        // Only a collection is read a second time.
        text: if kind == ForeignKind::Postman {
            text.into()
        } else {
            "".into()
        },
        imported,
        has_environment: false,
    })
}
