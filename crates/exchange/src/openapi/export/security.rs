//! The auth as security schemes: what its request parameters amount to.

use latchwork_model::template_syntax::lookups;
use latchwork_model::{
    ApiRequestStep, Auth, Body, Multistep, OauthFields, ParameterLocation, RequestParameter,
    Signing, Step, StepKind, Template,
};
use serde_json::{Map, Value, json};

use super::Writing;
use super::address::{Meaning, meaning};
use super::operations::Constant;
use crate::literal::{Piece, pieces};
use crate::note::NoteKind;
use crate::openapi::naming::identifier;
use crate::secret::is_secret;
use crate::unique_names::Unique;

/// What is written of an auth.
#[derive(Default)]
pub(super) struct Security {
    pub schemes: Map<String, Value>,
    /// All of them at once, with their scopes.
    pub requirement: Map<String, Value>,
    /// What is always the same and no credential.
    pub constants: Vec<Constant>,
    names: Unique,
}

impl Security {
    fn add(&mut self, wanted: &str, scheme: Value, scopes: &[String]) {
        let name = self.names.take(wanted);
        self.schemes.insert(name.clone(), scheme);
        self.requirement.insert(name, json!(scopes));
    }

    fn key(&mut self, place: &str, name: &str) {
        let wanted = identifier(name).unwrap_or_else(|| "key".to_owned());
        self.add(
            &wanted,
            json!({ "type": "apiKey", "in": place, "name": name }),
            &[],
        );
    }
}

/// Writes the auth method, and the client certificate where there is one.
pub(super) fn write(writing: &mut Writing<'_>) -> Security {
    let mut security = Security::default();
    let connector = writing.connector;
    let certificate = connector
        .network
        .as_ref()
        .is_some_and(|network| network.client_certificate.is_some());
    if certificate {
        security.add("certificate", json!({ "type": "mutualTLS" }), &[]);
    }
    let plan = connector.auth.plan();
    multistep(writing, &plan, &mut security);
    security
}

fn multistep(writing: &mut Writing<'_>, plan: &Multistep, security: &mut Security) {
    let mut parameters: Vec<&RequestParameter> = plan
        .request_parameters
        .iter()
        .filter(|parameter| parameter.enabled)
        .collect();
    // Of one name the last is sent.
    parameters.reverse();
    let mut seen = std::collections::HashSet::new();
    parameters.retain(|parameter| {
        seen.insert((
            parameter.location as u8,
            parameter.name.as_str().to_ascii_lowercase(),
        ))
    });
    parameters.reverse();
    for parameter in parameters {
        let Meaning::Text(name) = meaning(parameter.name.as_str()) else {
            writing.notes.add(
                NoteKind::LeftOut,
                "A request parameter whose name is computed is left out.",
            );
            continue;
        };
        match parameter.location {
            ParameterLocation::Body => writing.notes.add(
                NoteKind::LeftOut,
                format!("A document has no place for the request parameter `{name}` in the body: it is left out."),
            ),
            ParameterLocation::Header if name.eq_ignore_ascii_case("authorization") => {
                authorization(writing, plan, &parameter.value, security);
            }
            ParameterLocation::Header if name.eq_ignore_ascii_case("cookie") => {
                cookies(&parameter.value, security);
            }
            ParameterLocation::Header => other(writing, plan, "header", &name, &parameter.value, security),
            ParameterLocation::Query => other(writing, plan, "query", &name, &parameter.value, security),
        }
    }
    match &plan.signing {
        None => {}
        Some(Signing::AwsSigv4(_)) => security.add(
            "sigv4",
            json!({
                "type": "apiKey", "in": "header", "name": "Authorization", "x-amazon-apigateway-authtype": "awsSigv4",
            }),
            &[],
        ),
        Some(Signing::Oauth1(_)) => {
            security.add("oauth1", json!({ "type": "http", "scheme": "OAuth" }), &[]);
        }
    }
    if plan.send_cookies {
        writing.notes.add(
            NoteKind::LeftOut,
            "That the cookies of the sign-in go along is left out: their names are not known.",
        );
    }
    let told =
        plan.steps.iter().filter(|step| !step.disabled).any(|step| {
            !matches!(step.kind, StepKind::BasicAuth(_)) && step.kind.oauth().is_none()
        });
    if told {
        writing.notes.add(
            NoteKind::LeftOut,
            "A document does not tell the steps of the sign-in, only what they lead to.",
        );
    }
}

/// A header or query parameter that is no standard one: a credential, or always the same.
fn other(
    writing: &mut Writing<'_>,
    plan: &Multistep,
    place: &'static str,
    name: &str,
    value: &Template,
    security: &mut Security,
) {
    match meaning(value.as_str()) {
        // A preset's key is one, whatever it is called and though it stands in the file.
        Meaning::Text(text)
            if !is_secret(name) && !matches!(writing.connector.auth, Auth::ApiKey(_)) =>
        {
            security.constants.push((place, name.to_owned(), text));
        }
        _ if is_token_of_oauth(plan, value) && name.eq_ignore_ascii_case("access_token") => {
            authorization(writing, plan, value, security);
        }
        _ => security.key(place, name),
    }
}

fn is_token_of_oauth(plan: &Multistep, value: &Template) -> bool {
    step_of(plan, value).is_some_and(|step| step.kind.oauth().is_some())
}

/// The step that a template takes its value from.
fn step_of<'p>(plan: &'p Multistep, template: &Template) -> Option<&'p Step> {
    let lookups = lookups(template.as_str());
    let root = lookups.first()?.root();
    plan.steps.iter().find(|step| step.id == root)
}

