//! Advice on the refresh: whether it starts, whether it can work by itself, whether anything is new afterwards.

use super::unused::is_looked_at;
use super::uses::{Uses, parts_of};
use super::{all_steps, root_of, step_outputs};
use crate::auth::{Auth, Multistep};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::refresh::{Refresh, RefreshMode, Update};
use crate::rule::Rule;
use crate::scalar::StatusMatch;
use crate::step::{Step, StepKind};
use crate::template_syntax::{PathPart, lookups};

pub(super) fn advise(connector: &Connector, uses: &Uses, findings: &mut Vec<Diagnostic>) {
    let Auth::Multistep(multistep) = &connector.auth else {
        return;
    };
    let Some(refresh) = &multistep.refresh else {
        return;
    };
    statuses(refresh, findings);
    match refresh.mode {
        RefreshMode::None => return,
        RefreshMode::SameAsAuthFlow => needs_person(multistep, refresh, findings),
        RefreshMode::Steps => new_values(multistep, refresh, uses, findings),
    }
    never_starts(multistep, refresh, findings);
}

/// Statuses that mean anything but a session that is over.
fn statuses(refresh: &Refresh, findings: &mut Vec<Diagnostic>) {
    for (index, status) in refresh.on.statuses.iter().enumerate() {
        let why = match status {
            StatusMatch::Exact(200..=299) | StatusMatch::Class(2) => {
                "answers that worked have it, so that every call starts a renewal"
            }
            StatusMatch::Exact(408 | 425 | 429 | 502..=504) | StatusMatch::Class(5) => {
                "it is a passing fault of the server, which no new token mends"
            }
            _ => continue,
        };
        findings.push(Rule::RefreshWrongStatus.finding(
            format!("auth.refresh.on.statuses[{index}]"),
            format!("{status} starts a renewal: {why}"),
            "Take it out. Where the API says in such an answer that the session is over, write a condition in `on.when`.",
        ));
    }
}

/// No status, no condition, and no expiry that is known.
fn never_starts(multistep: &Multistep, refresh: &Refresh, findings: &mut Vec<Diagnostic>) {
    let knows_expiry = multistep.steps.iter().any(|step| {
        step.kind.oauth().is_some()
            || matches!(step.kind, StepKind::SsoToken(_))
            || step
                .outputs
                .iter()
                .any(|output| matches!(output.name.as_str(), "expires_at" | "expires_in"))
    });
    if refresh.on.statuses.is_empty() && refresh.on.when.is_none() && !knows_expiry {
        findings.push(Rule::RefreshNeverStarts.finding(
            "auth.refresh.on.statuses",
            "nothing starts the refresh: no status, no condition, and no expiry that is known",
            "Give a status (`[401]`), a condition in `on.when`, or an output `expires_in` or `expires_at`.",
        ));
    }
}

/// The auth flow again, where it asks for what nobody answers.
fn needs_person(multistep: &Multistep, refresh: &Refresh, findings: &mut Vec<Diagnostic>) {
    let stored = "auth.refresh.use_stored_credentials";
    for (index, step) in multistep.steps.iter().enumerate() {
        let path = format!("auth.steps[{index}]");
        match &step.kind {
            _ if step.disabled => {}
            StepKind::Form(form) => {
                if let Some(field) = form.fields.iter().position(|field| field.one_time) {
                    findings.push(Rule::RefreshNeedsPerson.finding(
                        format!("{path}.fields[{field}].one_time"),
                        format!("the auth flow cannot run again by itself: `{}` asks for a code that is good once", step.id),
                        "Renew by steps of the refresh flow's own, or set `mode` to `none`: the person is then asked.",
                    ));
                } else if !refresh.use_stored_credentials && !form.fields.is_empty() {
                    findings.push(asks(step, stored));
                }
            }
            StepKind::BasicAuth(basic)
                if !refresh.use_stored_credentials
                    && (basic.username.is_none() || basic.password.is_none()) =>
            {
                findings.push(asks(step, stored));
            }
            StepKind::Oauth2AuthorizationCode(_)
            | StepKind::Oauth2Pkce(_)
            | StepKind::Oauth2DeviceCode(_) => findings.push(Rule::RefreshMayNeedPerson.finding(
                path,
                format!(
                    "`{}` renews itself where the provider gave a refresh token; otherwise only its person can",
                    step.id
                ),
                "See to it that the provider gives a refresh token: mostly by a scope such as `offline_access`.",
            )),
            _ => {}
        }
    }
}

