//! Advice on OAuth steps: what a provider may need, and nobody else should choose (SAFETY Z3), and what cannot work.

use super::addresses::is_plain_http;
use crate::auth::Auth;
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::oauth::{ClientAuth, ClientRegistration, OauthFields, Pkce, PkceMethod};
use crate::rule::Rule;
use crate::scalar::Template;
use crate::step::StepKind;

/// The endpoints that plain http is refused at, as their fields are called.
pub(super) const ENDPOINTS: &[&str] = &[
    "issuer",
    "token_url",
    "refresh_url",
    "revocation_url",
    "device_authorization_url",
];
/// Parameters that are always Latchwork's own, whatever the file says.
const OURS: &[&str] = &["state", "nonce", "code_challenge", "code_challenge_method"];

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    match &connector.auth {
        Auth::Multistep(multistep) => {
            for (index, step) in multistep.steps.iter().enumerate() {
                advise_kind(&format!("auth.steps[{index}]"), &step.kind, findings);
            }
            let refresh = multistep.refresh.iter().flat_map(|refresh| &refresh.steps);
            for (index, step) in refresh.enumerate() {
                advise_kind(
                    &format!("auth.refresh.steps[{index}]"),
                    &step.kind,
                    findings,
                );
            }
        }
        Auth::Oauth2(grant) => advise_kind("auth", &grant.step_kind(), findings),
        _ => {}
    }
}

fn advise_kind(path: &str, kind: &StepKind, findings: &mut Vec<Diagnostic>) {
    let Some(oauth) = kind.oauth() else {
        return;
    };
    match kind {
        StepKind::Oauth2AuthorizationCode(step) if step.own.pkce == Pkce::Off => {
            findings.push(Rule::OauthNoPkce.finding(
                format!("{path}.pkce"),
                "PKCE is switched off",
                "Leave it on (S256) unless the provider refuses it.",
            ));
        }
        StepKind::Oauth2Pkce(step) if step.own.code_challenge_method == PkceMethod::Plain => {
            findings.push(Rule::OauthPkcePlain.finding(
                format!("{path}.code_challenge_method"),
                "the code challenge is the verifier itself: whoever sees the address can use the code",
                "Use S256 unless the provider knows `plain` alone.",
            ));
        }
        _ => {}
    }
    let device = match kind {
        StepKind::Oauth2DeviceCode(step) => step.own.device_authorization_url.as_ref(),
        _ => None,
    };
    endpoints(path, oauth, device, findings);
    client(path, oauth, findings);
    if matches!(
        kind,
        StepKind::Oauth2AuthorizationCode(_) | StepKind::Oauth2Pkce(_)
    ) {
        authorization(path, oauth, findings);
    }
}

/// Credentials are sent over https, or stay on this machine; anything else is refused at run time.
fn endpoints(
    path: &str,
    oauth: &OauthFields,
    device: Option<&Template>,
    findings: &mut Vec<Diagnostic>,
) {
    let addresses = [
        oauth.issuer.as_ref(),
        oauth.token_url.as_ref(),
        oauth.refresh_url.as_ref(),
        oauth.revocation_url.as_ref(),
        device,
    ];
    for (name, address) in ENDPOINTS.iter().zip(addresses) {
        if address.is_some_and(|address| is_plain_http(address.as_str())) {
            findings.push(Rule::OauthInsecureEndpoint.finding(
                format!("{path}.{name}"),
                "the endpoint is plain http, and no credential is sent there",
                "Use the provider's https address; http is for this machine alone.",
            ));
        }
    }
}

/// A client that is to show what it does not have.
fn client(path: &str, oauth: &OauthFields, findings: &mut Vec<Diagnostic>) {
    let has_secret = oauth
        .client_secret
        .as_ref()
        .is_some_and(|secret| !secret.is_empty());
    if matches!(oauth.client_auth, ClientAuth::Basic | ClientAuth::Post)
        && !has_secret
        && oauth.client_registration == ClientRegistration::Static
    {
        findings.push(Rule::OauthNoClientSecret.finding(
            format!("{path}.client_auth"),
            "the client is to show its secret, and has none",
            "Give `client_secret`, or set `client_auth` to `none`.",
        ));
    }
}

/// The authorization request's own parameters.
fn authorization(path: &str, oauth: &OauthFields, findings: &mut Vec<Diagnostic>) {
    for (index, parameter) in oauth.authorize_params.iter().enumerate() {
        let name = parameter.name.as_str();
        let is_ours = OURS.iter().any(|ours| {
            let called = oauth
                .param_names
                .as_ref()
                .and_then(|names| names.get(*ours));
            called.map_or(*ours, String::as_str) == name
        });
        if parameter.enabled && is_ours {
            findings.push(Rule::OauthParameterIgnored.finding(
                format!("{path}.authorize_params[{index}]"),
                format!("`{name}` is made anew for each sign-in, and this value is not sent"),
                "Delete it.",
            ));
        }
    }
    let asks_for = |wanted: &str| {
        oauth
            .scopes
            .iter()
            .flat_map(|scope| scope.as_str().split_whitespace())
            .any(|scope| scope == wanted)
    };
    let has_consent = oauth.authorize_params.iter().any(|parameter| {
        parameter.enabled
            && parameter.name.as_str() == "prompt"
            && (parameter.value.as_str().contains("consent")
                || parameter.value.as_str().contains("{{"))
    });
    if asks_for("openid") && asks_for("offline_access") && !has_consent {
        findings.push(Rule::OauthOfflineWithoutConsent.finding(
            format!("{path}.scopes"),
            "`offline_access` is asked for without consent: a provider may give no refresh token (OpenID Connect Core, section 11)",
            "Add `prompt` with the value `consent` to `authorize_params` if no refresh token comes.",
        ));
    }
}
