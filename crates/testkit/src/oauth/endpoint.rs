//! The server's endpoints and where they are.

/// What a request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// `{issuer}/.well-known/openid-configuration`.
    OpenIdConfiguration,
    /// `/.well-known/oauth-authorization-server{issuer's path}` (RFC 8414 section 3).
    AuthorizationServerMetadata,
    /// Where the browser is sent.
    Authorization,
    /// Tokens.
    Token,
    /// Device codes (RFC 8628).
    DeviceAuthorization,
    /// Where a person would enter a device code.
    DevicePage,
    /// Clients that register themselves (RFC 7591).
    Registration,
    /// Tokens given back (RFC 7009).
    Revocation,
    /// The keys that ID tokens are signed with.
    Keys,
    /// An API that wants one of the server's access tokens.
    Api,
    /// Where redirecting endpoints redirect to: nobody may follow.
    Elsewhere,
    /// Anything else; it is not there.
    Unknown,
}

const OPENID: &str = "/.well-known/openid-configuration";
const RFC8414: &str = "/.well-known/oauth-authorization-server";

const PATHS: [(Endpoint, &str); 9] = [
    (Endpoint::Authorization, "/authorize"),
    (Endpoint::Token, "/token"),
    (Endpoint::DeviceAuthorization, "/device/authorize"),
    (Endpoint::DevicePage, "/device"),
    (Endpoint::Registration, "/register"),
    (Endpoint::Revocation, "/revoke"),
    (Endpoint::Keys, "/keys"),
    (Endpoint::Api, "/api/me"),
    (Endpoint::Elsewhere, "/elsewhere"),
];

impl Endpoint {
    /// What is at a path, for an issuer with this path.
    pub(super) fn at(path: &str, issuer_path: &str) -> Self {
        if path == format!("{issuer_path}{OPENID}") {
            return Self::OpenIdConfiguration;
        }
        if path == format!("{RFC8414}{issuer_path}") {
            return Self::AuthorizationServerMetadata;
        }
        if path.starts_with("/api/") {
            return Self::Api;
        }
        let found = PATHS.iter().find(|(_, other)| *other == path);
        found.map_or(Self::Unknown, |(endpoint, _)| *endpoint)
    }

    /// Its path, for an issuer with this path.
    pub(super) fn path(self, issuer_path: &str) -> String {
        match self {
            Self::OpenIdConfiguration => format!("{issuer_path}{OPENID}"),
            Self::AuthorizationServerMetadata => format!("{RFC8414}{issuer_path}"),
            other => {
                let found = PATHS.iter().find(|(endpoint, _)| *endpoint == other);
                let (_, path) = found.expect("only an endpoint that is there has a path");
                (*path).to_owned()
            }
        }
    }
}
