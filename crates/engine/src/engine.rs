//! The engine: what all runs of a process share.

use std::sync::Arc;

use latchwork_model::{Connector, Signing};
use reqwest::Client;

use crate::error::EngineError;
use crate::host::{Clock, Host, Randomness, SystemClock, SystemRandomness};
use crate::http::{Clients, NetworkSettings};
use crate::oauth::{MetadataCache, PendingAuthorizations};
use crate::request::Renderer;
use crate::run::{Run, RunInput};
use crate::signing::Signer;
use crate::template::{Moment, Templates};

/// Templates, connections, time and chance. One a process is enough; it is cheap to share.
pub struct Engine {
    pub(crate) templates: Templates,
    pub(crate) clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    clients: Clients,
    authorizations: Arc<PendingAuthorizations>,
    metadata: MetadataCache,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new(Arc::new(SystemClock), Arc::new(SystemRandomness::default()))
    }
}

impl Engine {
    /// An engine with its own time and chance, for exact tests.
    pub fn new(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        Self {
            templates: Templates::default(),
            authorizations: Arc::new(PendingAuthorizations::new(Arc::clone(&clock))),
            metadata: MetadataCache::default(),
            clock,
            randomness,
            clients: Clients::default(),
        }
    }

    /// Begins a run of a connector.
    pub fn run<'a>(
        &'a self,
        connector: &'a Connector,
        input: RunInput,
        host: &'a dyn Host,
    ) -> Result<Run<'a>, EngineError> {
        Run::new(self, connector, input, host)
    }

    /// The templates of this engine, compiled once.
    pub const fn templates(&self) -> &Templates {
        &self.templates
    }

    /// Unix time in seconds.
    pub fn now(&self) -> i64 {
        self.clock.unix_seconds()
    }

    /// The sign-ins that wait for their callback; whatever receives one hands it over here.
    pub const fn authorizations(&self) -> &Arc<PendingAuthorizations> {
        &self.authorizations
    }

    pub(crate) const fn metadata(&self) -> &MetadataCache {
        &self.metadata
    }

    pub(crate) fn fill_random(&self, bytes: &mut [u8]) {
        self.randomness.fill(bytes);
    }

    /// What signs a connector's calls, by this engine's time and chance.
    pub(crate) fn signer(
        &self,
        signing: &Signing,
        place: &str,
        renderer: &Renderer<'_>,
    ) -> Result<Signer, EngineError> {
        let (clock, randomness) = (Arc::clone(&self.clock), Arc::clone(&self.randomness));
        Signer::render(signing, place, renderer, clock, randomness)
    }

    pub(crate) fn client(&self, settings: &NetworkSettings) -> Result<Client, EngineError> {
        self.clients.get(settings)
    }

    /// Now, for templates that stand in no request.
    pub fn moment(&self) -> Moment {
        let randomness = Arc::clone(&self.randomness);
        Moment::new(self.clock.unix_seconds(), move |bytes| {
            randomness.fill(bytes);
        })
    }
}
