//! A connector's file as it is on the disk, and what of it the library keeps.

use std::io;
use std::path::{Path, PathBuf};

use latchwork_model::{Connector, write_connector};
use latchwork_store::{ConnectorContent, ConnectorFile};
use uuid::Uuid;

use crate::documents::{off_thread, read_file, text_hash};
use crate::error::StudioError;
use crate::library::{content, summary_text};

pub(super) type Stored = latchwork_store::Connector;

/// A connector's file as it is now.
pub(super) struct OnDisk {
    pub(super) text: String,
    pub(super) hash: String,
}

/// The file that a connector is saved to.
pub(crate) struct SavedTo {
    pub(super) path: String,
    pub(super) hash: String,
    pub(super) own_id: Option<String>,
}

impl SavedTo {
    pub(crate) fn as_content(&self) -> ConnectorFile<'_> {
        ConnectorFile {
            path: &self.path,
            hash: &self.hash,
            own_id: self.own_id.as_deref(),
        }
    }
}

/// What a file says, as the library is to have it.
pub(super) struct Taken {
    connector: Connector,
    document: String,
    summary: String,
    pub(super) file: SavedTo,
}

impl Taken {
    pub(super) fn of(
        (connector, own_id): (Connector, Option<String>),
        path: String,
        on_disk: OnDisk,
    ) -> Self {
        let document = write_connector(&connector);
        Self {
            summary: summary_text(&connector, &document),
            document,
            connector,
            file: SavedTo {
                path,
                hash: on_disk.hash,
                own_id,
            },
        }
    }

    pub(super) fn content(&self) -> ConnectorContent<'_> {
        let file = Some(self.file.as_content());
        content(&self.connector, &self.document, &self.summary, file)
    }
}

/// A file's connector under the library's id, and its own id where that is another.
pub(super) fn as_here(mut connector: Connector, id: Uuid) -> (Connector, Option<String>) {
    let own_id = (connector.id != Some(id))
        .then(|| connector.id.map_or_else(String::new, |own| own.to_string()));
    connector.id = Some(id);
    (connector, own_id)
}

pub(super) fn in_library(connector: Connector, stored: &Stored) -> (Connector, Option<String>) {
    match Uuid::parse_str(&stored.id) {
        Ok(id) => as_here(connector, id),
        Err(_) => (connector, None),
    }
}

pub(super) fn path_of(stored: &Stored) -> Result<PathBuf, StudioError> {
    let path = stored.file_path.as_deref().map(PathBuf::from);
    path.ok_or_else(|| StudioError::NoFile {
        name: stored.name.clone(),
    })
}

/// Where a file that exists is, without links on the way. Paths are kept as text.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, StudioError> {
    let refused = |source| StudioError::FileAccess {
        path: path.to_owned(),
        source,
    };
    let absolute = std::fs::canonicalize(path).map_err(refused)?;
    if absolute.to_str().is_none() {
        return Err(refused(io::Error::other("its path is not UTF-8")));
    }
    Ok(absolute)
}

pub(super) fn is_gone(error: &StudioError) -> bool {
    matches!(error, StudioError::FileAccess { source, .. } if source.kind() == io::ErrorKind::NotFound)
}

/// Reads a file; a pipe or what is larger than a connector can be is not read.
pub(super) async fn look(path: &Path) -> Result<OnDisk, StudioError> {
    let path = path.to_owned();
    off_thread(move || {
        let text = read_file(&path)?;
        let hash = text_hash(&text);
        Ok(OnDisk { text, hash })
    })
    .await
}
