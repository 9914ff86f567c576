//! Postman's OAuth 2.0, by its grant types. Where the token goes elsewhere than into the `Authorization` header, and
//! for the password grant, it becomes steps.

use latchwork_model::{
    Auth, AuthorizationCodeFields, ClientAuth, ClientCredentialsFields, Multistep, Oauth2Grant,
    OauthFields, OauthStep, Parameter, ParameterLocation, PkceFields, PkceMethod, RequestParameter,
    Step,
};

use super::attributes::Attributes;
use super::expansion::Place;
use super::flow;
use super::scope::Scope;
use crate::foreign::ForeignError;
use crate::note::NoteKind;

/// Reads the attributes of an `oauth2` auth.
pub(super) fn read(attributes: &Attributes<'_>, scope: &mut Scope) -> Result<Auth, ForeignError> {
    let grant = attributes
        .text("grant_type")?
        .unwrap_or_else(|| "authorization_code".to_owned());
    let grant = match grant.as_str() {
        "authorization_code" => {
            let mut oauth = fields(attributes, scope)?;
            browser_fields(&mut oauth, attributes, scope)?;
            Oauth2Grant::AuthorizationCode(OauthStep {
                oauth,
                own: AuthorizationCodeFields::default(),
            })
        }
        "authorization_code_with_pkce" => {
            let mut oauth = fields(attributes, scope)?;
            browser_fields(&mut oauth, attributes, scope)?;
            let code_challenge_method = match attributes.text("challengeAlgorithm")?.as_deref() {
                Some("plain") => PkceMethod::Plain,
                _ => PkceMethod::S256,
            };
            Oauth2Grant::Pkce(OauthStep {
                oauth,
                own: PkceFields {
                    code_challenge_method,
                },
            })
        }
        "client_credentials" => {
            let mut oauth = fields(attributes, scope)?;
            if oauth.client_secret.is_none() {
                oauth.client_secret =
                    Some(attributes.needed("clientSecret", "client_secret", scope)?);
            }
            Oauth2Grant::ClientCredentials(OauthStep {
                oauth,
                own: ClientCredentialsFields {},
            })
        }
        "password_credentials" => {
            let oauth = fields(attributes, scope)?;
            let place = token_place(attributes, "login.body.access_token", scope)?;
            return flow::password(attributes, &oauth, place, scope);
        }
        "implicit" => {
            scope.notes.add(
                NoteKind::LeftOut,
                "OAuth 2.0's implicit grant is not taken over: it gives tokens in an address. Set the connector's auth to OAuth 2.0 with PKCE.",
            );
            return Ok(Auth::Multistep(Multistep::default()));
        }
        other => {
            let shown: String = other.chars().take(40).collect();
            scope.notes.add(
                NoteKind::LeftOut,
                format!("The OAuth 2.0 grant `{shown}` is not known, and is not taken over."),
            );
            return Ok(Auth::Multistep(Multistep::default()));
        }
    };
    let place = token_place(attributes, "oauth.access_token", scope)?;
    let is_usual = place.location == ParameterLocation::Header
        && place.value.as_str() == "Bearer {{ oauth.access_token }}";
    if is_usual {
        return Ok(Auth::Oauth2(grant));
    }
    Ok(Auth::Multistep(Multistep {
        steps: vec![Step::new("oauth", grant.step_kind())],
        request_parameters: vec![place],
        ..Multistep::default()
    }))
}

/// Where the token goes in each request.
fn token_place(
    attributes: &Attributes<'_>,
    token: &str,
    scope: &mut Scope,
) -> Result<RequestParameter, ForeignError> {
    let in_query = attributes.text("addTokenTo")?.as_deref() == Some("queryParams");
    if in_query {
        return Ok(RequestParameter::new(
            ParameterLocation::Query,
            "access_token",
            format!("{{{{ {token} }}}}"),
        ));
    }
    let prefix = match attributes.node("headerPrefix") {
        Some(node) => node.as_text()?.trim().to_owned(),
        None => "Bearer".to_owned(),
    };
    let place = attributes
        .node("headerPrefix")
        .map_or("", |node| &node.path);
    let prefix = scope.template(&prefix, Place::Plain, place)?;
    let space = if prefix.is_empty() { "" } else { " " };
    Ok(RequestParameter::new(
        ParameterLocation::Header,
        "Authorization",
        format!("{prefix}{space}{{{{ {token} }}}}"),
    ))
}

