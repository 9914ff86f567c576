//! Dynamic client registration (RFC 7591): the client identifier is asked of the server.

use latchwork_model::ClientAuth;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::client::OauthClient;
use super::error::OauthError;
use super::requests::Endpoint;
use super::words::plain_words;
use crate::answer;
use crate::error::{EngineError, shown};
use crate::http::ExchangeLog;
use crate::run::Run;

impl Run<'_> {
    /// Registers a client for these grants and takes over the identifier that it is given.
    pub(crate) async fn register_client(
        &mut self,
        client: &mut OauthClient<'_>,
        redirect_uri: Option<&str>,
        grant_types: &[&str],
        log: &mut ExchangeLog,
    ) -> Result<(), EngineError> {
        let discovered = client
            .metadata
            .as_ref()
            .and_then(|metadata| metadata.registration_endpoint.clone());
        let scope = self.scope().clone();
        let endpoint = self.oauth_endpoint(
            client,
            Endpoint {
                field: "registration_endpoint",
                template: None,
                discovered: discovered.as_ref(),
            },
            &scope,
        )?;
        let method = match client.fields.client_auth {
            ClientAuth::Basic => "client_secret_basic",
            ClientAuth::Post => "client_secret_post",
            _ if redirect_uri.is_none() => "client_secret_basic",
            _ => "none",
        };
        let mut document = json!({
            "client_name": format!("Latchwork: {}", self.connector.name),
            "application_type": "native",
            "grant_types": grant_types,
            "response_types": if redirect_uri.is_some() { json!(["code"]) } else { json!([]) },
            "token_endpoint_auth_method": method,
        });
        if let Some(redirect_uri) = redirect_uri {
            document["redirect_uris"] = json!([redirect_uri]);
        }
        let answer = self
            .post_json(endpoint, document, "registration", log)
            .await?;
        let body = answer::body(&answer.headers, &answer.body);
        let refused = |words: String| {
            EngineError::from(OauthError::Registration {
                endpoint: shown(&answer.url),
                words,
            })
        };
        let text = |name: &str| {
            body.get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        let Some(id) = text("client_id").filter(|_| answer.status < 400) else {
            let words = ["error_description", "error", "message"]
                .iter()
                .find_map(|name| text(name))
                .map_or_else(
                    || format!("it answered {} without a client_id", answer.status),
                    plain_words,
                );
            return Err(refused(words));
        };
        id.clone_into(&mut client.id);
        client.secret = text("client_secret").map(|secret| Zeroizing::new(secret.to_owned()));
        if let Some(secret) = &client.secret {
            self.secrets.add(secret);
        }
        Ok(())
    }
}
