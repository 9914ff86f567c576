//! Credentials that stand in a file: each becomes a secret variable, and its value leaves the connector for the vault.
//!
//! Where they stand is known by names and by the auth method; what a value looks like says nothing.

use std::collections::{HashMap, HashSet};

use latchwork_model::{
    Auth, Body, Connector, Multistep, Oauth2Grant, OauthFields, Parameter, Request, Signing,
    StepKind, Template, Variable,
};
use secrecy::SecretString;
use serde_json::Value;

use super::FoundSecret;
use super::endpoint_names::identifier;
use crate::literal::{Piece, pieces};
use crate::unique_names::Unique;

/// Takes the credentials out of a connector.
pub(crate) struct FoundSecrets<'a> {
    connector: &'a mut Connector,
    /// Names of variables that are there.
    names: Unique,
    /// The variable that stands for a value.
    by_value: HashMap<String, String>,
    found: Vec<FoundSecret>,
    /// Variables of the file that stand where credentials do.
    used: HashSet<String>,
}

impl<'a> FoundSecrets<'a> {
    /// Takes them all; what is left is a connector without a secret, and what was taken.
    pub fn take(connector: &'a mut Connector) -> Vec<FoundSecret> {
        let names = connector
            .variables
            .iter()
            .map(|variable| variable.name.as_str())
            .collect();
        let mut secrets = Self {
            connector,
            names,
            by_value: HashMap::new(),
            found: Vec::new(),
            used: HashSet::new(),
        };
        let mut auth = std::mem::take(&mut secrets.connector.auth);
        secrets.auth(&mut auth);
        secrets.connector.auth = auth;
        let mut endpoints = std::mem::take(&mut secrets.connector.endpoints);
        for endpoint in &mut endpoints {
            secrets.request(&mut endpoint.request);
        }
        secrets.connector.endpoints = endpoints;
        secrets.variables()
    }

    /// Variables that stand where a credential does, or are named like one, are secret.
    fn variables(self) -> Vec<FoundSecret> {
        let Self {
            connector,
            found,
            used,
            ..
        } = self;
        let mut all = Vec::new();
        for variable in &mut connector.variables {
            if !variable.secret && !used.contains(&variable.name) && !is_credential(&variable.name)
            {
                continue;
            }
            variable.secret = true;
            let value = variable
                .value
                .take()
                .filter(|value| !value.is_empty() && !is_placeholder(value));
            all.push(FoundSecret {
                name: variable.name.clone(),
                value: value.map(SecretString::from),
            });
        }
        for secret in &found {
            connector.variables.push(Variable {
                name: secret.name.clone(),
                value: None,
                secret: true,
                description: None,
            });
        }
        all.extend(found);
        all
    }

    fn auth(&mut self, auth: &mut Auth) {
        match auth {
            Auth::None => {}
            Auth::ApiKey(key) => {
                let name = key.name.as_str().to_owned();
                self.credential(&mut key.value, &name);
            }
            Auth::Bearer(bearer) => self.template(&mut bearer.token, "token"),
            Auth::Basic(basic) => self.optional(&mut basic.password, "password"),
            Auth::Oauth2(grant) => self.oauth(match grant {
                Oauth2Grant::AuthorizationCode(step) => &mut step.oauth,
                Oauth2Grant::Pkce(step) => &mut step.oauth,
                Oauth2Grant::ClientCredentials(step) => &mut step.oauth,
                Oauth2Grant::DeviceCode(step) => &mut step.oauth,
                Oauth2Grant::JwtBearer(step) => &mut step.oauth,
            }),
            Auth::AwsSigv4(aws) => {
                self.template(&mut aws.secret_access_key, "secret_access_key");
                self.optional(&mut aws.session_token, "session_token");
            }
            Auth::Multistep(multistep) => self.multistep(multistep),
        }
    }

