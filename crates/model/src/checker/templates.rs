//! Templates that cannot work: syntax, names that do not exist there, outputs of later steps.

use super::names::{
    REQUEST_PARTS, Site, names_at, sees_answer, step_at, step_outputs, steps_before, with_steps,
};
use super::template_faults::{missing_member, syntax_faults, unknown_name};
use super::{all_steps, walk_templates};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::step::StepKind;
use crate::template_syntax::{Lookup, lookups};

pub(super) fn check_templates(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let with_steps = with_steps(connector);
    walk_templates(connector, &mut |path, template| {
        findings.extend(syntax_faults(&path, template, "step.output"));
        for lookup in lookups(template).iter().filter(|lookup| !lookup.guarded) {
            if let Some(finding) = check_lookup(&with_steps, &path, lookup) {
                findings.push(finding);
            }
        }
    });
    super::refresh_advice::targets(connector, findings);
    base_url(connector, findings);
}

/// Steps that go to the base URL before the outputs are there that it is made of.
fn base_url(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let crate::auth::Auth::Multistep(multistep) = &connector.auth else {
        return;
    };
    let used = lookups(connector.base_url.as_str());
    let position = |lookup: &Lookup| {
        let steps = &mut multistep.steps.iter();
        steps.position(|step| step.id == lookup.root())
    };
    let Some((last, name)) = used
        .iter()
        .filter_map(|lookup| Some((position(lookup)?, lookup.root())))
        .max()
    else {
        return;
    };
    for (index, step) in multistep.steps.iter().enumerate().take(last + 1) {
        let url = match &step.kind {
            StepKind::ApiRequest(api) => api.request.url.as_str(),
            StepKind::Poll(poll) => poll.request.url.as_str(),
            _ => continue,
        };
        if !step.disabled && (url.is_empty() || url.starts_with('/')) {
            findings.push(Rule::TemplateLaterVariable.finding(
                format!("auth.steps[{index}].request.url"),
                format!("`{url}` is below the base URL, which uses the step `{name}`: it has not run by then"),
                "Write the whole address here.",
            ));
        }
    }
}

fn check_lookup(connector: &Connector, path: &str, lookup: &Lookup) -> Option<Diagnostic> {
    let root = lookup.root();
    let site = Site::of(path);
    let members_of = |names: Vec<String>| missing_member(path, lookup, &names);
    match root {
        "vars" => {
            let names: Vec<String> = connector
                .variables
                .iter()
                .map(|variable| variable.name.clone())
                .collect();
            members_of(names)
        }
        "connector" => members_of(vec!["base_url".to_owned(), "name".to_owned()]),
        "account" => members_of(vec!["name".to_owned()]),
        "request" if path.starts_with("auth.request_parameters") => members_of(
            REQUEST_PARTS
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect(),
        ),
        "input" => match site {
            Site::Endpoint(index) => {
                let inputs = connector
                    .endpoints
                    .get(index)
                    .map_or(&[][..], |endpoint| &endpoint.inputs);
                members_of(inputs.iter().map(|input| input.name.clone()).collect())
            }
            _ => Some(unknown(connector, path, lookup)),
        },
        "body" | "headers" | "status" | "cookies" | "raw" if sees_answer(path) => None,
        // The callback's parameters, in an OAuth step's own addresses and parameters.
        "callback" if step_at(connector, site).is_some_and(|step| step.kind.oauth().is_some()) => {
            None
        }
        // What a person just answered is there for the step's own outputs.
        _ if answered_here(connector, path, site, root) => None,
        _ => match steps_before(connector, site)
            .into_iter()
            .find(|step| step.id == root)
        {
            Some(step) => members_of(
                step_outputs(step)
                    .into_iter()
                    .map(|(name, _)| name)
                    .collect(),
            ),
            None => Some(unknown_step(connector, path, lookup, site)),
        },
    }
}

/// Whether a template is an output of a form or basic auth step and uses that step's own answers.
fn answered_here(connector: &Connector, path: &str, site: Site, root: &str) -> bool {
    step_at(connector, site).is_some_and(|step| {
        step.id == root
            && path.contains(".outputs[")
            && matches!(step.kind, StepKind::Form(_) | StepKind::BasicAuth(_))
    })
}

/// A name whose root is no earlier step: perhaps a later one, a disabled one, or none at all.
fn unknown_step(connector: &Connector, path: &str, lookup: &Lookup, site: Site) -> Diagnostic {
    let root = lookup.root();
    let Some(step) = all_steps(connector).find(|step| step.id == root) else {
        return unknown(connector, path, lookup);
    };
    if step.disabled {
        return Rule::TemplateUndefined.finding(
            path,
            format!(
                "`{}` uses the step `{root}`, which is disabled",
                lookup.display()
            ),
            "Enable the step, or use another output.",
        );
    }
    let own = step_at(connector, site).is_some_and(|own| own.id == root);
    let (message, help) = if own {
        (
            format!(
                "`{}` uses the step's own output before it exists",
                lookup.display()
            ),
            "In a step's outputs use the answer's bare names: `body`, `headers`, `status`.",
        )
    } else {
        (
            format!(
                "`{}` uses the step `{root}`, which runs later",
                lookup.display()
            ),
            "Move that step up, or use an output of an earlier one.",
        )
    };
    Rule::TemplateLaterVariable.finding(path, message, help)
}

fn unknown(connector: &Connector, path: &str, lookup: &Lookup) -> Diagnostic {
    unknown_name(&names_at(connector, path), path, lookup)
}
