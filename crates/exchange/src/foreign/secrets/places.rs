//! Where credentials stand in a connector. Whatever is added to the model has to be said here: nothing is matched by
//! what is left over.

use latchwork_model::{
    Auth, AwsSigV4, BasicAuthStep, Body, Connector, DeviceCodeStep, Endpoint, FormField,
    JwtBearerStep, Multistep, Oauth2Grant, OauthFields, Parameter, Request, Signing, Step,
    StepKind, Template,
};
use serde_json::Value;

use super::{FoundSecrets, is_credential};

impl FoundSecrets {
    pub(super) fn connector(&mut self, connector: &mut Connector) {
        self.auth(&mut connector.auth);
        let network = connector.network.as_mut();
        if let Some(certificate) = network.and_then(|network| network.client_certificate.as_mut()) {
            self.template(&mut certificate.key, "client_certificate_key");
        }
        if let Some(test) = &mut connector.test {
            self.request(&mut test.request);
        }
        for endpoint in &mut connector.endpoints {
            self.endpoint(endpoint);
        }
    }

    fn auth(&mut self, auth: &mut Auth) {
        match auth {
            Auth::None => {}
            Auth::ApiKey(key) => {
                let name = key.name.as_str().to_owned();
                self.credential(&mut key.value, &name);
            }
            Auth::Bearer(bearer) => self.template(&mut bearer.token, "token"),
            Auth::Basic(basic) => self.basic(basic, "password"),
            Auth::Oauth2(grant) => {
                self.oauth(grant.oauth_mut());
                match grant {
                    Oauth2Grant::DeviceCode(step) => self.device_code(step),
                    Oauth2Grant::JwtBearer(step) => self.jwt_bearer(step),
                    Oauth2Grant::AuthorizationCode(_)
                    | Oauth2Grant::Pkce(_)
                    | Oauth2Grant::ClientCredentials(_) => {}
                }
            }
            Auth::AwsSigv4(aws) => self.aws(aws),
            Auth::Multistep(multistep) => self.multistep(multistep),
        }
    }

    /// A user name without a password is mostly an API key: it is secret then too.
    fn basic(&mut self, basic: &mut BasicAuthStep, password: &str) {
        let is_whole = basic
            .password
            .as_ref()
            .is_some_and(|password| !password.is_empty());
        if !is_whole {
            let name = if basic.password.is_some() {
                "api_key"
            } else {
                "username"
            };
            self.optional(&mut basic.username, name);
        }
        self.optional(&mut basic.password, password);
    }

    fn multistep(&mut self, multistep: &mut Multistep) {
        let refresh = multistep.refresh.iter_mut();
        let refresh = refresh.flat_map(|refresh| &mut refresh.steps);
        for step in multistep.steps.iter_mut().chain(refresh) {
            self.step(step);
        }
        for parameter in &mut multistep.request_parameters {
            self.named(parameter.name.as_str(), &mut parameter.value);
        }
        match &mut multistep.signing {
            Some(Signing::Oauth1(signing)) => {
                // The consumer key says who the client is, and is no secret (RFC 5849 section 1.1).
                self.template(&mut signing.consumer_secret, "consumer_secret");
                self.template(&mut signing.token, "access_token");
                self.template(&mut signing.token_secret, "token_secret");
            }
            Some(Signing::AwsSigv4(aws)) => self.aws(aws),
            None => {}
        }
    }

    fn step(&mut self, step: &mut Step) {
        if let Some(oauth) = step.kind.oauth_mut() {
            self.oauth(oauth);
        }
        match &mut step.kind {
            StepKind::Form(form) => {
                for field in &mut form.fields {
                    self.field(field);
                }
            }
            StepKind::ApiRequest(step) => self.request(&mut step.request),
            StepKind::Poll(step) => self.request(&mut step.request),
            StepKind::BasicAuth(step) => self.basic(step, "client_secret"),
            StepKind::Oauth2DeviceCode(step) => self.device_code(step),
            StepKind::Oauth2JwtBearer(step) => self.jwt_bearer(step),
            StepKind::Oauth2AuthorizationCode(_)
            | StepKind::Oauth2Pkce(_)
            | StepKind::Oauth2ClientCredentials(_)
            | StepKind::SsoToken(_)
            | StepKind::SetVariables(_) => {}
        }
        for output in &mut step.outputs {
            self.named(&output.name, &mut output.value);
        }
    }

    fn field(&mut self, field: &mut FormField) {
        let is_secret = field.is_secret();
        if let Some(default) = &mut field.default
            && (is_secret || is_credential(&field.key))
        {
            self.template(default, &field.key);
        }
    }

