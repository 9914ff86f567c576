//! Connectors that were opened from a file and are saved to it. What another program wrote there is taken over where
//! nobody works on the connector here, and told where somebody does; nothing is written over unseen.
//!
//! A connector's secrets are bound to where it sends them, and never follow a file: who can change the file could lead
//! them elsewhere (SAFETY Z32).

mod on_disk;

use std::path::{Path, PathBuf};

use latchwork_model::{Connector, read_connector, read_shape, write_connector};
use latchwork_store::StoreError;
use uuid::Uuid;

use crate::documents::{off_thread, text_hash, write_file};
use crate::error::StudioError;
use crate::library::{connector_hash, document_hash};
use crate::studio::{Studio, note};
use crate::wire::{
    AppError, ConnectorFileText, ConnectorOpened, FileState, LinkedConnector, LinkedFile,
};

pub(crate) use on_disk::SavedTo;
use on_disk::{OnDisk, Stored, Taken, absolute, as_here, in_library, is_gone, look, path_of};

impl Studio {
    /// Opens the connector in a file: the one that is saved there already, else a new one in the library.
    pub async fn connector_open_file(&self, path: &Path) -> Result<LinkedConnector, StudioError> {
        let path = &absolute(path)?;
        let name = path.display().to_string();
        if let Some(stored) = self.store().connectors().of_file(&name).await? {
            let opened = self.connector_open(&stored.id).await?;
            return Ok(LinkedConnector {
                opened,
                beside: None,
            });
        }
        let on_disk = look(path).await?;
        let connector = read_connector(&on_disk.text)?;
        let known = match connector.id {
            Some(id) => self.store().connectors().find(&id.to_string()).await?,
            None => None,
        };
        let says_the_same = |stored: &Stored| {
            // A file that was moved is at its new place now.
            let path = stored.file_path.as_deref();
            path.is_none_or(|path| !Path::new(path).exists())
                && document_hash(&stored.document) == connector_hash(&connector)
        };
        if let Some(stored) = known.as_ref().filter(|stored| says_the_same(stored)) {
            // Exported from here, or imported before: it is that one.
            let file = SavedTo {
                path: name,
                hash: on_disk.hash,
                own_id: None,
            };
            let file = Some(file.as_content());
            self.store().connectors().set_file(&stored.id, file).await?;
            return Ok(LinkedConnector {
                opened: self.connector_open(&stored.id).await?,
                beside: None,
            });
        }
        let id = match (&known, connector.id) {
            // A foreign file with a known id does not become that connector.
            (None, Some(id)) => id,
            _ => Uuid::new_v4(),
        };
        let taken = Taken::of(as_here(connector, id), name, on_disk);
        let connectors = self.store().connectors();
        let created = connectors.create(&id.to_string(), taken.content()).await;
        let (stored, beside) = match created {
            Ok(stored) => (stored, known.map(|known| known.name)),
            // Opened twice at once: the other was first.
            Err(error @ StoreError::Taken { .. }) => {
                match connectors.of_file(&taken.file.path).await? {
                    Some(stored) => (stored, None),
                    None => return Err(error.into()),
                }
            }
            Err(error) => return Err(error.into()),
        };
        Ok(LinkedConnector {
            opened: self.connector_open(&stored.id).await?,
            beside,
        })
    }

