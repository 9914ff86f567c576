//! Who has to sign in before a call goes on: asked once, whoever waits (PRODUCT A3).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::watch;

use super::bound::{Bound, WhichApp, is_in};
use super::calls::Ended;
use super::session::{Phase, Session};
use super::state::Load;
use crate::error::StudioError;
use crate::wire::{AppConnectorView, AppError, AppSignIn, AppUpdate};

/// What is asked, and what was answered.
#[derive(Default)]
pub(super) struct Gate {
    /// The connectors that are asked for, each with those who wait for it.
    asks: BTreeMap<String, watch::Sender<Option<bool>>>,
    /// Those that the person did not sign in to when asked.
    declined: HashSet<String>,
    /// Those whose session the API says is over.
    pub ended: HashMap<String, Over>,
}

/// A session that is over by the API's word, whatever is known of it here.
#[derive(Clone, Debug)]
pub(super) struct Over {
    /// What it said.
    pub words: String,
    /// When, in Unix seconds: who signs in later has another session.
    pub at: i64,
}

impl Session {
    /// Goes on once somebody is signed in to a connector.
    pub(super) async fn signed_in_to(
        self: &Arc<Self>,
        bound: &Bound,
        by_person: bool,
    ) -> Result<(), Ended> {
        let view = self.view_of(bound).await.map_err(Ended::failed)?;
        if is_in(view.state) {
            return Ok(());
        }
        if view.state == AppSignIn::NeedsAdmin {
            return Err(needs_admin(view).into());
        }
        let alias = &bound.alias;
        let signed_out = || Ended::SignedOut {
            connector: alias.clone(),
        };
        let (mut answer, is_new) = {
            let mut inner = self.lock();
            if by_person {
                inner.gate.declined.remove(alias);
            } else if inner.gate.declined.contains(alias) {
                return Err(signed_out());
            }
            let is_new = !inner.gate.asks.contains_key(alias);
            let ask = inner.gate.asks.entry(alias.clone());
            (
                ask.or_insert_with(|| watch::Sender::new(None)).subscribe(),
                is_new,
            )
        };
        if is_new {
            self.tell_asked().await;
        }
        let answered = answer.wait_for(Option::is_some).await;
        match answered.map(|answer| *answer) {
            Ok(Some(true)) => Ok(()),
            _ => Err(signed_out()),
        }
    }

    /// Tells the window who asks, where anybody does and the managed auth screen is not there anyway.
    pub(super) async fn tell_asked(self: &Arc<Self>) {
        let _one_after_another = self.telling.lock().await;
        let asked: Vec<Arc<Bound>> = {
            let inner = self.lock();
            let asked = inner.gate.asks.keys();
            asked
                .filter_map(|alias| inner.bound.get(alias)?.as_ref().ok().cloned())
                .collect()
        };
        let mut connectors = Vec::new();
        for bound in asked {
            match self.view_of(&bound).await {
                // Somebody signed in meanwhile, in another window perhaps.
                Ok(view) if is_in(view.state) => self.resolve(&bound.alias, true),
                Ok(view) => connectors.push(view),
                Err(_) => {}
            }
        }
        let mut inner = self.lock();
        if !matches!(inner.phase, Phase::Running) {
            return;
        }
        connectors.retain(|view| inner.gate.asks.contains_key(&view.id));
        if !connectors.is_empty() {
            inner.tell(AppUpdate::SignInAsked { connectors });
        }
    }

    /// Answers those who wait for a connector.
    fn resolve(&self, alias: &str, is_in: bool) {
        let mut inner = self.lock();
        let Some(ask) = inner.gate.asks.remove(alias) else {
            return;
        };
        ask.send_replace(Some(is_in));
        if inner.gate.asks.is_empty() && matches!(inner.phase, Phase::Running) {
            inner.tell(AppUpdate::SignInSettled);
        }
    }

    /// The person signed in to a connector: whoever waited goes on, and what was signed out loads again.
    pub(super) async fn has_signed_in(self: &Arc<Self>, alias: &str) {
        {
            let mut inner = self.lock();
            inner.gate.declined.remove(alias);
            inner.gate.ended.remove(alias);
            let waiting: Vec<String> = inner
                .state
                .controls
                .iter()
                .filter(|(_, data)| data.load == Load::SignedOut(alias.to_owned()))
                .map(|(id, _)| id.clone())
                .collect();
            for control in waiting {
                inner.forget_inputs(&control);
            }
        }
        self.resolve(alias, true);
        self.tell_asked().await;
        self.tell_managed_auth().await;
        self.settle();
    }

    /// The person does not sign in now.
    pub(super) fn decline(self: &Arc<Self>) {
        let asked: Vec<String> = self.lock().gate.asks.keys().cloned().collect();
        for alias in asked {
            self.lock().gate.declined.insert(alias.clone());
            self.resolve(&alias, false);
        }
    }

    /// After the managed auth screen: whoever waits hears what came of it.
    pub(super) async fn settle_asks(self: &Arc<Self>) {
        let asked: Vec<String> = self.lock().gate.asks.keys().cloned().collect();
        for alias in asked {
            let bound = self.lock().bound.get(&alias).cloned();
            let is_in = match bound {
                Some(Ok(bound)) => self
                    .view_of(&bound)
                    .await
                    .is_ok_and(|view| is_in(view.state)),
                _ => false,
            };
            self.resolve(&alias, is_in);
        }
    }

    /// How a connector stands.
    pub(super) async fn view_of(&self, bound: &Bound) -> Result<AppConnectorView, AppError> {
        let ended = self.lock().gate.ended.get(&bound.alias).cloned();
        let app = WhichApp {
            key: &self.key,
            is_preview: self.is_preview,
        };
        self.studio
            .app_connector_view(app, bound, ended.as_ref())
            .await
            .map_err(AppError::from)
    }
}

/// Why nothing that the person does here helps.
pub(super) fn needs_admin(view: AppConnectorView) -> StudioError {
    StudioError::AppNeedsAdmin {
        message: view.message.unwrap_or_default(),
    }
}
