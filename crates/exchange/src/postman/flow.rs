//! The password grant (RFC 6749 section 4.3) as steps: a form that asks, and a request that takes the answers to the
//! token endpoint.

use latchwork_model::{
    ApiRequestStep, Auth, BasicAuthStep, Body, ClientAuth, FieldType, FieldsBody, FormField,
    FormStep, Multistep, OauthFields, Parameter, Refresh, RefreshMode, Request, RequestParameter,
    Step, StepKind, Success, Template,
};

use super::attributes::Attributes;
use super::scope::Scope;
use crate::foreign::ForeignError;

/// Form, token request, and where the token goes.
pub(super) fn password(
    attributes: &Attributes<'_>,
    oauth: &OauthFields,
    place: RequestParameter,
    scope: &mut Scope,
) -> Result<Auth, ForeignError> {
    let username = attributes.template("username", scope)?;
    let known = attributes.template("password", scope)?;
    let mut steps = Vec::new();
    let (user, pass) = match (username, known) {
        // Both are in the file: nobody need be asked.
        (Some(username), Some(password)) => (username, password),
        (username, _) => {
            steps.push(Step::new("sign_in", StepKind::Form(form(username))));
            (
                "{{ sign_in.username }}".into(),
                "{{ sign_in.password }}".into(),
            )
        }
    };
    let asks = !steps.is_empty();
    let mut fields = vec![
        Parameter::new("grant_type", "password"),
        Parameter::new("username", user),
        Parameter::new("password", pass),
    ];
    if !oauth.scopes.is_empty() {
        let scopes: Vec<&str> = oauth.scopes.iter().map(Template::as_str).collect();
        fields.push(Parameter::new("scope", scopes.join(" ")));
    }
    let mut request = Request::new("POST", oauth.token_url.clone().unwrap_or_default());
    match (&oauth.client_secret, oauth.client_auth) {
        (Some(secret), ClientAuth::Basic | ClientAuth::Auto) => {
            steps.push(Step::new(
                "client",
                StepKind::BasicAuth(BasicAuthStep {
                    username: Some(oauth.client_id.clone()),
                    password: Some(secret.clone()),
                }),
            ));
            request
                .headers
                .push(Parameter::new("Authorization", "{{ client.header }}"));
        }
        (secret, _) => {
            fields.push(Parameter::new("client_id", oauth.client_id.clone()));
            fields.extend(
                secret
                    .as_ref()
                    .map(|secret| Parameter::new("client_secret", secret.clone())),
            );
        }
    }
    fields.extend(oauth.token_params.iter().cloned());
    request.headers.extend(oauth.token_headers.iter().cloned());
    request.body = Body::Form(FieldsBody { fields });
    steps.push(Step::new(
        "login",
        StepKind::ApiRequest(ApiRequestStep {
            request,
            success: Success::default(),
        }),
    ));
    Ok(Auth::Multistep(Multistep {
        steps,
        refresh: Some(Refresh {
            mode: RefreshMode::SameAsAuthFlow,
            use_stored_credentials: asks,
            ..Refresh::default()
        }),
        request_parameters: vec![place],
        ..Multistep::default()
    }))
}

fn form(username: Option<Template>) -> FormStep {
    let mut name = FormField::new("username", "Username", FieldType::Text);
    name.default = username;
    FormStep {
        title: "Sign in".to_owned(),
        fields: vec![
            name,
            FormField::new("password", "Password", FieldType::Password),
        ],
    }
}
