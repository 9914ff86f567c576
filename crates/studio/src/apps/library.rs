//! The apps of the library, with their drafts. Their files are in [`super::files`], what the editor asks of them in
//! [`super::editing`].

use std::collections::HashMap;

use latchwork_model::app::App;
use latchwork_model::{FileKind, read_app, read_app_shape, write_app};
use latchwork_store::AppContent;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::documents::nearest_name;
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{AppOpened, AppSummary, Draft, DraftSaved};

/// What a list shows of an app, kept beside its document so that a list need not read documents.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Summary {
    description: Option<String>,
    screen_count: u32,
    /// As the app names them: by id or name in the library, or by the name of their definition in the file.
    connectors: Vec<String>,
}

impl Summary {
    fn of(app: &App) -> Self {
        let connectors = app.connectors.iter().map(|connector| {
            connector.definition.as_ref().map_or_else(
                || connector.connector.clone(),
                |definition| definition.name.clone(),
            )
        });
        Self {
            description: app.description.clone(),
            screen_count: u32::try_from(app.screens.len()).unwrap_or(u32::MAX),
            connectors: connectors.collect(),
        }
    }

    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Studio {
    /// The apps, by name.
    pub async fn app_list(&self) -> Result<Vec<AppSummary>, StudioError> {
        let entries = self.store().apps().list("").await?;
        let names: HashMap<String, String> = self
            .store()
            .connectors()
            .list("")
            .await?
            .into_iter()
            .map(|connector| (connector.id, connector.name))
            .collect();
        let name_of = |reference: String| names.get(&reference).cloned().unwrap_or(reference);
        Ok(entries
            .into_iter()
            .map(|entry| {
                let summary: Summary = serde_json::from_str(&entry.summary).unwrap_or_default();
                AppSummary {
                    id: entry.id,
                    name: entry.name,
                    description: summary.description,
                    screen_count: summary.screen_count,
                    connectors: summary.connectors.into_iter().map(name_of).collect(),
                    has_draft: entry.has_draft,
                    updated_at: entry.updated_at,
                }
            })
            .collect())
    }

    /// Adds an app with one empty screen.
    pub async fn app_create(&self, name: &str) -> Result<AppOpened, StudioError> {
        self.app_add(App::new(name.trim())).await
    }

    /// Adds an app. It keeps its id, unless that one is taken.
    pub(super) async fn app_add(&self, mut app: App) -> Result<AppOpened, StudioError> {
        let taken = match app.id {
            Some(id) => self.store().apps().find(&id.to_string()).await?.is_some(),
            None => true,
        };
        if taken {
            app.id = Some(Uuid::new_v4());
        }
        app.name = self.free_name(FileKind::App, &app.name).await?;
        let document = write_app(&app);
        // What is stored is always a valid file.
        let app = read_app(&document)?;
        let summary = Summary::of(&app).text();
        let content = AppContent {
            name: &app.name,
            document: &document,
            summary: &summary,
        };
        let stored = self.store().apps().create(&app.key(), content).await?;
        self.app_opened(stored).await
    }

    /// Opens an app, with its draft.
    pub async fn app_open(&self, id: &str) -> Result<AppOpened, StudioError> {
        let stored = self.store().apps().get(id).await?;
        self.app_opened(stored).await
    }

    async fn app_opened(&self, stored: latchwork_store::App) -> Result<AppOpened, StudioError> {
        let draft = self.store().app_drafts().get(&stored.id).await?;
        Ok(AppOpened {
            id: stored.id,
            document: stored.document,
            revision: stored.revision,
            draft: draft.map(|draft| Draft {
                document: draft.document,
                saved_at: draft.saved_at,
            }),
            updated_at: stored.updated_at,
        })
    }

    /// Adds a copy under a new name.
    pub async fn app_duplicate(&self, id: &str) -> Result<AppOpened, StudioError> {
        let stored = self.store().apps().get(id).await?;
        let mut app = read_app_shape(&stored.document)?;
        app.id = None;
        app.name = format!("{} copy", app.name);
        self.app_add(app).await
    }

    /// The app with this id or name. Of several with one name the first that was made.
    pub async fn app_named(&self, name: &str) -> Result<latchwork_store::App, StudioError> {
        if let Some(stored) = self.store().apps().find(name).await? {
            return Ok(stored);
        }
        if let Some(stored) = self.store().apps().named(name).await?.into_iter().next() {
            return Ok(stored);
        }
        let names = self.store().apps().list("").await?;
        Err(StudioError::AppNotFound {
            name: name.to_owned(),
            nearest: nearest_name(name, names.into_iter().map(|entry| entry.name)),
        })
    }

    /// Takes an app out of the library, with its drafts. Its connectors and their sign-ins stay.
    pub async fn app_delete(&self, id: &str) -> Result<(), StudioError> {
        Ok(self.store().apps().delete(id).await?)
    }

    /// Saves an app over the revision that was opened. The document must be a valid file.
    pub async fn app_save(
        &self,
        id: &str,
        document: &str,
        revision: i64,
    ) -> Result<AppOpened, StudioError> {
        let mut app = read_app(document)?;
        // The library's id stays the app's id, whatever was typed: drafts and the choice of accounts hang on it.
        app.id = Uuid::parse_str(id).ok().or(app.id);
        let document = write_app(&app);
        let summary = Summary::of(&app).text();
        let content = AppContent {
            name: &app.name,
            document: &document,
            summary: &summary,
        };
        let stored = self.store().apps().save(id, content, revision).await?;
        self.app_opened(stored).await
    }

    /// Keeps unsaved work, valid or not.
    pub async fn app_draft_save(
        &self,
        id: &str,
        document: &str,
    ) -> Result<DraftSaved, StudioError> {
        let draft = self.store().app_drafts().save(id, document).await?;
        Ok(DraftSaved {
            saved_at: draft.saved_at,
        })
    }

    /// Drops unsaved work.
    pub async fn app_draft_discard(&self, id: &str) -> Result<(), StudioError> {
        Ok(self.store().app_drafts().discard(id).await?)
    }
}
