//! What makes a well-shaped file a valid one: ids, uniqueness, what a refresh flow may hold, addresses.
//!
//! What is valid but unwise is the checker's, not this module's.

use std::collections::HashSet;

use url::Url;

use crate::algorithms::{jwt_algorithm_fault, oauth1_method_fault};
use crate::auth::{Auth, Multistep, Signing};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::form::{FieldType, FormOptions};
use crate::oauth::{ClientAuth, ClientRegistration, OauthFields};
use crate::origin::OriginPattern;
use crate::refresh::Refresh;
use crate::request::{Body, Request};
use crate::step::{Step, StepKind};

/// Names that the product gives a meaning, so that no step may have them.
pub const STEP_ID_RESERVED: &[&str] = &[
    "vars",
    "connector",
    "account",
    "input",
    "request",
    "body",
    "headers",
    "status",
    "cookies",
    "raw",
    "callback",
];

/// Whether a name is `[a-z][a-z0-9_]*`.
pub fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// All that makes a well-shaped connector invalid; empty where it is valid.
pub fn validate(connector: &Connector) -> Vec<Diagnostic> {
    let mut findings = Findings(Vec::new());
    if connector.name.trim().is_empty() {
        findings.push(
            "name",
            "the name is empty",
            "Give the connector a name that says what it is.",
        );
    }
    findings.base_url(connector);
    for (index, origin) in connector.allowed_origins.iter().enumerate() {
        if OriginPattern::parse(origin).is_none() {
            findings.push(
                format!("allowed_origins[{index}]"),
                format!("`{origin}` is not an origin"),
                "Write a scheme and a host, such as https://api.example.com or https://*.example.com.",
            );
        }
    }
    findings.variables(connector);
    match &connector.auth {
        Auth::Multistep(multistep) => findings.multistep(multistep),
        Auth::Oauth2(grant) => {
            let step = Step::new("oauth", grant.step_kind());
            findings.0.extend(validate_step(&step, "auth"));
        }
        _ => {}
    }
    if let Some(test) = &connector.test {
        findings.request(&test.request, "test.request");
    }
    findings.endpoints(connector);
    findings.0
}

/// All that makes one step invalid by itself; `path` is where it stands.
pub(crate) fn validate_step(step: &Step, path: &str) -> Vec<Diagnostic> {
    let mut findings = Findings(Vec::new());
    findings.step(step, path);
    findings.0
}

struct Findings(Vec<Diagnostic>);

