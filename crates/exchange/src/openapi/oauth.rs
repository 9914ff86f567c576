//! OAuth 2.0 flows and OpenID Connect as steps. The client is the person's own: its id and secret are variables.

use latchwork_model::{
    ApiRequestStep, AuthorizationCodeFields, AuthorizationCodeStep, Body, ClientCredentialsFields,
    ClientCredentialsStep, DeviceCodeFields, DeviceCodeStep, FieldType, FieldsBody, FormField,
    FormStep, Multistep, Oauth2Grant, OauthFields, Parameter, ParameterLocation, Refresh,
    RefreshMode, RefreshTriggers, Request, RequestParameter, Step, StepKind, Success, Template,
    Update,
};
use serde_json::Value;

use super::auth::Making;
use super::document::{Found, member_object, member_text};
use super::error::cut;
use super::remarks::listed_first;
use super::schemes::{Flow, FlowKind, Scheme};
use crate::note::NoteKind;
use crate::unique_names::Unique;

/// What an OpenID provider's configuration is called (OpenID Connect Discovery section 4).
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// A flow as a grant. The password flow is none: it has steps ([`password`]).
pub(super) fn flow<'a>(
    making: &mut Making<'_, 'a>,
    scheme: &Scheme<'a>,
    flow: &Flow<'a>,
) -> Found<'a, Oauth2Grant> {
    name_other_flows(making, scheme, flow);
    let mut oauth = client(making, flow.kind != FlowKind::DeviceAuthorization);
    oauth.scopes = scopes(making, scheme, flow.value)?;
    oauth.token_url = Some(endpoint(
        making,
        flow.value,
        "tokenUrl",
        "token_url",
        "The token endpoint.",
    )?);
    oauth.refresh_url = refresh_url(making, flow.value)?;
    Ok(match flow.kind {
        FlowKind::ClientCredentials => Oauth2Grant::ClientCredentials(ClientCredentialsStep {
            oauth,
            own: ClientCredentialsFields {},
        }),
        FlowKind::DeviceAuthorization => Oauth2Grant::DeviceCode(DeviceCodeStep {
            own: DeviceCodeFields {
                device_authorization_url: Some(endpoint(
                    making,
                    flow.value,
                    "deviceAuthorizationUrl",
                    "device_authorization_url",
                    "The device authorization endpoint.",
                )?),
            },
            oauth,
        }),
        FlowKind::AuthorizationCode | FlowKind::Implicit | FlowKind::Password => {
            oauth.authorization_url = Some(endpoint(
                making,
                flow.value,
                "authorizationUrl",
                "authorization_url",
                "The authorization endpoint.",
            )?);
            if flow.kind == FlowKind::Implicit {
                making.notes.add(
                    NoteKind::Changed,
                    format!(
                        "`{}` is the implicit flow, which is no longer used (RFC 9700): it became the authorization \
                         code flow with PKCE. See whether the provider offers that, and give the variable \
                         `token_url` its token endpoint.",
                        cut(scheme.name)
                    ),
                );
            }
            Oauth2Grant::AuthorizationCode(AuthorizationCodeStep {
                oauth,
                own: AuthorizationCodeFields::default(),
            })
        }
    })
}

/// OpenID Connect, its endpoints by discovery.
pub(super) fn open_id(
    making: &mut Making<'_, '_>,
    scheme: &Scheme<'_>,
    url: &str,
) -> AuthorizationCodeStep {
    let mut oauth = client(making, true);
    let issuer = url.trim().strip_suffix(DISCOVERY);
    if issuer.is_none() {
        making.notes.add(
            NoteKind::Changed,
            format!(
                "The address of `{}` does not end in `{DISCOVERY}`: see whether the issuer is right.",
                cut(scheme.name)
            ),
        );
    }
    let issuer = making.server.address(issuer.unwrap_or(url));
    oauth.issuer = Some(issuer.unwrap_or_else(|| {
        making
            .variables
            .open("issuer", "The OpenID Connect issuer's address.")
            .into()
    }));
    let wanted = making.chosen.scopes(scheme.name);
    let has_own = wanted.contains(&"openid");
    oauth.scopes = (!has_own)
        .then_some("openid")
        .into_iter()
        .chain(wanted.iter().copied())
        .map(Template::literal)
        .collect();
    AuthorizationCodeStep {
        oauth,
        own: AuthorizationCodeFields::default(),
    }
}

