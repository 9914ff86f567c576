//! Signing in and out of an app's connectors, and which account the app uses of each (PRODUCT K3).

use std::sync::Arc;

use latchwork_engine::RunInput;
use latchwork_model::write_connector;
use serde_json::{Map, Value};

use super::bound::{Bound, is_in};
use super::gate::needs_admin;
use super::session::Session;
use super::state::Load;
use crate::error::StudioError;
use crate::sign_out::{PATIENCE, SignOut};
use crate::wire::{AppConnectorView, AppError, AppSignIn, RunStart, RunUpdate, RunWhat, SignedOut};

impl Session {
    /// Signs in, as the account in use or as one more; the run's id.
    pub(super) async fn sign_in(
        self: &Arc<Self>,
        alias: &str,
        new_account: bool,
        sink: impl Fn(RunUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<String, AppError> {
        let bound = self.bound(alias)?;
        let view = self.view_of(&bound).await?;
        if view.state == AppSignIn::NeedsAdmin {
            return Err(needs_admin(view).into());
        }
        let account = if new_account {
            free_name(&view)
        } else {
            view.account.unwrap_or_default()
        };
        let start = RunStart {
            connector_id: bound.connector_id.clone(),
            document: write_connector(&bound.connector),
            what: RunWhat::SignIn {
                account: account.clone(),
            },
            // What was answered before may be another person's answers.
            keep_answers: false,
            account: None,
        };
        let session = Arc::clone(self);
        let sink = move |update: RunUpdate| {
            if let RunUpdate::RunFinished { ok: true, .. } = &update {
                let (session, bound) = (Arc::clone(&session), Arc::clone(&bound));
                let account = account.clone();
                tokio::spawn(async move {
                    crate::studio::note(session.use_account(&bound, &account).await);
                    session.has_signed_in(&bound.alias).await;
                });
            }
            sink(for_app(update))
        };
        Ok(self.studio.run_start_for_app(start, sink).await?)
    }

    /// Makes an account the one that the app uses.
    async fn use_account(&self, bound: &Bound, name: &str) -> Result<(), StudioError> {
        let account = self.studio.account(&bound.connector_id, Some(name)).await?;
        let row = account.row_id(&bound.connector_id);
        self.studio
            .store()
            .app_accounts()
            .set(&self.key, &bound.connector_id, &row)
            .await?;
        Ok(())
    }

    /// The same because the person chose it: what came as the other account goes.
    pub(super) async fn choose_account(
        self: &Arc<Self>,
        alias: &str,
        name: &str,
    ) -> Result<(), AppError> {
        let bound = self.bound(alias)?;
        let accounts = self
            .studio
            .account_views(&bound.connector_id, &bound.connector)
            .await?;
        if !accounts.iter().any(|account| account.name == name) {
            let name = name.to_owned();
            return Err(StudioError::AccountUnknown { name }.into());
        }
        self.use_account(&bound, name).await?;
        self.forget_answers(alias);
        let is_in = self
            .view_of(&bound)
            .await
            .is_ok_and(|view| is_in(view.state));
        if is_in {
            self.has_signed_in(alias).await;
        } else {
            self.lock().gate.ended.remove(alias);
            self.tell_asked().await;
            self.tell_managed_auth().await;
        }
        Ok(())
    }

    /// Lets go of what a connector's calls brought: it is another account's.
    fn forget_answers(&self, alias: &str) {
        let mut inner = self.lock();
        for control in self.app.controls() {
            if control
                .source
                .as_ref()
                .is_some_and(|source| source.connector == alias)
            {
                inner.forget_inputs(&control.id);
                if let Some(data) = inner.state.data(&control.id) {
                    data.answer = None;
                    data.call += 1;
                    data.load = Load::Idle;
                }
                inner.state.publish(control);
                inner.touch(&control.id);
            }
        }
    }

    /// Signs the account in use out.
    pub(super) async fn sign_out(self: &Arc<Self>, alias: &str) -> Result<SignedOut, AppError> {
        let bound = self.bound(alias)?;
        let (account, _) = self.studio.app_account(&self.key, &bound).await?;
        let variables = self
            .studio
            .variables(&bound.connector_id, &bound.connector, Map::new())
            .await
            .unwrap_or_default();
        let input = RunInput {
            variables,
            account: Some(account.name.clone()),
            timeout: Some(PATIENCE),
            ..RunInput::default()
        };
        let who = SignOut::Account(&account.name);
        let (_, told) = self
            .studio
            .sign_out(&bound.connector_id, &bound.connector, who, input)
            .await?;
        self.forget_answers(alias);
        self.lock().gate.ended.remove(alias);
        self.tell_managed_auth().await;
        Ok(told)
    }
}

/// A name that no account has yet: `Account 2`.
fn free_name(view: &AppConnectorView) -> String {
    let mut number = view.accounts.len() + 1;
    loop {
        let name = format!("Account {number}");
        if view.accounts.iter().all(|account| account.name != name) {
            return name;
        }
        number += 1;
    }
}

/// A run's update for an end user: questions, waits and errors, and nothing of what came over the wire.
fn for_app(update: RunUpdate) -> RunUpdate {
    match update {
        RunUpdate::StepFinished {
            step,
            status,
            duration_ms,
            error,
            ..
        } => RunUpdate::StepFinished {
            step,
            status,
            duration_ms,
            outputs: Value::Object(Map::new()),
            exchange: None,
            error,
        },
        RunUpdate::TestFinished {
            status,
            duration_ms,
            error,
            ..
        } => RunUpdate::TestFinished {
            status,
            duration_ms,
            body: Value::Null,
            exchange: None,
            error,
        },
        RunUpdate::CallRefused {
            status,
            simulated,
            duration_ms,
            ..
        } => RunUpdate::CallRefused {
            status,
            simulated,
            duration_ms,
            body: Value::Null,
            exchange: None,
        },
        other => other,
    }
}