    fn multistep(&mut self, multistep: &mut Multistep) {
        for step in &mut multistep.steps {
            match &mut step.kind {
                StepKind::ApiRequest(step) => self.request(&mut step.request),
                StepKind::BasicAuth(step) => self.optional(&mut step.password, "client_secret"),
                StepKind::Oauth2AuthorizationCode(step) => self.oauth(&mut step.oauth),
                StepKind::Oauth2Pkce(step) => self.oauth(&mut step.oauth),
                StepKind::Oauth2ClientCredentials(step) => self.oauth(&mut step.oauth),
                _ => {}
            }
        }
        for parameter in &mut multistep.request_parameters {
            let name = parameter.name.as_str().to_owned();
            if is_credential(&name) {
                self.credential(&mut parameter.value, &name);
            }
        }
        match &mut multistep.signing {
            Some(Signing::Oauth1(signing)) => {
                self.template(&mut signing.consumer_secret, "consumer_secret");
                self.template(&mut signing.token, "access_token");
                self.template(&mut signing.token_secret, "token_secret");
            }
            Some(Signing::AwsSigv4(aws)) => {
                self.template(&mut aws.secret_access_key, "secret_access_key");
            }
            None => {}
        }
    }

    fn oauth(&mut self, oauth: &mut OauthFields) {
        self.optional(&mut oauth.client_secret, "client_secret");
        for parameters in [
            &mut oauth.authorize_params,
            &mut oauth.token_params,
            &mut oauth.refresh_params,
            &mut oauth.token_headers,
            &mut oauth.refresh_headers,
        ] {
            self.parameters(parameters);
        }
    }

    fn request(&mut self, request: &mut Request) {
        self.parameters(&mut request.query);
        self.parameters(&mut request.headers);
        match &mut request.body {
            Body::Form(body) | Body::Multipart(body) => self.parameters(&mut body.fields),
            Body::Json(body) => self.members(&mut body.value),
            Body::Graphql(body) => self.members(&mut body.variables),
            Body::None | Body::Text(_) => {}
        }
    }

    fn parameters(&mut self, parameters: &mut [Parameter]) {
        for parameter in parameters {
            let name = parameter.name.as_str().to_owned();
            if is_credential(&name) {
                self.credential(&mut parameter.value, &name);
            }
        }
    }

    fn members(&mut self, value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(|value| self.members(value)),
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(text) if is_credential(name) => {
                            let mut template = Template::from(text.as_str());
                            self.template(&mut template, name);
                            *value = Value::String(template.as_str().to_owned());
                        }
                        other => self.members(other),
                    }
                }
            }
            _ => {}
        }
    }

    fn optional(&mut self, template: &mut Option<Template>, name: &str) {
        if let Some(template) = template {
            self.template(template, name);
        }
    }

    /// A value with a scheme before it, as in `Authorization: Bearer …`, keeps the scheme.
    fn credential(&mut self, template: &mut Template, name: &str) {
        const SCHEMES: [&str; 7] = [
            "Bearer", "Basic", "Token", "ApiKey", "Key", "SSWS", "GenieKey",
        ];
        let scheme = template.as_str().split_once(' ').filter(|(scheme, _)| {
            SCHEMES
                .iter()
                .any(|known| known.eq_ignore_ascii_case(scheme))
        });
        match scheme {
            Some((scheme, value)) => {
                let scheme = scheme.to_owned();
                let mut value = Template::from(value.trim());
                let name = if scheme.eq_ignore_ascii_case("bearer") {
                    "token"
                } else {
                    name
                };
                self.template(&mut value, name);
                *template = format!("{scheme} {value}").into();
            }
            None => self.template(template, name),
        }
    }

    /// Text becomes a secret variable; variables that stand there become secret.
    fn template(&mut self, template: &mut Template, name: &str) {
        let parts = pieces(template.as_str());
        match parts.as_slice() {
            [] => {}
            [Piece::Text(text)] => {
                let variable = self.variable(name, text);
                *template = format!("{{{{ vars.{variable} }}}}").into();
            }
            parts => {
                for part in parts {
                    if let Piece::Expression(expression) = part
                        && let Some(name) = variable_of(expression)
                    {
                        self.used.insert(name.to_owned());
                    }
                }
            }
        }
    }

    /// The variable that stands for a value.
    fn variable(&mut self, wanted: &str, value: &str) -> String {
        if let Some(known) = self.by_value.get(value) {
            return known.clone();
        }
        let base = identifier(
            wanted
                .trim_start_matches(['x', 'X'])
                .trim_start_matches('-'),
        )
        .or_else(|| identifier(wanted))
        .unwrap_or_else(|| "secret".to_owned());
        let name = self.names.take(&base);
        self.by_value.insert(value.to_owned(), name.clone());
        let kept = (!is_placeholder(value)).then(|| SecretString::from(value));
        self.found.push(FoundSecret {
            name: name.clone(),
            value: kept,
        });
        name
    }
}

