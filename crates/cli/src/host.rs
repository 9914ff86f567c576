//! The terminal as a host: answers from the command line, then from the person, and events as lines.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use latchwork_engine::{FieldRequest, FormAnswers, FormRequest, Host, RunEvent, Unanswered};
use latchwork_model::FieldType;
use serde_json::{Map, Value};

use crate::input::Answers;
use crate::output::Output;

/// Answers from the command line, then from the person at the terminal.
pub(crate) struct TerminalHost<'a> {
    answers: Answers,
    output: &'a Output,
    interactive: bool,
    show: Show,
    /// The answers to the form that was asked last: where one is refused, the others are not asked for again.
    answered: Mutex<FormAnswers>,
    /// Every event, for the run history.
    events: Mutex<Vec<RunEvent>>,
}

/// What of a run's events is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// Each event, as it happens: `test`.
    Events,
    /// Only what people wait for: `call`, `login`.
    Progress,
}

impl<'a> TerminalHost<'a> {
    pub(crate) fn new(answers: Answers, output: &'a Output, show: Show) -> Self {
        let interactive = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Self {
            answers,
            output,
            interactive,
            show,
            answered: Mutex::default(),
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
}

#[async_trait]
impl Host for TerminalHost<'_> {
    fn tell(&self, event: RunEvent) {
        match self.show {
            Show::Events => self.output.event(&event),
            Show::Progress => self.output.progress(&event),
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
        ask(&missing, &mut answers)?;
        self.answered().clone_from(&answers);
        Ok(answers)
    }
}

/// Asks for each field on the terminal.
fn ask(fields: &[&FieldRequest], answers: &mut Map<String, Value>) -> Result<(), Unanswered> {
    for field in fields {
        let Some(answer) = ask_field(field) else {
            return Err(Unanswered::Declined);
        };
        if !(answer.is_empty() && field.default.is_some()) {
            answers.insert(field.key.clone(), Value::String(answer));
        }
    }
    Ok(())
}

/// One answer; `None` where the input ended.
fn ask_field(field: &FieldRequest) -> Option<String> {
    let mut prompt = field.label.clone();
    if field.field_type == FieldType::Select {
        for (number, option) in field.options.iter().enumerate() {
            prompt.push_str(&format!("\n  {}. {}", number + 1, option.label));
        }
        prompt.push_str("\n  number");
    }
    if let Some(default) = &field.default {
        prompt.push_str(&format!(" [{default}]"));
    } else if !field.required {
        prompt.push_str(" (optional)");
    }
    prompt.push_str(": ");
    if field.is_secret() {
        return rpassword::prompt_password(prompt).ok();
    }
    let mut stderr = std::io::stderr();
    write!(stderr, "{prompt}")
        .and_then(|()| stderr.flush())
        .ok()?;
    let mut line = String::new();
    if std::io::stdin().lock().read_line(&mut line).ok()? == 0 {
        return None;
    }
    let line = line.trim_end_matches(['\r', '\n']).to_owned();
    if field.field_type == FieldType::Select
        && let Some(option) = line
            .trim()
            .parse::<usize>()
            .ok()
            .and_then(|number| field.options.get(number.checked_sub(1)?))
    {
        return Some(match &option.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
    }
    Some(line)
}
