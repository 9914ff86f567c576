//! Who an account is: as the connector says (`account_name`), else as whatever signed in does: an ID token's e-mail
//! address or user name, a form's e-mail field, a Basic auth step's user name.

use latchwork_engine::Run;
use latchwork_model::{FieldType, Step, StepKind};
use serde_json::{Map, Value};

use crate::renewal::Whose;
use crate::runs::jwt_claims;
use crate::studio::{Studio, note};

/// The claims that name a person (OpenID Connect Core 1.0 section 5.1), the most telling first.
const CLAIMS: [&str; 4] = ["email", "preferred_username", "name", "sub"];
/// A longer name is cut.
const LONGEST: usize = 200;

impl Studio {
    /// Notes who an account is, once it has signed in or was renewed. It is no secret, and is shown in the clear.
    pub(crate) async fn name_account(&self, whose: &Whose, run: &Run<'_>) {
        if !whose.scopes.own {
            return;
        }
        let plan = whose.connector.auth.plan();
        let by_steps = || plan.steps.iter().find_map(|step| named_by(step, run));
        let Some(name) = run.account_name().or_else(by_steps) else {
            return;
        };
        let Some(name) = shown(&name) else {
            return;
        };
        let row = whose.account.row_id(&whose.connector_id);
        if whose.account.label.as_ref() != Some(&name) {
            let accounts = self.store().accounts();
            note(
                accounts
                    .set_label(&row, Some(&name))
                    .await
                    .map_err(Into::into),
            );
        }
    }
}

/// Who signed in, as far as a step's outputs tell.
fn named_by(step: &Step, run: &Run<'_>) -> Option<String> {
    // What everyone shares names nobody.
    if step.disabled || step.is_shared() {
        return None;
    }
    let outputs = run.step_outputs(&step.id)?;
    let text = |key: &str| outputs.get(key).and_then(Value::as_str);
    match &step.kind {
        StepKind::Form(form) => {
            let field = form
                .fields
                .iter()
                .find(|field| field.field_type == FieldType::Email)?;
            text(&field.key).map(str::to_owned)
        }
        StepKind::BasicAuth(_) => text("username").map(str::to_owned),
        StepKind::SsoToken(_) => person(outputs.get("claims")?.as_object()?),
        _ => person(&jwt_claims(text("id_token")?)?),
    }
}

/// A name as it is kept: on one line, and no longer than anybody reads.
fn shown(name: &str) -> Option<String> {
    let name: String = name
        .trim()
        .chars()
        .filter(|character| !character.is_control())
        .take(LONGEST)
        .collect();
    (!name.is_empty()).then_some(name)
}

fn person(claims: &Map<String, Value>) -> Option<String> {
    CLAIMS
        .into_iter()
        .find_map(|claim| claims.get(claim)?.as_str())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_most_telling_claim_names_the_person() {
        let of = |claims: Value| person(claims.as_object().unwrap());
        assert_eq!(
            of(json!({ "sub": "1", "email": "ada@example.com", "name": "Ada" })).as_deref(),
            Some("ada@example.com")
        );
        assert_eq!(of(json!({ "sub": "1", "email": 7 })).as_deref(), Some("1"));
        assert_eq!(of(json!({ "aud": "x" })), None);
    }
}
