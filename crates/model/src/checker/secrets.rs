//! Credentials that are written out in the file: by what they are called, by what they look like, and by where they stand.

use super::walk_templates;
use crate::auth::Auth;
use crate::connector::Connector;
use crate::credential_name::is_credential_name;
use crate::diagnostic::Diagnostic;
use crate::form::FieldType;
use crate::request::{Body, Parameter, Request};
use crate::rule::Rule;
use crate::step::{Step, StepKind};
use crate::template_syntax::{is_literal, lookups};

/// What stands before a token of a well-known provider.
const TOKEN_MARKS: &[&str] = &[
    "eyJhbGciOi",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "rk_live_",
    "rk_test_",
    "shpat_",
    "sk_live_",
    "sk_test_",
    "xapp-",
    "xoxb-",
    "xoxp-",
];
/// No token of these is shorter.
const SHORTEST_TOKEN: usize = 20;
/// Where the other half is the secret, these stand for a password that there is none of.
const NO_PASSWORDS: &[&str] = &["x", "api_token", "x-oauth-basic", "x-oauth-token"];

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let mut secrets = Secrets(findings);
    walk_templates(connector, &mut |path, template| {
        secrets.template(&path, template);
    });
    secrets.parameters_of(connector);
    secrets.forms(connector);
    secrets.outside_templates(connector);
}

struct Secrets<'f>(&'f mut Vec<Diagnostic>);

impl Secrets<'_> {
    fn warn(&mut self, path: impl Into<String>, what: &str) {
        let path = path.into();
        // A token in a header that is called like one is one credential.
        if self
            .0
            .iter()
            .any(|found| found.code == Rule::SecretPlainText.code() && found.path == path)
        {
            return;
        }
        self.0.push(Rule::SecretPlainText.finding(
            path,
            format!("{what} is written out in the file"),
            "Make it a secret variable and use `{{ vars.name }}`: a file is shared and kept in git.",
        ));
    }

    /// By where a template stands and by what it looks like.
    fn template(&mut self, path: &str, template: &str) {
        if is_private_key(template) {
            self.warn(path, "a private key");
        } else if has_token(template) {
            self.warn(path, "a token");
        } else if is_secret_place(path) && is_written_out(template) {
            self.warn(path, "a secret");
        } else if is_address(path) {
            self.address(path, template);
        }
    }

    /// `https://user:password@host`, and `?api_key=…` in an address.
    fn address(&mut self, path: &str, template: &str) {
        if has_password(template) {
            self.warn(path, "a password in an address");
        }
        let Some((_, query)) = template.split_once('?') else {
            return;
        };
        let secret = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, value)| is_credential(name, value));
        if let Some((name, _)) = secret {
            self.warn(path, &format!("`{name}` in an address"));
        }
    }

    fn parameters_of(&mut self, connector: &Connector) {
        if let Auth::Multistep(multistep) = &connector.auth {
            self.steps("auth.steps", &multistep.steps);
            if let Some(refresh) = &multistep.refresh {
                self.steps("auth.refresh.steps", &refresh.steps);
            }
            for (index, parameter) in multistep.request_parameters.iter().enumerate() {
                if parameter.enabled
                    && is_credential(parameter.name.as_str(), parameter.value.as_str())
                {
                    self.warn(
                        format!("auth.request_parameters[{index}].value"),
                        "a credential",
                    );
                }
            }
        }
        if let Auth::Oauth2(grant) = &connector.auth {
            self.oauth("auth", &grant.step_kind());
        }
        if let Some(test) = &connector.test {
            self.request("test.request", &test.request);
        }
        for (index, endpoint) in connector.endpoints.iter().enumerate() {
            self.request(&format!("endpoints[{index}].request"), &endpoint.request);
        }
    }

    fn steps(&mut self, path: &str, steps: &[Step]) {
        for (index, step) in steps.iter().enumerate() {
            let path = format!("{path}[{index}]");
            self.oauth(&path, &step.kind);
            match &step.kind {
                StepKind::ApiRequest(api) => self.request(&format!("{path}.request"), &api.request),
                StepKind::Poll(poll) => self.request(&format!("{path}.request"), &poll.request),
                _ => {}
            }
        }
    }

    fn oauth(&mut self, path: &str, kind: &StepKind) {
        let Some(oauth) = kind.oauth() else {
            return;
        };
        for (name, list) in [
            ("authorize_params", &oauth.authorize_params),
            ("token_params", &oauth.token_params),
            ("refresh_params", &oauth.refresh_params),
            ("token_headers", &oauth.token_headers),
            ("refresh_headers", &oauth.refresh_headers),
        ] {
            self.parameters(&format!("{path}.{name}"), list);
        }
    }

    fn request(&mut self, path: &str, request: &Request) {
        self.parameters(&format!("{path}.query"), &request.query);
        self.parameters(&format!("{path}.headers"), &request.headers);
        if let Body::Form(body) | Body::Multipart(body) = &request.body {
            self.parameters(&format!("{path}.body.fields"), &body.fields);
        }
    }

    fn parameters(&mut self, path: &str, list: &[Parameter]) {
        for (index, parameter) in list.iter().enumerate() {
            if parameter.enabled && is_credential(parameter.name.as_str(), parameter.value.as_str())
            {
                self.warn(format!("{path}[{index}].value"), "a credential");
            }
        }
    }

    /// What is filled into a password field for everyone.
    fn forms(&mut self, connector: &Connector) {
        let Auth::Multistep(multistep) = &connector.auth else {
            return;
        };
        for (index, step) in multistep.steps.iter().enumerate() {
            let StepKind::Form(form) = &step.kind else {
                continue;
            };
            for (position, field) in form.fields.iter().enumerate() {
                if field.field_type == FieldType::Password
                    && field
                        .default
                        .as_ref()
                        .is_some_and(|default| is_written_out(default.as_str()))
                {
                    self.warn(
                        format!("auth.steps[{index}].fields[{position}].default"),
                        "a password",
                    );
                }
            }
        }
    }

    fn outside_templates(&mut self, connector: &Connector) {
        for (index, variable) in connector.variables.iter().enumerate() {
            let Some(value) = variable.value.as_deref() else {
                continue;
            };
            if is_private_key(value)
                || has_token(value)
                || !value.is_empty() && is_credential_name(&variable.name)
            {
                self.warn(
                    format!("variables[{index}].value"),
                    &format!("the variable `{}`", variable.name),
                );
            }
        }
        let proxy = connector
            .network
            .as_ref()
            .and_then(|network| network.proxy.as_ref());
        if proxy.is_some_and(|proxy| has_password(proxy.as_str())) {
            self.warn("network.proxy", "the proxy's password");
        }
    }
}

