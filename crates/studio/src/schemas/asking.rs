//! Asking an API for its schema: a call as any other, with session, request parameters, signature and renewal; and as a
//! stranger does where there are none, and at the address of a step, which is never sent them.

use std::sync::Arc;

use latchwork_engine::{CallAnswer, EngineError, GraphqlErrors};
use latchwork_model::{Auth, Connector, ErrorCode, Input, Request, introspected, literal_origins};
use serde_json::Value;

use super::queries::introspection;
use crate::calling::Caller;
use crate::error::StudioError;
use crate::studio::Studio;

/// Which API is asked for its schema, and how.
#[derive(Clone, Copy, Debug)]
pub struct SchemaAsked<'r> {
    /// The request that goes there.
    pub like: &'r Request,
    /// What a caller gives to it.
    pub inputs: &'r [Input],
    /// Whether it is a step's of the sign-in: what the sign-in leaves is never sent to its steps, and it is not run to ask.
    pub is_step: bool,
}

impl Studio {
    /// The schema of the API that a request goes to, as `{ "__schema": … }`. Where nobody is signed in and nobody can be
    /// asked, the API is asked without credentials: many show their schema to everyone.
    pub async fn graphql_introspect(
        self: &Arc<Self>,
        caller: Caller<'_>,
        asked: SchemaAsked<'_>,
    ) -> Result<Value, StudioError> {
        if !asked.is_step {
            match Box::pin(self.ask_for_schema(&caller, asked)).await {
                Err(error) if wants_person(error.code()) => {}
                answered => return answered,
            }
        }
        let stranger = Arc::new(stranger(caller.connector));
        let name = &caller.connector.name;
        let caller = Caller {
            connector: &stranger,
            input: caller.input.clone(),
            ..caller
        };
        match Box::pin(self.ask_for_schema(&caller, asked)).await {
            // Signing in changes nothing about a step.
            Err(error) if !asked.is_step && is_refused_to_strangers(&error) => {
                Err(needs_sign_in(name, &error))
            }
            answered => answered,
        }
    }

    async fn ask_for_schema(
        self: &Arc<Self>,
        caller: &Caller<'_>,
        asked: SchemaAsked<'_>,
    ) -> Result<Value, StudioError> {
        let mut refused = None;
        for target in introspection(asked)? {
            let again = Caller {
                connector_id: caller.connector_id,
                connector: caller.connector,
                account: caller.account,
                input: caller.input.clone(),
                host: caller.host,
            };
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
    let errors = answer.graphql_errors.as_ref();
    matches!(answer.status, 401 | 403) || errors.is_some_and(GraphqlErrors::are_about_credentials)
}

/// Whether a stranger was refused what somebody who is signed in may be shown.
fn is_refused_to_strangers(error: &StudioError) -> bool {
    match error {
        StudioError::IntrospectionRefused { .. } => true,
        StudioError::Engine(EngineError::UnexpectedStatus { status, .. }) => {
            matches!(status, 401 | 403)
        }
        StudioError::Engine(EngineError::GraphqlErrors { status, errors, .. }) => {
            matches!(status, 401 | 403) || errors.are_about_credentials()
        }
        // The address comes out of a sign-in.
        error => error.code() == ErrorCode::TemplateUndefined,
    }
}

fn needs_sign_in(connector: &str, refused: &StudioError) -> StudioError {
    let words = match refused {
        error if error.code() == ErrorCode::TemplateUndefined => String::new(),
        StudioError::IntrospectionRefused { words, .. } => format!(": {words}"),
        error => format!(": {error}"),
    };
    StudioError::SchemaNeedsSignIn {
        connector: connector.to_owned(),
        words,
    }
}

/// Whether only a person can go on: by signing in, or by a secret that is not there.
fn wants_person(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::SessionNeedsYou
            | ErrorCode::InputNeeded
            | ErrorCode::SecretMissing
            | ErrorCode::SsoNeedsYou
            | ErrorCode::SsoNotSignedIn
    )
}

/// A connector as a stranger calls it: without its auth, and to the same origins, those that its steps name too.
fn stranger(connector: &Connector) -> Connector {
    let mut stranger = Connector {
        auth: Auth::None,
        ..connector.clone()
    };
    let named = literal_origins(connector);
    let named = named.iter().map(ToString::to_string);
    stranger.allowed_origins.extend(named);
    stranger
}

#[cfg(test)]
mod tests {
    use latchwork_model::{Connector, Origin, OriginPattern, read_shape};
    use url::Url;

    use super::stranger;

    fn connector() -> Connector {
        read_shape(
            r#"{ "format": "latchwork.connector/1", "name": "A", "kind": "graphql", "base_url": "https://a.example/graphql",
            "auth": { "method": "multistep", "steps": [ { "id": "login", "type": "api_request",
                "request": { "method": "POST", "url": "http://[::1]:8080/login" } } ],
              "request_parameters": [ { "location": "header", "name": "X", "value": "{{ login.body.token }}" } ] } }"#,
        )
        .unwrap()
    }

    #[test]
    fn a_stranger_has_no_credentials_and_may_go_where_the_steps_go() {
        let stranger = stranger(&connector());
        assert_eq!(stranger.auth, latchwork_model::Auth::None);
        let may = |url: &str| {
            let origin = Origin::of(&Url::parse(url).unwrap()).unwrap();
            stranger.allowed_origins.iter().any(|entry| {
                OriginPattern::parse(entry).is_some_and(|pattern| pattern.matches(&origin))
            })
        };
        assert!(may("http://[::1]:8080/graphql") && may("https://a.example/"));
        assert!(!may("https://b.example/"));
    }
}
