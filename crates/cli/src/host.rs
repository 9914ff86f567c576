//! The terminal as a host: answers from the command line, then from the person; a browser that is opened or whose
//! address is shown; and events as lines.

use std::collections::VecDeque;
use std::io::IsTerminal as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use latchwork_engine::{
    BrowserRequest, CallbackRefusal, DeviceCodeRequest, FieldRequest, FormAnswers, FormRequest,
    Host, RunEvent, SsoAbsent, SsoSession, Unanswered,
};
use latchwork_model::RedirectKind;
use latchwork_studio::browser_address;
use serde_json::Value;

use crate::args::BrowserArgs;
use crate::browser::{self, Opening};
use crate::context::Context;
use crate::input::Answers;
use crate::lines::Lines;
use crate::output::{Output, Visit};
use crate::prompt::ask;

/// Answers from the command line, then from the person at the terminal.
pub(crate) struct TerminalHost<'a> {
    answers: Answers,
    context: &'a Context,
    output: &'a Output,
    interactive: bool,
    show: Show,
    opening: Opening,
    lines: Lines,
    /// The answers to the form that was asked last: where one is refused, the others are not asked for again.
    answered: Mutex<FormAnswers>,
    /// What was said last about an answer of the browser's that was refused.
    refusals: Mutex<VecDeque<SaidRefusal>>,
    /// Every event, for the run history.
    events: Mutex<Vec<RunEvent>>,
}

/// What of a run's events is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// Each event, as it happens: `test`.
    Events,
    /// As JSON, what is to be visited; else words: `login`.
    Visits,
    /// Only words, and only what people wait for: `call`, whose standard output is the answer alone.
    Words,
}

/// Of so many refusals, the last, the other word is waited for.
const MOST_REFUSALS: usize = 16;

/// What was said about a refused answer, and because of what: a pasted one may be heard of twice.
#[derive(PartialEq, Eq)]
struct SaidRefusal {
    pasted: bool,
    words: String,
}

impl<'a> TerminalHost<'a> {
    pub(crate) fn new(
        answers: Answers,
        args: &BrowserArgs,
        context: &'a Context,
        show: Show,
    ) -> Self {
        let stdin = std::io::stdin().is_terminal();
        let stderr = std::io::stderr().is_terminal();
        let opening = match show {
            _ if args.no_browser => Opening::Never,
            // A call in a script or a timer must not wait for somebody who is not there.
            Show::Words if !stdin && !stderr => Opening::Nobody,
            _ => Opening::System,
        };
        Self {
            answers,
            context,
            output: &context.output,
            interactive: stdin && stderr,
            show,
            opening,
            lines: Lines::default(),
            answered: Mutex::default(),
            refusals: Mutex::default(),
            events: Mutex::default(),
        }
    }

    fn answered(&self) -> MutexGuard<'_, FormAnswers> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The events so far.
    pub(crate) fn events(&self) -> Vec<RunEvent> {
        self.events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether what is to be visited is an event on standard output.
    fn tells_visits(&self) -> bool {
        self.output.json && self.show != Show::Words
    }

    /// Prints what is to be visited as an event, where `tell` did not: `login` has no event stream, and where a
    /// browser was opened its result is alone.
    fn print_visit(&self) {
        if self.show == Show::Visits
            && let Some(visit) = self.events().last()
        {
            self.output.json_line(visit);
        }
    }

    /// Says once that an answer was refused.
    fn say_refused(&self, pasted: bool, words: &str) {
        let said = SaidRefusal {
            pasted,
            words: words.to_owned(),
        };
        let mut once = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        // The other word on it may come after that on the next one.
        let other = once
            .iter()
            .position(|one| one.pasted != said.pasted && one.words == said.words);
        if let Some(other) = other {
            once.remove(other);
            return;
        }
        self.output.refused(words);
        if once.len() == MOST_REFUSALS {
            once.pop_front();
        }
        once.push_back(said);
    }
}

#[async_trait]
impl Host for TerminalHost<'_> {
    fn tell(&self, event: RunEvent) {
        match self.show {
            Show::Events => self.output.event(&event),
            Show::Visits | Show::Words => self.output.progress(&event),
        }
        match &event {
            RunEvent::CallbackRefused { error, .. } => self.say_refused(false, &error.message),
            RunEvent::BrowserReturned { .. } => self.output.note("The browser is back."),
            _ => {}
        }
        self.events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event);
    }

    async fn answer_form(&self, form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        let given = self.answers.get(&form.step).and_then(Value::as_object);
        let mut answers = given.cloned().unwrap_or_default();
        let refused = form.refused.as_ref();
        if let Some(refused) = refused {
            if !self.interactive {
                return Err(Unanswered::Refused);
            }
            self.output.note(&refused.message);
            answers.clone_from(&self.answered());
            answers.remove(&refused.field);
        }
        let missing: Vec<&FieldRequest> = form
            .fields
            .iter()
            .filter(|field| !answers.contains_key(&field.key))
            .collect();
        if missing.is_empty() {
            self.answered().clone_from(&answers);
            return Ok(answers);
        }
        if !self.interactive {
            let needed: Vec<String> = missing
                .iter()
                .filter(|field| field.required && field.default.is_none())
                .map(|field| field.key.clone())
                .collect();
            return if needed.is_empty() {
                Ok(answers)
            } else {
                Err(Unanswered::NobodyFor(needed))
            };
        }
        if refused.is_none() {
            self.output.note(&form.title);
        }
        ask(&missing, &mut answers, &self.lines).await?;
        self.answered().clone_from(&answers);
        Ok(answers)
    }

    async fn open_browser(&self, request: &BrowserRequest) -> Result<(), Unanswered> {
        if self.opening == Opening::Nobody {
            return Err(Unanswered::Nobody);
        }
        let address = browser_address(request.url.as_str()).map_err(|error| {
            self.output.refused(&error.message);
            Unanswered::Nobody
        })?;
        let opened = self.opening == Opening::System && browser::open(&address).await;
        if !opened && self.tells_visits() {
            self.print_visit();
        }
        self.output.visit(&Visit {
            request,
            address: (!opened && !self.tells_visits()).then_some(&address),
            opened,
            may_paste: self.interactive,
        });
        Ok(())
    }

    async fn pasted_callback(
        &self,
        request: &BrowserRequest,
        refused: Option<&CallbackRefusal>,
    ) -> Result<String, Unanswered> {
        if let Some(refusal) = refused {
            self.say_refused(true, &refusal.to_string());
        }
        // A listener needs no help, but for a person whose browser is on another machine. A deep link comes to the
        // studio and not here.
        if request.returns_by == RedirectKind::Loopback && !self.interactive {
            return std::future::pending().await;
        }
        loop {
            match self.lines.next().await {
                Some(line) if line.trim().is_empty() => {}
                Some(line) => return Ok(line),
                None => return Err(Unanswered::Nobody),
            }
        }
    }

    async fn show_device_code(&self, request: &DeviceCodeRequest) -> Result<(), Unanswered> {
        if self.tells_visits() {
            self.print_visit();
        } else {
            self.output.device_code(request);
        }
        Ok(())
    }

    async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        match self.context.studio_with_vault().await {
            Ok(studio) => studio.sso_session().await,
            Err(failure) => Err(SsoAbsent::NotRenewed(failure.fault.message)),
        }
    }
}
