//! The connectors of a running app: which they are, who is signed in, and what each needs of the person.

use std::sync::Arc;

use latchwork_model::app::AppConnector;
use latchwork_model::{Auth, Connector, Step, StepKind, read_shape};
use latchwork_store::Scope;
use serde_json::Map;

use super::gate::Over;
use crate::accounts::Account;
use crate::error::StudioError;
use crate::renewal::Whose;
use crate::studio::Studio;
use crate::wire::{AccountState, AppAccountView, AppConnectorView, AppSignIn, SignInBeginning};

/// A connector as a running app calls it.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// What the app calls it.
    pub alias: String,
    /// Whose cache it is.
    pub connector_id: String,
    pub connector: Arc<Connector>,
    pub required: bool,
}

impl Bound {
    /// The steps that run, but for those that everyone shares.
    fn own_steps(&self) -> Vec<Step> {
        let plan = self.connector.auth.plan();
        let steps = plan.steps.iter();
        steps
            .filter(|step| !step.disabled && !step.is_shared())
            .cloned()
            .collect()
    }

    /// Whether any step has shared credentials.
    pub(super) fn is_shared(&self) -> bool {
        let plan = self.connector.auth.plan();
        plan.steps
            .iter()
            .any(|step| !step.disabled && step.is_shared())
    }

    /// What the first step that needs a person begins with; nothing where none does.
    pub(super) fn begins_with(&self) -> SignInBeginning {
        let beginnings = self.own_steps();
        let mut beginnings = beginnings.iter().map(beginning);
        beginnings
            .find(|beginning| *beginning != SignInBeginning::Nothing)
            .unwrap_or(SignInBeginning::Nothing)
    }

    /// Whether a person has anything to do with it: only then it is on the managed auth screen.
    pub(super) fn needs_person(&self) -> bool {
        self.is_shared() || self.begins_with() != SignInBeginning::Nothing
    }

    /// Connectors with steps of their own come first.
    pub(super) fn is_multistep(&self) -> bool {
        matches!(self.connector.auth, Auth::Multistep(_))
    }
}

fn beginning(step: &Step) -> SignInBeginning {
    match &step.kind {
        StepKind::Form(_) => SignInBeginning::Form,
        StepKind::BasicAuth(basic) if basic.username.is_none() || basic.password.is_none() => {
            SignInBeginning::Form
        }
        StepKind::Oauth2AuthorizationCode(_) | StepKind::Oauth2Pkce(_) | StepKind::SsoToken(_) => {
            SignInBeginning::Browser
        }
        StepKind::Oauth2DeviceCode(_) => SignInBeginning::DeviceCode,
        _ => SignInBeginning::Nothing,
    }
}

/// An app, as far as its choices of accounts go.
#[derive(Clone, Copy)]
pub(super) struct WhichApp<'a> {
    pub key: &'a str,
    pub is_preview: bool,
}

impl Studio {
    /// A connector of an app: the file's own definition, else the library's; as it stands in the editor for a preview.
    pub(super) async fn bind(
        &self,
        connector: &AppConnector,
        is_preview: bool,
    ) -> Result<Bound, StudioError> {
        let (connector_id, definition) = if let Some(definition) = &connector.definition {
            (definition.key(), (**definition).clone())
        } else {
            let stored = self.connector_named(&connector.connector).await?;
            let definition = if is_preview {
                self.connector_in_editor(&stored.id).await?
            } else {
                read_shape(&stored.document)?
            };
            (stored.id, definition)
        };
        Ok(Bound {
            alias: connector.id.clone(),
            connector_id,
            connector: Arc::new(definition),
            required: connector.required,
        })
    }

    /// The account that an app uses of a connector: the one chosen for it, else the one in use; and whether it was
    /// chosen.
    pub(super) async fn app_account(
        &self,
        key: &str,
        bound: &Bound,
    ) -> Result<(Account, bool), StudioError> {
        let chosen = self
            .store()
            .app_accounts()
            .get(key, &bound.connector_id)
            .await?;
        if let Some(chosen) = chosen {
            let rows = self.store().accounts().list(&bound.connector_id).await?;
            if let Some(row) = rows.iter().find(|row| row.id == chosen) {
                return Ok((Account::of(row), true));
            }
        }
        let account = self.account(&bound.connector_id, None).await?;
        Ok((account, false))
    }

