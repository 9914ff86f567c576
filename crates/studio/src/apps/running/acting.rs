//! Actions: done in order, each waited for, until one fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use latchwork_engine::template::{Scope, ScopeValue, TemplateError};
use latchwork_model::Template;
use latchwork_model::app::{Action, ActionKind, CallAction, SetValueAction, ShowMessageAction};
use serde_json::{Map, Value, json};
use url::Url;

use super::calls::Ended;
use super::session::Session;
use super::state::text_of;
use super::view::template_error;
use crate::error::StudioError;
use crate::wire::{AppError, AppUpdate, Tone};

/// How many screens and loads may follow from others before a person does anything.
const MOST_UNASKED: u32 = 50;

/// What actions see beside the app's names: `row`, `answer`, `error`.
type Locals = Vec<(&'static str, ScopeValue)>;

/// Why actions do not go on.
enum Stop {
    /// Something went wrong, which is said.
    Failed(AppError),
    /// The person did not sign in, or did not go on: nothing is said but that.
    SignedOut(String),
    /// The person changed their mind, or the app starts anew.
    Quietly,
}

impl From<TemplateError> for Stop {
    fn from(error: TemplateError) -> Self {
        Self::Failed(template_error(&error))
    }
}

impl From<StudioError> for Stop {
    fn from(error: StudioError) -> Self {
        Self::Failed(error.into())
    }
}

impl Session {
    /// Does actions, and says what went wrong.
    pub(super) async fn act(
        self: &Arc<Self>,
        actions: &[Action],
        locals: Vec<(&'static str, Value)>,
        by_person: bool,
    ) {
        let locals = locals
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        match self.act_all(actions, &locals, by_person).await {
            Ok(()) | Err(Stop::Quietly) => {}
            Err(Stop::Failed(error)) => self.say(error.message.clone(), Tone::Danger, Some(error)),
            Err(Stop::SignedOut(connector)) => {
                let name = self.lock().connector_name(&connector);
                self.say(
                    format!("You are not signed in to {name}."),
                    Tone::Info,
                    None,
                );
            }
        }
    }

    pub(super) fn say(&self, text: String, tone: Tone, error: Option<AppError>) {
        self.lock().tell(AppUpdate::Message { text, tone, error });
    }

    async fn act_all(
        self: &Arc<Self>,
        actions: &[Action],
        locals: &Locals,
        by_person: bool,
    ) -> Result<(), Stop> {
        for action in actions {
            if let Some(when) = &action.when
                && !self.holds(when, locals)?
            {
                continue;
            }
            Box::pin(self.act_one(action, locals, by_person)).await?;
        }
        Ok(())
    }

    async fn act_one(
        self: &Arc<Self>,
        action: &Action,
        locals: &Locals,
        by_person: bool,
    ) -> Result<(), Stop> {
        if matches!(action.kind, ActionKind::Load(_) | ActionKind::GoToScreen(_)) && !by_person {
            self.follows_unasked()?;
        }
        match &action.kind {
            ActionKind::Call(call) => self.act_call(call, locals, by_person).await,
            ActionKind::Load(load) => {
                if let Some(control) = self.app.control(&load.control) {
                    // A load that fails says so where it is shown.
                    self.load_again(control, by_person).await;
                }
                Ok(())
            }
            ActionKind::SetValue(set) => self.act_set(set, locals),
            ActionKind::GoToScreen(go) => {
                self.go(&go.screen);
                Ok(())
            }
            ActionKind::ShowMessage(ShowMessageAction { text, tone }) => {
                let text = self.text(text, locals)?;
                self.say(text, (*tone).into(), None);
                Ok(())
            }
            // A screen that opens by itself sends nobody anywhere.
            ActionKind::OpenLink(_) if !by_person => Ok(()),
            ActionKind::OpenLink(link) => {
                let address = self.text(&link.url, locals)?;
                let address =
                    Url::parse(address.trim()).map_err(|_| StudioError::NotABrowserAddress {
                        address: address.chars().take(100).collect(),
                    })?;
                Ok(self.studio.open_in_browser(&address).await?)
            }
            ActionKind::NavigateToAuthentication(navigate) => {
                if self.navigate_to_authentication(navigate.reload_app).await? {
                    Ok(())
                } else {
                    Err(Stop::Quietly)
                }
            }
            ActionKind::ClearCachedAuth(clear) => {
                let bound = self.bound(&clear.connector).map_err(Stop::Failed)?;
                self.clear(&bound, false).await?;
                self.lock().gate.ended.remove(&bound.alias);
                Ok(())
            }
        }
    }

    /// Screens and loads that lead to each other without end are stopped.
    fn follows_unasked(&self) -> Result<(), Stop> {
        let mut inner = self.lock();
        inner.unasked += 1;
        if inner.unasked <= MOST_UNASKED {
            return Ok(());
        }
        Err(StudioError::AppActsWithoutEnd { most: MOST_UNASKED }.into())
    }

    async fn act_call(
        self: &Arc<Self>,
        call: &CallAction,
        locals: &Locals,
        by_person: bool,
    ) -> Result<(), Stop> {
        let inputs = self.inputs(&call.inputs, locals)?;
        let called = self
            .call(&call.connector, &call.endpoint, inputs, by_person)
            .await;
        let (next, name, value) = match called {
            Ok(answer) => (
                &call.then,
                "answer",
                json!({ "status": answer.status, "headers": answer.headers, "body": answer.body }),
            ),
            Err(Ended::SignedOut { connector }) => return Err(Stop::SignedOut(connector)),
            Err(Ended::Failed { error, .. }) if call.otherwise.is_empty() => {
                return Err(Stop::Failed(error));
            }
            Err(Ended::Failed { error, status, .. }) => (
                &call.otherwise,
                "error",
                json!({ "code": error.code, "message": error.message, "status": status }),
            ),
        };
        let mut locals = locals.clone();
        locals.push((name, value.into()));
        self.act_all(next, &locals, by_person).await
    }

    fn act_set(self: &Arc<Self>, set: &SetValueAction, locals: &Locals) -> Result<(), Stop> {
        let value = self.value(&set.value, locals)?;
        if let Some(name) = set.target.strip_prefix("vars.") {
            self.lock().state.set_variable(name, value);
        } else if let Some(control) = self.app.control(&set.target) {
            let typed = Some(text_of(&value)).filter(|text| !text.is_empty());
            self.lock().state.give_value(control, typed, false);
        }
        self.settle();
        Ok(())
    }

    fn inputs(
        &self,
        inputs: &BTreeMap<String, Template>,
        locals: &Locals,
    ) -> Result<Map<String, Value>, Stop> {
        let inputs = inputs.iter();
        inputs
            .map(|(name, template)| Ok((name.clone(), self.value(template, locals)?)))
            .collect()
    }

    fn scope(&self, locals: &Locals) -> Scope {
        let mut scope = self.lock().state.scope.layer();
        for (name, value) in locals {
            scope.set(*name, value.clone());
        }
        scope
    }

    fn value(&self, template: &Template, locals: &Locals) -> Result<Value, Stop> {
        let engine = self.studio.engine();
        let scope = self.scope(locals);
        Ok(engine
            .templates()
            .render_value(template.as_str(), &scope, &engine.moment())?)
    }

    fn text(&self, template: &Template, locals: &Locals) -> Result<String, Stop> {
        let engine = self.studio.engine();
        let scope = self.scope(locals);
        Ok(engine
            .templates()
            .render_text(template.as_str(), &scope, &engine.moment())?)
    }

    fn holds(&self, template: &Template, locals: &Locals) -> Result<bool, Stop> {
        let engine = self.studio.engine();
        let scope = self.scope(locals);
        Ok(engine
            .templates()
            .render_bool(template.as_str(), &scope, &engine.moment())?)
    }
}
