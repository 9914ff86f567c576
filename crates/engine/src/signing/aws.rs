//! AWS Signature Version 4, by the crate `aws-sigv4`: which rules a service has, and where what comes out goes.
//!
//! S3 decodes a path and encodes it anew, all that can be, before it looks at the signature: a path is sent to it in just
//! that way. Other services take a path as it came.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as Keys;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign as sign_request,
};
use aws_sigv4::sign::v4::SigningParams;
use http::{HeaderName, header};
use latchwork_model::{AwsSigV4, Template};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;
use zeroize::Zeroizing;

use super::Signable;
use crate::error::EngineError;
use crate::request::Renderer;

const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// What may stay as it is in a path: unreserved characters (RFC 3986 section 2.3), and what is encoded already.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'%');

/// Credentials, rendered, and what they are for.
#[derive(Clone)]
pub(super) struct Credentials {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
    region: String,
    pub service: String,
}

impl Credentials {
    pub(super) fn render(
        aws: &AwsSigV4,
        place: &str,
        renderer: &Renderer<'_>,
    ) -> Result<Self, EngineError> {
        // None of these has blanks in it, and what is pasted often has one at its end.
        let text = |name: &str, template: &Template| {
            renderer
                .text(format_args!("{place}.{name}"), template)
                .map(|text| text.trim().to_owned())
        };
        let required = |name: &str, template: &Template| match text(name, template) {
            Ok(text) if text.is_empty() => Err(EngineError::Signing {
                place: format!("{place}.{name}"),
                reason: "it is empty".to_owned(),
            }),
            other => other,
        };
        let session_token = match &aws.session_token {
            Some(token) => Some(text("session_token", token)?).filter(|token| !token.is_empty()),
            None => None,
        };
        Ok(Self {
            access_key_id: required("access_key_id", &aws.access_key_id)?,
            secret_access_key: required("secret_access_key", &aws.secret_access_key)?.into(),
            session_token: session_token.map(Zeroizing::new),
            region: required("region", &aws.region)?,
            service: required("service", &aws.service)?,
        })
    }

    /// Credentials for tests.
    #[cfg(test)]
    pub(super) fn of(id: &str, secret: &str, region: &str, service: &str) -> Self {
        Self {
            access_key_id: id.to_owned(),
            secret_access_key: secret.to_owned().into(),
            session_token: None,
            region: region.to_owned(),
            service: service.to_owned(),
        }
    }

    pub(super) fn secrets(&self) -> Vec<&str> {
        let session_token = self.session_token.as_ref().map(|token| token.as_str());
        std::iter::once(self.secret_access_key.as_str())
            .chain(session_token)
            .collect()
    }
}

/// How a service reads a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    /// It encodes the path once more than it came.
    pub encode_path_again: bool,
    /// It takes `.`, `..` and doubled slashes out of the path.
    pub normalize_path: bool,
    /// It wants the body's hash as a header.
    pub send_hash: bool,
}

impl Rules {
    /// A service's rules. The kinds of S3 take a path as it is, since it names an object; these and some others want
    /// the body's hash.
    pub(super) fn of(service: &str) -> Self {
        let object_store = matches!(
            service,
            "s3" | "s3express" | "s3-object-lambda" | "s3-outposts"
        );
        Self {
            encode_path_again: !object_store,
            normalize_path: !object_store,
            send_hash: object_store || matches!(service, "aoss" | "glacier"),
        }
    }

    fn settings(self) -> SigningSettings {
        let mut settings = SigningSettings::default();
        settings.percent_encoding_mode = if self.encode_path_again {
            PercentEncodingMode::Double
        } else {
            PercentEncodingMode::Single
        };
        settings.uri_path_normalization_mode = if self.normalize_path {
            UriPathNormalizationMode::Enabled
        } else {
            UriPathNormalizationMode::Disabled
        };
        settings.payload_checksum_kind = if self.send_hash {
            PayloadChecksumKind::XAmzSha256
        } else {
            PayloadChecksumKind::NoHeader
        };
        settings
    }
}

/// Signs a request, and gives the signature.
pub(super) fn sign(
    credentials: &Credentials,
    mut rules: Rules,
    now: i64,
    request: &mut Signable<'_>,
) -> Result<String, EngineError> {
    if !rules.encode_path_again {
        write_path(request.url);
    }
    // A hash that the request brings along is what is signed: `UNSIGNED-PAYLOAD`, where a service takes that.
    let hash = request.header(&CONTENT_SHA256).map(str::to_owned);
    rules.send_hash |= hash.is_some();
    request.headers.retain(|(name, _)| {
        *name != header::AUTHORIZATION
            && *name != DATE
            && *name != CONTENT_SHA256
            && (credentials.session_token.is_none() || *name != SECURITY_TOKEN)
    });
    let identity = Keys::new(
        credentials.access_key_id.as_str(),
        credentials.secret_access_key.as_str(),
        credentials
            .session_token
            .as_ref()
            .map(|token| token.to_string()),
        None,
        "latchwork",
    )
    .into();
    let failed = |error: &dyn std::fmt::Display| EngineError::Signing {
        place: "aws_sigv4".to_owned(),
        reason: error.to_string(),
    };
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(now).unwrap_or(0));
    let params = SigningParams::builder()
        .identity(&identity)
        .region(&credentials.region)
        .name(&credentials.service)
        .time(time)
        .settings(rules.settings())
        .build()
        .map_err(|error| failed(&error))?
        .into();
    let headers: Vec<(&str, &str)> = request
        .headers
        .iter()
        .filter_map(|(name, value)| {
            Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?))
        })
        .collect();
    let body = hash.map_or(SignableBody::Bytes(request.body), SignableBody::Precomputed);
    // A user in the address is none of the host that is signed. Both fail only for addresses that cannot have one.
    let mut address = request.url.clone();
    let _ = address.set_username("");
    let _ = address.set_password(None);
    let signable = SignableRequest::new(
        request.method.as_str(),
        address.as_str(),
        headers.into_iter(),
        body,
    )
    .map_err(|error| failed(&error))?;
    let (instructions, signature) = sign_request(signable, &params)
        .map_err(|error| failed(&error))?
        .into_parts();
    for (name, value) in instructions.headers() {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            request.set(name, value)?;
        }
    }
    Ok(signature)
}

/// Writes an address's path with all in it encoded that can be.
fn write_path(url: &mut Url) {
    let path: Cow<'_, str> = utf8_percent_encode(url.path(), PATH).into();
    if path != url.path() {
        let path = path.into_owned();
        url.set_path(&path);
    }
}