/// The password flow (RFC 6749 section 4.3): a form, a token request, and its renewal.
pub(super) fn password<'a>(
    making: &mut Making<'_, 'a>,
    scheme: &Scheme<'a>,
    flow: &Flow<'a>,
    ids: &mut Unique,
    multistep: &mut Multistep,
) -> Found<'a, ()> {
    name_other_flows(making, scheme, flow);
    let scopes = scopes(making, scheme, flow.value)?;
    let token_url = endpoint(
        making,
        flow.value,
        "tokenUrl",
        "token_url",
        "The token endpoint.",
    )?;
    let refresh_url = refresh_url(making, flow.value)?.unwrap_or_else(|| token_url.clone());
    // Many servers know no clients here: what has no value is left out.
    let client: Vec<Parameter> = [
        (
            "client_id",
            making.variables.add(
                "client_id",
                None,
                "The client's id, where the API wants one.",
            ),
        ),
        (
            "client_secret",
            making
                .variables
                .add_secret("client_secret", "The client's secret, where it has one."),
        ),
    ]
    .into_iter()
    .map(|(name, variable)| Parameter {
        omit_empty: true,
        ..Parameter::new(name, format!("{{{{ vars.{variable} | default('') }}}}"))
    })
    .collect();
    let (signin, login, renew) = (ids.take("signin"), ids.take("login"), ids.take("renew"));
    let mut fields = vec![
        Parameter::new("grant_type", "password"),
        Parameter::new("username", format!("{{{{ {signin}.username }}}}")),
        Parameter::new("password", format!("{{{{ {signin}.password }}}}")),
    ];
    if !scopes.is_empty() {
        let scopes: Vec<&str> = scopes.iter().map(Template::as_str).collect();
        fields.push(Parameter::new("scope", scopes.join(" ")));
    }
    fields.extend(client.iter().cloned());
    let mut renewal = vec![
        Parameter::new("grant_type", "refresh_token"),
        Parameter::new(
            "refresh_token",
            format!("{{{{ {login}.body.refresh_token }}}}"),
        ),
    ];
    renewal.extend(client);
    multistep.steps.push(Step::new(
        &signin,
        StepKind::Form(FormStep {
            title: "Sign in".to_owned(),
            fields: vec![
                FormField::new("username", "Username", FieldType::Text),
                FormField::new("password", "Password", FieldType::Password),
            ],
        }),
    ));
    multistep
        .steps
        .push(token_request(&login, token_url, fields));
    multistep.refresh = Some(Refresh {
        mode: RefreshMode::Steps,
        use_stored_credentials: true,
        on: RefreshTriggers::default(),
        steps: vec![token_request(&renew, refresh_url, renewal)],
        updates: vec![
            Update {
                target: format!("{login}.body.access_token"),
                value: format!("{{{{ {renew}.body.access_token }}}}").into(),
            },
            Update {
                target: format!("{login}.body.refresh_token"),
                // RFC 6749 section 6: without a new one the old one stays.
                value: format!(
                    "{{{{ {renew}.body.refresh_token | default({login}.body.refresh_token) }}}}"
                )
                .into(),
            },
        ],
    });
    multistep.request_parameters.push(RequestParameter::new(
        ParameterLocation::Header,
        "Authorization",
        format!("Bearer {{{{ {login}.body.access_token }}}}"),
    ));
    Ok(())
}

fn token_request(id: &str, url: Template, fields: Vec<Parameter>) -> Step {
    let mut request = Request::new("POST", url);
    request.body = Body::Form(FieldsBody { fields });
    Step::new(
        id,
        StepKind::ApiRequest(ApiRequestStep {
            request,
            success: Success::default(),
        }),
    )
}

fn client(making: &mut Making<'_, '_>, with_secret: bool) -> OauthFields {
    let client_id = making.variables.open(
        "client_id",
        "The client id that the provider shows for your app.",
    );
    let client_secret = with_secret.then(|| {
        making
            .variables
            .secret("client_secret", "The client secret beside it.")
            .into()
    });
    OauthFields {
        client_id: client_id.into(),
        client_secret,
        ..OauthFields::default()
    }
}

/// An endpoint's address, or a variable for it where the document has none that can be used.
fn endpoint<'a>(
    making: &mut Making<'_, 'a>,
    flow: &'a Value,
    member: &str,
    variable: &str,
    description: &str,
) -> Found<'a, Template> {
    let text = member_text(flow, member)?.unwrap_or_default();
    if let Some(address) = making.server.address(text) {
        return Ok(address);
    }
    let variable = making.variables.open(variable, description);
    if !text.trim().is_empty() {
        making.notes.add(
            NoteKind::Missing,
            format!(
                "`{}` is no whole address: give the variable in its place a value.",
                cut(text)
            ),
        );
    }
    Ok(variable.into())
}

fn refresh_url<'a>(making: &Making<'_, 'a>, flow: &'a Value) -> Found<'a, Option<Template>> {
    let text = member_text(flow, "refreshUrl")?.unwrap_or_default();
    let same = member_text(flow, "tokenUrl")? == Some(text);
    Ok(making.server.address(text).filter(|_| !same))
}

/// The scopes that operations ask for. Where none does, those that there are stand in a note: to ask for all would
/// be to ask for too much.
fn scopes<'a>(
    making: &mut Making<'_, 'a>,
    scheme: &Scheme<'a>,
    flow: &'a Value,
) -> Found<'a, Vec<Template>> {
    let wanted = making.chosen.scopes(scheme.name);
    if wanted.is_empty()
        && let Some(known) = member_object(flow, "scopes")?
        && !known.is_empty()
    {
        let names: Vec<&String> = known.keys().collect();
        making.notes.add(
            NoteKind::Missing,
            format!(
                "No operation says which scopes it needs. The document knows {}: add those that you need to the sign-in.",
                listed_first(&names)
            ),
        );
    }
    Ok(wanted
        .iter()
        .map(|scope| Template::literal(scope))
        .collect())
}

fn name_other_flows(making: &mut Making<'_, '_>, scheme: &Scheme<'_>, flow: &Flow<'_>) {
    if !flow.others.is_empty() {
        making.notes.add(
            NoteKind::LeftOut,
            format!(
                "`{}` has other flows, which are not used: {}.",
                cut(scheme.name),
                listed_first(&flow.others)
            ),
        );
    }
}