impl Findings {
    fn push(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Diagnostic::invalid(path, message, help));
    }

    fn base_url(&mut self, connector: &Connector) {
        let base_url = connector.base_url.as_str();
        let help = "Write an address such as https://api.example.com.";
        if base_url.trim().is_empty() {
            self.push("base_url", "the base URL is empty", help);
        } else if !base_url.contains("{{") && !base_url.contains("{%") {
            match Url::parse(base_url) {
                Ok(url) if matches!(url.scheme(), "http" | "https") && url.host().is_some() => {}
                Ok(url) => {
                    let message = format!(
                        "`{base_url}` has the scheme `{}`, expected http or https",
                        url.scheme()
                    );
                    self.push("base_url", message, help);
                }
                Err(error) => self.push(
                    "base_url",
                    format!("`{base_url}` is not an address: {error}"),
                    help,
                ),
            }
        } else if let Some((scheme, _)) = base_url.split_once("://")
            && !scheme.contains('{')
            && !matches!(scheme, "http" | "https")
        {
            self.push(
                "base_url",
                format!("the scheme `{scheme}` is not http or https"),
                help,
            );
        }
    }

    fn variables(&mut self, connector: &Connector) {
        let mut names = HashSet::new();
        for (index, variable) in connector.variables.iter().enumerate() {
            let path = format!("variables[{index}].name");
            if !is_variable_name(&variable.name) {
                self.push(
                    &path,
                    format!("`{}` is not a variable name", variable.name),
                    "Use letters, digits and underscores, and begin with a letter.",
                );
            } else if !names.insert(&variable.name) {
                self.push(
                    &path,
                    format!("`{}` is there twice", variable.name),
                    "Rename or delete one of them.",
                );
            }
            if variable.secret && variable.value.is_some() {
                self.push(
                    format!("variables[{index}].value"),
                    format!(
                        "the secret variable `{}` has a value in the file",
                        variable.name
                    ),
                    "Delete the value: a secret lives in the vault and is asked for on import.",
                );
            }
        }
    }

    fn multistep(&mut self, multistep: &Multistep) {
        let mut ids = HashSet::new();
        self.flow(&multistep.steps, "auth.steps", &mut ids);
        if let Some(refresh) = &multistep.refresh {
            self.flow(&refresh.steps, "auth.refresh.steps", &mut ids);
            self.refresh(refresh);
        }
        if let Some(Signing::Oauth1(oauth)) = &multistep.signing {
            self.0.extend(oauth1_method_fault(oauth, "auth.signing"));
        }
    }

    fn flow<'a>(&mut self, steps: &'a [Step], path: &str, ids: &mut HashSet<&'a str>) {
        let mut sso_tokens = 0;
        for (index, step) in steps.iter().enumerate() {
            let path = format!("{path}[{index}]");
            self.step(step, &path);
            if !ids.insert(&step.id) {
                self.push(
                    format!("{path}.id"),
                    format!("the step id `{}` is there twice", step.id),
                    "Rename one of the steps: an id names one step's outputs.",
                );
            }
            if matches!(step.kind, StepKind::SsoToken(_)) {
                sso_tokens += 1;
                if sso_tokens == 2 {
                    self.push(
                        path,
                        "a second SSO token step",
                        "A flow has at most one: use the first one's outputs.",
                    );
                }
            }
        }
    }

    fn refresh(&mut self, refresh: &Refresh) {
        for (index, step) in refresh.steps.iter().enumerate() {
            if !step.kind.needs_no_person() {
                self.push(
                    format!("auth.refresh.steps[{index}].type"),
                    format!("a {} step cannot be in a refresh flow: it needs a person", step.kind.tag()),
                    "A refresh flow holds api_request, sso_token, set_variables, poll, oauth2_client_credentials \
                     and oauth2_jwt_bearer steps.",
                );
            }
        }
    }

    fn step(&mut self, step: &Step, path: &str) {
        let at = |name: &str| crate::path::join(path, name);
        if !is_identifier(&step.id) {
            self.push(
                at("id"),
                format!("`{}` is not a step id", step.id),
                "Begin with a small letter; then small letters, digits and underscores.",
            );
        } else if STEP_ID_RESERVED.contains(&step.id.as_str())
            || crate::template_syntax::is_reserved_word(&step.id)
        {
            self.push(
                at("id"),
                format!("`{}` is a word of the template language", step.id),
                "Choose another id: this one would hide that word.",
            );
        }
        match &step.kind {
            StepKind::Form(form) => {
                let mut keys = HashSet::new();
                for (index, field) in form.fields.iter().enumerate() {
                    let field_path = at(&format!("fields[{index}]"));
                    if field.key.trim().is_empty() {
                        self.push(
                            format!("{field_path}.key"),
                            "the key is empty",
                            "Give it a key: it names the output.",
                        );
                    } else if !keys.insert(&field.key) {
                        self.push(
                            format!("{field_path}.key"),
                            format!("the key `{}` is there twice", field.key),
                            "Rename one of the fields.",
                        );
                    }
                    let no_options = match &field.options {
                        None => true,
                        Some(FormOptions::List(list)) => list.is_empty(),
                        Some(FormOptions::Template(_)) => false,
                    };
                    if field.field_type == FieldType::Select && no_options {
                        self.push(
                            format!("{field_path}.options"),
                            format!("the select `{}` has no options", field.key),
                            "Give a list of { value, label }, or a template that gives one.",
                        );
                    }
                }
            }
            StepKind::ApiRequest(api) => self.request(&api.request, &at("request")),
            StepKind::Poll(poll) => self.request(&poll.request, &at("request")),
            kind => {
                if let Some(oauth) = kind.oauth() {
                    self.oauth(kind, oauth, path);
                }
            }
        }
    }

    fn oauth(&mut self, kind: &StepKind, oauth: &OauthFields, path: &str) {
        if let StepKind::Oauth2JwtBearer(step) = kind {
            self.0.extend(jwt_algorithm_fault(&step.own, path));
        }
        let mut missing = |name: &str, help: &str| {
            self.push(
                crate::path::join(path, name),
                format!("missing field `{name}`"),
                help,
            );
        };
        let registered = oauth.client_registration == ClientRegistration::Static;
        if oauth.client_id.is_empty() && registered && !matches!(kind, StepKind::Oauth2JwtBearer(_))
        {
            missing(
                "client_id",
                "Give the client id that the provider shows for your app.",
            );
        }
        if oauth.client_auth == ClientAuth::PrivateKeyJwt && oauth.client_key.is_none() {
            missing(
                "client_key",
                "Give the private key that the assertion is signed with.",
            );
        }
        if !registered && oauth.issuer.is_none() {
            missing(
                "issuer",
                "Dynamic registration finds its endpoint by discovery: give the issuer.",
            );
        }
        if oauth.issuer.is_some() {
            return;
        }
        let endpoint = "Give it, or an `issuer` whose endpoints are found by discovery.";
        if oauth.token_url.is_none() {
            missing("token_url", endpoint);
        }
        if matches!(
            kind,
            StepKind::Oauth2AuthorizationCode(_) | StepKind::Oauth2Pkce(_)
        ) && oauth.authorization_url.is_none()
        {
            missing("authorization_url", endpoint);
        }
        if matches!(kind, StepKind::Oauth2DeviceCode(step) if step.own.device_authorization_url.is_none())
        {
            missing("device_authorization_url", endpoint);
        }
    }

    fn request(&mut self, request: &Request, path: &str) {
        let token = !request.method.is_empty()
            && request
                .method
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
        if !token {
            self.push(
                format!("{path}.method"),
                format!("`{}` is not an HTTP method", request.method),
                "Use a method such as GET or POST.",
            );
        }
        if let Body::Text(text) = &request.body
            && text.content_type.contains(['\r', '\n', '\0'])
        {
            self.push(
                format!("{path}.body.content_type"),
                "a content type is one line",
                "Write a media type such as text/xml.",
            );
        }
        let url = request.url.as_str();
        if let Some((scheme, _)) = url.split_once("://")
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            && !scheme.eq_ignore_ascii_case("http")
            && !scheme.eq_ignore_ascii_case("https")
        {
            self.push(
                format!("{path}.url"),
                format!("the scheme `{scheme}` is not http or https"),
                "Write an http or https address, or a path that begins with `/`.",
            );
        } else if !url.is_empty()
            && !url.starts_with('/')
            && !url.starts_with('{')
            && !url.contains("://")
        {
            self.push(
                format!("{path}.url"),
                format!("`{url}` is neither a path nor an address"),
                "Begin with `/` to append it to the base URL, or with https://.",
            );
        }
    }

    fn endpoints(&mut self, connector: &Connector) {
        let mut ids = HashSet::new();
        for (index, endpoint) in connector.endpoints.iter().enumerate() {
            let path = format!("endpoints[{index}]");
            if !is_identifier(&endpoint.id) {
                self.push(
                    format!("{path}.id"),
                    format!("`{}` is not an endpoint id", endpoint.id),
                    "Begin with a small letter; then small letters, digits and underscores.",
                );
            } else if !ids.insert(&endpoint.id) {
                self.push(
                    format!("{path}.id"),
                    format!("the endpoint id `{}` is there twice", endpoint.id),
                    "Rename one of the endpoints.",
                );
            }
            let mut names = HashSet::new();
            for (position, input) in endpoint.inputs.iter().enumerate() {
                if input.name.trim().is_empty() || !names.insert(&input.name) {
                    self.push(
                        format!("{path}.inputs[{position}].name"),
                        format!("the input name `{}` is empty or there twice", input.name),
                        "Give each input a name of its own.",
                    );
                }
            }
            self.request(&endpoint.request, &format!("{path}.request"));
        }
    }
}

pub(crate) fn is_variable_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|character| character.is_ascii_alphanumeric() || character == '_')
}
