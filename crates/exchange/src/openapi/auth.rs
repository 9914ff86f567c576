//! The connector's auth, out of the security schemes that were chosen: a preset where one will do, else steps.

use latchwork_model::{
    ApiKey, Auth, AwsSigV4, BasicAuthStep, Bearer, ClientCertificate, Multistep, Network,
    Oauth2Grant, ParameterLocation, RequestParameter, Signing, Step, StepKind, Template,
};

use super::document::Found;
use super::naming::{identifier, is_taken_word};
use super::oauth;
use super::requirements::Chosen;
use super::schemes::{FlowKind, KeyPlace, Scheme, SchemeKind};
use super::servers::Server;
use super::variables::Variables;
use crate::note::Notes;
use crate::unique_names::Unique;

/// What is made here.
pub(super) struct SignIn {
    pub auth: Auth,
    pub network: Option<Network>,
}

/// What the parts of an auth need of the document.
pub(super) struct Making<'m, 'a> {
    pub chosen: &'m Chosen<'a>,
    pub server: &'m Server,
    pub variables: &'m mut Variables,
    pub notes: &'m mut Notes,
}

/// Makes it.
pub(super) fn make<'a>(mut making: Making<'_, 'a>) -> Found<'a, SignIn> {
    let chosen = making.chosen;
    let network = chosen
        .schemes
        .iter()
        .any(|scheme| matches!(scheme.kind, SchemeKind::MutualTls))
        .then(|| certificate(making.variables));
    let others: Vec<&Scheme<'a>> = chosen
        .schemes
        .iter()
        .filter(|scheme| !matches!(scheme.kind, SchemeKind::MutualTls))
        .collect();
    let preset = match others.as_slice() {
        [] => Some(Auth::None),
        [only] => preset(&mut making, only)?,
        _ => None,
    };
    let auth = match preset {
        Some(auth) => auth,
        None => Auth::Multistep(multistep(&mut making, &others)?),
    };
    Ok(SignIn { auth, network })
}

fn certificate(variables: &mut Variables) -> Network {
    let certificate = variables.secret(
        "client_certificate",
        "The client certificate and its chain, PEM.",
    );
    let key = variables.secret("client_key", "The certificate's private key, PEM.");
    Network {
        client_certificate: Some(ClientCertificate {
            certificate: certificate.into(),
            key: key.into(),
        }),
        ..Network::default()
    }
}

/// The auth method that is the same as one scheme, where there is one.
fn preset<'a>(making: &mut Making<'_, 'a>, scheme: &Scheme<'a>) -> Found<'a, Option<Auth>> {
    let location = |place: KeyPlace| match place {
        KeyPlace::Query => Some(ParameterLocation::Query),
        KeyPlace::Header => Some(ParameterLocation::Header),
        KeyPlace::Cookie => None,
    };
    Ok(Some(match &scheme.kind {
        SchemeKind::ApiKey { name, place } => match location(*place) {
            Some(location) => Auth::ApiKey(ApiKey {
                name: Template::literal(name),
                value: making.variables.secret("api_key", "The API key.").into(),
                location,
            }),
            None => return Ok(None),
        },
        SchemeKind::Basic => Auth::Basic(BasicAuthStep::default()),
        SchemeKind::Bearer => Auth::Bearer(Bearer {
            token: making.variables.secret("token", "The token.").into(),
        }),
        SchemeKind::Aws => Auth::AwsSigv4(aws(making.variables)),
        SchemeKind::Oauth(flow) if flow.kind != FlowKind::Password => {
            Auth::Oauth2(oauth::flow(making, scheme, flow)?)
        }
        SchemeKind::OpenId { url } => Auth::Oauth2(Oauth2Grant::AuthorizationCode(oauth::open_id(
            making, scheme, url,
        ))),
        _ => return Ok(None),
    }))
}

fn aws(variables: &mut Variables) -> AwsSigV4 {
    AwsSigV4 {
        access_key_id: variables
            .open("access_key_id", "The access key's id.")
            .into(),
        secret_access_key: variables
            .secret("secret_access_key", "The secret access key.")
            .into(),
        session_token: None,
        region: variables
            .open("region", "The region, such as eu-central-1.")
            .into(),
        service: variables
            .open("service", "The service, such as execute-api.")
            .into(),
    }
}

