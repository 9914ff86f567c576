//! What connectors and apps have in common as documents: the hash of what they say, a free name, the nearest name, the
//! name of their file, reading one and writing one. What they mean is the library's and the apps'.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use latchwork_engine::read_bounded;
use latchwork_exchange::FILE_LIMIT;
use latchwork_model::FileKind;
use sha2::{Digest as _, Sha256};

use crate::error::StudioError;
use crate::studio::Studio;

/// A hash of a document as it is written in its stable order.
pub(crate) fn text_hash(meaning: &str) -> String {
    Sha256::digest(meaning.as_bytes())
        .iter()
        .fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"))
}

impl Studio {
    /// The name, or the name with a number where another document of its kind has it.
    pub(crate) async fn free_name(
        &self,
        kind: FileKind,
        name: &str,
    ) -> Result<String, StudioError> {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while self.has_named(kind, &candidate).await? {
            candidate = format!("{name} {number}");
            number += 1;
        }
        Ok(candidate)
    }

    async fn has_named(&self, kind: FileKind, name: &str) -> Result<bool, StudioError> {
        Ok(match kind {
            FileKind::Connector => !self.store().connectors().named(name).await?.is_empty(),
            FileKind::App => !self.store().apps().named(name).await?.is_empty(),
        })
    }
}

/// The nearest of the names that exist, where one is near enough to be what was meant.
pub(crate) fn nearest_name(
    wanted: &str,
    names: impl IntoIterator<Item = String>,
) -> Option<String> {
    let wanted = wanted.to_lowercase();
    names
        .into_iter()
        .map(|name| {
            let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &wanted);
            (distance, name)
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, _)| *distance <= 2.max(wanted.chars().count() / 3))
        .map(|(_, name)| name)
}

/// The name of a document's file: `acme-crm.connector.json`.
pub(crate) fn file_name(name: &str, kind: FileKind) -> String {
    let kind = match kind {
        FileKind::Connector => "connector",
        FileKind::App => "app",
    };
    let words: Vec<String> = name
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let stem = if words.is_empty() {
        kind.to_owned()
    } else {
        words.join("-")
    };
    format!("{stem}.{kind}.json")
}

/// The text of a file that is one, and not larger than what is read.
pub(crate) fn read_file(path: &Path) -> Result<String, StudioError> {
    let text = read_bounded(path, FILE_LIMIT as u64).and_then(|bytes| {
        String::from_utf8(bytes).map_err(|_| {
            std::io::Error::new(ErrorKind::InvalidData, "it is no text: it is not UTF-8")
        })
    });
    text.map_err(|source| StudioError::FileAccess {
        path: path.to_owned(),
        source,
    })
}

/// Writes a file, whole or not at all; the path that was written. A file that is there keeps who may read and write it,
/// and a link stays one.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<String, StudioError> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut unfinished = tempfile::Builder::new();
    unfinished.prefix(".latchwork-").suffix(".part");
    #[cfg(unix)]
    unfinished.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let write = || {
        // A name that nobody knows before, and no link is followed. What is not finished goes with it.
        let mut file = unfinished.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        if let Ok(before) = std::fs::metadata(&target) {
            file.as_file().set_permissions(before.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|error| error.error)
    };
    let written = write().map_err(|source| StudioError::FileAccess {
        path: path.to_owned(),
        source,
    });
    written.map(|_| path.display().to_string())
}

/// Runs what takes its time away from the threads that answer windows.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StudioError> + Send + 'static,
) -> Result<T, StudioError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(StudioError::ImportBroke {
            reason: error.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use latchwork_model::FileKind;

    use super::{file_name, nearest_name, write_file};

    #[test]
    fn a_files_name_is_the_documents_words() {
        assert_eq!(
            file_name("Harbour: desk & quay", FileKind::App),
            "harbour-desk-quay.app.json"
        );
        assert_eq!(
            file_name("Ärger", FileKind::Connector),
            "ärger.connector.json"
        );
        assert_eq!(file_name(" …/.. ", FileKind::App), "app.app.json");
    }

    #[test]
    fn the_nearest_name_is_near_or_none() {
        let names = || ["Acme CRM".to_owned(), "Bridge".to_owned()];
        assert_eq!(
            nearest_name("acme crn", names()).as_deref(),
            Some("Acme CRM")
        );
        assert_eq!(nearest_name("Invoices", names()), None);
    }

    #[test]
    fn what_could_not_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        // A folder is in the place of the file.
        let path = folder.path().join("desk.app.json");
        std::fs::create_dir(&path).unwrap();
        let error = write_file(&path, "text").unwrap_err();
        assert_eq!(error.code().as_str(), "file.unreadable");
        assert!(error.to_string().contains("desk.app.json"), "{error}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
