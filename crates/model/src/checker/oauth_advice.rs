//! Advice on OAuth steps: what a provider may need, and nobody else should choose (SAFETY Z3).

use crate::auth::Auth;
use crate::connector::Connector;
use crate::diagnostic::{Diagnostic, Severity};
use crate::oauth::{ClientAuth, OauthFields, Pkce, PkceMethod};
use crate::step::StepKind;

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    match &connector.auth {
        Auth::Multistep(multistep) => {
            for (index, step) in multistep.steps.iter().enumerate() {
                kind(&format!("auth.steps[{index}]"), &step.kind, findings);
            }
        }
        Auth::Oauth2(grant) => kind("auth", &grant.step_kind(), findings),
        _ => {}
    }
}

fn kind(path: &str, kind: &StepKind, findings: &mut Vec<Diagnostic>) {
    let mut warn = |code: &'static str, path: String, message: &str, help: &str| {
        findings
            .push(Diagnostic::error(code, path, message, help).with_severity(Severity::Warning));
    };
    match kind {
        StepKind::Oauth2AuthorizationCode(step) if step.own.pkce == Pkce::Off => warn(
            "oauth.no_pkce",
            format!("{path}.pkce"),
            "PKCE is switched off",
            "Leave it on (S256) unless the provider refuses it.",
        ),
        StepKind::Oauth2Pkce(step) if step.own.code_challenge_method == PkceMethod::Plain => warn(
            "oauth.pkce_plain",
            format!("{path}.code_challenge_method"),
            "the code challenge is the verifier itself: whoever sees the address can use the code",
            "Use S256 unless the provider knows `plain` alone.",
        ),
        _ => {}
    }
    if let Some(oauth) = kind.oauth() {
        client(path, oauth, &mut warn);
    }
}

/// A client that is to show what it does not have.
fn client(
    path: &str,
    oauth: &OauthFields,
    warn: &mut impl FnMut(&'static str, String, &str, &str),
) {
    let without = |secret: &Option<crate::scalar::Template>| {
        secret
            .as_ref()
            .is_none_or(crate::scalar::Template::is_empty)
    };
    if matches!(oauth.client_auth, ClientAuth::Basic | ClientAuth::Post)
        && without(&oauth.client_secret)
        && oauth.client_registration == crate::oauth::ClientRegistration::Static
    {
        warn(
            "oauth.no_client_secret",
            format!("{path}.client_auth"),
            "the client is to show its secret, and has none",
            "Give `client_secret`, or set `client_auth` to `none`.",
        );
    }
}
