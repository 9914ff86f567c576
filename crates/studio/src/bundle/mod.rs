//! The sealed bundle: how shared credentials leave a machine (PRODUCT S4). One age file, encrypted with a passphrase
//! (<https://age-encryption.org/v1>), made by the admin and opened with the app.
//!
//! What is in it goes from the vault to the file and from the file to the vault, and is shown to nobody.

mod age_file;

use std::io::Read as _;
use std::path::Path;

use latchwork_engine::CachedOutputs;
use latchwork_model::{Connector, fingerprint, read_shape};
use latchwork_store::{NewOutputs, Scope, Stored};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::documents::off_thread;
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::BundleOpened;

/// What the text in a bundle is.
const FORMAT: &str = "latchwork.bundle/1";
/// How a bundle's file name ends.
const EXTENSION: &str = "latchwork-bundle";

/// What is in a bundle.
#[derive(Serialize, Deserialize)]
struct Contents {
    format: String,
    /// Whose outputs they are: the connector's id, or its name where it has none.
    connector: String,
    /// The name for people.
    name: String,
    /// What they are bound to (SAFETY Z32).
    fingerprint: String,
    outputs: CachedOutputs,
}

impl Studio {
    /// Seals the shared credentials of a connector with a passphrase.
    pub async fn bundle_seal(
        &self,
        connector_id: &str,
        connector: &Connector,
        passphrase: &str,
    ) -> Result<Vec<u8>, StudioError> {
        if passphrase.is_empty() {
            return Err(StudioError::BundlePassphraseEmpty);
        }
        if !crate::sessions::Scopes::of(connector).shared {
            return Err(StudioError::NothingShared {
                connector: connector.name.clone(),
            });
        }
        self.vault().await?;
        let outputs = self.session(connector_id, connector, Scope::Shared).await?;
        let Some(outputs) = outputs else {
            return Err(StudioError::NotSharedYet {
                connector: connector.name.clone(),
            });
        };
        let contents = Contents {
            format: FORMAT.to_owned(),
            connector: connector.key(),
            name: connector.name.clone(),
            fingerprint: fingerprint(connector),
            outputs,
        };
        let text = Zeroizing::new(serde_json::to_vec(&contents).unwrap_or_default());
        let passphrase = Zeroizing::new(passphrase.to_owned());
        off_thread(move || age_file::seal(&text, &passphrase)).await
    }

    /// Opens a bundle, and keeps the shared credentials in it on this machine, bound to what they were bound to.
    pub async fn bundle_open(
        &self,
        bundle: Vec<u8>,
        passphrase: &str,
    ) -> Result<BundleOpened, StudioError> {
        let passphrase = Zeroizing::new(passphrase.to_owned());
        let text = off_thread(move || age_file::open(&bundle, &passphrase)).await?;
        let contents = read(&text)?;
        let stored = self.store().connectors().find(&contents.connector).await?;
        if let Some(stored) = &stored {
            let here = read_shape(&stored.document)?;
            if fingerprint(&here) != contents.fingerprint {
                return Err(StudioError::BundleInvalid {
                    reason: format!(
                        "`{}` signs in otherwise here than where the bundle was made",
                        here.name
                    ),
                });
            }
        }
        let connector_id = stored
            .as_ref()
            .map_or_else(|| contents.connector.clone(), |stored| stored.id.clone());
        let vault = self.vault().await?;
        let json = Zeroizing::new(serde_json::to_vec(&contents.outputs).unwrap_or_default());
        let new = NewOutputs {
            fingerprint: &contents.fingerprint,
            json: &json,
            expires_at: contents.outputs.expires_at,
        };
        let generation = self.session_generation(&connector_id).await?;
        let outputs = self.store().outputs();
        let kept = outputs
            .write(&connector_id, Scope::Shared, new, generation, &vault)
            .await?;
        if kept == Stored::ClearedMeanwhile {
            return Err(StudioError::BundleInvalid {
                reason: "the connector's sign-in was cleared meanwhile".to_owned(),
            });
        }
        Ok(BundleOpened {
            connector_id,
            connector_name: contents.name,
        })
    }

    /// Seals the shared credentials of a connector of the library into a file's bytes.
    pub async fn bundle_of(
        &self,
        connector_id: &str,
        passphrase: &str,
    ) -> Result<Vec<u8>, StudioError> {
        let connector = self.connector_in_editor(connector_id).await?;
        self.bundle_seal(connector_id, &connector, passphrase).await
    }

    /// The name that a connector's bundle would have: `acme-crm.latchwork-bundle`.
    pub async fn bundle_file_name(&self, connector_id: &str) -> Result<String, StudioError> {
        let name = self.connector_file_name(connector_id).await?;
        let stem = name.trim_end_matches(".connector.json");
        Ok(format!("{stem}.{EXTENSION}"))
    }

    /// Reads a bundle's file; one that is too large to be one is refused before it is in memory.
    pub async fn bundle_read(path: &Path) -> Result<Vec<u8>, StudioError> {
        let path = path.to_owned();
        off_thread(move || {
            let access = |source| StudioError::FileAccess {
                path: path.clone(),
                source,
            };
            let file = std::fs::File::open(&path).map_err(access)?;
            let mut bytes = Vec::new();
            file.take(age_file::LARGEST + 1)
                .read_to_end(&mut bytes)
                .map_err(access)?;
            Ok(bytes)
        })
        .await
    }

    /// Writes a bundle to a file that only its owner reads, whole or not at all; the path that was written.
    pub async fn bundle_write(path: &Path, bundle: Vec<u8>) -> Result<String, StudioError> {
        let path = path.to_owned();
        off_thread(move || {
            let access = |source| StudioError::FileAccess {
                path: path.clone(),
                source,
            };
            let folder = path.parent().unwrap_or_else(|| Path::new("."));
            // Made for its owner alone, as temporary files are.
            let mut unfinished = tempfile::NamedTempFile::new_in(folder).map_err(access)?;
            std::io::Write::write_all(&mut unfinished, &bundle).map_err(access)?;
            unfinished
                .persist(&path)
                .map_err(|error| access(error.error))?;
            Ok(path.display().to_string())
        })
        .await
    }
}

fn read(text: &[u8]) -> Result<Contents, StudioError> {
    let invalid = |reason: &str| StudioError::BundleInvalid {
        reason: reason.to_owned(),
    };
    let contents: Contents =
        serde_json::from_slice(text).map_err(|_| invalid("there are no credentials in it"))?;
    if contents.format != FORMAT {
        return Err(invalid("it was made by another version"));
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_format_is_refused() {
        assert!(read(b"[]").is_err() && read(b"{}").is_err());
        let text = |format: &str| {
            serde_json::json!({ "format": format, "connector": "a", "name": "A", "fingerprint": "f", "outputs": { "outputs": {} } }).to_string()
        };
        assert!(read(text(FORMAT).as_bytes()).is_ok());
        assert!(read(text("latchwork.bundle/2").as_bytes()).is_err());
    }
}
