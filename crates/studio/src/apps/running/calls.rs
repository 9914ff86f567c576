//! Calls of an app: authenticated as ever, and asking nobody by themselves.

use std::sync::Arc;

use latchwork_engine::{CallAnswer, GraphqlErrors, RunInput};
use latchwork_model::ErrorCode;
use serde_json::{Map, Value};

use super::bound::Bound;
use super::gate::Over;
use super::session::Session;
use crate::calling::{CallTarget, Caller};
use crate::error::StudioError;
use crate::unattended::Unattended;
use crate::wire::AppError;

/// The longest of an API's own words that a person is shown, in characters.
const LONGEST_WORDS: usize = 200;

/// How a call ended that did not work.
#[derive(Clone, Debug)]
pub(super) enum Ended {
    /// It failed.
    Failed {
        error: AppError,
        /// The answer's status, where there was one.
        status: Option<u16>,
        /// The answer, where it holds some of what was asked for, as GraphQL's may.
        part: Option<Box<CallAnswer>>,
    },
    /// The person has not signed in.
    SignedOut { connector: String },
}

impl Ended {
    pub(super) const fn failed(error: AppError) -> Self {
        Self::Failed {
            error,
            status: None,
            part: None,
        }
    }
}

impl From<StudioError> for Ended {
    fn from(error: StudioError) -> Self {
        Self::failed(error.into())
    }
}

impl Session {
    /// A connector that the app can call.
    pub(super) fn bound(&self, alias: &str) -> Result<Arc<Bound>, AppError> {
        match self.lock().bound.get(alias) {
            Some(bound) => bound.clone(),
            None => Err(StudioError::ConnectorNotFound {
                name: alias.to_owned(),
                nearest: None,
            }
            .into()),
        }
    }

    /// Calls an endpoint. Where only the person can bring the session back, they are asked, and it is called once more.
    pub(super) async fn call(
        self: &Arc<Self>,
        alias: &str,
        endpoint: &str,
        inputs: Map<String, Value>,
        by_person: bool,
    ) -> Result<CallAnswer, Ended> {
        let bound = self.bound(alias).map_err(Ended::failed)?;
        let target = CallTarget::Endpoint {
            id: endpoint.to_owned(),
            inputs,
        };
        let mut asked = false;
        loop {
            if bound.needs_person() {
                Box::pin(self.signed_in_to(&bound, by_person)).await?;
            }
            let (over, ended) = match Box::pin(self.call_once(&bound, &target)).await {
                Ok(answer) if answer.is_ok() => return Ok(answer),
                Ok(answer) => (is_over(&answer), refused(answer)),
                Err(error) => (wants_person(error.code()), error.into()),
            };
            if !over || asked || !bound.needs_person() {
                return Err(ended);
            }
            asked = true;
            if let Ended::Failed { error, .. } = ended {
                let over = Over {
                    words: error.message,
                    at: self.studio.engine().now(),
                };
                let mut inner = self.lock();
                inner.gate.ended.insert(bound.alias.clone(), over);
            }
        }
    }

    async fn call_once(
        &self,
        bound: &Bound,
        target: &CallTarget,
    ) -> Result<CallAnswer, StudioError> {
        let studio = &self.studio;
        let (account, _) = studio.app_account(&self.key, bound).await?;
        let variables = studio
            .variables(&bound.connector_id, &bound.connector, Map::new())
            .await?;
        let host = Unattended(Arc::clone(studio));
        let caller = Caller {
            connector_id: &bound.connector_id,
            connector: &bound.connector,
            account: Some(&account.name),
            input: RunInput {
                variables,
                ..RunInput::default()
            },
            host: &host,
        };
        let answer = studio.call_for_app(caller, target).await?;
        answer.ok_or_else(|| StudioError::NothingToTest {
            connector: bound.connector.name.clone(),
        })
    }
}

/// Whether only a person can go on.
fn wants_person(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::SessionNeedsYou
            | ErrorCode::SessionOver
            | ErrorCode::InputNeeded
            | ErrorCode::SsoNeedsYou
            | ErrorCode::OauthInvalidGrant
    )
}

/// Whether an answer says that nobody is signed in: by its status, or as GraphQL does.
fn is_over(answer: &CallAnswer) -> bool {
    let errors = answer.graphql_errors.as_ref();
    answer.status == 401 || errors.is_some_and(GraphqlErrors::say_nobody_is_signed_in)
}

/// Whether a GraphQL answer with errors holds some of what was asked for (GraphQL specification, section 7.1).
fn holds_part(answer: &CallAnswer) -> bool {
    let data = &answer.body["data"];
    let holds_any = match data {
        Value::Object(members) => members.values().any(|value| !value.is_null()),
        data => !data.is_null(),
    };
    answer.status < 400 && answer.graphql_errors.is_some() && holds_any
}

/// An answer of 400 or more, or of GraphQL with errors, with the API's own words where it gave some.
fn refused(answer: CallAnswer) -> Ended {
    let mut error = AppError::from(StudioError::from(answer.refused()));
    let graphql = answer
        .graphql_errors
        .as_ref()
        .and_then(|errors| errors.first());
    if let Some(first) = graphql {
        error.message = first.message.chars().take(LONGEST_WORDS).collect();
    } else if let Some(words) = words_in(&answer.body) {
        error.message = format!("{words} (status {})", answer.status);
    }
    Ended::Failed {
        error,
        status: Some(answer.status),
        part: holds_part(&answer).then(|| Box::new(answer)),
    }
}

/// What an API says of an error: RFC 9457's `detail` and `title`, and the members that most others use.
fn words_in(body: &Value) -> Option<String> {
    const MEMBERS: [&str; 6] = [
        "detail",
        "message",
        "error_description",
        "error",
        "title",
        "errors",
    ];
    let words = match body {
        Value::String(text) if !text.trim_start().starts_with('<') => text.clone(),
        Value::Array(items) => return items.first().and_then(words_in),
        Value::Object(members) => {
            return MEMBERS
                .iter()
                .find_map(|name| members.get(*name).and_then(words_in));
        }
        _ => return None,
    };
    let words: String = words
        .trim()
        .chars()
        .filter(|character| !character.is_control())
        .take(LONGEST_WORDS)
        .collect();
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::words_in;

    #[test]
    fn an_apis_own_words_are_found_and_a_page_is_none() {
        let of = |body| words_in(&body);
        assert_eq!(
            of(json!({ "error": { "message": "No such contact" } })).as_deref(),
            Some("No such contact")
        );
        assert_eq!(
            of(json!({ "title": "Gone", "detail": "It was deleted." })).as_deref(),
            Some("It was deleted.")
        );
        assert_eq!(
            of(json!({ "errors": [{ "message": "a" }, { "message": "b" }] })).as_deref(),
            Some("a")
        );
        assert_eq!(of(json!("<html><body>502</body></html>")), None);
        assert_eq!(of(json!({ "error": 5 })), None);
        assert_eq!(
            of(json!("x".repeat(900))).map(|words| words.len()),
            Some(200)
        );
    }
}
