//! Every template of a connector, with its JSON path.

use serde_json::Value;

use crate::auth::{Auth, AwsSigV4, RequestParameter, Signing};
use crate::connector::Connector;
use crate::form::FormOptions;
use crate::oauth::OauthFields;
use crate::refresh::Refresh;
use crate::request::{Body, Parameter, Request};
use crate::scalar::Template;
use crate::step::{BasicAuthStep, Step, StepKind};

/// The first names that a step's templates use: `login` of `{{ login.body.token }}`.
pub fn names_used(step: &Step) -> std::collections::BTreeSet<String> {
    let mut names = std::collections::BTreeSet::new();
    let mut visit = |_: String, template: &str| {
        let lookups = crate::template_syntax::lookups(template);
        names.extend(lookups.iter().map(|lookup| lookup.root().to_owned()));
    };
    Walk {
        with_disabled: false,
        visit: &mut visit,
    }
    .step("", step);
    names
}

/// Calls `visit` with the path and the source of every template that is used, in the order of the file.
pub(crate) fn walk_templates<'a>(connector: &'a Connector, visit: &mut dyn FnMut(String, &'a str)) {
    walk(connector, false, visit);
}

/// Calls `visit` with the path and the source of every template, those of parameters that are switched off too.
pub(crate) fn walk_all_templates<'a>(
    connector: &'a Connector,
    visit: &mut dyn FnMut(String, &'a str),
) {
    walk(connector, true, visit);
}

fn walk<'a>(connector: &'a Connector, with_disabled: bool, visit: &mut dyn FnMut(String, &'a str)) {
    let mut walk = Walk {
        with_disabled,
        visit,
    };
    walk.template("base_url", &connector.base_url);
    if let Some(network) = &connector.network {
        walk.optional("network.proxy", network.proxy.as_ref());
        if let Some(identity) = &network.client_certificate {
            walk.template(
                "network.client_certificate.certificate",
                &identity.certificate,
            );
            walk.template("network.client_certificate.key", &identity.key);
        }
    }
    walk.auth(&connector.auth);
    if let Some(name) = &connector.account_name {
        walk.template("account_name", name);
    }
    if let Some(test) = &connector.test {
        walk.request("test.request", &test.request);
    }
    for (index, endpoint) in connector.endpoints.iter().enumerate() {
        walk.request(&format!("endpoints[{index}].request"), &endpoint.request);
    }
}

struct Walk<'v, 'a> {
    with_disabled: bool,
    visit: &'v mut dyn FnMut(String, &'a str),
}

