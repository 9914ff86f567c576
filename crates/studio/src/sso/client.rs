//! The person's client at the provider, and the connector that signs it in.

use latchwork_engine::Metadata;
use latchwork_model::{
    Auth, AuthorizationCodeStep, Connector, ConnectorKind, Multistep, OauthFields, Origin,
    Parameter, RedirectKind, Step, StepKind, Template, Variable,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::error::StudioError;
use crate::wire::{ReturnsBy, SsoSignIn};

/// Whose outputs the session is; no connector of the library can have this id.
pub(crate) const SSO_CONNECTOR: &str = "latchwork:sso";
/// The one step of the sign-in.
pub(super) const SSO_STEP: &str = "sso";
/// The variable that the client's secret is in.
pub(super) const SECRET: &str = "client_secret";
/// What is asked for where nothing else is said.
const USUAL_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// Microsoft's issuers. They give refresh tokens without a question, and asked with `prompt=consent` they refuse people
/// whose administrator has consented for all.
const CONSENTED_BY_ADMINISTRATORS: [&str; 3] = [
    "login.microsoftonline.com",
    "login.microsoftonline.us",
    "login.partner.microsoftonline.cn",
];

/// The client, as it is kept: nothing in it is a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SsoClient {
    pub issuer: String,
    pub client_id: String,
    pub scopes: Vec<String>,
    pub redirect: ReturnsBy,
    /// Origins of the provider's endpoints that are not the issuer's own, as its discovery document vouches for them.
    pub origins: Vec<String>,
}

impl SsoClient {
    /// What a person typed, checked.
    pub(super) fn of(request: &SsoSignIn) -> Result<Self, StudioError> {
        let needed = |text: &str, field: &'static str| {
            let text = text.trim();
            if text.is_empty() {
                return Err(StudioError::SsoIncomplete { field });
            }
            Ok(text.to_owned())
        };
        let mut scopes: Vec<String> = request
            .scopes
            .iter()
            .flat_map(|scope| scope.split_whitespace())
            .map(str::to_owned)
            .collect();
        if scopes.is_empty() {
            scopes = USUAL_SCOPES.map(str::to_owned).to_vec();
        }
        // Without it there is no ID token, and nobody would be known (OpenID Connect Core 1.0 section 3.1.2.1).
        if !scopes.iter().any(|scope| scope == "openid") {
            scopes.insert(0, "openid".to_owned());
        }
        Ok(Self {
            issuer: needed(&request.issuer, "issuer")?,
            client_id: needed(&request.client_id, "client_id")?,
            scopes,
            redirect: request.redirect,
            origins: Vec::new(),
        })
    }

    /// Takes the origins that the issuer's own document names: who trusts the issuer to say who they are trusts it
    /// to say where its endpoints are.
    pub(super) fn trust(&mut self, metadata: &Metadata) {
        self.origins = metadata.foreign_origins();
        let userinfo = metadata.userinfo_endpoint.as_deref();
        let userinfo = userinfo
            .and_then(|address| Url::parse(address).ok())
            .and_then(|address| Origin::of(&address));
        self.origins
            .extend(userinfo.map(|origin| origin.to_string()));
        self.origins.sort();
        self.origins.dedup();
    }

    /// What makes a provider give a refresh token: it grants `offline_access` where the person is asked, and leaves it
    /// out in silence otherwise (OpenID Connect Core 1.0 section 11).
    fn prompt(&self) -> Option<Parameter> {
        let host = Url::parse(&self.issuer).ok();
        let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
        let is_needed = self.scopes.iter().any(|scope| scope == "offline_access")
            && !CONSENTED_BY_ADMINISTRATORS.contains(&host);
        is_needed.then(|| Parameter::new("prompt", "consent"))
    }

    /// The connector that signs it in.
    pub(super) fn connector(&self) -> Connector {
        let mut connector = Connector::new("Single sign-on", ConnectorKind::Rest, "");
        connector.base_url = Template::literal(&self.issuer);
        connector.allowed_origins.clone_from(&self.origins);
        connector.variables = vec![Variable {
            name: SECRET.to_owned(),
            value: None,
            secret: true,
            description: None,
        }];
        let fields = OauthFields {
            issuer: Some(Template::literal(&self.issuer)),
            client_id: Template::literal(&self.client_id),
            client_secret: Some(format!("{{{{ vars.{SECRET} | default('') }}}}").into()),
            scopes: self
                .scopes
                .iter()
                .map(|scope| Template::literal(scope))
                .collect(),
            redirect: RedirectKind::from(self.redirect),
            authorize_params: self.prompt().into_iter().collect(),
            ..OauthFields::default()
        };
        let step = AuthorizationCodeStep {
            oauth: fields,
            ..AuthorizationCodeStep::default()
        };
        let mut step = Step::new(SSO_STEP, StepKind::Oauth2AuthorizationCode(step));
        step.label = Some("Single sign-on".to_owned());
        connector.auth = Auth::Multistep(Multistep {
            steps: vec![step],
            ..Multistep::default()
        });
        connector
    }
}

