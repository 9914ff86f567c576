//! Requests to OAuth endpoints: https or this machine alone, named by the file, and never redirected.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, header};
use latchwork_model::{OauthFields, Origin, Template};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::client::{OauthClient, TokenUse};
use super::discovery::{Metadata, document_addresses};
use super::error::OauthError;
use crate::error::{EngineError, shown};
use crate::http::{Answer, ExchangeLog};
use crate::request::{Draft, DraftBody};
use crate::run::{Run, RunFailure};
use crate::template::Scope;

/// An endpoint: where the file names it, and what discovery says.
#[derive(Clone, Copy)]
pub(crate) struct Endpoint<'a> {
    /// The file's member.
    pub field: &'static str,
    /// What the file says.
    pub template: Option<&'a Template>,
    /// What discovery says.
    pub discovered: Option<&'a String>,
}

/// A token endpoint's answer, and where it came from.
pub(crate) type OauthReply = Answer;

impl Run<'_> {
    /// Renders a step's client and finds what its issuer says.
    pub(crate) async fn oauth_client<'f>(
        &mut self,
        fields: &'f OauthFields,
        log: &mut ExchangeLog,
    ) -> Result<OauthClient<'f>, EngineError> {
        let scope = self.scope().clone();
        let id = self.oauth_text("client_id", &fields.client_id, &scope)?;
        let secret = match &fields.client_secret {
            Some(secret) => Some(self.oauth_text("client_secret", secret, &scope)?)
                .filter(|secret| !secret.is_empty())
                .map(Zeroizing::new),
            None => None,
        };
        if let Some(secret) = &secret {
            self.secrets.add(secret);
        }
        if let Some(key) = &fields.client_key {
            let key = Zeroizing::new(self.oauth_text("client_key", key, &scope)?);
            self.secrets.add(&key);
        }
        let metadata = match &fields.issuer {
            Some(issuer) if !issuer.is_empty() => Some(self.discover(issuer, log).await?),
            _ => None,
        };
        Ok(OauthClient {
            fields,
            id,
            secret,
            metadata,
        })
    }

    /// A template of a step's OAuth fields as text.
    pub(crate) fn oauth_text(
        &self,
        place: &str,
        template: &Template,
        scope: &Scope,
    ) -> Result<String, EngineError> {
        let moment = self.engine.moment();
        self.renderer(scope, &moment).text(place, template)
    }

    /// An address out of the file, or the one that discovery found.
    pub(crate) fn oauth_address(
        &mut self,
        client: &OauthClient<'_>,
        endpoint: Endpoint<'_>,
        scope: &Scope,
    ) -> Result<Url, EngineError> {
        let text = match (endpoint.template, endpoint.discovered) {
            (Some(template), _) if !template.is_empty() => {
                self.approve_trusted(template);
                let moment = self.engine.moment();
                self.renderer(scope, &moment)
                    .url(endpoint.field, template.as_str())?
            }
            (_, Some(discovered)) => discovered.clone(),
            _ => {
                return Err(OauthError::EndpointMissing {
                    field: endpoint.field,
                    issuer: client
                        .metadata
                        .as_ref()
                        .map(|metadata| metadata.issuer.clone()),
                }
                .into());
            }
        };
        let mut url = Url::parse(text.trim()).map_err(|error| EngineError::InvalidUrl {
            place: endpoint.field.to_owned(),
            value: text.split(['?', '#']).next().unwrap_or_default().to_owned(),
            reason: error.to_string(),
        })?;
        url.set_fragment(None);
        Ok(url)
    }

    /// An endpoint that is called: as [`Run::oauth_address`], and https or on this machine (SAFETY Z18).
    pub(crate) fn oauth_endpoint(
        &mut self,
        client: &OauthClient<'_>,
        endpoint: Endpoint<'_>,
        scope: &Scope,
    ) -> Result<Url, EngineError> {
        let url = self.oauth_address(client, endpoint, scope)?;
        require_secure(&url, endpoint.field)?;
        Ok(url)
    }

    /// Sends a request to a token endpoint, or to one that authenticates the client in the same way.
    pub(crate) async fn send_to_provider(
        &mut self,
        client: &OauthClient<'_>,
        endpoint: (&Url, &'static str),
        grant: Vec<(&str, String)>,
        token_use: TokenUse,
        scope: &Scope,
        log: &mut ExchangeLog,
    ) -> Result<OauthReply, EngineError> {
        let (url, what) = endpoint;
        for (name, value) in &grant {
            if matches!(
                *name,
                "code" | "code_verifier" | "refresh_token" | "device_code" | "assertion" | "token"
            ) {
                self.secrets.add(value);
            }
        }
        let moment = self.engine.moment();
        let draft = client.token_request(url, grant, token_use, &self.renderer(scope, &moment))?;
        self.exchange_unredirected(draft, what, log).await
    }

    /// Sends a request whose redirects are not followed (SAFETY Z17).
    pub(crate) async fn exchange_unredirected(
        &mut self,
        mut draft: Draft,
        what: &'static str,
        log: &mut ExchangeLog,
    ) -> Result<Answer, EngineError> {
        draft.follow_redirects = false;
        let answer = self.exchange_draft(draft, log).await?;
        if (300..400).contains(&answer.status) {
            return Err(OauthError::Redirects {
                what,
                endpoint: shown(&answer.url),
                status: answer.status,
            }
            .into());
        }
        Ok(answer)
    }

    /// An issuer's metadata; fetched once in a while, not in every run.
    async fn discover(
        &mut self,
        issuer: &Template,
        log: &mut ExchangeLog,
    ) -> Result<Arc<Metadata>, EngineError> {
        self.approve_trusted(issuer);
        let scope = self.scope().clone();
        let issuer = self.oauth_text("issuer", issuer, &scope)?;
        self.discover_issuer(&issuer, log).await
    }

    /// What an issuer says of its endpoints: asked as a step of this run would ask it.
    pub async fn provider_metadata(&mut self, issuer: &str) -> Result<Arc<Metadata>, RunFailure> {
        let found = self
            .discover_issuer(issuer, &mut ExchangeLog::default())
            .await;
        found.map_err(|error| self.failure(error, None))
    }

    /// The metadata of an issuer whose address is known.
    pub(crate) async fn discover_issuer(
        &mut self,
        issuer: &str,
        log: &mut ExchangeLog,
    ) -> Result<Arc<Metadata>, EngineError> {
        let now = self.clock().unix_seconds();
        if let Some(metadata) = self.engine.metadata().get(issuer, now) {
            return Ok(metadata);
        }
        let address = Url::parse(issuer).map_err(|error| EngineError::InvalidUrl {
            place: "issuer".to_owned(),
            value: issuer
                .split(['?', '#'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            reason: error.to_string(),
        })?;
        require_secure(&address, "issuer")?;
        let mut found = None;
        for candidate in document_addresses(&address) {
            *log = ExchangeLog::default();
            let mut draft = Draft::to(candidate);
            draft.method = Method::GET;
            draft
                .headers
                .push((header::ACCEPT, HeaderValue::from_static("application/json")));
            let answer = self.exchange_unredirected(draft, "discovery", log).await?;
            if answer.status == 200 {
                found = Some(Metadata::read(&answer.body, issuer));
                if matches!(found, Some(Ok(_))) {
                    break;
                }
            } else if found.is_none() {
                found = Some(Err(OauthError::Discovery {
                    issuer: issuer.to_owned(),
                    reason: format!("{} answered {}", shown(&answer.url), answer.status),
                }));
            }
            // A document of another issuer is no reason to look elsewhere.
            if answer.status == 200 && is_json(&answer.body) {
                break;
            }
        }
        *log = ExchangeLog::default();
        let metadata = Arc::new(found.unwrap_or_else(|| {
            Err(OauthError::Discovery {
                issuer: issuer.to_owned(),
                reason: "it has no discovery document".to_owned(),
            })
        })?);
        self.engine
            .metadata()
            .put(issuer, now, Arc::clone(&metadata));
        Ok(metadata)
    }

    /// Fetches a JSON document of a provider, such as its keys; none where it cannot be had.
    pub(crate) async fn fetch_document(
        &mut self,
        address: &str,
        what: &'static str,
    ) -> Result<Bytes, EngineError> {
        let url = Url::parse(address).map_err(|error| EngineError::InvalidUrl {
            place: what.to_owned(),
            value: address
                .split(['?', '#'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            reason: error.to_string(),
        })?;
        require_secure(&url, what)?;
        let mut draft = Draft::to(url);
        draft.method = Method::GET;
        let answer = self
            .exchange_unredirected(draft, what, &mut ExchangeLog::default())
            .await?;
        if answer.status != 200 {
            return Err(EngineError::UnexpectedStatus {
                method: "GET".to_owned(),
                url: shown(&answer.url),
                status: answer.status,
                expected: "200".to_owned(),
            });
        }
        Ok(answer.body)
    }

    /// Sends JSON to an endpoint of a provider.
    pub(crate) async fn post_json(
        &mut self,
        url: Url,
        document: Value,
        what: &'static str,
        log: &mut ExchangeLog,
    ) -> Result<Answer, EngineError> {
        let mut draft = Draft::to(url);
        draft.headers.push((
            HeaderName::from_static("accept"),
            HeaderValue::from_static("application/json"),
        ));
        draft.body = DraftBody::Json(document);
        self.exchange_unredirected(draft, what, log).await
    }
}

fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

/// Credentials go over https, or stay on this machine.
pub(crate) fn require_secure(url: &Url, place: &str) -> Result<(), EngineError> {
    let on_this_machine = Origin::of(url).is_some_and(|origin| origin.is_loopback());
    if url.scheme() == "https" || (url.scheme() == "http" && on_this_machine) {
        return Ok(());
    }
    Err(OauthError::Insecure {
        place: place.to_owned(),
        endpoint: shown(url),
    }
    .into())
}