/// Whether a place holds nothing but a secret.
fn is_secret_place(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or_default();
    // A member of a body is called as the API calls it.
    if path.contains(".body.") {
        return is_credential_name(last);
    }
    matches!(
        last,
        "client_secret"
            | "secret_access_key"
            | "session_token"
            | "password"
            | "consumer_secret"
            | "token_secret"
            | "client_key"
    ) || matches!(path, "auth.token" | "auth.value" | "auth.signing.token")
        // Of a JWT bearer step; a claim may be called so too.
        || last == "key" && path.starts_with("auth") && !path.contains(".claims")
}

pub(super) fn is_address(path: &str) -> bool {
    path.ends_with("url") || path.ends_with(".issuer")
}

fn is_credential(name: &str, value: &str) -> bool {
    is_written_out(value) && is_literal(name) && is_credential_name(name)
}

/// Whether a template is the same whatever is answered: text, or expressions that look nothing up.
fn is_written_out(template: &str) -> bool {
    let text = template.trim();
    let is_nothing = text.is_empty()
        || matches!(text.to_ascii_lowercase().as_str(), "true" | "false")
        || NO_PASSWORDS.contains(&text.to_ascii_lowercase().as_str());
    if is_nothing {
        return false;
    }
    is_literal(text)
        // A text inside an expression: `{{ 'user:password' | base64encode }}`.
        || text.contains(['\'', '"']) && !text.contains("()") && lookups(text).is_empty()
            && crate::template_syntax::parse_errors(text).is_empty()
            && !["random_hex(", "cookie("].iter().any(|function| text.contains(function))
}

fn is_private_key(text: &str) -> bool {
    text.contains("PRIVATE KEY-----")
}

/// Whether there is a token in a text, of a kind that is known by its first letters.
fn has_token(text: &str) -> bool {
    TOKEN_MARKS.iter().any(|mark| {
        text.find(mark).is_some_and(|at| {
            let token = text.get(at..).unwrap_or_default();
            let length = token
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
                .count();
            length >= SHORTEST_TOKEN
        })
    })
}

/// Whether an address has a password before its host, and not by an expression.
fn has_password(address: &str) -> bool {
    let Some((user, _)) = crate::origin::origin_part(address)
        .and_then(|part| part.split_once("://"))
        .and_then(|(_, authority)| authority.rsplit_once('@'))
    else {
        return false;
    };
    user.split_once(':')
        .is_some_and(|(_, password)| !password.is_empty() && is_literal(password))
}
