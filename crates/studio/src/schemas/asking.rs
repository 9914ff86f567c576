//! Asking an API for its schema: a call as any other, with session, request parameters, signature and renewal.

use std::sync::Arc;

use latchwork_engine::CallAnswer;
use latchwork_model::{Auth, Connector, ErrorCode, Request, introspected};
use serde_json::Value;

use super::queries::introspection;
use crate::calling::{CallTarget, Caller};
use crate::error::StudioError;
use crate::studio::Studio;

impl Studio {
    /// The schema of the API that a request goes to, as `{ "__schema": … }`. Where nobody is signed in and nobody can be
    /// asked, the API is asked without credentials: many show their schema to everyone.
    pub async fn graphql_introspect(
        self: &Arc<Self>,
        caller: Caller<'_>,
        request: &Request,
    ) -> Result<Value, StudioError> {
        match Box::pin(self.ask_for_schema(&caller, request)).await {
            Err(error) if wants_person(error.code()) => {}
            asked => return asked,
        }
        let stranger = Arc::new(Connector {
            auth: Auth::None,
            ..Connector::clone(caller.connector)
        });
        let asked = Caller {
            connector: &stranger,
            input: caller.input.clone(),
            ..caller
        };
        let name = &caller.connector.name;
        match Box::pin(self.ask_for_schema(&asked, request)).await {
            // The API refuses a stranger, or its address comes out of a sign-in.
            Err(StudioError::Engine(error)) => Err(needs_sign_in(name, Some(&error.to_string()))),
            Err(error) if error.code() == ErrorCode::TemplateUndefined => {
                Err(needs_sign_in(name, None))
            }
            asked => asked,
        }
    }

    async fn ask_for_schema(
        self: &Arc<Self>,
        caller: &Caller<'_>,
        like: &Request,
    ) -> Result<Value, StudioError> {
        let mut refused = None;
        for request in introspection(like) {
            let again = Caller {
                connector_id: caller.connector_id,
                connector: caller.connector,
                account: caller.account,
                input: caller.input.clone(),
                host: caller.host,
            };
            let target = CallTarget::Request(Box::new(request));
            let (answer, _) = Box::pin(self.call(again, &target)).await?;
            let Some(answer) = answer else {
                break;
            };
            match judge(&answer) {
                // Newer fields may be what the server does not know.
                Err(error) if answer.graphql_errors.is_some() && !is_about_credentials(&answer) => {
                    refused = Some(error);
                }
                judged => return judged,
            }
        }
        Err(refused.unwrap_or_else(|| StudioError::NothingToTest {
            connector: caller.connector.name.clone(),
        }))
    }
}

/// The schema in an answer, whatever else went wrong.
fn judge(answer: &CallAnswer) -> Result<Value, StudioError> {
    let no_schema = match introspected(&answer.body) {
        Ok(schema) => return Ok(schema),
        Err(error) => error,
    };
    let url = answer.url.clone();
    if let Some(errors) = &answer.graphql_errors {
        let words = errors.to_string();
        let lower = words.to_lowercase();
        if lower.contains("introspection") || lower.contains("__schema") {
            return Err(StudioError::IntrospectionRefused { url, words });
        }
        return Err(answer.refused().into());
    }
    if matches!(answer.status, 401 | 403 | 429 | 500..) {
        return Err(answer.refused().into());
    }
    let reason = match &answer.body {
        Value::String(text) if text.trim().is_empty() => "the answer is empty".to_owned(),
        Value::String(_) => "the answer is no JSON".to_owned(),
        _ => no_schema.to_string(),
    };
    Err(StudioError::NotGraphql {
        url,
        status: answer.status,
        reason,
    })
}

fn is_about_credentials(answer: &CallAnswer) -> bool {
    let code = answer
        .graphql_errors
        .as_ref()
        .and_then(|errors| errors.first()?.code.clone());
    matches!(answer.status, 401 | 403)
        || matches!(code.as_deref(), Some("UNAUTHENTICATED" | "FORBIDDEN"))
}

fn needs_sign_in(connector: &str, words: Option<&str>) -> StudioError {
    StudioError::SchemaNeedsSignIn {
        connector: connector.to_owned(),
        words: words.map_or_else(String::new, |words| format!(": {words}")),
    }
}

/// Whether only a person can go on.
fn wants_person(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::SessionNeedsYou
            | ErrorCode::InputNeeded
            | ErrorCode::SsoNeedsYou
            | ErrorCode::SsoNotSignedIn
    )
}