    /// How a connector of an app stands.
    pub(super) async fn app_connector_view(
        &self,
        app: WhichApp<'_>,
        bound: &Bound,
        ended: Option<&Over>,
    ) -> Result<AppConnectorView, StudioError> {
        let (account, chosen) = self.app_account(app.key, bound).await?;
        let begins_with = bound.begins_with();
        let mut view = AppConnectorView {
            id: bound.alias.clone(),
            name: bound.connector.name.clone(),
            required: bound.required,
            state: AppSignIn::SignedIn,
            account: Some(account.name.clone()),
            label: account.label.clone(),
            expires_at: None,
            renews: false,
            message: None,
            begins_with,
            accounts: Vec::new(),
        };
        if let Some(message) = self.needs_admin(bound).await? {
            view.state = AppSignIn::NeedsAdmin;
            view.message = Some(message);
            return Ok(view);
        }
        if begins_with == SignInBeginning::Nothing {
            if bound.is_shared() {
                view.state = AppSignIn::Shared;
            }
            (view.account, view.label) = (None, None);
            return Ok(view);
        }
        let accounts = self
            .account_views(&bound.connector_id, &bound.connector)
            .await?;
        view.state = AppSignIn::SignedOut;
        if let Some(mine) = accounts.iter().find(|other| other.name == account.name) {
            view.state = match mine.state {
                AccountState::SignedOut => AppSignIn::SignedOut,
                AccountState::SignedIn => AppSignIn::SignedIn,
                AccountState::Expired => AppSignIn::Expired,
                AccountState::NeedsYou => AppSignIn::NeedsYou,
            };
            view.expires_at = mine.expires_at;
            view.renews = mine.renews;
            view.message = mine
                .needs_you
                .as_ref()
                .map(|needs_you| needs_you.message.clone());
        }
        let stored_at = accounts
            .iter()
            .find(|other| other.name == account.name)
            .and_then(|mine| mine.stored_at);
        let is_over = ended.filter(|over| stored_at.is_none_or(|stored_at| stored_at <= over.at));
        if let (AppSignIn::SignedIn, Some(over)) = (view.state, is_over) {
            view.state = AppSignIn::NeedsYou;
            view.message = Some(over.words.clone());
        }
        // A file that somebody opened uses nobody's session before its person has said so.
        let may_use = chosen || app.is_preview;
        if !may_use && view.state != AppSignIn::SignedOut {
            view.state = AppSignIn::SignedOut;
            (view.label, view.expires_at, view.message) = (None, None, None);
            view.renews = false;
        }
        view.accounts = accounts
            .into_iter()
            .filter(|other| may_use || other.state != AccountState::SignedOut)
            .map(|other| AppAccountView {
                in_use: may_use && other.name == account.name,
                name: other.name,
                label: other.label,
                state: other.state,
            })
            .collect();
        Ok(view)
    }

    /// What only the admin can do before anybody signs in: a shared sign-in, the value of a secret variable.
    async fn needs_admin(&self, bound: &Bound) -> Result<Option<String>, StudioError> {
        let name = &bound.connector.name;
        let variables = self
            .variables(&bound.connector_id, &bound.connector, Map::new())
            .await?;
        let missing = bound
            .connector
            .variables
            .iter()
            .find(|variable| variable.secret && !variables.contains_key(&variable.name));
        if let Some(missing) = missing {
            return Ok(Some(format!(
                "Whoever made this app has to set `{}` of {name} on this computer first.",
                missing.name
            )));
        }
        if bound.is_shared() {
            let whose = Whose::new(
                &bound.connector_id,
                &bound.connector,
                Account::default_one(),
            );
            if self.find_scope(&whose, Scope::Shared).await?.is_none() {
                return Ok(Some(format!(
                    "Whoever made this app has to sign in to {name} first, once for everyone."
                )));
            }
        }
        Ok(None)
    }
}

/// Whether nothing is to be done for it.
pub(super) const fn is_in(state: AppSignIn) -> bool {
    matches!(state, AppSignIn::SignedIn | AppSignIn::Shared)
}
