//! The managed auth screen: everyone who is to be signed in, in one place (PRODUCT A2, A4).

use std::sync::Arc;

use latchwork_model::app::AppConnector;
use latchwork_store::Scope;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::bound::{Bound, is_in};
use super::session::{After, Phase, Session};
use super::state::Load;
use crate::accounts::Account;
use crate::error::StudioError;
use crate::renewal::Whose;
use crate::sessions::SessionScope;
use crate::wire::{
    AppConnectorView, AppError, AppSignIn, AppUpdate, ManagedAuthView, SignInBeginning,
};

impl Session {
    /// Everyone who is to be signed in, connectors with steps of their own first.
    async fn auth_views(&self) -> Vec<AppConnectorView> {
        let bound: Vec<(bool, Result<Arc<Bound>, AppConnectorView>)> = {
            let inner = self.lock();
            let connectors = self.app.connectors.iter();
            connectors
                .filter_map(|connector| match inner.bound.get(&connector.id)? {
                    Ok(bound) if !bound.needs_person() => None,
                    Ok(bound) => Some((bound.is_multistep(), Ok(Arc::clone(bound)))),
                    Err(error) => {
                        let name = name_of(connector);
                        let view = missing(&connector.id, name, connector.required, error);
                        Some((false, Err(view)))
                    }
                })
                .collect()
        };
        let (multistep, others): (Vec<_>, Vec<_>) =
            bound.into_iter().partition(|(first, _)| *first);
        let mut views = Vec::new();
        for (_, one) in multistep.into_iter().chain(others) {
            views.push(match one {
                Ok(bound) => match self.view_of(&bound).await {
                    Ok(view) => view,
                    Err(error) => {
                        let name = &bound.connector.name;
                        missing(&bound.alias, name, bound.required, &error)
                    }
                },
                Err(view) => view,
            });
        }
        views
    }

    /// Whether nothing has to be done before the app starts.
    pub(super) async fn all_required_are_in(&self) -> bool {
        all_required(&self.auth_views().await)
    }

    pub(super) async fn show_managed_auth(self: &Arc<Self>, after: After) {
        self.lock().phase = Phase::ManagedAuth(after);
        self.tell_managed_auth().await;
    }

    /// Tells the managed auth screen, where it is shown.
    pub(super) async fn tell_managed_auth(self: &Arc<Self>) {
        let _one_after_another = self.telling.lock().await;
        if !matches!(self.lock().phase, Phase::ManagedAuth(_)) {
            return;
        }
        let connectors = self.auth_views().await;
        let mut inner = self.lock();
        let Phase::ManagedAuth(after) = &inner.phase else {
            return;
        };
        let signed_in = connectors.iter().filter(|view| is_in(view.state)).count();
        let view = ManagedAuthView {
            signed_in: u32::try_from(signed_in).unwrap_or(u32::MAX),
            can_continue: all_required(&connectors),
            navigated: !matches!(after, After::Start),
            connectors,
        };
        inner.tell(AppUpdate::ManagedAuth { view });
    }

    /// *Continue*.
    pub(super) async fn go_on(self: &Arc<Self>) -> Result<(), StudioError> {
        if !self.all_required_are_in().await {
            self.tell_managed_auth().await;
            return Err(StudioError::AppNotSignedIn);
        }
        let after = {
            let mut inner = self.lock();
            match std::mem::take(&mut inner.phase) {
                Phase::ManagedAuth(after) => after,
                other => {
                    inner.phase = other;
                    return Ok(());
                }
            }
        };
        match after {
            After::Start => self.enter(),
            After::StartAnew => self.begin(false).await,
            After::Resume(resume) => {
                self.lock().phase = Phase::Running;
                self.settle_asks().await;
                self.reload_what_waited();
                self.show_again().await;
                // Whoever waits may have gone.
                let _ = resume.send(());
            }
        }
        Ok(())
    }

    /// What could not be shown for want of a sign-in is tried again; what is there stays.
    fn reload_what_waited(&self) {
        let mut inner = self.lock();
        let waiting: Vec<String> = inner
            .state
            .controls
            .iter()
            .filter(|(_, data)| matches!(data.load, Load::SignedOut(_) | Load::Failed(_)))
            .map(|(id, _)| id.clone())
            .collect();
        for control in waiting {
            inner.forget_inputs(&control);
        }
    }

