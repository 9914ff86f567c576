//! `jwt_sign` and `jwt_decode` (RFC 7515, RFC 7519).

use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Error, State, Value};
use serde_json::{Map, Value as Json};

use super::super::convert::{from_json_owned, to_json};
use super::super::environment::there;
use super::arguments::{failed, option, text};
use super::encoding::{from_base64, text_or_bytes, to_base64url};
use super::sign::{Method, charge};

/// An object of claims as a signed token: `claims | jwt_sign(key, alg="RS256", headers={"kid": "1"})`.
pub(super) fn jwt_sign(
    state: &State<'_, '_>,
    claims: &Value,
    key: &Value,
    algorithm: Option<String>,
    options: Kwargs,
) -> Result<String, Error> {
    let named = option(&options, "alg")?;
    let headers: Option<Value> = options.get("headers")?;
    options.assert_all_used()?;
    let algorithm = named.or(algorithm).unwrap_or_else(|| "RS256".to_owned());
    let method = Method::jose(&algorithm).ok_or_else(|| {
        failed("`jwt_sign`: `alg` is HS256, RS256, PS256, ES256, EdDSA, or another length of these")
    })?;

    let headers = match headers {
        Some(headers) => object(&headers, "`jwt_sign`: `headers` is an object")?,
        None => Map::new(),
    };
    let claims = object(claims, "`jwt_sign` works on an object of claims")?;
    charge(state)?;
    token(method, algorithm, headers, claims, key, "jwt_sign")
}

fn token(
    method: Method,
    algorithm: String,
    headers: Map<String, Json>,
    claims: Map<String, Json>,
    key: &Value,
    signer: &str,
) -> Result<String, Error> {
    let mut header = Map::new();
    header.insert("alg".to_owned(), Json::String(algorithm));
    header.insert("typ".to_owned(), Json::String("JWT".to_owned()));
    // What it is signed with is not for a header to say otherwise.
    header.extend(headers.into_iter().filter(|(name, _)| name != "alg"));
    let part =
        |members: Map<String, Json>| to_base64url(Json::Object(members).to_string().as_bytes());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = method.sign(signer, key, message.as_bytes())?;
    Ok(format!("{message}.{}", to_base64url(&signature)))
}

/// A signed token, as `jwt_sign` makes it; for a wrong key, what is wrong with it.
pub(crate) fn signed_token(
    claims: Map<String, Json>,
    headers: Map<String, Json>,
    algorithm: &str,
    key: &str,
) -> Result<String, String> {
    let method = Method::jose(algorithm)
        .ok_or_else(|| format!("`{algorithm}` is no algorithm that a token can be signed with"))?;
    let key = Value::from(key);
    token(
        method,
        algorithm.to_owned(),
        headers,
        claims,
        &key,
        algorithm,
    )
    .map_err(|error| error.detail().unwrap_or("signing failed").to_owned())
}

fn object(value: &Value, otherwise: &'static str) -> Result<Map<String, Json>, Error> {
    there(value)?;
    if value.kind() != ValueKind::Map {
        return Err(failed(otherwise));
    }
    match to_json(value).map_err(|fault| failed(fault.message()))? {
        Json::Object(members) => Ok(members),
        _ => Err(failed(otherwise)),
    }
}

/// What is in a token, its signature not checked: an object with `header` and `payload`, and beside them every
/// claim that is called otherwise, so that `(token | jwt_decode).sub` is there too.
pub(super) fn jwt_decode(input: &Value) -> Result<Value, Error> {
    let token = text(input)?;
    let mut parts = token.trim().split('.');
    let (Some(header), Some(payload), true) = (parts.next(), parts.next(), parts.count() <= 1)
    else {
        return Err(failed("`jwt_decode`: this is no token of three parts"));
    };
    let Some(Json::Object(header)) = part(header) else {
        return Err(failed("`jwt_decode`: the token's header is no JSON object"));
    };
    let mut decoded = Map::new();
    decoded.insert("header".to_owned(), Json::Object(header));
    match part(payload) {
        Some(Json::Object(claims)) => {
            decoded.insert("payload".to_owned(), Json::Object(claims.clone()));
            for (name, value) in claims {
                decoded.entry(name).or_insert(value);
            }
        }
        Some(other) => {
            decoded.insert("payload".to_owned(), other);
        }
        // RFC 7515 has payloads that are no JSON.
        None => {
            let raw = from_base64(payload)
                .ok_or_else(|| failed("`jwt_decode`: the token's payload is no base64url"))?;
            let raw = text_or_bytes(raw);
            decoded.insert(
                "payload".to_owned(),
                Json::String(raw.as_str().unwrap_or_default().to_owned()),
            );
        }
    }
    Ok(from_json_owned(Json::Object(decoded)))
}

/// A token's claims, its signature not checked; `None` where it is no JWT.
pub(crate) fn jwt_claims(token: &str) -> Option<Map<String, Json>> {
    let mut parts = token.trim().split('.');
    let (header, payload) = (parts.next()?, parts.next()?);
    if parts.count() != 1 || !part(header)?.is_object() {
        return None;
    }
    match part(payload)? {
        Json::Object(claims) => Some(claims),
        _ => None,
    }
}

fn part(part: &str) -> Option<Json> {
    serde_json::from_slice(&from_base64(part)?).ok()
}
