//! A step's client: who it is at the provider, and how it shows so (RFC 6749 section 2.3; SAFETY Z19).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use latchwork_model::{ClientAuth, OauthFields, Parameter, TokenBody, TokenMethod};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::discovery::{Metadata, auto_client_auth};
use crate::error::EngineError;
use crate::request::{Draft, DraftBody, Renderer, render_parameters};
use crate::template::signed_token;

/// A step's client, rendered, and what is known of its provider.
pub(crate) struct OauthClient<'f> {
    pub fields: &'f OauthFields,
    pub id: String,
    pub secret: Option<Zeroizing<String>>,
    pub metadata: Option<Arc<Metadata>>,
}

/// Which of a step's further parameters and headers a token request takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenUse {
    /// The step's own grant: `token_params`, `token_headers`.
    Grant,
    /// The refresh grant: `refresh_params`, `refresh_headers`.
    Refresh,
    /// Another endpoint that authenticates the client in the same way: none of either.
    Other,
}

impl OauthClient<'_> {
    /// The client authentication, `auto` resolved.
    pub(crate) fn auth(&self) -> ClientAuth {
        match self.fields.client_auth {
            ClientAuth::Auto => auto_client_auth(
                self.metadata
                    .as_ref()
                    .and_then(|metadata| metadata.token_endpoint_auth_methods_supported.as_deref()),
                self.secret.is_some(),
            ),
            set => set,
        }
    }

    /// A standard parameter's name at this provider.
    pub(crate) fn name(&self, standard: &str) -> String {
        self.fields
            .param_names
            .as_ref()
            .and_then(|names| names.get(standard))
            .map_or_else(|| standard.to_owned(), Clone::clone)
    }

    /// A callback parameter's names: this provider's own, and the standard one, for providers that rename it on the
    /// way there only.
    pub(crate) fn callback_names(&self, standard: &str) -> Vec<String> {
        let mut names = vec![self.name(standard)];
        if names[0] != standard {
            names.push(standard.to_owned());
        }
        names
    }

    /// Pairs of standard names under this provider's names.
    pub(crate) fn named(&self, pairs: Vec<(&str, String)>) -> Vec<(String, String)> {
        pairs
            .into_iter()
            .map(|(name, value)| (self.name(name), value))
            .collect()
    }

    /// A request to a token endpoint: the grant's parameters, who the client is, and what the file adds.
    pub(crate) fn token_request(
        &self,
        endpoint: &Url,
        grant: Vec<(&str, String)>,
        token_use: TokenUse,
        renderer: &Renderer<'_>,
    ) -> Result<Draft, EngineError> {
        let identifies = grant.iter().any(|(name, value)| {
            *name == "grant_type"
                && (value == "authorization_code"
                    || value == "refresh_token"
                    || value == super::DEVICE_GRANT)
        }) || token_use == TokenUse::Other;
        let mut pairs = self.named(grant);
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        self.authenticate(endpoint, identifies, &mut pairs, &mut headers, renderer)?;
        let nothing: &[Parameter] = &[];
        let (params, params_place, more_headers, headers_place) = match token_use {
            TokenUse::Grant => (
                self.fields.token_params.as_slice(),
                "token_params",
                self.fields.token_headers.as_slice(),
                "token_headers",
            ),
            TokenUse::Refresh => (
                self.fields.refresh_params.as_slice(),
                "refresh_params",
                self.fields.refresh_headers.as_slice(),
                "refresh_headers",
            ),
            TokenUse::Other => (nothing, "token_params", nothing, "token_headers"),
        };
        let more = render_parameters(params, params_place, renderer)?;
        override_pairs(&mut pairs, more, &[]);
        let mut draft = Draft::to(endpoint.clone());
        if self.fields.token_method == TokenMethod::Get {
            draft.method = http::Method::GET;
        }
        place(&mut draft, pairs, self.fields, token_use);
        for (name, value) in headers {
            draft.set_header(&name, &value, "client_auth")?;
        }
        for (index, (name, value)) in render_parameters(more_headers, headers_place, renderer)?
            .into_iter()
            .enumerate()
        {
            draft.set_header(&name, &value, &format!("{headers_place}[{index}]"))?;
        }
        Ok(draft)
    }

    /// Adds what shows who the client is. `identifies` are grants that name a client that does not authenticate
    /// (RFC 6749 section 4.1.3); at others a client that does not authenticate sends nothing at all.
    fn authenticate(
        &self,
        endpoint: &Url,
        identifies: bool,
        pairs: &mut Vec<(String, String)>,
        headers: &mut Vec<(String, String)>,
        renderer: &Renderer<'_>,
    ) -> Result<(), EngineError> {
        let secret = self.secret.as_ref().map_or("", |secret| secret.as_str());
        match self.auth() {
            ClientAuth::Basic => {
                // Both are form-encoded first (RFC 6749 section 2.3.1).
                let encode = |text: &str| {
                    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()
                };
                let credentials =
                    Zeroizing::new(format!("{}:{}", encode(&self.id), encode(secret)));
                headers.push((
                    "authorization".to_owned(),
                    format!("Basic {}", STANDARD.encode(credentials.as_bytes())),
                ));
            }
            ClientAuth::Post => {
                pairs.push((self.name("client_id"), self.id.clone()));
                pairs.push((self.name("client_secret"), secret.to_owned()));
            }
            ClientAuth::PrivateKeyJwt => {
                pairs.push((self.name("client_id"), self.id.clone()));
                pairs.push((
                    self.name("client_assertion_type"),
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned(),
                ));
                pairs.push((
                    self.name("client_assertion"),
                    self.assertion(endpoint, renderer)?,
                ));
            }
            ClientAuth::None | ClientAuth::Auto => {
                if identifies && !self.id.is_empty() {
                    pairs.push((self.name("client_id"), self.id.clone()));
                }
            }
        }
        Ok(())
    }

    /// The assertion of `private_key_jwt` (RFC 7523 section 3, OpenID Connect Core section 9): for the endpoint that
    /// it is sent to, once, and for a minute.
    fn assertion(&self, endpoint: &Url, renderer: &Renderer<'_>) -> Result<String, EngineError> {
        let now = renderer.moment.unix_seconds();
        let claims = json!({
            "iss": self.id,
            "sub": self.id,
            "aud": endpoint.as_str(),
            "jti": renderer.moment.uuid(),
            "iat": now,
            "exp": now.saturating_add(60),
        });
        let key = match &self.fields.client_key {
            Some(key) => Zeroizing::new(renderer.text("client_key", key)?),
            None => Zeroizing::default(),
        };
        let key_id = match &self.fields.client_key_id {
            Some(key_id) => Some(renderer.text("client_key_id", key_id)?),
            None => None,
        };
        let mut reasons = Vec::new();
        for algorithm in self.assertion_algorithms() {
            match sign(&claims, &key, algorithm, key_id.as_deref()) {
                Ok(token) => return Ok(token),
                Err(reason) => reasons.push(reason),
            }
        }
        // A key that is of no kind is named as such; one that is of a kind and of no use, by what is wrong with it.
        let reason = reasons
            .into_iter()
            .find(|reason| !reason.contains("this is no"))
            .unwrap_or_else(|| {
                "this is no private key in PEM (PKCS#8, PKCS#1 or SEC 1), whether RSA, elliptic curve (P-256 or P-384) \
                 or Ed25519"
                    .to_owned()
            });
        Err(EngineError::Signing {
            place: "client_key".to_owned(),
            reason,
        })
    }

    /// What an assertion may be signed with: the key says which of these it is for, and the provider which it takes
    /// where it says so (RFC 8414 section 2).
    fn assertion_algorithms(&self) -> Vec<&'static str> {
        const ALL: [&str; 5] = ["RS256", "PS256", "ES256", "ES384", "EdDSA"];
        let taken = self.metadata.as_ref().and_then(|metadata| {
            metadata
                .token_endpoint_auth_signing_alg_values_supported
                .as_deref()
        });
        let fitting: Vec<&str> = ALL
            .into_iter()
            .filter(|name| taken.is_none_or(|taken| taken.iter().any(|other| other == name)))
            .collect();
        if fitting.is_empty() {
            ALL.to_vec()
        } else {
            fitting
        }
    }
}