fn asks(step: &Step, path: &str) -> Diagnostic {
    Rule::RefreshNeedsPerson.finding(
        path,
        format!(
            "the auth flow cannot run again by itself: `{}` asks its person, and stored credentials are not to be used",
            step.id
        ),
        "Switch on *Use stored credentials*, or renew by steps of the refresh flow's own.",
    )
}

fn new_values(
    multistep: &Multistep,
    refresh: &Refresh,
    uses: &Uses,
    findings: &mut Vec<Diagnostic>,
) {
    if refresh.updates.is_empty() {
        findings.push(Rule::RefreshUpdatesNothing.finding(
            "auth.refresh.updates",
            "the refresh flow updates no output, so the next request is sent as before",
            "Add an update: an output of the auth flow takes a new value from a refresh step.",
        ));
    }
    for (index, update) in refresh.updates.iter().enumerate() {
        let path = format!("auth.refresh.updates[{index}]");
        let value = format!("{path}.value");
        if !can_be_new(multistep, refresh, update) {
            findings.push(Rule::RefreshUpdateNotNew.finding(
                value,
                format!(
                    "`{}` gets a value that no step of the refresh flow gives",
                    update.target
                ),
                "Use an output of a refresh step.",
            ));
        } else if !is_used(multistep, update, uses, &value) {
            findings.push(Rule::RefreshUpdateUnused.finding(
                format!("{path}.target"),
                format!("nothing uses `{}`, which is renewed", update.target),
                "Renew the output that request parameters and endpoints use, or delete the update.",
            ));
        }
    }
}

/// Whether an update's value can be another than before.
fn can_be_new(multistep: &Multistep, refresh: &Refresh, update: &Update) -> bool {
    let value = update.value.as_str();
    // OAuth steps of the auth flow renew themselves first, and what uses their outputs runs again.
    let renews_itself = multistep
        .steps
        .iter()
        .any(|step| step.kind.oauth().is_some());
    let makes_values = ["now(", "uuid(", "random_hex("]
        .iter()
        .any(|function| value.contains(function));
    renews_itself
        || makes_values
        || lookups(value).iter().any(|lookup| {
            refresh
                .steps
                .iter()
                .any(|step| step.id == lookup.root() && !step.disabled)
        })
}

fn is_used(multistep: &Multistep, update: &Update, uses: &Uses, own_value: &str) -> bool {
    let target = parts_of(&update.target);
    let root = root_of(&update.target);
    let Some(step) = multistep.steps.iter().find(|step| step.id == root) else {
        // That there is no such step is said already.
        return true;
    };
    matches!(target.get(1), Some(PathPart::Key(output)) if is_looked_at(step, output))
        || uses.takes(&target, own_value)
}

/// Updates whose target is no output of the auth flow.
pub(super) fn targets(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    for (index, update) in super::updates(connector).iter().enumerate() {
        let path = format!("auth.refresh.updates[{index}].target");
        findings.extend(target(connector, &path, &update.target));
    }
}

fn target(connector: &Connector, path: &str, target: &str) -> Option<Diagnostic> {
    let Auth::Multistep(multistep) = &connector.auth else {
        return None;
    };
    let root = root_of(target);
    let Some(step) = multistep.steps.iter().find(|step| step.id == root) else {
        let help = if all_steps(connector).any(|step| step.id == root) {
            "Name an output of the auth flow: what a refresh step leaves is gone after the refresh."
                .to_owned()
        } else {
            let near =
                crate::nearest::nearest(root, multistep.steps.iter().map(|step| step.id.as_str()));
            crate::nearest::did_you_mean(
                near.map(str::to_owned),
                super::template_faults::NO_SUCH_NAME,
            )
        };
        return Some(Rule::TemplateUndefined.finding(
            path,
            format!("`{target}` is no output of the auth flow: there is no step `{root}` in it"),
            help,
        ));
    };
    if step.disabled {
        return Some(Rule::TemplateUndefined.finding(
            path,
            format!("`{target}` is an output of the step `{root}`, which is disabled"),
            "Enable the step, or update another output.",
        ));
    }
    // The last part may be new; what is on the way has to be there.
    match parts_of(target).as_slice() {
        [_, PathPart::Key(output), _, ..]
            if !step_outputs(step).iter().any(|(name, _)| name == output) =>
        {
            let names: Vec<String> = step_outputs(step)
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            let lookup = lookups(&format!("{{{{ {target} }}}}")).into_iter().next()?;
            super::missing_member(path, &lookup, &names)
        }
        _ => None,
    }
}
