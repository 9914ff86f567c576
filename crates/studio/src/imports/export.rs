//! A connector of the library as a file of another tool: secrets as placeholders, whatever the vault has.

use std::path::Path;

use latchwork_exchange::{Note, to_curl_script, to_openapi};
use latchwork_model::{FileKind, read_shape};

use crate::documents::{file_name, write_file};
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{ConnectorExported, ExportKind};

/// A connector as a text.
#[derive(Clone, Debug)]
pub struct ConnectorExport {
    /// The text.
    pub text: String,
    /// What it would be called.
    pub file_name: String,
    /// What it does not say.
    pub notes: Vec<Note>,
}

impl Studio {
    /// A connector as it is saved, as a text of this kind.
    pub async fn connector_export_text(
        &self,
        id: &str,
        kind: ExportKind,
    ) -> Result<ConnectorExport, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        let stored = self.following_its_file(stored).await;
        let name = file_name(&stored.name, FileKind::Connector);
        let stem = name.trim_end_matches(".connector.json");
        Ok(match kind {
            ExportKind::Connector => ConnectorExport {
                text: stored.document,
                notes: Vec::new(),
                file_name: name,
            },
            ExportKind::Curl => {
                let script = to_curl_script(&read_shape(&stored.document)?);
                ConnectorExport {
                    text: script.text,
                    notes: script.notes,
                    file_name: format!("{stem}.sh"),
                }
            }
            ExportKind::OpenApi => {
                let export = to_openapi(&read_shape(&stored.document)?);
                ConnectorExport {
                    text: export.document,
                    notes: export.notes,
                    file_name: format!("{stem}.openapi.json"),
                }
            }
        })
    }

    /// What a window shows of an export.
    pub async fn connector_exported(
        &self,
        id: &str,
        kind: ExportKind,
    ) -> Result<ConnectorExported, StudioError> {
        let export = self.connector_export_text(id, kind).await?;
        Ok(ConnectorExported {
            text: export.text,
            notes: export.notes.into_iter().map(|note| note.message).collect(),
        })
    }

    /// Writes a connector to a file of this kind, whole or not at all; the path that was written.
    pub async fn connector_export_as(
        &self,
        id: &str,
        kind: ExportKind,
        path: &Path,
    ) -> Result<String, StudioError> {
        let export = self.connector_export_text(id, kind).await?;
        write_file(path, &export.text)
    }
}