/// A signed token, with the key's id where it has one; for a wrong key, what is wrong with it.
pub(crate) fn sign(
    claims: &Value,
    key: &str,
    algorithm: &str,
    key_id: Option<&str>,
) -> Result<String, String> {
    let claims = claims.as_object().cloned().unwrap_or_default();
    let headers = key_id.map(|key_id| ("kid".to_owned(), Value::from(key_id)));
    signed_token(claims, headers.into_iter().collect(), algorithm, key)
}

/// Puts further pairs in: they win over those that have their names, but for the names that are ours alone.
pub(crate) fn override_pairs(
    pairs: &mut Vec<(String, String)>,
    more: Vec<(String, String)>,
    ours: &[String],
) {
    let more: Vec<(String, String)> = more
        .into_iter()
        .filter(|(name, _)| !ours.contains(name))
        .collect();
    pairs.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    pairs.extend(more);
}

/// Puts the parameters where the provider takes them.
fn place(
    draft: &mut Draft,
    pairs: Vec<(String, String)>,
    fields: &OauthFields,
    token_use: TokenUse,
) {
    let body = match (fields.token_method, fields.token_body) {
        // RFC 7009 and RFC 8628 know a form only.
        _ if token_use == TokenUse::Other => TokenBody::Form,
        (TokenMethod::Get, _) => TokenBody::Query,
        (TokenMethod::Post, body) => body,
    };
    if token_use == TokenUse::Other {
        draft.method = http::Method::POST;
    }
    match body {
        TokenBody::Form => draft.body = DraftBody::Form(pairs),
        TokenBody::Json => {
            draft.body = DraftBody::Json(Value::Object(
                pairs
                    .into_iter()
                    .map(|(name, value)| (name, Value::String(value)))
                    .collect(),
            ));
        }
        TokenBody::Query => {
            for (name, value) in pairs {
                draft.add_query(&name, &value);
            }
        }
    }
}
