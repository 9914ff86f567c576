//! What can go wrong in a sign-in with OAuth, as values. A provider's words in them are plain words already.

use latchwork_model::ErrorCode;

use super::pending::CallbackRefusal;

/// Why an OAuth step failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OauthError {
    /// The person or the provider declined.
    #[error("the sign-in was declined: {words}")]
    Denied {
        /// The provider's words.
        words: String,
    },
    /// The authorization endpoint answered with another error.
    #[error("the provider answered the sign-in with an error: {words}")]
    Authorization {
        /// The provider's words.
        words: String,
    },
    /// No callback in time.
    #[error("the browser did not come back within {seconds} s{}", after(.last_refusal))]
    CallbackTimeout {
        /// The time that it was given.
        seconds: u64,
        /// The last answer that was turned away meanwhile.
        last_refusal: Option<CallbackRefusal>,
    },
    /// What was pasted was refused, and nobody can paste anything else.
    #[error("{0}")]
    Refused(CallbackRefusal),
    /// No token.
    #[error("{endpoint} gave no token: {words}")]
    Token {
        /// The endpoint, without its query.
        endpoint: String,
        /// What it said, or what is missing.
        words: String,
        /// The answer's status.
        status: u16,
        /// `error`, where the answer has one.
        error: Option<String>,
    },
    /// An OAuth endpoint redirected (SAFETY Z17).
    #[error(
        "{endpoint} answered {status}, a redirect, and the {what} endpoint's redirects are not followed"
    )]
    Redirects {
        /// Which endpoint it is.
        what: &'static str,
        /// The endpoint, without its query.
        endpoint: String,
        /// The status.
        status: u16,
    },
    /// An endpoint without TLS, and not on this machine (SAFETY Z18).
    #[error("{place}: {endpoint} is not https, and credentials go there")]
    Insecure {
        /// Where it stands.
        place: String,
        /// The endpoint, without its query.
        endpoint: String,
    },
    /// An authorization address that no browser is sent to (SAFETY Z7).
    #[error("{place}: `{address}` is no address that the browser is sent to")]
    BrowserAddress {
        /// Where it stands.
        place: String,
        /// The address, without its query.
        address: String,
    },
    /// A redirect address that nobody can listen at.
    #[error("redirect_uri: `{address}` is not an address on this machine")]
    RedirectAddress {
        /// The address.
        address: String,
    },
    /// The port of a fixed redirect address (SAFETY Z14).
    #[error("the redirect address {address} cannot be listened at: {reason}")]
    PortBusy {
        /// Address and port.
        address: String,
        /// Why.
        reason: String,
    },
    /// An endpoint that neither the file nor discovery gives.
    #[error("no `{field}`: the file names none{}", and_issuer(.issuer))]
    EndpointMissing {
        /// The file's member.
        field: &'static str,
        /// The issuer that was asked.
        issuer: Option<String>,
    },
    /// The discovery document.
    #[error("discovery at {issuer}: {reason}")]
    Discovery {
        /// The issuer that was asked.
        issuer: String,
        /// What is wrong.
        reason: String,
    },
    /// The registration endpoint (RFC 7591).
    #[error("{endpoint} registered no client: {words}")]
    Registration {
        /// The endpoint, without its query.
        endpoint: String,
        /// What it said.
        words: String,
    },
    /// The ID token.
    #[error("the ID token is not accepted: {reason}")]
    IdToken {
        /// Why.
        reason: String,
    },
    /// The device code ran out.
    #[error("the code was not entered within {seconds} s")]
    DeviceExpired {
        /// How long it was good for.
        seconds: u64,
    },
    /// Nobody can open a browser.
    #[error("`{step}` needs a browser, and there is nobody at it")]
    BrowserNeeded {
        /// The step that asks.
        step: String,
    },
    /// The input ended, and nothing that was pasted was taken.
    #[error(
        "`{step}` waits for the address that the browser ends at, and nobody pastes it{}",
        after(.refused)
    )]
    PasteNeeded {
        /// The step that asks.
        step: String,
        /// What was pasted last was refused.
        refused: Option<CallbackRefusal>,
    },
    /// Nothing to renew by.
    #[error("`{step}` holds no refresh token")]
    NoRefreshToken {
        /// The step.
        step: String,
    },
    /// No single sign-on session.
    #[error("nobody is signed in with single sign-on")]
    SsoNotSignedIn,
    /// The single sign-on session can only be renewed by the person.
    #[error("the single sign-on session is over: {words}")]
    SsoNeedsYou {
        /// Why.
        words: String,
    },
    /// The single sign-on session could not be renewed just now.
    #[error("the single sign-on session could not be renewed: {words}")]
    SsoNotRenewed {
        /// Why.
        words: String,
    },
}