/// What all grants have.
fn fields(attributes: &Attributes<'_>, scope: &mut Scope) -> Result<OauthFields, ForeignError> {
    let mut oauth = OauthFields {
        client_id: attributes.needed("clientId", "client_id", scope)?,
        client_secret: attributes.template("clientSecret", scope)?,
        token_url: Some(attributes.needed("accessTokenUrl", "token_url", scope)?),
        refresh_url: attributes.template("refreshTokenUrl", scope)?,
        audience: attributes.template("audience", scope)?,
        client_auth: match attributes.text("client_authentication")?.as_deref() {
            Some("header") => ClientAuth::Basic,
            Some("body") => ClientAuth::Post,
            _ => ClientAuth::Auto,
        },
        ..OauthFields::default()
    };
    if oauth.refresh_url == oauth.token_url {
        oauth.refresh_url = None;
    }
    if let Some(scopes) = attributes.text("scope")? {
        for word in scopes.split_whitespace() {
            oauth
                .scopes
                .push(scope.template(word, Place::Plain, "auth.oauth2.scope")?);
        }
    }
    for (name, is_refresh) in [
        ("tokenRequestParams", false),
        ("refreshRequestParams", true),
    ] {
        for (parameter, is_header) in parameters(attributes, name, scope)? {
            match (is_refresh, is_header) {
                (false, false) => oauth.token_params.push(parameter),
                (false, true) => oauth.token_headers.push(parameter),
                (true, false) => oauth.refresh_params.push(parameter),
                (true, true) => oauth.refresh_headers.push(parameter),
            }
        }
    }
    Ok(oauth)
}

/// What grants with a browser have.
fn browser_fields(
    oauth: &mut OauthFields,
    attributes: &Attributes<'_>,
    scope: &mut Scope,
) -> Result<(), ForeignError> {
    oauth.authorization_url = Some(attributes.needed("authUrl", "authorization_url", scope)?);
    for (parameter, _) in parameters(attributes, "authRequestParams", scope)? {
        oauth.authorize_params.push(parameter);
    }
    let Some(address) = attributes.text("redirect_uri")? else {
        return Ok(());
    };
    let is_here = ["http://localhost:", "http://127.0.0.1:", "http://[::1]:"]
        .iter()
        .any(|start| address.starts_with(start));
    if is_here {
        oauth.redirect_uri = attributes.template("redirect_uri", scope)?;
    } else {
        scope.notes.add(
            NoteKind::Missing,
            "The sign-in comes back to Postman's own address: register Latchwork's redirect address with the provider, which the auth's settings show.",
        );
    }
    Ok(())
}

/// Further parameters, and whether each goes into a header.
fn parameters(
    attributes: &Attributes<'_>,
    name: &str,
    scope: &mut Scope,
) -> Result<Vec<(Parameter, bool)>, ForeignError> {
    let Some(node) = attributes.node(name) else {
        return Ok(Vec::new());
    };
    let mut parameters = Vec::new();
    for entry in node.as_items()? {
        let Some(key) = entry.text("key")?.filter(|key| !key.is_empty()) else {
            continue;
        };
        let value = entry.text("value")?.unwrap_or_default();
        let mut parameter = Parameter::new(
            scope.template(&key, Place::Plain, &entry.path)?,
            scope.template(&value, Place::Plain, &entry.path)?,
        );
        parameter.enabled = entry.member("enabled").is_none() || entry.flag("enabled")?;
        let is_header = entry.text("send_as")?.as_deref() == Some("request_header");
        parameters.push((parameter, is_header));
    }
    Ok(parameters)
}