impl<'a> Walk<'_, 'a> {
    fn template(&mut self, path: &str, template: &'a Template) {
        (self.visit)(path.to_owned(), template.as_str());
    }

    fn optional(&mut self, path: &str, template: Option<&'a Template>) {
        if let Some(template) = template {
            self.template(path, template);
        }
    }

    fn auth(&mut self, auth: &'a Auth) {
        match auth {
            Auth::None => {}
            Auth::ApiKey(key) => {
                self.template("auth.name", &key.name);
                self.template("auth.value", &key.value);
            }
            Auth::Bearer(bearer) => self.template("auth.token", &bearer.token),
            Auth::Basic(step) => self.basic("auth", step),
            Auth::Oauth2(grant) => {
                use crate::auth::Oauth2Grant as Grant;
                match grant {
                    Grant::AuthorizationCode(step) => self.oauth("auth", &step.oauth),
                    Grant::Pkce(step) => self.oauth("auth", &step.oauth),
                    Grant::ClientCredentials(step) => self.oauth("auth", &step.oauth),
                    Grant::DeviceCode(step) => {
                        self.oauth("auth", &step.oauth);
                        self.optional(
                            "auth.device_authorization_url",
                            step.own.device_authorization_url.as_ref(),
                        );
                    }
                    Grant::JwtBearer(step) => self.jwt_bearer("auth", step),
                }
            }
            Auth::AwsSigv4(aws) => self.aws("auth", aws),
            Auth::Multistep(multistep) => {
                for (index, step) in multistep.steps.iter().enumerate() {
                    self.step(&format!("auth.steps[{index}]"), step);
                }
                if let Some(refresh) = &multistep.refresh {
                    self.refresh(refresh);
                }
                self.request_parameters(&multistep.request_parameters);
                match &multistep.signing {
                    None => {}
                    Some(Signing::AwsSigv4(aws)) => self.aws("auth.signing", aws),
                    Some(Signing::Oauth1(oauth)) => {
                        self.template("auth.signing.consumer_key", &oauth.consumer_key);
                        self.template("auth.signing.consumer_secret", &oauth.consumer_secret);
                        self.template("auth.signing.token", &oauth.token);
                        self.template("auth.signing.token_secret", &oauth.token_secret);
                        if let Some(realm) = &oauth.realm {
                            self.template("auth.signing.realm", realm);
                        }
                    }
                }
            }
        }
    }

    fn refresh(&mut self, refresh: &'a Refresh) {
        self.optional("auth.refresh.on.when", refresh.on.when.as_ref());
        for (index, step) in refresh.steps.iter().enumerate() {
            self.step(&format!("auth.refresh.steps[{index}]"), step);
        }
        for (index, update) in refresh.updates.iter().enumerate() {
            self.template(
                &format!("auth.refresh.updates[{index}].value"),
                &update.value,
            );
        }
    }

    fn request_parameters(&mut self, parameters: &'a [RequestParameter]) {
        let with_disabled = self.with_disabled;
        for (index, parameter) in parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| parameter.enabled || with_disabled)
        {
            let path = format!("auth.request_parameters[{index}]");
            self.template(&format!("{path}.name"), &parameter.name);
            self.template(&format!("{path}.value"), &parameter.value);
        }
    }

    fn aws(&mut self, path: &str, aws: &'a AwsSigV4) {
        self.template(&format!("{path}.access_key_id"), &aws.access_key_id);
        self.template(&format!("{path}.secret_access_key"), &aws.secret_access_key);
        self.optional(&format!("{path}.session_token"), aws.session_token.as_ref());
        self.template(&format!("{path}.region"), &aws.region);
        self.template(&format!("{path}.service"), &aws.service);
    }

    fn basic(&mut self, path: &str, step: &'a BasicAuthStep) {
        self.optional(&below(path, "username"), step.username.as_ref());
        self.optional(&below(path, "password"), step.password.as_ref());
    }

    fn step(&mut self, path: &str, step: &'a Step) {
        self.optional(&below(path, "when"), step.when.as_ref());
        match &step.kind {
            StepKind::Form(form) => {
                for (index, field) in form.fields.iter().enumerate() {
                    let path = below(path, &format!("fields[{index}]"));
                    self.optional(&format!("{path}.default"), field.default.as_ref());
                    if let Some(FormOptions::Template(template)) = &field.options {
                        self.template(&format!("{path}.options"), template);
                    }
                }
            }
            StepKind::ApiRequest(api) => {
                self.request(&below(path, "request"), &api.request);
                self.optional(&below(path, "success.when"), api.success.when.as_ref());
            }
            StepKind::Poll(poll) => {
                self.request(&below(path, "request"), &poll.request);
                self.template(&below(path, "until"), &poll.until);
            }
            StepKind::BasicAuth(basic) => self.basic(path, basic),
            StepKind::Oauth2DeviceCode(device) => {
                self.oauth(path, &device.oauth);
                self.optional(
                    &below(path, "device_authorization_url"),
                    device.own.device_authorization_url.as_ref(),
                );
            }
            StepKind::Oauth2JwtBearer(bearer) => self.jwt_bearer(path, bearer),
            StepKind::SsoToken(_) | StepKind::SetVariables(_) => {}
            kind => {
                if let Some(oauth) = kind.oauth() {
                    self.oauth(path, oauth);
                }
            }
        }
        for (index, output) in step.outputs.iter().enumerate() {
            self.template(
                &below(path, &format!("outputs[{index}].value")),
                &output.value,
            );
        }
    }

    fn jwt_bearer(&mut self, path: &str, step: &'a crate::oauth::JwtBearerStep) {
        self.oauth(path, &step.oauth);
        self.template(&below(path, "key"), &step.own.key);
        self.optional(&below(path, "key_id"), step.own.key_id.as_ref());
        for (name, claim) in &step.own.claims {
            self.json(&below(path, &format!("claims.{name}")), claim);
        }
    }

    fn oauth(&mut self, path: &str, oauth: &'a OauthFields) {
        let fields = [
            ("client_id", Some(&oauth.client_id)),
            ("client_secret", oauth.client_secret.as_ref()),
            ("issuer", oauth.issuer.as_ref()),
            ("authorization_url", oauth.authorization_url.as_ref()),
            ("token_url", oauth.token_url.as_ref()),
            ("refresh_url", oauth.refresh_url.as_ref()),
            ("revocation_url", oauth.revocation_url.as_ref()),
            ("client_key", oauth.client_key.as_ref()),
            ("client_key_id", oauth.client_key_id.as_ref()),
            ("redirect_uri", oauth.redirect_uri.as_ref()),
            ("audience", oauth.audience.as_ref()),
            ("resource", oauth.resource.as_ref()),
        ];
        for (name, template) in fields {
            self.optional(&below(path, name), template);
        }
        for (index, scope) in oauth.scopes.iter().enumerate() {
            self.template(&below(path, &format!("scopes[{index}]")), scope);
        }
        for (name, parameters) in [
            ("authorize_params", &oauth.authorize_params),
            ("token_params", &oauth.token_params),
            ("refresh_params", &oauth.refresh_params),
            ("token_headers", &oauth.token_headers),
            ("refresh_headers", &oauth.refresh_headers),
        ] {
            self.parameters(&below(path, name), parameters);
        }
    }

    fn request(&mut self, path: &str, request: &'a Request) {
        self.template(&format!("{path}.url"), &request.url);
        self.parameters(&format!("{path}.query"), &request.query);
        self.parameters(&format!("{path}.headers"), &request.headers);
        match &request.body {
            Body::None => {}
            Body::Json(json) => self.json(&format!("{path}.body.value"), &json.value),
            Body::Form(form) | Body::Multipart(form) => {
                self.parameters(&format!("{path}.body.fields"), &form.fields);
            }
            Body::Text(text) => self.template(&format!("{path}.body.content"), &text.content),
            Body::Graphql(graphql) => {
                self.json(&format!("{path}.body.variables"), &graphql.variables);
            }
        }
    }

    fn parameters(&mut self, path: &str, parameters: &'a [Parameter]) {
        let with_disabled = self.with_disabled;
        for (index, parameter) in parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| parameter.enabled || with_disabled)
        {
            self.template(&format!("{path}[{index}].name"), &parameter.name);
            self.template(&format!("{path}[{index}].value"), &parameter.value);
        }
    }

    fn json(&mut self, path: &str, value: &'a Value) {
        match value {
            Value::String(text) => (self.visit)(path.to_owned(), text),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.json(&format!("{path}[{index}]"), item);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.json(&format!("{path}.{name}"), member);
                }
            }
            _ => {}
        }
    }
}

fn below(path: &str, name: &str) -> String {
    crate::path::join(path, name)
}
