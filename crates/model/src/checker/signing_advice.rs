//! Advice on signatures, and on auth methods whose credentials are empty.

use super::parameter_advice::requests;
use super::{all_steps, walk_templates};
use crate::auth::{Auth, AwsSigV4, OAuth1, Signing};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::request::ParameterLocation;
use crate::rule::Rule;
use crate::scalar::Template;
use crate::template_syntax::{is_literal, lookups};

/// What the ids of AWS's temporary keys begin with.
const TEMPORARY_KEY: &str = "ASIA";

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    incomplete(connector, findings);
    let (path, signing) = match &connector.auth {
        Auth::AwsSigv4(aws) => ("auth", Signing::AwsSigv4(aws.clone())),
        Auth::Multistep(multistep) => match &multistep.signing {
            Some(signing) => ("auth.signing", signing.clone()),
            None => return,
        },
        _ => return,
    };
    authorization_headers(connector, findings);
    match signing {
        Signing::AwsSigv4(aws) => aws_sigv4(connector, path, &aws, findings),
        Signing::Oauth1(oauth) => oauth1(path, &oauth, findings),
    }
}

/// Credentials that are left empty.
fn incomplete(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    walk_templates(connector, &mut |path, template| {
        let name = path
            .strip_prefix("auth.signing.")
            .or_else(|| path.strip_prefix("auth."));
        let is_needed = matches!(
            (connector.auth.method(), name),
            ("api_key", Some("name" | "value"))
                | ("bearer", Some("token"))
                | (
                    "aws_sigv4" | "multistep",
                    Some(
                        "access_key_id"
                            | "secret_access_key"
                            | "region"
                            | "service"
                            | "consumer_key"
                            | "consumer_secret",
                    ),
                )
        );
        if is_needed && template.trim().is_empty() {
            let help = match name {
                Some("name" | "region" | "service" | "consumer_key") => "Fill it in.",
                _ => "Fill it in: a secret as a variable, `{{ vars.name }}`.",
            };
            findings.push(Rule::AuthIncomplete.finding(
                path,
                "this is empty, and requests are sent without it",
                help,
            ));
        }
    });
}

/// A signature goes into the `Authorization` header.
fn authorization_headers(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let mut tell = |path: String| {
        findings.push(Rule::SigningAuthorizationHeader.finding(
            path,
            "an `Authorization` header is written out, and the signature goes there",
            "Delete it, or the signing.",
        ));
    };
    if let Auth::Multistep(multistep) = &connector.auth {
        for (index, parameter) in multistep.request_parameters.iter().enumerate() {
            if parameter.enabled
                && parameter.location == ParameterLocation::Header
                && is_authorization(&parameter.name)
            {
                tell(format!("auth.request_parameters[{index}]"));
            }
        }
    }
    for (path, request) in requests(connector) {
        for (index, header) in request.headers.iter().enumerate() {
            if header.enabled && is_authorization(&header.name) {
                tell(format!("{path}.headers[{index}]"));
            }
        }
    }
}

fn is_authorization(name: &Template) -> bool {
    name.as_str().eq_ignore_ascii_case("authorization")
}

fn aws_sigv4(connector: &Connector, path: &str, aws: &AwsSigV4, findings: &mut Vec<Diagnostic>) {
    let has_token = aws
        .session_token
        .as_ref()
        .is_some_and(|token| !token.is_empty());
    if !has_token && is_temporary(connector, aws.access_key_id.as_str()) {
        findings.push(Rule::SigningNoSessionToken.finding(
            format!("{path}.session_token"),
            "the keys are temporary, and AWS refuses those without their session token",
            "Give the session token that came with the keys.",
        ));
    }
    let region = aws.region.as_str();
    if let Some(other) = region_of(connector.base_url.as_str())
        && is_literal(region)
        && !region.is_empty()
        && other != region
    {
        findings.push(Rule::SigningRegionMismatch.finding(
            format!("{path}.region"),
            format!("the signature is for `{region}`, and the base URL is in `{other}`"),
            "Give both the same region.",
        ));
    }
}

/// Whether an access key's id is a temporary one: by its first letters, or because a request gave it.
fn is_temporary(connector: &Connector, access_key_id: &str) -> bool {
    access_key_id.starts_with(TEMPORARY_KEY)
        || lookups(access_key_id).iter().any(|lookup| {
            all_steps(connector).any(|step| step.id == lookup.root() && step.kind_sends())
        })
}

/// The region in the host of one of AWS's addresses: `eu-central-1` of `sts.eu-central-1.amazonaws.com`.
fn region_of(address: &str) -> Option<&str> {
    let part = crate::origin::origin_part(address).filter(|part| is_literal(part))?;
    let host = part.split_once("://")?.1;
    let labels = host.strip_suffix(".amazonaws.com")?;
    labels.split('.').find(|label| {
        let mut parts = label.split('-');
        parts.next().is_some_and(|country| country.len() == 2)
            && label.rsplit('-').next().is_some_and(|number| {
                number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit())
            })
            && label.matches('-').count() >= 2
    })
}

fn oauth1(path: &str, oauth: &OAuth1, findings: &mut Vec<Diagnostic>) {
    if oauth.signature_method.eq_ignore_ascii_case("plaintext") {
        findings.push(Rule::SigningPlaintext.finding(
            format!("{path}.signature_method"),
            "PLAINTEXT signs nothing: it sends the secrets themselves",
            "Use HMAC-SHA1 or HMAC-SHA256, unless the provider knows PLAINTEXT alone.",
        ));
    }
}
