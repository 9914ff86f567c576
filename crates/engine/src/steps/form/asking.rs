//! Asks a person until the answers are accepted. How it looks is the host's; what is right is [`super::answers`]'s.

use serde_json::{Map, Value};

use super::answers::check_answers;
use crate::error::EngineError;
use crate::event::{FieldOption, FieldRequest, RunEvent};
use crate::host::{FormRequest, Host, RefusedAnswer, Unanswered};
use crate::masking::Secrets;

/// Asks until the answers are accepted, or nobody can give better ones.
pub(crate) async fn ask(
    step: &str,
    title: &str,
    fields: Vec<FieldRequest>,
    host: &dyn Host,
    secrets: &Secrets,
) -> Result<Map<String, Value>, EngineError> {
    let shown = fields
        .iter()
        .map(|field| masked(step, field, secrets))
        .collect();
    host.tell(RunEvent::FormRequested {
        step: step.to_owned(),
        title: title.to_owned(),
        fields: shown,
    });
    let mut request = FormRequest {
        step: step.to_owned(),
        title: title.to_owned(),
        fields,
        refused: None,
    };
    loop {
        let answers = match host.answer_form(&request).await {
            Ok(answers) => answers,
            Err(Unanswered::Declined) => return Err(EngineError::Declined),
            Err(Unanswered::Nobody) => {
                let fields = request
                    .fields
                    .iter()
                    .map(|field| field.key.clone())
                    .collect();
                return Err(EngineError::InputNeeded {
                    step: step.to_owned(),
                    fields,
                });
            }
            Err(Unanswered::NobodyFor(fields)) => {
                return Err(EngineError::InputNeeded {
                    step: step.to_owned(),
                    fields,
                });
            }
            Err(Unanswered::Refused) => {
                return Err(match request.refused {
                    Some(refused) => refused.into(),
                    None => EngineError::Declined,
                });
            }
        };
        match check_answers(&request.fields, &answers) {
            Ok(outputs) => return Ok(outputs),
            Err(refused) => request.refused = Some(refused),
        }
    }
}

/// A field as an event tells of it: what is filled in and offered may hold secrets of earlier steps.
fn masked(step: &str, field: &FieldRequest, secrets: &Secrets) -> FieldRequest {
    let mask = |value: &Value| secrets.mask_member(&[step, &field.key], value);
    let default =
        field
            .default
            .as_ref()
            .and_then(|default| match mask(&Value::String(default.clone())) {
                Value::String(masked) => Some(masked),
                _ => None,
            });
    let options = field.options.iter();
    let options = options
        .map(|option| FieldOption {
            value: mask(&option.value),
            label: secrets.mask_text(&option.label),
        })
        .collect();
    FieldRequest {
        default,
        options,
        ..field.clone()
    }
}

impl From<RefusedAnswer> for EngineError {
    fn from(
        RefusedAnswer {
            field,
            code,
            message,
        }: RefusedAnswer,
    ) -> Self {
        Self::FormAnswer {
            code,
            field,
            message,
        }
    }
}