/// Steps and request parameters of all schemes together.
fn multistep<'a>(making: &mut Making<'_, 'a>, schemes: &[&Scheme<'a>]) -> Found<'a, Multistep> {
    let mut multistep = Multistep::default();
    let mut ids = Unique::default();
    let mut cookies: Vec<String> = Vec::new();
    for scheme in schemes {
        let header = |value: String| {
            RequestParameter::new(ParameterLocation::Header, "Authorization", value)
        };
        match &scheme.kind {
            SchemeKind::ApiKey { name, place } => {
                let key = making.variables.secret(
                    &key_name(scheme.name, schemes.len()),
                    &format!("The key `{}`.", super::error::cut(name)),
                );
                let name = Template::literal(name);
                match place {
                    KeyPlace::Query => multistep.request_parameters.push(RequestParameter::new(
                        ParameterLocation::Query,
                        name,
                        key,
                    )),
                    KeyPlace::Header => multistep.request_parameters.push(RequestParameter::new(
                        ParameterLocation::Header,
                        name,
                        key,
                    )),
                    KeyPlace::Cookie => cookies.push(format!("{name}={key}")),
                }
            }
            SchemeKind::Bearer => {
                let token = making.variables.secret("token", "The token.");
                multistep
                    .request_parameters
                    .push(header(format!("Bearer {token}")));
            }
            SchemeKind::Authorization { scheme: word } => {
                let description =
                    format!("What stands behind `{word}` in the Authorization header.");
                let credentials = making.variables.secret("credentials", &description);
                multistep
                    .request_parameters
                    .push(header(format!("{} {credentials}", Template::literal(word))));
            }
            SchemeKind::Basic => {
                let id = step_id(&mut ids, scheme.name, "basic");
                multistep
                    .request_parameters
                    .push(header(format!("{{{{ {id}.header }}}}")));
                multistep.steps.push(Step::new(
                    &id,
                    StepKind::BasicAuth(BasicAuthStep::default()),
                ));
            }
            SchemeKind::Oauth(flow) if flow.kind == FlowKind::Password => {
                oauth::password(making, scheme, flow, &mut ids, &mut multistep)?;
            }
            SchemeKind::Oauth(flow) => {
                let grant = oauth::flow(making, scheme, flow)?;
                push_grant(
                    &mut multistep,
                    &step_id(&mut ids, scheme.name, "oauth"),
                    &grant,
                );
            }
            SchemeKind::OpenId { url } => {
                let grant = Oauth2Grant::AuthorizationCode(oauth::open_id(making, scheme, url));
                push_grant(
                    &mut multistep,
                    &step_id(&mut ids, scheme.name, "oauth"),
                    &grant,
                );
            }
            SchemeKind::Aws => multistep.signing = Some(Signing::AwsSigv4(aws(making.variables))),
            SchemeKind::MutualTls | SchemeKind::Cannot(_) => {}
        }
    }
    if !cookies.is_empty() {
        multistep.request_parameters.push(RequestParameter::new(
            ParameterLocation::Header,
            "Cookie",
            cookies.join("; "),
        ));
    }
    Ok(multistep)
}

fn push_grant(multistep: &mut Multistep, id: &str, grant: &Oauth2Grant) {
    multistep.request_parameters.push(RequestParameter::new(
        ParameterLocation::Header,
        "Authorization",
        format!("Bearer {{{{ {id}.access_token }}}}"),
    ));
    multistep.steps.push(Step::new(id, grant.step_kind()));
}

/// `api_key` for the only key there is, else the scheme's own name.
fn key_name(scheme: &str, of: usize) -> String {
    if of == 1 {
        return "api_key".to_owned();
    }
    identifier(scheme).unwrap_or_else(|| "api_key".to_owned())
}

/// A step's id, after the scheme.
pub(super) fn step_id(ids: &mut Unique, scheme: &str, fallback: &str) -> String {
    let wanted = identifier(scheme).filter(|id| !is_taken_word(id));
    ids.take(wanted.as_deref().unwrap_or(fallback))
}
