//! Security schemes: what each is, and whether Latchwork can do it.

use serde_json::Value;

use super::document::{Document, Found, member_object, member_text, required_text};
use super::error::{Fault, OpenApiErrorKind, cut};

/// A security scheme, by its name in the document.
pub(super) struct Scheme<'a> {
    pub name: &'a str,
    pub kind: SchemeKind<'a>,
}

/// What a scheme asks for.
pub(super) enum SchemeKind<'a> {
    /// A key in a query parameter, a header or a cookie.
    ApiKey { name: &'a str, place: KeyPlace },
    /// A signature of AWS, as its API gateway writes it into documents.
    Aws,
    /// RFC 7617.
    Basic,
    /// RFC 6750.
    Bearer,
    /// Another scheme of the `Authorization` header whose credentials are a text.
    Authorization { scheme: &'a str },
    /// RFC 6749.
    Oauth(Flow<'a>),
    /// OpenID Connect, by discovery.
    OpenId { url: &'a str },
    /// A client certificate.
    MutualTls,
    /// None that can be done, and why.
    Cannot(String),
}

/// Where a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyPlace {
    Query,
    Header,
    Cookie,
}

/// The flow of a scheme that is used.
pub(super) struct Flow<'a> {
    pub kind: FlowKind,
    /// The Flow Object.
    pub value: &'a Value,
    /// The names of the scheme's other flows.
    pub others: Vec<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlowKind {
    AuthorizationCode,
    ClientCredentials,
    DeviceAuthorization,
    Password,
    Implicit,
}

impl FlowKind {
    /// In the order in which they are chosen.
    const ALL: [(Self, &'static str); 5] = [
        (Self::AuthorizationCode, "authorizationCode"),
        (Self::ClientCredentials, "clientCredentials"),
        (Self::DeviceAuthorization, "deviceAuthorization"),
        (Self::Password, "password"),
        (Self::Implicit, "implicit"),
    ];

    pub const fn title(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization code",
            Self::ClientCredentials => "client credentials",
            Self::DeviceAuthorization => "device code",
            Self::Password => "password",
            Self::Implicit => "implicit",
        }
    }
}

/// Schemes of the `Authorization` header that sign, or answer a challenge: no text that a person has.
const CHALLENGED: &[&str] = &[
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "ntlm",
    "oauth",
    "privatetoken",
    "scram-sha-1",
    "scram-sha-256",
    "vapid",
];

impl<'a> Scheme<'a> {
    /// The scheme of this name; `at` is the requirement that names it.
    pub fn find(document: &Document<'a>, name: &'a str, at: &'a Value) -> Found<'a, Self> {
        let schemes = match document.root().get("components") {
            Some(components) => member_object(components, "securitySchemes")?,
            None => None,
        };
        let Some(value) = schemes.and_then(|schemes| schemes.get(name)) else {
            let name = cut(name);
            return Err(Fault::new(at, OpenApiErrorKind::UnknownScheme { name }));
        };
        Self::read(document, name, value)
    }

    /// All schemes of the document, whether something asks for them or not.
    pub fn first(document: &Document<'a>) -> Found<'a, Option<Self>> {
        let Some(components) = document.root().get("components") else {
            return Ok(None);
        };
        let Some(schemes) = member_object(components, "securitySchemes")? else {
            return Ok(None);
        };
        for (name, value) in schemes {
            let scheme = Self::read(document, name, value)?;
            if !matches!(scheme.kind, SchemeKind::Cannot(_)) {
                return Ok(Some(scheme));
            }
        }
        Ok(None)
    }

    fn read(document: &Document<'a>, name: &'a str, value: &'a Value) -> Found<'a, Self> {
        let Some(value) = document.resolve(value)? else {
            let kind = SchemeKind::Cannot("it is described in another file".to_owned());
            return Ok(Self { name, kind });
        };
        let kind = match required_text(value, "type")? {
            "apiKey" => api_key(value)?,
            "http" => http(value)?,
            "oauth2" => oauth2(value)?,
            "openIdConnect" => SchemeKind::OpenId {
                url: required_text(value, "openIdConnectUrl")?,
            },
            "mutualTLS" => SchemeKind::MutualTls,
            other => SchemeKind::Cannot(format!("its type `{}` is not known", cut(other))),
        };
        Ok(Self { name, kind })
    }

    /// Whether it puts something into the `Authorization` header.
    pub fn takes_authorization(&self) -> bool {
        match &self.kind {
            SchemeKind::ApiKey { name, place } => {
                *place == KeyPlace::Header && name.eq_ignore_ascii_case("authorization")
            }
            SchemeKind::Aws
            | SchemeKind::Basic
            | SchemeKind::Bearer
            | SchemeKind::Authorization { .. }
            | SchemeKind::Oauth(_)
            | SchemeKind::OpenId { .. } => true,
            SchemeKind::MutualTls | SchemeKind::Cannot(_) => false,
        }
    }

    /// What people read.
    pub fn title(&self) -> String {
        match &self.kind {
            SchemeKind::ApiKey { name, place } => {
                let place = match place {
                    KeyPlace::Query => "the query parameter",
                    KeyPlace::Header => "the header",
                    KeyPlace::Cookie => "the cookie",
                };
                format!("an API key in {place} `{}`", cut(name))
            }
            SchemeKind::Aws => "AWS SigV4".to_owned(),
            SchemeKind::Basic => "basic auth".to_owned(),
            SchemeKind::Bearer => "a bearer token".to_owned(),
            SchemeKind::Authorization { scheme } => {
                format!("`{}` credentials in the Authorization header", cut(scheme))
            }
            SchemeKind::Oauth(flow) => format!("OAuth 2.0 ({})", flow.kind.title()),
            SchemeKind::OpenId { .. } => "OpenID Connect".to_owned(),
            SchemeKind::MutualTls => "a client certificate".to_owned(),
            SchemeKind::Cannot(_) => format!("`{}`", cut(self.name)),
        }
    }
}

fn api_key(value: &Value) -> Found<'_, SchemeKind<'_>> {
    let name = required_text(value, "name")?;
    if member_text(value, "x-amazon-apigateway-authtype")
        .ok()
        .flatten()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("awsSigv4"))
    {
        return Ok(SchemeKind::Aws);
    }
    let place = match required_text(value, "in")? {
        "query" => KeyPlace::Query,
        "header" => KeyPlace::Header,
        "cookie" => KeyPlace::Cookie,
        other => {
            let why = format!("its key goes into `{}`, which is not known", cut(other));
            return Ok(SchemeKind::Cannot(why));
        }
    };
    Ok(SchemeKind::ApiKey { name, place })
}

fn http(value: &Value) -> Found<'_, SchemeKind<'_>> {
    let scheme = required_text(value, "scheme")?.trim();
    let lower = scheme.to_ascii_lowercase();
    Ok(match lower.as_str() {
        "basic" => SchemeKind::Basic,
        "bearer" => SchemeKind::Bearer,
        challenged if CHALLENGED.contains(&challenged) => {
            SchemeKind::Cannot(format!("HTTP `{lower}` authentication is not known"))
        }
        token
            if !token.is_empty()
                && token
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) =>
        {
            SchemeKind::Authorization { scheme }
        }
        _ => SchemeKind::Cannot(format!("`{}` is no HTTP scheme", cut(scheme))),
    })
}

fn oauth2(value: &Value) -> Found<'_, SchemeKind<'_>> {
    let Some(flows) = member_object(value, "flows")? else {
        return Err(Fault::new(
            value,
            OpenApiErrorKind::Missing { member: "flows" },
        ));
    };
    let mut there = FlowKind::ALL
        .into_iter()
        .filter_map(|(kind, name)| Some((kind, name, flows.get(name)?)))
        .filter(|(_, _, flow)| !flow.is_null());
    let Some((kind, _, flow)) = there.next() else {
        return Ok(SchemeKind::Cannot(
            "it has no flow that is known".to_owned(),
        ));
    };
    super::document::object(flow)?;
    Ok(SchemeKind::Oauth(Flow {
        kind,
        value: flow,
        others: there.map(|(_, name, _)| name).collect(),
    }))
}
