//! A host without a person: it answers forms from a map, hands browser visits to the test, and keeps all that it is
//! told.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use latchwork_engine::{
    BrowserRequest, CallbackRefusal, DeviceCodeRequest, FormAnswers, FormRequest, Host, RunEvent,
    SsoAbsent, SsoSession, Unanswered,
};
use serde_json::{Map, Value};
use tokio::sync::mpsc;

/// What the host does when a step asks.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Gives these answers.
    Answers(FormAnswers),
    /// Closes the form.
    Declines,
    /// There is nobody.
    Nobody,
}

/// Answers forms from a map and records everything.
#[derive(Default)]
pub struct FakeHost {
    asked: Mutex<BTreeMap<String, VecDeque<Asked>>>,
    events: Mutex<Vec<RunEvent>>,
    forms: Mutex<Vec<FormRequest>>,
    outputs: Mutex<BTreeMap<String, Map<String, Value>>>,
    visits: Option<mpsc::UnboundedSender<BrowserRequest>>,
    pastes: Mutex<VecDeque<String>>,
    refusals: Mutex<Vec<CallbackRefusal>>,
    sso: Option<SsoSession>,
}

/// The browser visits that a host was asked for, in their order.
pub type Visits = mpsc::UnboundedReceiver<BrowserRequest>;

impl FakeHost {
    /// A host that nobody sits at.
    pub fn new() -> Self {
        Self::default()
    }

    /// A host with a browser: each visit comes out of the receiver, and the test goes there.
    pub fn with_browser() -> (Self, Visits) {
        let (sender, visits) = mpsc::unbounded_channel();
        let host = Self {
            visits: Some(sender),
            ..Self::default()
        };
        (host, visits)
    }

    /// Adds an address that a person pastes.
    #[must_use]
    pub fn pastes(self, address: impl Into<String>) -> Self {
        lock(&self.pastes).push_back(address.into());
        self
    }

    /// Adds an address that a person pastes, while a run goes on.
    pub fn paste_next(&self, address: impl Into<String>) {
        lock(&self.pastes).push_back(address.into());
    }

    /// Gives the host a single sign-on session.
    #[must_use]
    pub fn signed_in(mut self, session: SsoSession) -> Self {
        self.sso = Some(session);
        self
    }

    /// What of the pasted addresses was refused.
    pub fn refusals(&self) -> Vec<CallbackRefusal> {
        lock(&self.refusals).clone()
    }

    /// Adds what happens the next time that a step asks; several are used one after another.
    #[must_use]
    pub fn when_asked(self, step: &str, asked: Asked) -> Self {
        lock(&self.asked)
            .entry(step.to_owned())
            .or_default()
            .push_back(asked);
        self
    }

    /// Answers a step's form with the members of a JSON object.
    #[must_use]
    pub fn answers(self, step: &str, answers: Value) -> Self {
        let answers = match answers {
            Value::Object(members) => members,
            other => panic!("answers are an object, not {other}"),
        };
        self.when_asked(step, Asked::Answers(answers))
    }

    /// All events so far.
    pub fn events(&self) -> Vec<RunEvent> {
        lock(&self.events).clone()
    }

    /// All events so far, as a script sees them.
    pub fn events_json(&self) -> Vec<Value> {
        lock(&self.events)
            .iter()
            .map(|event| serde_json::to_value(event).expect("an event is JSON"))
            .collect()
    }

    /// All forms that were asked, second askings too.
    pub fn forms(&self) -> Vec<FormRequest> {
        lock(&self.forms).clone()
    }

    /// The outputs that a step left, unmasked.
    pub fn outputs(&self, step: &str) -> Option<Map<String, Value>> {
        lock(&self.outputs).get(step).cloned()
    }

    /// The steps that left outputs.
    pub fn steps_with_outputs(&self) -> Vec<String> {
        lock(&self.outputs).keys().cloned().collect()
    }
}

#[async_trait]
impl Host for FakeHost {
    fn tell(&self, event: RunEvent) {
        lock(&self.events).push(event);
    }

    fn keep_outputs(&self, step: &str, outputs: &Map<String, Value>) {
        lock(&self.outputs).insert(step.to_owned(), outputs.clone());
    }

    async fn answer_form(&self, form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        lock(&self.forms).push(form.clone());
        match lock(&self.asked)
            .get_mut(&form.step)
            .and_then(VecDeque::pop_front)
        {
            Some(Asked::Answers(answers)) => Ok(answers),
            Some(Asked::Declines) => Err(Unanswered::Declined),
            // Once refused there is nothing better to say: it does not go round for ever.
            None if form.refused.is_some() => Err(Unanswered::Refused),
            Some(Asked::Nobody) | None => Err(Unanswered::Nobody),
        }
    }

    async fn open_browser(&self, request: &BrowserRequest) -> Result<(), Unanswered> {
        let visits = self.visits.as_ref().ok_or(Unanswered::Nobody)?;
        visits.send(request.clone()).map_err(|_| Unanswered::Nobody)
    }

    async fn pasted_callback(
        &self,
        _request: &BrowserRequest,
        refused: Option<&CallbackRefusal>,
    ) -> Result<String, Unanswered> {
        if let Some(refused) = refused {
            lock(&self.refusals).push(refused.clone());
        }
        let next = lock(&self.pastes).pop_front();
        match next {
            Some(address) => Ok(address),
            None => std::future::pending().await,
        }
    }

    async fn show_device_code(&self, _request: &DeviceCodeRequest) -> Result<(), Unanswered> {
        match self.visits {
            Some(_) => Ok(()),
            None => Err(Unanswered::Nobody),
        }
    }

    async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        self.sso.clone().ok_or(SsoAbsent::NotSignedIn)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
