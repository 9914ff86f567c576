//! Questions to the person at the terminal: one line an answer, and what is secret is not shown while it is typed.

use std::io::Write as _;

use latchwork_engine::{FieldRequest, Unanswered};
use latchwork_model::FieldType;
use serde_json::{Map, Value};

use crate::lines::Lines;

/// Asks for each field.
pub(crate) async fn ask(
    fields: &[&FieldRequest],
    answers: &mut Map<String, Value>,
    lines: &Lines,
) -> Result<(), Unanswered> {
    for field in fields {
        let Some(answer) = ask_field(field, lines).await else {
            return Err(Unanswered::Declined);
        };
        if !(answer.is_empty() && field.default.is_some()) {
            answers.insert(field.key.clone(), Value::String(answer));
        }
    }
    Ok(())
}

/// One answer; `None` where the input ended.
async fn ask_field(field: &FieldRequest, lines: &Lines) -> Option<String> {
    let prompt = prompt(field);
    if field.is_secret() {
        return ask_secret(&prompt, lines).await;
    }
    show(&prompt)?;
    let line = lines.next().await?;
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

fn prompt(field: &FieldRequest) -> String {
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
    prompt
}

fn show(prompt: &str) -> Option<()> {
    let mut stderr = std::io::stderr();
    write!(stderr, "{prompt}")
        .and_then(|()| stderr.flush())
        .ok()
}

/// An answer that the terminal does not show. Where it cannot hide what is typed, nothing is asked.
#[cfg(unix)]
pub(crate) async fn ask_secret(prompt: &str, lines: &Lines) -> Option<String> {
    let _hidden = hidden::HiddenInput::begin()?;
    show(prompt)?;
    lines.next().await
}

/// An answer that the terminal does not show.
#[cfg(not(unix))]
pub(crate) async fn ask_secret(prompt: &str, _lines: &Lines) -> Option<String> {
    rpassword::prompt_password(prompt).ok()
}

#[cfg(unix)]
mod hidden {
    use std::io::stdin;

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    /// A terminal that does not show what is typed, until this is dropped: answered, ended, or cancelled.
    pub(super) struct HiddenInput {
        before: Termios,
    }

    impl HiddenInput {
        pub(super) fn begin() -> Option<Self> {
            let before = tcgetattr(stdin()).ok()?;
            let mut hidden = before.clone();
            hidden.local_modes.remove(LocalModes::ECHO);
            // The end of the line is shown: the next thing that is said stands on a line of its own.
            hidden.local_modes.insert(LocalModes::ECHONL);
            tcsetattr(stdin(), OptionalActions::Now, &hidden).ok()?;
            Some(Self { before })
        }
    }

    impl Drop for HiddenInput {
        fn drop(&mut self) {
            // A terminal that has gone away has nothing to show.
            let _ = tcsetattr(stdin(), OptionalActions::Now, &self.before);
        }
    }
}
