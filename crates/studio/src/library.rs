//! The library: connectors, kept with their drafts.

use latchwork_model::{
    Auth, Connector, ConnectorKind, FileKind, read_connector, read_shape, write_connector,
};
use latchwork_store::{ConnectorContent, ConnectorEntry, ConnectorFile, StoreError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::documents::{file_name, nearest_name, text_hash};
use crate::error::StudioError;
use crate::linked::SavedTo;
use crate::studio::Studio;
use crate::wire::{ConnectorOpened, ConnectorPage, ConnectorSummary, Draft, DraftSaved, TestState};

/// How many connectors a page has at most; the window asks for the next ones by this number too.
const PAGE: u32 = 100;

/// What a list shows of a connector, kept beside its document so that a list need not read documents.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Summary {
    kind: Option<ConnectorKind>,
    base_url: String,
    auth_method: String,
    step_count: u32,
    endpoint_count: u32,
    hash: String,
}

impl Summary {
    fn of(connector: &Connector, document: &str) -> Self {
        let steps = match &connector.auth {
            Auth::Multistep(multistep) => multistep.steps.len(),
            _ => 0,
        };
        Self {
            kind: Some(connector.kind),
            base_url: connector.base_url.to_string(),
            auth_method: connector.auth.method().to_owned(),
            step_count: u32::try_from(steps).unwrap_or(u32::MAX),
            endpoint_count: u32::try_from(connector.endpoints.len()).unwrap_or(u32::MAX),
            hash: document_hash(document),
        }
    }
}

/// What a list shows of a connector, as it is kept beside its document.
pub(crate) fn summary_text(connector: &Connector, document: &str) -> String {
    serde_json::to_string(&Summary::of(connector, document)).unwrap_or_default()
}

/// What is stored of a connector.
pub(crate) fn content<'a>(
    connector: &'a Connector,
    document: &'a str,
    summary: &'a str,
    file: Option<ConnectorFile<'a>>,
) -> ConnectorContent<'a> {
    ConnectorContent {
        name: &connector.name,
        document,
        summary,
        file,
    }
}

/// What names the state of a document that was tested: a hash over its meaning, not over its white space or the
/// order in which an editor wrote its members.
pub(crate) fn document_hash(document: &str) -> String {
    match read_shape(document) {
        Ok(connector) => connector_hash(&connector),
        Err(_) => text_hash(document),
    }
}

/// The same of a document that was read already.
pub(crate) fn connector_hash(connector: &Connector) -> String {
    text_hash(&write_connector(connector))
}

fn test_state(hash: &str, tested_hash: Option<&str>, tested_ok: Option<bool>) -> TestState {
    match (tested_hash, tested_ok) {
        (Some(tested), Some(ok)) if tested == hash => {
            if ok {
                TestState::Passed
            } else {
                TestState::Failed
            }
        }
        (Some(_), _) => TestState::Changed,
        (None, _) => TestState::NotTested,
    }
}

fn summary_of(entry: ConnectorEntry) -> ConnectorSummary {
    let summary: Summary = serde_json::from_str(&entry.summary).unwrap_or_default();
    ConnectorSummary {
        signed_in: entry.has_outputs,
        test_state: test_state(&summary.hash, entry.tested_hash.as_deref(), entry.tested_ok),
        id: entry.id,
        name: entry.name,
        kind: summary.kind.unwrap_or(ConnectorKind::Rest).into(),
        base_url: summary.base_url,
        auth_method: summary.auth_method,
        step_count: summary.step_count,
        endpoint_count: summary.endpoint_count,
        has_draft: entry.has_draft,
        file_path: entry.file_path,
        updated_at: entry.updated_at,
    }
}

impl Studio {
    /// The connectors whose name holds the query, in any case; all for an empty one.
    pub async fn connector_list(&self, query: &str) -> Result<Vec<ConnectorSummary>, StudioError> {
        let entries = self.store().connectors().list(query).await?;
        Ok(entries.into_iter().map(summary_of).collect())
    }

    /// A hundred of the connectors whose name or address holds the query, in any case, from `offset` on, and how many
    /// there are; of all for an empty one.
    pub async fn connector_page(
        &self,
        query: &str,
        offset: u32,
    ) -> Result<ConnectorPage, StudioError> {
        let connectors = self.store().connectors();
        let page = connectors.page(query, offset, PAGE).await?;
        Ok(ConnectorPage {
            total: page.total,
            connectors: page.entries.into_iter().map(summary_of).collect(),
        })
    }

    /// Adds a connector with nothing in it but a name and an address.
    pub async fn connector_create(
        &self,
        name: &str,
        kind: crate::wire::ConnectorKind,
        base_url: &str,
    ) -> Result<ConnectorOpened, StudioError> {
        let mut connector = Connector::new(name.trim(), kind.into(), base_url.trim());
        connector.auth = Auth::Multistep(latchwork_model::Multistep::default());
        self.connector_add(connector).await
    }

    /// Adds a connector from a file's text. It keeps its id, unless that one is taken.
    pub async fn connector_import_text(&self, text: &str) -> Result<ConnectorOpened, StudioError> {
        self.connector_add(read_connector(text)?).await
    }

    /// Adds a connector. It keeps its id, unless that one is taken.
    pub(crate) async fn connector_add(
        &self,
        mut connector: Connector,
    ) -> Result<ConnectorOpened, StudioError> {
        let taken = match connector.id {
            Some(id) => self
                .store()
                .connectors()
                .find(&id.to_string())
                .await?
                .is_some(),
            None => true,
        };
        if taken {
            // A foreign file with a known id must not become that connector: it gets an id of its own.
            connector.id = Some(Uuid::new_v4());
        }
        connector.name = self.free_name(FileKind::Connector, &connector.name).await?;
        let document = write_connector(&connector);
        // What is stored is always a valid file.
        let connector = read_connector(&document)?;
        let summary = summary_text(&connector, &document);
        let content = content(&connector, &document, &summary, None);
        let stored = self
            .store()
            .connectors()
            .create(&connector.key(), content)
            .await?;
        self.opened(stored).await
    }

