//! What can go wrong in a run, as values: each with a stable code, the concrete value, and what to do.
//!
//! No message here holds a query, a body or a secret (SAFETY Z31): addresses are shown without their query.

use latchwork_model::{ErrorCode, Origin};
use serde::Serialize;
use url::Url;

use crate::graphql::GraphqlErrors;
use crate::oauth::OauthError;
use crate::template::TemplateError;

/// A fault as hosts and scripts see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// A stable, dotted code.
    pub code: ErrorCode,
    /// What failed, with the concrete value.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The step it happened in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The form field or input that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Whether the same again may work.
    pub retryable: bool,
}

/// Why a step or a call failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A template could not be rendered.
    #[error("{place}: {source}")]
    Template {
        /// Where the template stands, below the step: `request.headers[0].value`.
        place: String,
        /// What is wrong with it.
        source: TemplateError,
    },
    /// A rendered address is no http or https address.
    #[error("{place}: `{value}` is not an address: {reason}")]
    InvalidUrl {
        /// Where it stands.
        place: String,
        /// What was rendered, without its query.
        value: String,
        /// Why it is none.
        reason: String,
    },
    /// A header that HTTP cannot carry.
    #[error("{place}: the header `{name}` {reason}")]
    InvalidHeader {
        /// Where it stands.
        place: String,
        /// Its name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A body parameter and a body that cannot take it.
    #[error("the request parameter `{name}` goes into the body, and this request has {body}")]
    NoBodyForParameter {
        /// The parameter.
        name: String,
        /// The body that is there.
        body: &'static str,
    },
    /// The request would go to an origin that the connector does not name.
    #[error("the request would go to {origin}, which this connector does not name")]
    OriginNotAllowed {
        /// The origin.
        origin: Origin,
    },
    /// The address is link-local or a cloud's metadata service.
    #[error("{host} leads to {address}, a link-local or metadata address that is never called")]
    AddressRefused {
        /// The host of the address.
        host: String,
        /// What it resolved to.
        address: String,
    },
    /// The exchange failed on the wire.
    #[error(transparent)]
    Http(#[from] HttpFault),
    /// A sign-in with OAuth failed.
    #[error(transparent)]
    Oauth(#[from] OauthError),
    /// The answer's status does not count as success.
    #[error("{method} {url} answered {status}, expected {expected}")]
    UnexpectedStatus {
        /// The method that was sent.
        method: String,
        /// The address, without its query.
        url: String,
        /// What came.
        status: u16,
        /// What counts.
        expected: String,
    },
    /// The answer does not meet the step's condition.
    #[error("the answer of {url} does not meet the condition `{condition}`")]
    ConditionFailed {
        /// The address, without its query.
        url: String,
        /// The condition's template.
        condition: String,
    },
    /// The answer to a GraphQL request holds errors, whatever its status.
    #[error("{method} {url} answered {status} with {errors}")]
    GraphqlErrors {
        /// The method that was sent.
        method: String,
        /// The address, without its query.
        url: String,
        /// The status.
        status: u16,
        /// What the API says.
        errors: GraphqlErrors,
    },
    /// A poll was not ready in its time.
    #[error("not ready after {seconds} s: `{condition}` stayed false")]
    PollTimeout {
        /// The time it was given.
        seconds: f64,
        /// The condition's template.
        condition: String,
    },
    /// An answer to a form was not accepted.
    #[error("{message}")]
    FormAnswer {
        /// What is wrong with it.
        code: ErrorCode,
        /// The field's key.
        field: String,
        /// The message for people.
        message: String,
    },
    /// Nobody could be asked.
    #[error("{}", needed_message(.step, .fields))]
    InputNeeded {
        /// The step that asks.
        step: String,
        /// The fields without an answer.
        fields: Vec<String>,
    },
    /// The person closed the form.
    #[error("the form was closed without an answer")]
    Declined,
    /// A secret variable without a value.
    #[error("the secret variable `{name}` has no value")]
    SecretMissing {
        /// Its name.
        name: String,
    },
    /// A value for an endpoint's input.
    #[error("{message}")]
    Input {
        /// The input's name.
        name: String,
        /// What is wrong with it.
        message: String,
    },
    /// The session can only be renewed by its person.
    #[error("`{step}` can only be renewed by you: {why}")]
    NeedsYou {
        /// The step.
        step: String,
        /// Why.
        why: String,
    },
    /// An update that cannot be put in.
    #[error("{place}.target: `{target}`: {reason}")]
    Update {
        /// Where it stands.
        place: String,
        /// The target.
        target: String,
        /// What is wrong.
        reason: String,
    },
    /// A request that cannot be signed.
    #[error("{place}: {reason}")]
    Signing {
        /// Where the fault is: `auth.signing.consumer_secret`.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// A proxy or certificate that cannot be used.
    #[error("network.{field}: {reason}")]
    Network {
        /// The member of `network`.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

fn needed_message(step: &str, fields: &[String]) -> String {
    let names: Vec<String> = fields
        .iter()
        .map(|field| format!("`{step}.{field}`"))
        .collect();
    format!(
        "{} needed and there is nobody to ask",
        match names.as_slice() {
            [] => format!("an answer to `{step}` is"),
            [one] => format!("{one} is"),
            [first @ .., last] => format!("{} and {last} are", first.join(", ")),
        }
    )
}

/// Why an exchange failed on the wire.
#[derive(Debug, thiserror::Error)]
#[error("{host}: {kind}{}", in_brackets(.detail))]
pub struct HttpFault {
    /// What happened.
    pub kind: HttpFaultKind,
    /// The host and port that were called.
    pub host: String,
    /// The lower layers' words, where they help.
    pub detail: Option<String>,
}

fn in_brackets(detail: &Option<String>) -> String {
    detail
        .as_ref()
        .map_or_else(String::new, |detail| format!(" ({detail})"))
}

/// The kinds of fault on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpFaultKind {
    /// No answer in time.
    #[error("no answer within the time limit")]
    Timeout,
    /// No connection.
    #[error("no connection")]
    Connect,
    /// No such name.
    #[error("the name was not found")]
    Dns,
    /// No secure connection.
    #[error("no secure connection")]
    Tls,
    /// The proxy is at fault.
    #[error("the proxy refused or could not be reached")]
    Proxy,
    /// More than 10 MiB.
    #[error("the answer is larger than 10 MiB")]
    TooLarge,
    /// More than five redirects.
    #[error("more than five redirects")]
    TooManyRedirects,
    /// From https to http.
    #[error("a redirect leads from https to http")]
    InsecureRedirect,
    /// Cut, or no HTTP.
    #[error("the answer broke off or is no HTTP")]
    Broken,
}

impl HttpFaultKind {
    const fn code(self) -> ErrorCode {
        match self {
            Self::Timeout => ErrorCode::HttpTimeout,
            Self::Connect => ErrorCode::HttpConnect,
            Self::Dns => ErrorCode::HttpDns,
            Self::Tls => ErrorCode::HttpTls,
            Self::Proxy => ErrorCode::HttpProxy,
            Self::TooLarge => ErrorCode::HttpTooLarge,
            Self::TooManyRedirects => ErrorCode::HttpTooManyRedirects,
            Self::InsecureRedirect => ErrorCode::HttpInsecureRedirect,
            Self::Broken => ErrorCode::HttpBroken,
        }
    }
}

impl EngineError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Template { source, .. } => source.code(),
            Self::InvalidUrl { .. } => ErrorCode::UrlInvalid,
            Self::InvalidHeader { .. } => ErrorCode::HeaderInvalid,
            Self::NoBodyForParameter { .. } => ErrorCode::ParameterNoBody,
            Self::OriginNotAllowed { .. } => ErrorCode::OriginNotAllowed,
            Self::AddressRefused { .. } => ErrorCode::AddressRefused,
            Self::Http(fault) => fault.kind.code(),
            Self::Oauth(error) => error.code(),
            Self::UnexpectedStatus { .. } => ErrorCode::StepUnexpectedStatus,
            Self::ConditionFailed { .. } => ErrorCode::StepConditionFailed,
            Self::GraphqlErrors { .. } => ErrorCode::GraphqlErrors,
            Self::PollTimeout { .. } => ErrorCode::StepTimeout,
            Self::FormAnswer { code, .. } => *code,
            Self::InputNeeded { .. } => ErrorCode::InputNeeded,
            Self::Declined => ErrorCode::FormDeclined,
            Self::SecretMissing { .. } => ErrorCode::SecretMissing,
            Self::Input { .. } => ErrorCode::InputInvalid,
            Self::NeedsYou { .. } => ErrorCode::SessionNeedsYou,
            Self::Update { .. } => ErrorCode::RefreshFailed,
            Self::Signing { .. } => ErrorCode::SigningFailed,
            Self::Network { .. } => ErrorCode::NetworkInvalid,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Template { source, .. } => source.hint(),
            Self::OriginNotAllowed { origin } => format!(
                "If you trust {origin}, add it to `allowed_origins`, or run with --allow-origin {origin}."
            ),
            Self::InputNeeded { step, fields } => match fields.first() {
                Some(field) => {
                    format!("Give it with --input {step}.{field}=VALUE, or run in a terminal.")
                }
                None => self.code().remedy().to_owned(),
            },
            Self::Oauth(error) => error
                .hint()
                .unwrap_or_else(|| self.code().remedy().to_owned()),
            Self::SecretMissing { name } => {
                format!("Set it in the connector's variables, or give it with --var {name}=VALUE.")
            }
            _ => self.code().remedy().to_owned(),
        }
    }

    /// Whether the same again may work.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Http(fault) => {
                matches!(
                    fault.kind,
                    HttpFaultKind::Timeout
                        | HttpFaultKind::Connect
                        | HttpFaultKind::Dns
                        | HttpFaultKind::Proxy
                        | HttpFaultKind::Broken
                )
            }
            Self::UnexpectedStatus { status, .. } => is_passing_status(*status),
            Self::GraphqlErrors { status, errors, .. } => {
                is_passing_status(*status) || errors.are_passing()
            }
            Self::Oauth(error) => error.is_retryable(),
            _ => false,
        }
    }

    /// Whether it says nothing about the credentials: they are good, or not, once it is over (SAFETY F8). All that can
    /// go wrong on the way to a server is of that kind.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(self, Self::Http(_)) || self.is_retryable()
    }

    /// Whether a server may have done what it was asked, and its answer did not arrive.
    pub(crate) fn is_answer_lost(&self) -> bool {
        matches!(
            self,
            Self::Http(HttpFault {
                kind: HttpFaultKind::Timeout | HttpFaultKind::Broken,
                ..
            })
        )
    }

    /// As hosts and scripts see it.
    pub fn fault(&self, step: Option<&str>) -> Fault {
        let field = match self {
            Self::FormAnswer { field, .. } => Some(field.clone()),
            Self::Input { name, .. } => Some(name.clone()),
            _ => None,
        };
        Fault {
            code: self.code(),
            message: self.to_string(),
            hint: Some(self.hint()),
            step: step.map(str::to_owned),
            field,
            retryable: self.is_retryable(),
        }
    }
}

/// An address as errors show it: without user, query and fragment.
pub(crate) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Both fail only for addresses that cannot have a user; then there is none to hide.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.to_string()
}

/// A status that may be another the next time.
const fn is_passing_status(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599)
}
