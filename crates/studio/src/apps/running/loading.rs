//! Loads: a control's source called with its inputs, its answer kept. An older load's answer is dropped.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use latchwork_engine::CallAnswer;
use latchwork_engine::template::{Moment, Scope, ScopeValue, TemplateError, Templates};
use latchwork_model::app::{Control, Source};
use serde_json::{Map, Value};

use super::calls::Ended;
use super::session::{Inner, Session};
use super::state::{Answer, Load as LoadState};
use super::view::template_error;
use crate::wire::AppError;

/// How long typing has to rest before a source runs with what was typed.
pub(super) const REST: Duration = Duration::from_millis(250);
/// The largest picture that goes to a window, in bytes.
const LARGEST_PICTURE: usize = 2 << 20;

/// A load that was begun.
pub(super) struct Load {
    pub control: String,
    pub source: Source,
    pub inputs: Map<String, Value>,
    /// Which of the control's loads it is.
    pub call: u64,
    /// A person asked for it, who can be asked in turn.
    pub by_person: bool,
    /// Typing may go on.
    pub rests: bool,
}

/// The inputs of a source. Nothing where it is not to run: something that it needs is not there, or its condition does
/// not hold.
pub(super) fn inputs(
    templates: &Templates,
    moment: &Moment,
    scope: &Scope,
    source: &Source,
) -> Result<Option<Map<String, Value>>, AppError> {
    let made = || {
        if let Some(when) = &source.when
            && !templates.render_bool(when.as_str(), scope, moment)?
        {
            return Ok(None);
        }
        let mut inputs = Map::new();
        for (name, template) in &source.inputs {
            let value = templates.render_value(template.as_str(), scope, moment)?;
            inputs.insert(name.clone(), value);
        }
        Ok(Some(inputs))
    };
    match made() {
        Ok(inputs) => Ok(inputs),
        Err(TemplateError::Undefined { .. }) => Ok(None),
        Err(error) => Err(template_error(&error)),
    }
}

impl Inner {
    /// Begins a load where its inputs are there, and others than those of the last one unless a person asked.
    pub(super) fn begin_load(
        &mut self,
        control: &Control,
        made: Result<Option<Map<String, Value>>, AppError>,
        by_person: bool,
    ) -> Option<Load> {
        let source = control.source.clone()?;
        let data = self.state.data(&control.id)?;
        let inputs = match made {
            Ok(Some(inputs)) => inputs,
            Ok(None) => {
                // What was shown was of other inputs.
                let had = data.inputs.take().is_some() || data.answer.is_some();
                data.call += 1;
                data.load = LoadState::Idle;
                data.answer = None;
                if had {
                    self.state.publish(control);
                }
                self.touch(&control.id);
                return None;
            }
            Err(error) => {
                data.call += 1;
                data.load = LoadState::Failed(error);
                self.touch(&control.id);
                return None;
            }
        };
        if !by_person && data.inputs.as_ref() == Some(&inputs) {
            return None;
        }
        let rests = !by_person && data.inputs.is_some();
        data.inputs = Some(inputs.clone());
        data.call += 1;
        data.load = LoadState::Running;
        let call = data.call;
        self.touch(&control.id);
        Some(Load {
            control: control.id.clone(),
            source,
            inputs,
            call,
            by_person,
            rests,
        })
    }

    fn is_last(&self, load: &Load) -> bool {
        let data = self.state.controls.get(&load.control);
        data.is_some_and(|data| data.call == load.call)
    }
}

impl Session {
    /// A load to its end; then the control's actions for it.
    pub(super) async fn load(self: &Arc<Self>, load: Load) -> bool {
        if load.rests {
            tokio::time::sleep(REST).await;
            if !self.lock().is_last(&load) {
                return false;
            }
        }
        let Source {
            connector,
            endpoint,
            ..
        } = &load.source;
        let called = self
            .call(connector, endpoint, load.inputs.clone(), load.by_person)
            .await;
        // What came of a query is shown; its errors are there for templates, in `data.errors`.
        let called = match called {
            Err(Ended::Failed {
                part: Some(answer), ..
            }) => Ok(*answer),
            called => called,
        };
        let worked = called.is_ok();
        {
            let mut inner = self.lock();
            if !inner.is_last(&load) {
                return false;
            }
            let Some(data) = inner.state.data(&load.control) else {
                return false;
            };
            match called {
                Ok(answer) => {
                    data.answer = Some(kept(answer));
                    data.load = LoadState::Idle;
                }
                Err(Ended::Failed { error, .. }) => data.load = LoadState::Failed(error),
                Err(Ended::SignedOut { connector }) => {
                    data.load = LoadState::SignedOut(connector);
                }
            }
            if let Some(control) = self.app.control(&load.control) {
                inner.state.publish(control);
            }
            inner.touch(&load.control);
        }
        self.settle();
        if worked && let Some(control) = self.app.control(&load.control) {
            let actions = control.on.load.clone();
            self.act_in_background(Some(control), actions, Vec::new(), load.by_person);
        }
        worked
    }

    /// Loads a control once more, whatever its inputs were; false where nothing came of it.
    pub(super) async fn load_again(self: &Arc<Self>, control: &Control, by_person: bool) -> bool {
        let Some(source) = &control.source else {
            return false;
        };
        let engine = self.studio.engine();
        let begun = {
            let mut inner = self.lock();
            let moment = engine.moment();
            let made = inputs(engine.templates(), &moment, &inner.state.scope, source);
            let begun = inner.begin_load(control, made, true);
            begun.map(|load| Load { by_person, ..load })
        };
        self.settle();
        match begun {
            Some(load) => self.load(load).await,
            None => false,
        }
    }
}

/// What a control keeps of an answer. A picture's bytes are no text.
fn kept(answer: CallAnswer) -> Answer {
    let picture = picture(&answer);
    let body = match picture {
        Some(_) => Value::Null,
        None => answer.body,
    };
    Answer {
        status: answer.status,
        data: ScopeValue::from(&body),
        body,
        picture,
    }
}

/// An answer that is a picture, as a `data:` address.
fn picture(answer: &CallAnswer) -> Option<String> {
    let media_type = answer.headers.get("content-type")?.as_str()?;
    let media_type = media_type.split(';').next()?.trim().to_ascii_lowercase();
    let is_known = ["png", "jpeg", "gif", "webp", "svg+xml", "avif"]
        .iter()
        .any(|kind| media_type.strip_prefix("image/") == Some(kind));
    if !is_known || answer.raw_body.is_empty() || answer.raw_body.len() > LARGEST_PICTURE {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD.encode(&answer.raw_body);
    Some(format!("data:{media_type};base64,{bytes}"))
}