fn after(refusal: &Option<CallbackRefusal>) -> String {
    refusal.as_ref().map_or_else(String::new, |refusal| {
        format!("; meanwhile one answer was refused: {refusal}")
    })
}

fn and_issuer(issuer: &Option<String>) -> String {
    issuer
        .as_ref()
        .map_or_else(String::new, |issuer| format!(", nor does {issuer}"))
}

impl OauthError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Denied { .. } => ErrorCode::OauthDenied,
            Self::Authorization { .. } => ErrorCode::OauthAuthorizationError,
            Self::CallbackTimeout {
                last_refusal: Some(refusal),
                ..
            } if refusal.is_of_a_known_sign_in() => refusal.code(),
            Self::CallbackTimeout { .. } => ErrorCode::OauthCallbackTimeout,
            Self::Refused(refusal) => refusal.code(),
            Self::Token { error, .. } if error.as_deref() == Some("invalid_grant") => {
                ErrorCode::OauthInvalidGrant
            }
            Self::Token { .. } => ErrorCode::OauthTokenError,
            Self::Redirects { .. } => ErrorCode::OauthRedirects,
            Self::Insecure { .. } => ErrorCode::OauthInsecureEndpoint,
            Self::BrowserAddress { .. } => ErrorCode::OauthBrowserAddress,
            Self::RedirectAddress { .. } => ErrorCode::OauthRedirectAddress,
            Self::PortBusy { .. } => ErrorCode::OauthPortBusy,
            Self::EndpointMissing { .. } => ErrorCode::OauthEndpointMissing,
            Self::Discovery { .. } => ErrorCode::OauthDiscoveryFailed,
            Self::Registration { .. } => ErrorCode::OauthRegistrationFailed,
            Self::IdToken { .. } => ErrorCode::OauthIdTokenInvalid,
            Self::DeviceExpired { .. } => ErrorCode::OauthDeviceExpired,
            Self::BrowserNeeded { .. } | Self::PasteNeeded { .. } => ErrorCode::InputNeeded,
            Self::NoRefreshToken { .. } => ErrorCode::SessionNeedsYou,
            Self::SsoNotSignedIn => ErrorCode::SsoNotSignedIn,
            Self::SsoNeedsYou { .. } => ErrorCode::SsoNeedsYou,
            Self::SsoNotRenewed { .. } => ErrorCode::RefreshFailed,
        }
    }

    /// What to do, where it is more than the code's remedy.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::BrowserNeeded { .. } => Some(
                "Run it in a terminal, or with --no-browser and visit the address yourself."
                    .to_owned(),
            ),
            Self::PasteNeeded { .. } => Some(
                "Visit the address, and paste the one that the browser ends at, on a line of its own."
                    .to_owned(),
            ),
            Self::Token { status, .. } if *status >= 500 => {
                Some("The code was used up; start the sign-in again.".to_owned())
            }
            _ => None,
        }
    }

    /// Whether the same again may work.
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Token { status, .. } => matches!(status, 408 | 425 | 429 | 500..=599),
            Self::CallbackTimeout { .. }
            | Self::DeviceExpired { .. }
            | Self::SsoNotRenewed { .. } => true,
            _ => false,
        }
    }
}
