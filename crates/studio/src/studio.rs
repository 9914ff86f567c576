//! The studio: engine, store, vault and the runs of one process.

use std::path::PathBuf;
use std::sync::Arc;

use latchwork_engine::Engine;
use latchwork_sandbox::Sandbox;
use latchwork_store::{Store, StoreLocation};
use tokio::sync::{Mutex, RwLock};

use crate::apps::RunningApps;
use crate::browser::BrowserOpener;
use crate::data_dir::default_data_dir;
use crate::error::StudioError;
use crate::imports::Imports;
use crate::notices::Notices;
use crate::renewal::Flights;
use crate::runs::Runs;
use crate::vault::VaultSlot;
use crate::wire::StudioStatus;

/// How a studio is opened.
#[derive(Clone)]
pub struct StudioOptions {
    /// Where everything is kept; the platform's folder where left out.
    pub data_dir: Option<PathBuf>,
    /// What holds the vault's key.
    pub key: KeyChoice,
}

/// What holds the vault's key.
#[derive(Clone)]
pub enum KeyChoice {
    /// The system's keyring.
    Keyring,
    /// A passphrase; the keyring is not asked.
    Passphrase(String),
}

/// One a process; its methods are the use cases.
pub struct Studio {
    engine: Engine,
    store: Store,
    key: KeyChoice,
    vault: RwLock<VaultSlot>,
    sandbox: Mutex<Option<Sandbox>>,
    runs: Runs,
    notices: Notices,
    flights: Flights,
    running_apps: RunningApps,
    imports: Imports,
    browser: Option<Arc<dyn BrowserOpener>>,
}

impl Studio {
    /// Opens the data folder. The vault is opened at its first use, so that a slow keyring holds nothing up.
    pub async fn open(options: StudioOptions) -> Result<Self, StudioError> {
        let data_dir = options.data_dir.unwrap_or_else(default_data_dir);
        let store = Store::open(StoreLocation::new(data_dir)).await?;
        Ok(Self {
            engine: Engine::default(),
            store,
            key: options.key,
            vault: RwLock::default(),
            sandbox: Mutex::default(),
            runs: Runs::default(),
            notices: Notices::default(),
            flights: Flights::default(),
            running_apps: RunningApps::default(),
            imports: Imports::default(),
            browser: None,
        })
    }

    /// Gives it a browser, which only a desktop has.
    #[must_use]
    pub fn with_browser(mut self, browser: Arc<dyn BrowserOpener>) -> Self {
        self.browser = Some(browser);
        self
    }

    /// Gives renewals another deadline than two minutes.
    #[must_use]
    pub fn with_renewal_deadline(mut self, deadline: std::time::Duration) -> Self {
        self.flights = Flights::with_deadline(deadline);
        self
    }

    /// The state of the whole studio.
    pub async fn studio_status(&self) -> Result<StudioStatus, StudioError> {
        Ok(StudioStatus {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_dir: self.store.location().data_dir().display().to_string(),
            vault: self.vault_status().await,
            sandbox: self.sandbox_status().await,
            first_run: self.store.connectors().list("").await?.is_empty()
                && self.store.apps().list("").await?.is_empty(),
            recovery: self.recovery(),
        })
    }

    /// What happened to a broken database when it was opened, in words.
    pub fn recovery(&self) -> Option<String> {
        self.store.recovery().map(|recovery| {
            format!(
                "The database was broken ({}) and was moved to {}. Connectors saved from it: {}; apps: {}.",
                recovery.reason,
                recovery.moved_to.display(),
                recovery.connectors_saved,
                recovery.apps_saved
            )
        })
    }

    pub(crate) const fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) const fn key(&self) -> &KeyChoice {
        &self.key
    }

    pub(crate) const fn vault_slot(&self) -> &RwLock<VaultSlot> {
        &self.vault
    }

    pub(crate) const fn sandbox(&self) -> &Mutex<Option<Sandbox>> {
        &self.sandbox
    }

    pub(crate) const fn notices(&self) -> &Notices {
        &self.notices
    }

    pub(crate) const fn flights(&self) -> &Flights {
        &self.flights
    }

    pub(crate) const fn running_apps(&self) -> &RunningApps {
        &self.running_apps
    }

    pub(crate) const fn imports(&self) -> &Imports {
        &self.imports
    }

    pub(crate) const fn browser(&self) -> Option<&Arc<dyn BrowserOpener>> {
        self.browser.as_ref()
    }

    pub(crate) const fn runs(&self) -> &Runs {
        &self.runs
    }
}

/// Notes a fault that costs nobody anything.
pub(crate) fn note<T>(result: Result<T, StudioError>) {
    if let Err(error) = result {
        tracing::warn!(code = error.code().as_str(), "{error}");
    }
}
