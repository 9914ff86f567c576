//! The host of a renewal: nobody is at it. What happens goes to whoever began it, as long as they listen, and rotated
//! tokens are stored before anything uses them.

use std::sync::Arc;

use async_trait::async_trait;
use latchwork_engine::{
    CachedOutputs, FormAnswers, FormRequest, Host, RunEvent, SsoAbsent, SsoSession, Unanswered,
};
use serde_json::{Map, Value};
use tokio::sync::mpsc::UnboundedSender;

use super::keeper::Keeper;
use crate::studio::Studio;

/// What a renewal tells its beginner.
pub(super) enum Relayed {
    Event(RunEvent),
    Outputs(String, Map<String, Value>),
}

impl Relayed {
    pub(super) fn hand_to(self, host: &dyn Host) {
        match self {
            Self::Event(event) => host.tell(event),
            Self::Outputs(step, outputs) => host.keep_outputs(&step, &outputs),
        }
    }
}

/// Where it tells it.
#[derive(Clone)]
pub(super) struct Listener(pub UnboundedSender<Relayed>);

impl Listener {
    pub(super) fn tell(&self, event: RunEvent) {
        // Whoever went away hears nothing.
        let _ = self.0.send(Relayed::Event(event));
    }
}

/// The host of one renewal.
pub(super) struct RelayHost {
    pub studio: Arc<Studio>,
    pub keeper: Arc<Keeper>,
    pub listener: Listener,
}

#[async_trait]
impl Host for RelayHost {
    fn tell(&self, event: RunEvent) {
        self.listener.tell(event);
    }

    fn keep_outputs(&self, step: &str, outputs: &Map<String, Value>) {
        let relayed = Relayed::Outputs(step.to_owned(), outputs.clone());
        let _ = self.listener.0.send(relayed);
    }

    /// A renewal in the background never asks (SAFETY F15).
    async fn answer_form(&self, _form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        Err(Unanswered::Nobody)
    }

    async fn session_renewed(&self, own: &CachedOutputs, shared: &CachedOutputs) {
        self.keeper.keep(own, shared).await;
    }

    async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        self.studio.sso_session().await
    }
}