    fn aws(&mut self, aws: &mut AwsSigV4) {
        self.template(&mut aws.secret_access_key, "secret_access_key");
        self.optional(&mut aws.session_token, "session_token");
    }

    fn device_code(&mut self, step: &mut DeviceCodeStep) {
        self.address_if_any(&mut step.own.device_authorization_url);
    }

    fn jwt_bearer(&mut self, step: &mut JwtBearerStep) {
        self.template(&mut step.own.key, "private_key");
        for (name, value) in &mut step.own.claims {
            self.member(name, value);
        }
    }

    /// What all kinds of OAuth step have; each field is named, so that none is forgotten.
    fn oauth(&mut self, oauth: &mut OauthFields) {
        let OauthFields {
            client_secret,
            client_key,
            issuer,
            authorization_url,
            token_url,
            refresh_url,
            revocation_url,
            redirect_uri,
            authorize_params,
            token_params,
            refresh_params,
            token_headers,
            refresh_headers,
            // Who the client is, what it asks for, and how it is sent: no secrets.
            client_id: _,
            scopes: _,
            scope_separator: _,
            client_auth: _,
            client_key_id: _,
            redirect: _,
            token_method: _,
            token_body: _,
            param_names: _,
            code_param: _,
            token_path: _,
            client_registration: _,
            audience: _,
            resource: _,
            shared_credentials: _,
        } = oauth;
        self.optional(client_secret, "client_secret");
        self.optional(client_key, "client_key");
        for address in [
            issuer,
            authorization_url,
            token_url,
            refresh_url,
            revocation_url,
            redirect_uri,
        ] {
            self.address_if_any(address);
        }
        for parameters in [
            authorize_params,
            token_params,
            refresh_params,
            token_headers,
            refresh_headers,
        ] {
            self.parameters(parameters);
        }
    }

    fn endpoint(&mut self, endpoint: &mut Endpoint) {
        let request = &mut endpoint.request;
        endpoint.inputs.retain_mut(|input| {
            let value = match &input.default {
                Some(Value::String(value)) => value.clone(),
                Some(Value::Number(number)) => number.to_string(),
                _ => return true,
            };
            if value.is_empty() || !is_credential(&input.name) {
                return true;
            }
            let expression = format!("{{{{ input.{} }}}}", input.name);
            let url = request.url.as_str();
            if !url.contains(&expression) {
                input.default = None;
                return true;
            }
            // A default is no template: the variable goes where the input was.
            let variable = self.variable(&input.name, &value, true);
            request.url = url
                .replace(&expression, &format!("{{{{ vars.{variable} }}}}"))
                .into();
            false
        });
        self.request(request);
    }

    fn request(&mut self, request: &mut Request) {
        self.address(&mut request.url);
        self.parameters(&mut request.query);
        self.parameters(&mut request.headers);
        match &mut request.body {
            Body::Form(body) | Body::Multipart(body) => self.parameters(&mut body.fields),
            Body::Json(body) => self.members(&mut body.value),
            Body::Graphql(body) => self.members(&mut body.variables),
            Body::Text(body) => self.text(body),
            Body::None => {}
        }
    }

    fn parameters(&mut self, parameters: &mut [Parameter]) {
        for parameter in parameters {
            self.named(parameter.name.as_str(), &mut parameter.value);
        }
    }

    fn named(&mut self, name: &str, value: &mut Template) {
        if is_credential(name) {
            self.credential(value, name);
        }
    }

    fn members(&mut self, value: &mut Value) {
        match value {
            Value::Array(values) => values.iter_mut().for_each(|value| self.members(value)),
            Value::Object(members) => {
                for (name, value) in members {
                    self.member(name, value);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, name: &str, value: &mut Value) {
        if is_credential(name) {
            self.secret_member(name, value);
        } else {
            self.members(value);
        }
    }

    /// The value of a credential: text, a number, or a list of them. The members of an object have names of their own.
    fn secret_member(&mut self, name: &str, value: &mut Value) {
        match value {
            Value::String(text) => {
                let mut template = Template::from(text.as_str());
                self.template(&mut template, name);
                template.as_str().clone_into(text);
            }
            Value::Number(number) => {
                let variable = self.variable(name, &number.to_string(), true);
                // A template that is one expression gives its value as it is: a number again.
                *value = format!("{{{{ vars.{variable} | parse_json }}}}").into();
            }
            Value::Array(values) => {
                for value in values {
                    self.secret_member(name, value);
                }
            }
            Value::Object(_) | Value::Bool(_) | Value::Null => self.members(value),
        }
    }

    fn address_if_any(&mut self, address: &mut Option<Template>) {
        if let Some(address) = address {
            self.address(address);
        }
    }
}