/// A claim that is a text.
pub(super) fn text(claims: &serde_json::Map<String, Value>, name: &str) -> Option<String> {
    claims
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use latchwork_model::{fingerprint, read_connector, write_connector};

    use super::*;

    fn request() -> SsoSignIn {
        SsoSignIn {
            issuer: " https://id.example ".to_owned(),
            client_id: "app".to_owned(),
            client_secret: None,
            scopes: Vec::new(),
            redirect: ReturnsBy::Loopback,
        }
    }

    #[test]
    fn s8_a_sign_in_asks_for_the_person_and_what_else_is_said() {
        let client = SsoClient::of(&request()).unwrap();
        assert_eq!(client.scopes, USUAL_SCOPES);
        assert_eq!(client.issuer, "https://id.example");
        let scopes = vec!["email groups".to_owned()];
        let asked = SsoClient::of(&SsoSignIn {
            scopes,
            ..request()
        });
        assert_eq!(asked.unwrap().scopes, ["openid", "email", "groups"]);
        for (issuer, client_id, field) in [("", "a", "issuer"), ("https://a", " ", "client_id")] {
            let error = SsoClient::of(&SsoSignIn {
                issuer: issuer.to_owned(),
                client_id: client_id.to_owned(),
                ..request()
            });
            assert_eq!(error.unwrap_err().fault().field.as_deref(), Some(field));
        }
    }

    #[test]
    fn offline_access_is_asked_for_with_a_question_but_where_an_administrator_answers() {
        for (issuer, scopes, is_asked) in [
            ("https://id.example", "openid offline_access", true),
            ("https://id.example", "openid", false),
            (
                "https://login.microsoftonline.com/common/v2.0",
                "openid offline_access",
                false,
            ),
        ] {
            let client = SsoClient::of(&SsoSignIn {
                issuer: issuer.to_owned(),
                scopes: vec![scopes.to_owned()],
                ..request()
            });
            let file = write_connector(&client.unwrap().connector());
            assert_eq!(file.contains("\"consent\""), is_asked, "{issuer} {scopes}");
        }
    }

    #[test]
    fn the_connector_is_a_valid_file_bound_to_issuer_and_client() {
        let client = SsoClient::of(&request()).unwrap();
        let connector = client.connector();
        read_connector(&write_connector(&connector)).unwrap();
        let bound = |client: &SsoClient| fingerprint(&client.connector());
        for other in [
            SsoClient {
                issuer: "https://evil.example".to_owned(),
                ..client.clone()
            },
            SsoClient {
                client_id: "other".to_owned(),
                ..client.clone()
            },
            SsoClient {
                origins: vec!["https://evil.example".to_owned()],
                ..client.clone()
            },
        ] {
            assert_ne!(bound(&client), bound(&other));
        }
    }

    #[test]
    fn a_template_that_is_typed_is_text() {
        let typed = SsoClient::of(&SsoSignIn {
            client_id: "{{ vars.client_secret }}".to_owned(),
            ..request()
        });
        let connector = typed.unwrap().connector();
        let file = write_connector(&connector);
        assert!(!file.contains("\"{{ vars.client_secret }}\""), "{file}");
    }
}