    /// *Navigate to Authentication screen*, until the person continues; false where they stay where they were.
    pub(super) async fn navigate_to_authentication(
        self: &Arc<Self>,
        reload_app: bool,
    ) -> Result<bool, StudioError> {
        if !matches!(self.lock().phase, Phase::Running) {
            return Ok(false);
        }
        let shared = self.shared_sign_ins().await?;
        let clear_shared = if self.is_preview && !shared.is_empty() {
            match self.ask_for_shared(shared).await {
                Some(clear_shared) => clear_shared,
                None => return Ok(false),
            }
        } else {
            false
        };
        let bound: Vec<Arc<Bound>> = {
            let inner = self.lock();
            inner.bound.values().flatten().cloned().collect()
        };
        let (resume, resumed) = oneshot::channel();
        // First of all: what still loads finds nobody signed in from here on, and has nothing to ask of its own.
        self.lock().phase = Phase::ManagedAuth(if reload_app {
            After::StartAnew
        } else {
            After::Resume(resume)
        });
        let cleared = async {
            for bound in &bound {
                self.clear(bound, clear_shared).await?;
            }
            Ok(())
        };
        if let Err(error) = cleared.await {
            self.lock().phase = Phase::Running;
            return Err(error);
        }
        self.lock().gate.ended.clear();
        self.tell_managed_auth().await;
        // Where the app starts anew, whoever waits here ends with it.
        Ok(resumed.await.is_ok())
    }

    /// The names of the connectors with a shared sign-in.
    async fn shared_sign_ins(&self) -> Result<Vec<String>, StudioError> {
        let bound: Vec<Arc<Bound>> = self.lock().bound.values().flatten().cloned().collect();
        let mut names = Vec::new();
        for bound in bound.iter().filter(|bound| bound.is_shared()) {
            let whose = Whose::new(
                &bound.connector_id,
                &bound.connector,
                Account::default_one(),
            );
            if self
                .studio
                .find_scope(&whose, Scope::Shared)
                .await?
                .is_some()
            {
                names.push(bound.connector.name.clone());
            }
        }
        names.sort();
        Ok(names)
    }

    async fn ask_for_shared(&self, connectors: Vec<String>) -> Option<bool> {
        let (answer, answered) = oneshot::channel();
        {
            let mut inner = self.lock();
            inner.shared_question = Some(answer);
            inner.tell(AppUpdate::SharedSignOutAsked { connectors });
        }
        answered.await.ok().flatten()
    }

    /// The admin's word on shared sign-ins.
    pub(super) fn answer_for_shared(&self, clear_shared: Option<bool>) {
        if let Some(question) = self.lock().shared_question.take() {
            let _ = question.send(clear_shared);
        }
    }

    /// Clears the cached auth of the account that the app uses of a connector, and the shared one where the admin said
    /// so.
    pub(super) async fn clear(&self, bound: &Bound, clear_shared: bool) -> Result<(), StudioError> {
        let (account, _) = self.studio.app_account(&self.key, bound).await?;
        let scope = SessionScope::Account(&account.id);
        self.studio
            .clear_sessions(&bound.connector_id, scope)
            .await?;
        if clear_shared && bound.is_shared() {
            let scope = SessionScope::Shared;
            self.studio
                .clear_sessions(&bound.connector_id, scope)
                .await?;
        }
        Ok(())
    }
}

fn all_required(views: &[AppConnectorView]) -> bool {
    views.iter().all(|view| !view.required || is_in(view.state))
}

/// What a connector that is not there is called: as the app's file names it, else as the app calls it.
fn name_of(connector: &AppConnector) -> &str {
    match Uuid::parse_str(&connector.connector) {
        Ok(_) => &connector.id,
        Err(_) => &connector.connector,
    }
}

/// A connector that cannot be used at all.
fn missing(alias: &str, name: &str, required: bool, error: &AppError) -> AppConnectorView {
    AppConnectorView {
        id: alias.to_owned(),
        name: name.to_owned(),
        required,
        state: AppSignIn::NeedsAdmin,
        account: None,
        label: None,
        expires_at: None,
        renews: false,
        message: Some(error.message.clone()),
        begins_with: SignInBeginning::Nothing,
        accounts: Vec::new(),
    }
}
