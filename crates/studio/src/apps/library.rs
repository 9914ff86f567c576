//! The apps of the library, with their drafts.

use std::path::Path;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{
    AppOpened, AppSummary, BindableConnector, DraftSaved, Finding, StepRenamed, TemplateName,
};

impl Studio {
    /// The apps, by name.
    pub async fn app_list(&self) -> Result<Vec<AppSummary>, StudioError> {
        Err(StudioError::RunUnknown)
    }

    /// Adds an app with one empty screen.
    pub async fn app_create(&self, name: &str) -> Result<AppOpened, StudioError> {
        let _ = name;
        Err(StudioError::RunUnknown)
    }

    /// Opens an app, with its draft.
    pub async fn app_open(&self, id: &str) -> Result<AppOpened, StudioError> {
        let _ = id;
        Err(StudioError::RunUnknown)
    }

    /// Adds a copy under a new name.
    pub async fn app_duplicate(&self, id: &str) -> Result<AppOpened, StudioError> {
        let _ = id;
        Err(StudioError::RunUnknown)
    }

    /// Takes an app out of the library, with its drafts. Its connectors and their sign-ins stay.
    pub async fn app_delete(&self, id: &str) -> Result<(), StudioError> {
        let _ = id;
        Err(StudioError::RunUnknown)
    }

    /// Saves an app over the revision that was opened. The document must be a valid file.
    pub async fn app_save(
        &self,
        id: &str,
        document: &str,
        revision: i64,
    ) -> Result<AppOpened, StudioError> {
        let _ = (id, document, revision);
        Err(StudioError::RunUnknown)
    }

    /// Keeps unsaved work, valid or not.
    pub async fn app_draft_save(
        &self,
        id: &str,
        document: &str,
    ) -> Result<DraftSaved, StudioError> {
        let _ = (id, document);
        Err(StudioError::RunUnknown)
    }

    /// Drops unsaved work.
    pub async fn app_draft_discard(&self, id: &str) -> Result<(), StudioError> {
        let _ = id;
        Err(StudioError::RunUnknown)
    }

    /// Adds an app from a file's text. Connectors that it brings along are added to the library where they are not
    /// there yet.
    pub async fn app_import_text(&self, text: &str) -> Result<AppOpened, StudioError> {
        let _ = text;
        Err(StudioError::RunUnknown)
    }

    /// Adds the app in a file.
    pub async fn app_import_file(&self, path: &Path) -> Result<AppOpened, StudioError> {
        let _ = path;
        Err(StudioError::RunUnknown)
    }

    /// The name that an app's file would have: `field-sales.app.json`.
    pub async fn app_file_name(&self, id: &str) -> Result<String, StudioError> {
        let _ = id;
        Err(StudioError::RunUnknown)
    }

    /// Writes an app to a file, whole or not at all; the path that was written. With its connectors in it, the file
    /// works without a library.
    pub async fn app_export(
        &self,
        id: &str,
        path: &Path,
        with_connectors: bool,
    ) -> Result<String, StudioError> {
        let _ = (id, path, with_connectors);
        Err(StudioError::RunUnknown)
    }

    /// What the validation and the checker say of an app's document, against the connectors that are there.
    pub async fn app_check(&self, document: &str) -> Result<Vec<Finding>, StudioError> {
        let _ = document;
        Err(StudioError::RunUnknown)
    }

    /// The names that exist at a place of an app, then functions and filters.
    pub async fn app_template_names(
        &self,
        document: &str,
        path: &str,
    ) -> Result<Vec<TemplateName>, StudioError> {
        let _ = (document, path);
        Err(StudioError::RunUnknown)
    }

    /// Gives a control another id and rewrites every reference to it.
    pub async fn app_control_rename(
        &self,
        document: &str,
        from: &str,
        to: &str,
    ) -> Result<StepRenamed, StudioError> {
        let _ = (document, from, to);
        Err(StudioError::RunUnknown)
    }

    /// The library's connectors with what can be called of each.
    pub async fn app_connectors(&self) -> Result<Vec<BindableConnector>, StudioError> {
        Err(StudioError::RunUnknown)
    }
}
