//! The names of signature algorithms that a file may have, and what is said to others.
//!
//! How they sign is the engine's; a test there holds that it knows all of these.

use crate::auth::OAuth1;
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::oauth::JwtBearerFields;
use crate::path;

/// What a JWT is signed with (RFC 7518 section 3.1, RFC 8037 section 3.1).
pub const JWT_ALGORITHMS: &[&str] = &[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA", "HS256",
    "HS384", "HS512",
];

/// How an OAuth 1.0a request is signed (RFC 5849 section 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oauth1Method {
    /// RFC 5849 section 3.4.2.
    HmacSha1,
    /// The same with SHA-256.
    HmacSha256,
    /// The same with SHA-512.
    HmacSha512,
    /// RFC 5849 section 3.4.3, with SHA-256.
    RsaSha256,
    /// RFC 5849 section 3.4.4.
    Plaintext,
}

impl Oauth1Method {
    /// The names that a file may have.
    pub const NAMES: &'static [&'static str] = &[
        "HMAC-SHA1",
        "HMAC-SHA256",
        "HMAC-SHA512",
        "RSA-SHA256",
        "PLAINTEXT",
    ];

    /// The method that is called so.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "HMAC-SHA1" => Self::HmacSha1,
            "HMAC-SHA256" => Self::HmacSha256,
            "HMAC-SHA512" => Self::HmacSha512,
            "RSA-SHA256" => Self::RsaSha256,
            "PLAINTEXT" => Self::Plaintext,
            _ => return None,
        })
    }

    /// As `oauth_signature_method` has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::HmacSha512 => "HMAC-SHA512",
            Self::RsaSha256 => "RSA-SHA256",
            Self::Plaintext => "PLAINTEXT",
        }
    }
}

/// What is wrong with the signature method of an OAuth 1.0a signature at `place`.
pub(crate) fn oauth1_method_fault(oauth: &OAuth1, place: &str) -> Option<Diagnostic> {
    let name = oauth.signature_method.as_str();
    if Oauth1Method::named(name).is_some() {
        return None;
    }
    let help = if name.eq_ignore_ascii_case("RSA-SHA1") {
        "RSA signatures with SHA-1 are not made here. Ask the provider for RSA-SHA256 or an HMAC method.".to_owned()
    } else {
        one_of(name, Oauth1Method::NAMES)
    };
    Some(Diagnostic::invalid(
        path::join(place, "signature_method"),
        format!("`{name}` is no signature method that requests can be signed with"),
        help,
    ))
}

/// What is wrong with the algorithm of a JWT bearer step at `place`.
pub(crate) fn jwt_algorithm_fault(own: &JwtBearerFields, place: &str) -> Option<Diagnostic> {
    let name = own.algorithm.as_str();
    (!JWT_ALGORITHMS.contains(&name)).then(|| {
        Diagnostic::invalid(
            path::join(place, "algorithm"),
            format!("`{name}` is no algorithm that a token can be signed with"),
            one_of(name, JWT_ALGORITHMS),
        )
    })
}

fn one_of(name: &str, names: &[&str]) -> String {
    let written = name.to_ascii_uppercase();
    match nearest(&written, names.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`? There are {}.", names.join(", ")),
        None => format!("Use one of {}.", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_that_of_its_method() {
        for name in Oauth1Method::NAMES {
            assert_eq!(
                Oauth1Method::named(name).map(Oauth1Method::as_str),
                Some(*name)
            );
        }
        assert_eq!(Oauth1Method::named("hmac-sha1"), None);
    }
}
