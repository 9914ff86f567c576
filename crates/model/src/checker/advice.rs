//! Advice: what works but should not be left so.

use super::names::Site;
use super::{references, walk_templates};
use crate::auth::Auth;
use crate::connector::Connector;
use crate::diagnostic::{Diagnostic, Severity};
use crate::origin::{Origin, OriginPattern};
use crate::refresh::RefreshMode;
use crate::request::Parameter;
use crate::step::{Step, StepKind};
use crate::template_syntax::is_literal;

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    unused_steps(connector, findings);
    refresh(connector, findings);
    plain_secrets(connector, findings);
    insecure_addresses(connector, findings);
    for (index, entry) in connector.allowed_origins.iter().enumerate() {
        if matches!(OriginPattern::parse(entry), Some(OriginPattern::Any { .. })) {
            findings.push(
                Diagnostic::error(
                    "origin.any",
                    format!("allowed_origins[{index}]"),
                    format!("`{entry}` allows every host"),
                    "Name the hosts: an answer could send credentials anywhere.",
                )
                .with_severity(Severity::Warning),
            );
        }
    }
    if connector
        .network
        .as_ref()
        .is_some_and(|network| network.accept_invalid_certificates)
    {
        findings.push(
            Diagnostic::error(
                "network.accept_invalid_certificates",
                "network.accept_invalid_certificates",
                "certificates are not checked for this connector",
                "Give the server's authority in `network.ca_certificate` instead.",
            )
            .with_severity(Severity::Warning),
        );
    }
    super::oauth_advice::advise(connector, findings);
}

fn auth_steps(connector: &Connector) -> &[Step] {
    match &connector.auth {
        Auth::Multistep(multistep) => &multistep.steps,
        _ => &[],
    }
}

/// A step whose outputs nobody uses. A request may be there for its effect (a cookie), so this is only told.
fn unused_steps(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let sends_cookies =
        matches!(&connector.auth, Auth::Multistep(multistep) if multistep.send_cookies);
    let simple_test = connector.test.as_ref().is_some_and(|test| !test.advanced);
    for (index, step) in auth_steps(connector).iter().enumerate() {
        let used_by_test = simple_test && matches!(step.kind, StepKind::Form(_))
            || sends_cookies && step.kind_sends();
        if step.disabled || used_by_test || !references(connector, &step.id).is_empty() {
            continue;
        }
        findings.push(
            Diagnostic::error(
                "step.unused",
                format!("auth.steps[{index}]"),
                format!("nothing uses the outputs of `{}`", step.id),
                "Use them in a later step or a request parameter, or delete the step.",
            )
            .with_severity(Severity::Info),
        );
    }
}

fn refresh(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let Auth::Multistep(multistep) = &connector.auth else {
        return;
    };
    let Some(refresh) = &multistep.refresh else {
        return;
    };
    if refresh.mode == RefreshMode::Steps && refresh.updates.is_empty() {
        findings.push(
            Diagnostic::error(
                "refresh.updates_nothing",
                "auth.refresh.updates",
                "the refresh flow updates no output, so the next request is sent as before",
                "Add an update: an output of the auth flow takes a new value from a refresh step.",
            )
            .with_severity(Severity::Warning),
        );
    }
}

/// A credential written out in the file.
fn plain_secrets(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let mut warn = |path: String, what: &str| {
        findings.push(
            Diagnostic::error(
                "secret.plain_text",
                path,
                format!("{what} is written out in the file"),
                "Make it a secret variable and use `{{ vars.name }}`: a file is shared and kept in git.",
            )
            .with_severity(Severity::Warning),
        );
    };
    walk_templates(connector, &mut |path, template| {
        let last = path.rsplit('.').next().unwrap_or_default();
        let named = matches!(
            last,
            "client_secret"
                | "secret_access_key"
                | "password"
                | "consumer_secret"
                | "token_secret"
                | "client_key"
        ) || path == "auth.token"
            || path == "auth.value";
        if named && !template.trim().is_empty() && is_literal(template) {
            warn(path, "a secret");
        }
    });
    let mut parameters = |path: &str, list: &[Parameter]| {
        for (index, parameter) in list.iter().enumerate() {
            if is_credential(parameter.name.as_str(), parameter.value.as_str()) {
                warn(format!("{path}[{index}].value"), "a credential");
            }
        }
    };
    for (index, step) in auth_steps(connector).iter().enumerate() {
        if let Some(oauth) = step.kind.oauth() {
            for (name, list) in [
                ("token_headers", &oauth.token_headers),
                ("refresh_headers", &oauth.refresh_headers),
                ("token_params", &oauth.token_params),
                ("refresh_params", &oauth.refresh_params),
            ] {
                parameters(&format!("auth.steps[{index}].{name}"), list);
            }
        }
        if let StepKind::ApiRequest(api) = &step.kind {
            parameters(
                &format!("auth.steps[{index}].request.headers"),
                &api.request.headers,
            );
            parameters(
                &format!("auth.steps[{index}].request.query"),
                &api.request.query,
            );
        }
    }
    for (index, endpoint) in connector.endpoints.iter().enumerate() {
        parameters(
            &format!("endpoints[{index}].request.headers"),
            &endpoint.request.headers,
        );
        parameters(
            &format!("endpoints[{index}].request.query"),
            &endpoint.request.query,
        );
    }
    if let Auth::Multistep(multistep) = &connector.auth {
        for (index, parameter) in multistep.request_parameters.iter().enumerate() {
            if is_credential(parameter.name.as_str(), parameter.value.as_str()) {
                warn(
                    format!("auth.request_parameters[{index}].value"),
                    "a credential",
                );
            }
        }
    }
    for (index, variable) in connector.variables.iter().enumerate() {
        if let Some(value) = &variable.value
            && !value.is_empty()
            && looks_secret(&variable.name)
        {
            warn(
                format!("variables[{index}].value"),
                &format!("the variable `{}`", variable.name),
            );
        }
    }
}

fn is_credential(name: &str, value: &str) -> bool {
    let value = value.trim();
    !value.is_empty()
        && is_literal(value)
        && (name.eq_ignore_ascii_case("authorization") || looks_secret(name))
}

fn looks_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['-', '_'], "");
    [
        "secret",
        "password",
        "apikey",
        "accesstoken",
        "authtoken",
        "privatekey",
    ]
    .iter()
    .any(|word| name.ends_with(word))
}

/// A plain http address outside this machine that a credential may travel to.
fn insecure_addresses(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    walk_templates(connector, &mut |path, template| {
        let address = path.ends_with("url") || path.ends_with(".issuer");
        if !address || !template.trim_start().starts_with("http://") {
            return;
        }
        let loopback = crate::origin::origin_part(template)
            .and_then(|part| url::Url::parse(part).ok())
            .and_then(|url| Origin::of(&url))
            .is_some_and(|origin| origin.is_loopback());
        if loopback || Site::of(&path) == Site::Connector {
            return;
        }
        findings.push(
            Diagnostic::error(
                "address.insecure",
                path,
                "the address is plain http: anyone on the way can read the credentials",
                "Use https.",
            )
            .with_severity(Severity::Warning),
        );
    });
}