/// The variable that an expression begins with: `token` of `vars.token | parse_json`.
fn variable_of(expression: &str) -> Option<&str> {
    let name = expression.strip_prefix("vars.")?;
    let end = name
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .unwrap_or(name.len());
    (end > 0).then(|| &name[..end])
}

/// Whether a header, field, member or variable of this name holds a credential.
///
/// Narrower than what is masked: a `sort_key` that is masked harms nobody, one that is asked for does.
pub(crate) fn is_credential(name: &str) -> bool {
    let id = identifier(name).unwrap_or_default();
    let words: Vec<&str> = id.split('_').collect();
    let last = words.last().copied().unwrap_or_default();
    let no_credential = [
        "type", "types", "url", "uri", "endpoint", "name", "expiry", "expires", "in", "at",
        "limit", "count", "hint", "policy",
    ];
    if no_credential.contains(&last) {
        return false;
    }
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if has(&[
        "page",
        "next",
        "sync",
        "continuation",
        "cursor",
        "csrf",
        "xsrf",
        "public",
    ]) {
        return false;
    }
    let whole = words.concat();
    has(&[
        "token",
        "secret",
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "authorization",
        "credential",
        "credentials",
        "cookie",
        "apikey",
        "jwt",
    ]) || matches!(whole.as_str(), "key" | "session" | "sessionid" | "sid")
        || [
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "authkey",
            "subscriptionkey",
            "clientkey",
            "token",
            "password",
        ]
        .iter()
        .any(|end| whole.ends_with(end))
}

/// Whether a value stands for one that the reader has to put there: `$TOKEN`, `<your key>`, `YOUR_API_KEY`, `…`.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let variable = value.strip_prefix('$').map(|name| {
        name.strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
            .unwrap_or(name)
    });
    variable.is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    }) || value.starts_with('<') && value.ends_with('>')
        || value.starts_with('{') && value.ends_with('}')
        || ["your_", "your-", "your "]
            .iter()
            .any(|start| lower.starts_with(start))
        || !value.is_empty()
            && value
                .chars()
                .all(|character| matches!(character, '*' | '•' | '.' | '…' | 'x' | 'X'))
}

#[cfg(test)]
mod tests {
    use super::{is_credential, is_placeholder};

    #[test]
    fn names_of_credentials_are_known_and_their_neighbours_are_not() {
        for name in [
            "Authorization",
            "X-API-Key",
            "api_key",
            "apikey",
            "access_token",
            "accessToken",
            "client_secret",
            "password",
            "Cookie",
            "key",
            "session",
            "X-Auth-Token",
            "Ocp-Apim-Subscription-Key",
            "authtoken",
            "jwt",
        ] {
            assert!(is_credential(name), "{name}");
        }
        for name in [
            "keyword",
            "sort_key",
            "page_token",
            "nextPageToken",
            "token_type",
            "token_url",
            "max_tokens",
            "monkey",
            "session_length",
            "grant_type",
            "public_key",
            "X-CSRF-Token",
            "",
        ] {
            assert!(!is_credential(name), "{name}");
        }
    }

    #[test]
    fn what_stands_for_a_value_is_no_value() {
        for value in [
            "$TOKEN",
            "${API_KEY}",
            "<your token>",
            "YOUR_API_KEY",
            "your-key",
            "{token}",
            "xxxx",
            "***",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["", "sk_live_1", "$a-b", "$", "yours", "x1"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
