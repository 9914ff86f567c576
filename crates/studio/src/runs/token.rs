//! The token inspector: what a JWT says of itself (RFC 7519), on a person's click. Its signature is neither checked
//! nor shown, and the token itself does not cross.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::{lock, reveal};
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{TokenView, page_value};

impl Studio {
    /// Looks into a token that a run left: `oauth.access_token`.
    pub fn token_inspect(&self, run: &str, pointer: &str) -> Result<TokenView, StudioError> {
        let live = self.runs().get(run)?;
        let outputs = lock(&live.outputs);
        let token = reveal::value_at(&outputs, pointer).ok_or(StudioError::RunUnknown)?;
        Ok(inspect(&token))
    }
}

fn inspect(token: &str) -> TokenView {
    // The scheme of an `Authorization` header is no part of the token.
    let token = token.trim();
    let token = token
        .split_once(' ')
        .map_or(token, |(_scheme, token)| token.trim());
    let Some((header, claims)) = decode(token) else {
        return TokenView::default();
    };
    let text = |members: &Map<String, Value>, name: &str| {
        members.get(name).and_then(Value::as_str).map(str::to_owned)
    };
    let audience = match claims.get("aud") {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(several)) => several
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    };
    TokenView {
        is_jwt: true,
        algorithm: text(&header, "alg"),
        key_id: text(&header, "kid"),
        issued_at: claims.get("iat").and_then(seconds),
        not_before: claims.get("nbf").and_then(seconds),
        expires_at: claims.get("exp").and_then(seconds),
        issuer: text(&claims, "iss"),
        audience,
        subject: text(&claims, "sub"),
        header: page_value(Value::Object(header)),
        claims: page_value(Value::Object(claims)),
    }
}

/// The claims of a JWT; its signature is not checked here.
pub(crate) fn jwt_claims(token: &str) -> Option<Map<String, Value>> {
    decode(token).map(|(_header, claims)| claims)
}

/// Header and claims of a JWT in its compact form; nothing of anything else.
fn decode(token: &str) -> Option<(Map<String, Value>, Map<String, Value>)> {
    let mut parts = token.split('.');
    let (header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let header = object(header)?;
    header.contains_key("alg").then_some(())?;
    Some((header, object(claims)?))
}

fn object(part: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Whole seconds of a numeric date, which may have a fraction (RFC 7519 section 2).
fn seconds(value: &Value) -> Option<i64> {
    let seconds = value.as_f64().filter(|seconds| seconds.is_finite())?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast saturates, which is what is wanted"
    )]
    Some(seconds as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn jwt(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.c2lnbmF0dXJl", part(header), part(claims))
    }

    #[test]
    fn t4_a_jwt_shows_header_and_claims_and_neither_itself_nor_its_signature() {
        let token = jwt(
            &json!({ "alg": "RS256", "kid": "k1" }),
            &json!({ "iss": "https://a.example", "aud": ["x", "y"], "sub": "7", "exp": 1_700_000_000.5, "iat": 1_699_990_000, "big": 9_007_199_254_740_993_u64 }),
        );
        let view = inspect(&format!("Bearer {token}"));
        assert!(view.is_jwt);
        assert_eq!(view.algorithm.as_deref(), Some("RS256"));
        assert_eq!(view.key_id.as_deref(), Some("k1"));
        assert_eq!(view.expires_at, Some(1_700_000_000));
        assert_eq!(view.audience, ["x", "y"]);
        assert_eq!(view.claims["big"], "9007199254740993");
        let shown = serde_json::to_string(&view).unwrap();
        assert!(!shown.contains("c2lnbmF0dXJl") && !shown.contains(&token));
    }

    #[test]
    fn what_is_no_jwt_shows_nothing() {
        for token in [
            "",
            "opaque",
            "a.b",
            "a.b.c",
            "a.b.c.d.e",
            "eyJhIjoxfQ.eyJhIjoxfQ.",
            "W10.W10.x",
        ] {
            assert_eq!(inspect(token), TokenView::default(), "{token}");
        }
        let one = jwt(&json!({ "alg": "none" }), &json!({ "aud": "x" }));
        assert_eq!(inspect(&one).audience, ["x"]);
    }
}
