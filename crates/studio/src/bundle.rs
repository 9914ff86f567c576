//! The sealed bundle: how shared credentials leave a machine (PRODUCT S4). One age file, encrypted with a passphrase
//! (<https://age-encryption.org/v1>), made by the admin and opened with the app.
//!
//! What is in it goes from the vault to the file and from the file to the vault, and is shown to nobody.

use std::io::Read as _;
use std::iter;
use std::path::Path;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, scrypt};
use latchwork_engine::CachedOutputs;
use latchwork_model::{Connector, fingerprint, read_shape};
use latchwork_store::{NewOutputs, Scope, Stored};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::BundleOpened;

/// What the text in a bundle is.
const FORMAT: &str = "latchwork.bundle/1";
/// The cost of the key, as scrypt's log₂ N: a quarter of a second and 128 MiB, which is what a guess costs too.
const WORK_FACTOR: u8 = 17;
/// The highest cost that is paid to open one: a hostile file asks for hours.
const MOST_WORK: u8 = 18;
/// The largest bundle that is read, and the most that comes out of one, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;
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
        let passphrase = SecretString::from(passphrase.to_owned());
        blocking(move || seal(&text, passphrase, WORK_FACTOR)).await?
    }

    /// Opens a bundle, and keeps the shared credentials in it on this machine, bound to what they were bound to.
    pub async fn bundle_open(
        &self,
        bundle: Vec<u8>,
        passphrase: &str,
    ) -> Result<BundleOpened, StudioError> {
        let passphrase = SecretString::from(passphrase.to_owned());
        let text = blocking(move || open(&bundle, passphrase)).await??;
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
        blocking(move || {
            let access = |source| StudioError::FileAccess {
                path: path.clone(),
                source,
            };
            let file = std::fs::File::open(&path).map_err(access)?;
            let mut bytes = Vec::new();
            file.take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .map_err(access)?;
            Ok(bytes)
        })
        .await?
    }

    /// Writes a bundle to a file that only its owner reads, whole or not at all; the path that was written.
    pub async fn bundle_write(path: &Path, bundle: Vec<u8>) -> Result<String, StudioError> {
        let path = path.to_owned();
        blocking(move || {
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
        .await?
    }
}

/// Does what takes long or waits for a disk where nobody is held up by it.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StudioError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StudioError::BundleInvalid {
        reason: error.to_string(),
    })
}

fn seal(text: &[u8], passphrase: SecretString, work_factor: u8) -> Result<Vec<u8>, StudioError> {
    let mut recipient = scrypt::Recipient::new(passphrase);
    recipient.set_work_factor(work_factor);
    age::encrypt(&recipient, text).map_err(|error| StudioError::BundleInvalid {
        reason: error.to_string(),
    })
}

fn open(bundle: &[u8], passphrase: SecretString) -> Result<Zeroizing<Vec<u8>>, StudioError> {
    let invalid = |reason: &str| StudioError::BundleInvalid {
        reason: reason.to_owned(),
    };
    if bundle.len() as u64 > LARGEST {
        return Err(invalid("it is too large to be one"));
    }
    let decryptor = Decryptor::new(bundle).map_err(|_| invalid("this is no bundle"))?;
    if !decryptor.is_scrypt() {
        return Err(invalid("it is not sealed with a passphrase"));
    }
    let mut identity = scrypt::Identity::new(passphrase);
    identity.set_max_work_factor(MOST_WORK);
    let reader = decryptor
        .decrypt(iter::once(&identity as &dyn age::Identity))
        .map_err(|error| match error {
            DecryptError::DecryptionFailed
            | DecryptError::KeyDecryptionFailed
            | DecryptError::NoMatchingKeys => StudioError::BundlePassphrase,
            DecryptError::ExcessiveWork { .. } => {
                invalid("its key costs more than any bundle's does")
            }
            _ => invalid("it is damaged"),
        })?;
    let mut text = Zeroizing::new(Vec::new());
    reader
        .take(LARGEST + 1)
        .read_to_end(&mut text)
        .map_err(|_| invalid("it is damaged"))?;
    Ok(text)
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

    /// Cheap to make, so that tests are quick; opened like any other.
    const CHEAP: u8 = 2;

    fn passphrase(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn a_bundle_opens_with_its_passphrase_and_no_other() {
        let sealed = seal(b"text", passphrase("right"), CHEAP).unwrap();
        assert_eq!(&**open(&sealed, passphrase("right")).unwrap(), b"text");
        for wrong in ["wrong", "", "Right", "right "] {
            assert!(
                matches!(
                    open(&sealed, passphrase(wrong)),
                    Err(StudioError::BundlePassphrase)
                ),
                "{wrong}"
            );
        }
    }

    #[test]
    fn whatever_is_broken_or_foreign_is_refused_and_never_a_panic() {
        let sealed = seal(&vec![b'x'; 4_000], passphrase("right"), CHEAP).unwrap();
        let invalid = |bytes: &[u8]| {
            matches!(
                open(bytes, passphrase("right")),
                Err(StudioError::BundleInvalid { .. })
            )
        };
        assert!(invalid(b"") && invalid(b"{}") && invalid(b"age-encryption.org/v1\n"));
        for at in 0..sealed.len() {
            let cut = &sealed[..at];
            assert!(invalid(cut), "cut at {at}");
        }
        for at in (0..sealed.len()).step_by(7) {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(
                open(&changed, passphrase("right")).is_err(),
                "changed at {at}"
            );
        }
    }

    #[test]
    fn a_file_that_asks_for_more_work_than_any_bundle_is_refused_at_once() {
        let sealed = seal(b"text", passphrase("right"), CHEAP).unwrap();
        let stanza = String::from_utf8_lossy(&sealed)
            .lines()
            .nth(1)
            .unwrap()
            .to_owned();
        assert!(
            stanza.starts_with("-> scrypt ") && stanza.ends_with(" 2"),
            "{stanza}"
        );
        for costly in ["19", "30", "63", "255"] {
            let hostile = stanza.strip_suffix('2').unwrap().to_owned() + costly;
            let at = sealed
                .windows(stanza.len())
                .position(|window| window == stanza.as_bytes())
                .unwrap();
            let mut bytes = sealed[..at].to_vec();
            bytes.extend(hostile.as_bytes());
            bytes.extend(&sealed[at + stanza.len()..]);
            let refused = open(&bytes, passphrase("right"));
            assert!(
                matches!(refused, Err(StudioError::BundleInvalid { .. })),
                "{costly}"
            );
        }
    }

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