    /// A connector's file and how it stands; `None` where the connector is the library's alone.
    pub async fn connector_file(&self, id: &str) -> Result<Option<LinkedFile>, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        let Some(path) = stored.file_path.as_deref().map(PathBuf::from) else {
            return Ok(None);
        };
        let state = match look(&path).await {
            Ok(on_disk) => self.state_of(&stored, &on_disk).await?,
            Err(error) if is_gone(&error) => FileState::Missing,
            Err(error) => FileState::Unreadable {
                error: error.into(),
            },
        };
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Some(LinkedFile {
            name: name.to_string_lossy().into_owned(),
            path: path.display().to_string(),
            state,
            revision: stored.revision,
        }))
    }

    async fn state_of(&self, stored: &Stored, on_disk: &OnDisk) -> Result<FileState, StudioError> {
        if stored.file_hash.as_ref() == Some(&on_disk.hash) {
            return Ok(FileState::Same);
        }
        let fault = match read_connector(&on_disk.text) {
            Ok(connector) => {
                let (connector, own_id) = in_library(connector, stored);
                if connector_hash(&connector) == document_hash(&stored.document) {
                    self.set_hash(stored, on_disk, own_id).await?;
                    return Ok(FileState::Same);
                }
                None
            }
            Err(error) => Some(AppError::from(StudioError::from(error))),
        };
        Ok(FileState::Changed {
            hash: on_disk.hash.clone(),
            fault,
        })
    }

    /// What a connector's file says, beside what its person has here.
    pub async fn connector_file_text(
        &self,
        id: &str,
        mine: &str,
    ) -> Result<ConnectorFileText, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        let on_disk = look(&path_of(&stored)?).await?;
        let (text, fault) = match read_connector(&on_disk.text) {
            Ok(connector) => (write_connector(&in_library(connector, &stored).0), None),
            Err(error) => (on_disk.text, Some(StudioError::from(error).into())),
        };
        let mine = read_shape(mine).map_or_else(|_| mine.to_owned(), |mine| write_connector(&mine));
        Ok(ConnectorFileText {
            text,
            mine,
            hash: on_disk.hash,
            fault,
        })
    }

    /// Takes what the file says, in the state of this hash, in place of what is saved here and of the draft.
    pub async fn connector_take_file(
        &self,
        id: &str,
        hash: &str,
    ) -> Result<ConnectorOpened, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        let path = path_of(&stored)?;
        let on_disk = look(&path).await?;
        if on_disk.hash != hash {
            return Err(StudioError::FileChanged { path });
        }
        let connector = in_library(read_connector(&on_disk.text)?, &stored);
        let taken = Taken::of(connector, path.display().to_string(), on_disk);
        let connectors = self.store().connectors();
        let saved = connectors.save(id, taken.content(), stored.revision);
        saved.await?;
        self.connector_open(id).await
    }

    /// Writes a connector as it is saved to a file, and saves it there from now on.
    pub async fn connector_link(
        &self,
        id: &str,
        path: &Path,
    ) -> Result<ConnectorOpened, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        if let Ok(there) = absolute(path)
            && let Some(other) = self
                .store()
                .connectors()
                .of_file(&there.display().to_string())
                .await?
            && other.id != id
        {
            return Err(StoreError::Taken {
                what: "a connector saved to",
                name: there.display().to_string(),
            }
            .into());
        }
        let text = stored.document.clone();
        let hash = text_hash(&text);
        let written = path.to_owned();
        off_thread(move || write_file(&written, &text)).await?;
        let file = SavedTo {
            path: absolute(path)?.display().to_string(),
            hash,
            own_id: None,
        };
        let file = Some(file.as_content());
        self.store().connectors().set_file(id, file).await?;
        self.connector_open(id).await
    }

    /// Leaves a connector's file as it is; the connector is the library's alone from now on.
    pub async fn connector_unlink(&self, id: &str) -> Result<ConnectorOpened, StudioError> {
        self.store().connectors().set_file(id, None).await?;
        self.connector_open(id).await
    }

    /// Takes over what a connector's file says by now, where nobody works on the connector here; else, and where the
    /// file or the library cannot be used, the connector as it is saved.
    pub(crate) async fn following_its_file(&self, stored: Stored) -> Stored {
        match self.followed(stored.clone()).await {
            Ok(followed) => followed,
            Err(error) => {
                note::<()>(Err(error));
                stored
            }
        }
    }

    async fn followed(&self, stored: Stored) -> Result<Stored, StudioError> {
        let Ok(path) = path_of(&stored) else {
            return Ok(stored);
        };
        let Ok(on_disk) = look(&path).await else {
            return Ok(stored);
        };
        if stored.file_hash.as_ref() == Some(&on_disk.hash) {
            return Ok(stored);
        }
        let Ok(connector) = read_connector(&on_disk.text) else {
            return Ok(stored);
        };
        let (connector, own_id) = in_library(connector, &stored);
        let meaning = connector_hash(&connector);
        if meaning == document_hash(&stored.document) {
            self.set_hash(&stored, &on_disk, own_id).await?;
            return Ok(stored);
        }
        let taken = Taken::of((connector, own_id), path.display().to_string(), on_disk);
        let content = taken.content();
        let connectors = self.store().connectors();
        let draft = self.store().drafts().get(&stored.id).await?;
        if draft.is_some_and(|draft| document_hash(&draft.document) == meaning) {
            // Whoever saved was ended between the file and the library.
            return Ok(connectors
                .save(&stored.id, content, stored.revision)
                .await?);
        }
        let followed = connectors
            .follow_file(&stored.id, content, stored.revision)
            .await?;
        Ok(followed.unwrap_or(stored))
    }

    /// Writes what is about to be saved to the connector's file, where it has one. `over` is the state of the file that
    /// its person has seen and writes over.
    pub(crate) async fn save_to_file(
        &self,
        before: &Stored,
        connector: &Connector,
        over: Option<&str>,
    ) -> Result<Option<SavedTo>, StudioError> {
        let Ok(path) = path_of(before) else {
            return Ok(None);
        };
        match look(&path).await {
            Ok(on_disk)
                if before.file_hash.as_ref() == Some(&on_disk.hash)
                    || over == Some(on_disk.hash.as_str()) => {}
            Ok(_) => return Err(StudioError::FileChanged { path }),
            // It is written anew.
            Err(error) if is_gone(&error) => {}
            Err(error) => return Err(error),
        }
        let mut in_file = connector.clone();
        if let Some(own_id) = &before.file_own_id {
            in_file.id = Uuid::parse_str(own_id).ok();
        }
        let text = write_connector(&in_file);
        let hash = text_hash(&text);
        let written = path.clone();
        off_thread(move || write_file(&written, &text)).await?;
        Ok(Some(SavedTo {
            path: path.display().to_string(),
            hash,
            own_id: before.file_own_id.clone(),
        }))
    }

    /// The file looks different and says the same. Nothing is noted where the connector was saved or parted meanwhile.
    async fn set_hash(
        &self,
        stored: &Stored,
        on_disk: &OnDisk,
        own_id: Option<String>,
    ) -> Result<(), StudioError> {
        let file = SavedTo {
            path: stored.file_path.clone().unwrap_or_default(),
            hash: on_disk.hash.clone(),
            own_id,
        };
        let connectors = self.store().connectors();
        let noted = connectors.note_file_hash(&stored.id, file.as_content(), stored.revision);
        Ok(noted.await?)
    }
}