    /// Opens a connector, with its draft; as its file has it, where it has one and nobody works on it here.
    pub async fn connector_open(&self, id: &str) -> Result<ConnectorOpened, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        let stored = self.following_its_file(stored).await;
        self.opened(stored).await
    }

    async fn opened(
        &self,
        stored: latchwork_store::Connector,
    ) -> Result<ConnectorOpened, StudioError> {
        let draft = self.store().drafts().get(&stored.id).await?;
        let hash = document_hash(
            draft
                .as_ref()
                .map_or(&stored.document, |draft| &draft.document),
        );
        Ok(ConnectorOpened {
            test_state: test_state(&hash, stored.tested_hash.as_deref(), stored.tested_ok),
            id: stored.id,
            document: stored.document,
            revision: stored.revision,
            draft: draft.map(|draft| Draft {
                document: draft.document,
                saved_at: draft.saved_at,
            }),
            file_path: stored.file_path,
            updated_at: stored.updated_at,
        })
    }

    /// Adds a copy under a new name. Nobody is signed in to it.
    pub async fn connector_duplicate(&self, id: &str) -> Result<ConnectorOpened, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        let stored = self.following_its_file(stored).await;
        let mut connector = read_shape(&stored.document)?;
        connector.id = None;
        connector.name = format!("{} copy", connector.name);
        self.connector_add(connector).await
    }

    /// Takes a connector out of the library, with its drafts, secrets, history and cached auth.
    pub async fn connector_delete(&self, id: &str) -> Result<(), StudioError> {
        self.runs().forget(id);
        Ok(self.store().connectors().delete(id).await?)
    }

    /// Saves a connector over the revision that was opened, and to its file where it has one. The document must be a
    /// valid file.
    pub async fn connector_save(
        &self,
        id: &str,
        document: &str,
        revision: i64,
    ) -> Result<ConnectorOpened, StudioError> {
        self.connector_save_over(id, document, revision, None).await
    }

    /// The same over a file that another program changed: `over` is the state of it that its person has seen.
    pub async fn connector_save_over(
        &self,
        id: &str,
        document: &str,
        revision: i64,
        over: Option<&str>,
    ) -> Result<ConnectorOpened, StudioError> {
        let mut connector = read_connector(document)?;
        // The library's id stays the connector's id, whatever was typed: drafts and cached auth hang on it.
        connector.id = Uuid::parse_str(id).ok().or(connector.id);
        let before = self.store().connectors().get(id).await?;
        let draft = self.store().drafts().get(id).await?;
        let document = write_connector(&connector);
        if before.revision != revision {
            // Nothing goes to the file that cannot be saved here.
            return Err(StoreError::Conflict {
                what: "connector",
                id: id.to_owned(),
                expected: revision,
                stored: before.revision,
            }
            .into());
        }
        let file = self.save_to_file(&before, &connector, over).await?;
        let summary = summary_text(&connector, &document);
        let file = file.as_ref().map(SavedTo::as_content);
        let content = content(&connector, &document, &summary, file);
        let stored = self
            .store()
            .connectors()
            .save(id, content, revision)
            .await?;
        // What was saved over another program's change may have come out of that file: secrets do not follow it (Z32).
        if over.is_none() {
            let draft = draft.map(|draft| draft.document).unwrap_or_default();
            self.rebind_secrets(id, &[&draft, &before.document], &connector)
                .await?;
        }
        self.opened(stored).await
    }

    /// Keeps unsaved work, valid or not.
    pub async fn draft_save(&self, id: &str, document: &str) -> Result<DraftSaved, StudioError> {
        let before = self
            .store()
            .drafts()
            .get(id)
            .await?
            .map(|draft| draft.document)
            .unwrap_or_default();
        let draft = self.store().drafts().save(id, document).await?;
        if let Ok(connector) = read_shape(document) {
            let saved = self.store().connectors().get(id).await?.document;
            self.rebind_secrets(id, &[&before, &saved], &connector)
                .await?;
        }
        Ok(DraftSaved {
            saved_at: draft.saved_at,
        })
    }

    /// Drops unsaved work.
    pub async fn draft_discard(&self, id: &str) -> Result<(), StudioError> {
        Ok(self.store().drafts().discard(id).await?)
    }

    /// The name that a connector's file would have: `acme-crm.connector.json`.
    pub async fn connector_file_name(&self, id: &str) -> Result<String, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        Ok(file_name(&stored.name, FileKind::Connector))
    }

    /// The connector with this name or id, as its file has it where it has one and nobody works on it here.
    pub async fn connector_named(
        &self,
        name: &str,
    ) -> Result<latchwork_store::Connector, StudioError> {
        if let Some(stored) = self.store().connectors().find(name).await? {
            return Ok(self.following_its_file(stored).await);
        }
        let mut found = self.store().connectors().named(name).await?;
        match found.len() {
            1 => Ok(self.following_its_file(found.remove(0)).await),
            0 => {
                let names = self.store().connectors().list("").await?;
                let nearest = nearest_name(name, names.into_iter().map(|entry| entry.name));
                Err(StudioError::ConnectorNotFound {
                    name: name.to_owned(),
                    nearest,
                })
            }
            count => Err(StudioError::ConnectorAmbiguous {
                name: name.to_owned(),
                count,
            }),
        }
    }
}
