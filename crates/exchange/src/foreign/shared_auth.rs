//! What all requests of a file carry alike to sign in becomes the connector's auth, and leaves the requests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use latchwork_model::{
    ApiKey, Auth, BasicAuthStep, Bearer, Connector, Endpoint, Parameter, ParameterLocation,
    Request, Template,
};

use super::secrets::is_credential;
use crate::literal::{Piece, escape, pieces};

/// Finds the auth that every endpoint writes out by itself. True where there was one.
pub(crate) fn share_auth(connector: &mut Connector) -> bool {
    if connector.auth != Auth::None {
        return false;
    }
    let Some(auth) = shared(&connector.endpoints) else {
        return false;
    };
    let (location, name) = match &auth {
        Auth::ApiKey(key) => (key.location, key.name.as_str().to_owned()),
        _ => (ParameterLocation::Header, "Authorization".to_owned()),
    };
    for endpoint in &mut connector.endpoints {
        let is_it = |parameter: &Parameter| {
            parameter.enabled && parameter.name.as_str().eq_ignore_ascii_case(&name)
        };
        match location {
            ParameterLocation::Query => {
                endpoint.request.query.retain(|parameter| !is_it(parameter));
            }
            _ => endpoint
                .request
                .headers
                .retain(|parameter| !is_it(parameter)),
        }
    }
    connector.auth = auth;
    true
}

fn shared(endpoints: &[Endpoint]) -> Option<Auth> {
    let (first, others) = endpoints.split_first()?;
    let everywhere = |parameter: &&Parameter, of: fn(&Request) -> &[Parameter]| {
        others.iter().all(|endpoint| {
            of(&endpoint.request).iter().any(|other| {
                other.enabled
                    && other.value == parameter.value
                    && other
                        .name
                        .as_str()
                        .eq_ignore_ascii_case(parameter.name.as_str())
            })
        })
    };
    let candidate = |parameter: &&Parameter| parameter.enabled && !parameter.value.is_empty();
    let headers: fn(&Request) -> &[Parameter] = |request| &request.headers;
    let query: fn(&Request) -> &[Parameter] = |request| &request.query;
    let found = |of: fn(&Request) -> &[Parameter], wanted: fn(&str) -> bool| {
        of(&first.request)
            .iter()
            .filter(candidate)
            .filter(|parameter| wanted(parameter.name.as_str()))
            .find(|parameter| everywhere(parameter, of))
    };
    if let Some(header) = found(headers, |name| name.eq_ignore_ascii_case("authorization")) {
        return Some(of_authorization(header));
    }
    let key = |parameter: &Parameter, location| {
        Auth::ApiKey(ApiKey {
            name: parameter.name.clone(),
            value: parameter.value.clone(),
            location,
        })
    };
    let is_key = |name: &str| is_credential(name) && !name.eq_ignore_ascii_case("cookie");
    if let Some(header) = found(headers, is_key) {
        return Some(key(header, ParameterLocation::Header));
    }
    found(query, is_key).map(|parameter| key(parameter, ParameterLocation::Query))
}

fn of_authorization(header: &Parameter) -> Auth {
    if let Some((scheme, value)) = header.value.as_str().split_once(' ') {
        if scheme.eq_ignore_ascii_case("bearer") {
            return Auth::Bearer(Bearer {
                token: value.trim().into(),
            });
        }
        if scheme.eq_ignore_ascii_case("basic")
            && let Some((username, password)) = credentials(value)
        {
            return Auth::Basic(BasicAuthStep {
                username: Some(username),
                password: Some(password),
            });
        }
    }
    Auth::ApiKey(ApiKey {
        name: header.name.clone(),
        value: header.value.clone(),
        location: ParameterLocation::Header,
    })
}

/// `user:password` as RFC 7617 encodes it. An empty password stays one: an API key is often sent so.
fn credentials(encoded: &str) -> Option<(Template, Template)> {
    let parts = pieces(encoded);
    let [Piece::Text(encoded)] = parts.as_slice() else {
        return None;
    };
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (username, password) = decoded.split_once(':')?;
    Some((escape(username), escape(password)))
}