/// The Authorization header.
fn authorization(
    writing: &mut Writing<'_>,
    plan: &Multistep,
    value: &Template,
    security: &mut Security,
) {
    let step = step_of(plan, value);
    if let Some(step) = step {
        match &step.kind {
            StepKind::BasicAuth(_) => {
                return security.add(&step.id, json!({ "type": "http", "scheme": "basic" }), &[]);
            }
            StepKind::ApiRequest(request) => {
                if let Some((scheme, scopes)) = password(writing, request) {
                    return security.add(&step.id, scheme, &scopes);
                }
            }
            kind => {
                if let Some(oauth) = kind.oauth()
                    && let Some((scheme, scopes)) = oauth_scheme(writing, kind, oauth)
                {
                    return security.add(&step.id, scheme, &scopes);
                }
            }
        }
    }
    let word = match pieces(value.as_str()).first() {
        Some(Piece::Text(text)) => text
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    };
    let is_word = !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_literal = matches!(meaning(value.as_str()), Meaning::Text(_));
    match word.to_ascii_lowercase().as_str() {
        "bearer" => security.add("bearer", json!({ "type": "http", "scheme": "bearer" }), &[]),
        "basic" => security.add("basic", json!({ "type": "http", "scheme": "basic" }), &[]),
        _ if is_word && !is_literal => {
            security.add("token", json!({ "type": "http", "scheme": word }), &[]);
        }
        _ => security.key("header", "Authorization"),
    }
}

/// A Cookie header, cookie by cookie.
fn cookies(value: &Template, security: &mut Security) {
    let mut names = Vec::new();
    let mut at_name = true;
    for piece in pieces(value.as_str()) {
        let Piece::Text(text) = piece else {
            at_name = false;
            continue;
        };
        for (index, pair) in text.split(';').enumerate() {
            at_name |= index > 0;
            if let Some((name, _)) = pair.split_once('=').filter(|_| at_name) {
                names.push(name.trim().to_owned());
                at_name = false;
            }
        }
    }
    for name in names.iter().filter(|name| !name.is_empty()) {
        security.key("cookie", name);
    }
}

/// An OAuth step as a scheme, where OpenAPI 3.1 has one for it.
fn oauth_scheme(
    writing: &mut Writing<'_>,
    kind: &StepKind,
    oauth: &OauthFields,
) -> Option<(Value, Vec<String>)> {
    let scopes: Vec<String> = oauth
        .scopes
        .iter()
        .map(|scope| writing.addresses.plain(scope).0)
        .collect();
    if oauth.token_url.is_none()
        && let Some(issuer) = &oauth.issuer
        && matches!(
            kind,
            StepKind::Oauth2AuthorizationCode(_) | StepKind::Oauth2Pkce(_)
        )
    {
        let issuer = address(writing, issuer);
        let url = format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        );
        return Some((
            json!({ "type": "openIdConnect", "openIdConnectUrl": url }),
            scopes,
        ));
    }
    let name = match kind {
        StepKind::Oauth2AuthorizationCode(_) | StepKind::Oauth2Pkce(_) => "authorizationCode",
        StepKind::Oauth2ClientCredentials(_) => "clientCredentials",
        _ => {
            writing.notes.add(
                NoteKind::Changed,
                format!(
                    "OpenAPI 3.1 does not know the sign-in `{}`: it is written as a bearer token.",
                    kind.title()
                ),
            );
            return None;
        }
    };
    let mut flow = Map::new();
    if name == "authorizationCode" {
        let url = oauth.authorization_url.as_ref()?;
        flow.insert("authorizationUrl".to_owned(), address(writing, url).into());
    }
    let token_url = oauth.token_url.as_ref()?;
    flow.insert("tokenUrl".to_owned(), address(writing, token_url).into());
    if let Some(url) = &oauth.refresh_url {
        flow.insert("refreshUrl".to_owned(), address(writing, url).into());
    }
    Some((with_scopes(name, flow, &scopes), scopes))
}

fn with_scopes(name: &str, mut flow: Map<String, Value>, scopes: &[String]) -> Value {
    let known: Map<String, Value> = scopes
        .iter()
        .map(|scope| (scope.clone(), Value::from("")))
        .collect();
    flow.insert("scopes".to_owned(), Value::Object(known));
    json!({ "type": "oauth2", "flows": { name: flow } })
}

/// A token request of the password grant (RFC 6749 section 4.3).
fn password(writing: &mut Writing<'_>, step: &ApiRequestStep) -> Option<(Value, Vec<String>)> {
    let Body::Form(body) = &step.request.body else {
        return None;
    };
    let field = |name: &str| {
        let field = body
            .fields
            .iter()
            .find(|field| field.enabled && field.name.as_str() == name)?;
        match meaning(field.value.as_str()) {
            Meaning::Text(text) => Some(text),
            _ => None,
        }
    };
    if field("grant_type")? != "password" {
        return None;
    }
    let scopes: Vec<String> = field("scope")
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut flow = Map::new();
    flow.insert(
        "tokenUrl".to_owned(),
        address(writing, &step.request.url).into(),
    );
    Some((with_scopes("password", flow, &scopes), scopes))
}

/// An endpoint's address; where it is not wholly known, a note says so.
fn address(writing: &mut Writing<'_>, template: &Template) -> String {
    let (text, whole) = writing.addresses.plain(template);
    if !whole {
        writing.notes.add(
            NoteKind::Missing,
            format!(
                "`{}` is not whole: what stands in braces has to be filled in.",
                crate::openapi::error::cut(&text)
            ),
        );
    }
    text
}
