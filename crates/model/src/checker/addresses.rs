//! Advice on addresses and origins: plain http, names in single braces, hosts out of answers, and entries of
//! `allowed_origins` that allow too much.

use super::names::Site;
use super::secrets::is_address;
use super::{all_steps, walk_templates};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::origin::{Origin, OriginPattern, origin_part};
use crate::rule::Rule;
use crate::step::StepKind;
use crate::template_syntax::{Lookup, PathPart, lookups};

/// Domains below which anyone can have a host, beside those of a country.
const SHARED_DOMAINS: &[&str] = &[
    "amazonaws.com",
    "appspot.com",
    "azurewebsites.net",
    "blob.core.windows.net",
    "cloudapp.net",
    "cloudfront.net",
    "firebaseapp.com",
    "github.io",
    "gitlab.io",
    "herokuapp.com",
    "netlify.app",
    "ngrok-free.app",
    "ngrok.io",
    "pages.dev",
    "run.app",
    "trycloudflare.com",
    "vercel.app",
    "web.app",
    "workers.dev",
];
/// What stands before a country where names are registered one level below.
const SECOND_LEVELS: &[&str] = &["ac", "co", "com", "edu", "gov", "net", "org"];

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    origins(connector, findings);
    walk_templates(connector, &mut |path, template| {
        if !is_address(&path) || Site::of(&path) == Site::Connector {
            return;
        }
        // A query may hold braces: `?fields=picture{url}`.
        let before_query = template.split('?').next().unwrap_or_default();
        if path.ends_with("url") && has_single_braces(before_query) {
            findings.push(Rule::UrlSingleBraces.finding(
                path.as_str(),
                format!("`{template}` has a name in single braces, which is sent as it is written"),
                "Write an expression: `{{ input.name }}`.",
            ));
        }
        if connector.allowed_origins.is_empty()
            && let Some(source) = unapproved(connector, template)
        {
            findings.push(Rule::OriginNotListed.finding(
                path.as_str(),
                format!("the host comes out of `{source}`, and no such origin is allowed"),
                "Write into `allowed_origins` which hosts there can be, such as `https://*.example.com`.",
            ));
        }
        if is_plain_http(template) && !is_oauth_endpoint(connector, &path) {
            findings.push(insecure(path));
        }
    });
}

fn insecure(path: impl Into<String>) -> Diagnostic {
    Rule::AddressInsecure.finding(
        path,
        "the address is plain http: anyone on the way can read the credentials",
        "Use https.",
    )
}

/// Entries of `allowed_origins`.
fn origins(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    for (index, entry) in connector.allowed_origins.iter().enumerate() {
        let path = format!("allowed_origins[{index}]");
        match OriginPattern::parse(entry) {
            Some(OriginPattern::Any { .. }) => findings.push(Rule::OriginAny.finding(
                path,
                format!("`{entry}` allows every host"),
                "Name the hosts: an answer could send credentials anywhere.",
            )),
            Some(OriginPattern::Below { suffix, .. }) if is_shared(&suffix) => {
                findings.push(Rule::OriginWide.finding(
                    path,
                    format!("`{entry}` allows hosts that anyone can have"),
                    "Name the provider's own hosts: an answer could send credentials anywhere.",
                ));
            }
            Some(
                OriginPattern::Below { scheme, .. } | OriginPattern::Exact(Origin { scheme, .. }),
            ) if scheme == "http" && is_plain_http(entry) => findings.push(insecure(path)),
            _ => {}
        }
    }
}

/// Whether anyone can have a host below a domain, `.com` or `.co.uk` or `.herokuapp.com`.
fn is_shared(suffix: &str) -> bool {
    let domain = suffix.trim_start_matches('.');
    match domain.split_once('.') {
        None => domain != "localhost",
        Some((second, country)) => {
            country.len() == 2 && SECOND_LEVELS.contains(&second)
                || SHARED_DOMAINS.contains(&domain)
        }
    }
}

/// Whether an address is written with http, and not of this machine.
pub(super) fn is_plain_http(address: &str) -> bool {
    let address = address.trim_start();
    let is_http = address
        .get(..7)
        .is_some_and(|start| start.eq_ignore_ascii_case("http://"));
    is_http
        && !origin_part(address)
            .and_then(|part| url::Url::parse(part).ok())
            .and_then(|url| Origin::of(&url))
            .is_some_and(|origin| origin.is_loopback())
}

/// Whether an address is one that credentials are posted to by an OAuth step: plain http is refused there.
fn is_oauth_endpoint(connector: &Connector, path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or_default();
    super::oauth_advice::ENDPOINTS.contains(&name)
        && (connector.auth.method() == "oauth2" || !path.contains(".request."))
}

/// A name in single braces, as `OpenAPI` and others write it: `/contacts/{id}`.
fn has_single_braces(template: &str) -> bool {
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let after = rest.get(at + 1..).unwrap_or_default();
        let close = match after.as_bytes().first() {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => "}",
        };
        let Some((inner, behind)) = after.split_once(close) else {
            return false;
        };
        if close == "}"
            && inner
                .bytes()
                .next()
                .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
            && inner
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
        {
            return true;
        }
        rest = behind;
    }
    false
}

/// What an address's host comes out of, where that is an answer or a form whose field approves nothing.
fn unapproved(connector: &Connector, template: &str) -> Option<String> {
    lookups(origin_part(template)?)
        .into_iter()
        .find(|lookup| !is_approved(connector, lookup))
        .map(|lookup| lookup.display())
}

fn is_approved(connector: &Connector, lookup: &Lookup) -> bool {
    if lookup.root() == "callback" {
        return false;
    }
    let Some(step) = all_steps(connector).find(|step| step.id == lookup.root()) else {
        return true;
    };
    match &step.kind {
        StepKind::Form(form) => {
            let field = form.fields.iter().find(
                |field| matches!(lookup.path.get(1), Some(PathPart::Key(key)) if *key == field.key),
            );
            field.is_none_or(|field| field.origin)
        }
        StepKind::SetVariables(_) => true,
        _ => false,
    }
}
