//! What the commands share: the engine, the output, and the studio's data, opened only by those that need it.

use std::path::Path;
use std::sync::Arc;

use latchwork_engine::Engine;
use latchwork_model::{Connector, read_connector};
use latchwork_studio::wire::FileState;
use latchwork_studio::{KeyChoice, LinkedFile, RunRecord, Studio, StudioNotice, StudioOptions};
use serde_json::{Map, Value};
use tokio::sync::OnceCell;

use crate::args::Global;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;

/// What the commands share.
pub(crate) struct Context {
    pub output: Output,
    pub engine: Engine,
    options: StudioOptions,
    studio: OnceCell<Arc<Studio>>,
}

impl Context {
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let passphrase = input::secret(
            global.passphrase_file.as_deref(),
            "--passphrase-file",
            "LATCHWORK_PASSPHRASE",
        )?;
        let key = match passphrase {
            Some(passphrase) => KeyChoice::Passphrase(passphrase),
            None => KeyChoice::Keyring,
        };
        Ok(Self {
            output: Output::new(global),
            engine: Engine::default(),
            options: StudioOptions {
                data_dir: global.data_dir.clone(),
                key,
            },
            studio: OnceCell::new(),
        })
    }

    /// The studio's data, opened at the first use.
    pub(crate) async fn studio(&self) -> Result<&Arc<Studio>, Failure> {
        let opened = self.studio.get_or_try_init(|| async {
            let studio = Studio::open(self.options.clone()).await?;
            if let Some(recovery) = studio.recovery() {
                self.output.note(&recovery);
            }
            let output = self.output.clone();
            studio.notice_watch(move |notice| {
                if let StudioNotice::SessionNotKept { error, .. } = notice {
                    output.note(&format!(
                        "{}. The new tokens are in memory only, and are written at the end if there is room then.",
                        error.message.trim_end_matches('.')
                    ));
                }
                true
            });
            Ok::<_, latchwork_studio::StudioError>(Arc::new(studio))
        });
        Ok(opened.await?)
    }

    /// Leaves nothing unsaid that a renewal notes once it has answered, and nothing in memory alone that the disk would
    /// take by now.
    pub(crate) async fn end(&self) {
        if let Some(studio) = self.studio.get() {
            studio.renewals_noted().await;
            studio.store_held().await;
        }
    }

    /// The studio with a vault that can keep secrets, or a word that they live only as long as this process.
    pub(crate) async fn studio_with_vault(&self) -> Result<&Arc<Studio>, Failure> {
        let studio = self.studio().await?;
        if let Some(words) = studio.unlock_for_process().await? {
            self.output.note(&words);
        }
        Ok(studio)
    }

    /// The connector in a file, or of this name in the library.
    pub(crate) async fn connector(&self, name: &str) -> Result<Connector, Failure> {
        if is_file(name) {
            return Ok(read_connector(&input::read(Path::new(name))?)?);
        }
        let studio = self.studio().await?;
        let stored = studio.connector_named(name).await?;
        if let Some(file) = studio.connector_file(&stored.id).await? {
            self.say_how_it_stands(&file);
        }
        Ok(read_connector(&stored.document)?)
    }

    /// Where a connector's file could not be followed, what is used is said.
    fn say_how_it_stands(&self, file: &LinkedFile) {
        let why = match &file.state {
            FileState::Same => return,
            FileState::Changed { fault: None, .. } => {
                "has changes that the unsaved work in the studio stands against".to_owned()
            }
            FileState::Changed {
                fault: Some(error), ..
            } => format!("is no connector at present: {}", error.message),
            FileState::Missing => "is gone".to_owned(),
            FileState::Unreadable { error } => format!("cannot be read: {}", error.message),
        };
        self.output.note(&format!(
            "The file {} {why}. What is used is what was saved last.",
            file.path
        ));
    }

    /// A connector's variables: given ones, else what the vault has for secret ones.
    pub(crate) async fn variables(
        &self,
        connector: &Connector,
        given: Map<String, Value>,
    ) -> Result<Map<String, Value>, Failure> {
        let wanted = |name: &String| {
            !given.contains_key(name) && std::env::var_os(format!("LATCHWORK_VAR_{name}")).is_none()
        };
        let from_vault = connector
            .variables
            .iter()
            .any(|variable| variable.secret && wanted(&variable.name));
        if !from_vault {
            return Ok(given);
        }
        let studio = self.studio_with_vault().await?;
        Ok(studio.variables(&connector.key(), connector, given).await?)
    }

    /// Keeps a run in the history of a connector that is in the library. A data folder that cannot be used costs
    /// nobody the test.
    pub(crate) async fn record(&self, connector: &Connector, record: RunRecord) {
        if let Ok(studio) = self.studio().await {
            studio.record_run(&connector.key(), &record).await;
        }
    }
}

/// A name with a path separator or a JSON ending is a file, and so is one that exists.
fn is_file(name: &str) -> bool {
    name.contains(['/', '\\']) || name.ends_with(".json") || Path::new(name).is_file()
}
