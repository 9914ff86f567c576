//! The server's state, and which endpoint answers a request.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::json;
use time::OffsetDateTime;

use super::endpoint::Endpoint;
use super::grants::Issued;
use super::identity::Signer;
use super::recorded::OauthRequest;
use super::script::Script;
use super::{authorization, device, discovery, grants, registration, revocation};
use crate::server::{Answer, Answers, SeenRequest};

#[derive(Debug)]
pub(super) struct State {
    pub script: Script,
    pub origin: String,
    pub issuer: String,
    pub signer: Signer,
    issued: Mutex<Issued>,
    violations: Mutex<Vec<String>>,
}

impl State {
    pub fn new(script: Script, origin: String) -> Self {
        Self {
            issuer: format!("{origin}{}", script.issuer_path),
            script,
            origin,
            signer: Signer::default(),
            issued: Mutex::default(),
            violations: Mutex::default(),
        }
    }

    /// What has been handed out so far.
    pub fn issued(&self) -> MutexGuard<'_, Issued> {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What clients did that they must not.
    pub fn violations(&self) -> MutexGuard<'_, Vec<String>> {
        self.violations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a violation.
    pub fn note(&self, what: &str) {
        self.violations().push(what.to_owned());
    }

    /// Notes a violation and refuses the request with it (RFC 6749 section 5.2).
    pub fn refuse(&self, status: u16, error: &str, what: &str) -> Answer {
        self.note(what);
        refusal(status, error, what)
    }

    pub fn read(&self, seen: &SeenRequest) -> OauthRequest {
        OauthRequest::read(seen, &self.script.issuer_path, &self.script.names)
    }

    pub fn knows_client(&self, id: &str) -> bool {
        id == self.script.client.id || self.issued().registered.contains_key(id)
    }

    /// Where an endpoint is.
    pub fn url(&self, endpoint: Endpoint) -> String {
        format!("{}{}", self.origin, endpoint.path(&self.script.issuer_path))
    }

    /// The server's time in Unix seconds.
    pub fn now(&self) -> i64 {
        let machine = || OffsetDateTime::now_utc().unix_timestamp();
        self.script.now.unwrap_or_else(machine)
    }
}

impl Answers for State {
    fn answer(&self, seen: &SeenRequest) -> Option<Answer> {
        let request = self.read(seen);
        let answer = match request.endpoint {
            Endpoint::OpenIdConfiguration | Endpoint::AuthorizationServerMetadata => {
                return discovery::answer(self, request.endpoint);
            }
            Endpoint::Authorization => authorization::answer(self, &request),
            Endpoint::Token => grants::answer(self, &request),
            Endpoint::DeviceAuthorization => device::answer(self, &request),
            Endpoint::DevicePage => authorization::html(200, "Enter the code"),
            Endpoint::Registration => registration::answer(self, &request),
            Endpoint::Revocation => revocation::answer(self, &request),
            Endpoint::Keys => Answer::json(self.signer.key_set()),
            Endpoint::Api => self.api(&request),
            Endpoint::Elsewhere => {
                self.note("a redirect to elsewhere was followed");
                authorization::html(200, "Elsewhere")
            }
            Endpoint::Unknown => return None,
        };
        Some(answer)
    }
}

impl State {
    fn api(&self, request: &OauthRequest) -> Answer {
        let token = request.bearer();
        let works = token.is_some_and(|token| self.issued().access_tokens.contains(&token));
        if works {
            Answer::json(json!({ "name": "Ada" }))
        } else {
            refusal(401, "invalid_token", "a token of this server is needed")
        }
    }
}

/// A refusal as RFC 6749 section 5.2 has it.
pub(super) fn refusal(status: u16, error: &str, description: &str) -> Answer {
    Answer {
        status: Some(status),
        ..Answer::json(json!({ "error": error, "error_description": description }))
    }
}
