//! What is there and used by nothing: steps, outputs, variables, inputs.

use std::collections::HashSet;

use super::names::{OAUTH_OUTPUTS, Site};
use super::uses::Uses;
use super::{root_of, updates};
use crate::auth::{Auth, Multistep};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::form::FieldType;
use crate::refresh::RefreshMode;
use crate::rule::Rule;
use crate::step::{Step, StepKind};
use crate::template_syntax::PathPart;

pub(super) fn advise(connector: &Connector, uses: &Uses, findings: &mut Vec<Diagnostic>) {
    if let Auth::Multistep(multistep) = &connector.auth {
        let flows = Flows {
            connector,
            multistep,
            uses,
            simple_test: connector.test.as_ref().is_some_and(|test| !test.advanced),
        };
        flows.steps("auth.steps", &multistep.steps, findings);
        if let Some(refresh) = &multistep.refresh
            && refresh.mode == RefreshMode::Steps
        {
            flows.steps("auth.refresh.steps", &refresh.steps, findings);
        }
    }
    variables(connector, uses, findings);
    inputs(connector, uses, findings);
}

struct Flows<'a> {
    connector: &'a Connector,
    multistep: &'a Multistep,
    uses: &'a Uses,
    /// Whether the test request takes all that forms ask for, passwords left out.
    simple_test: bool,
}

impl Flows<'_> {
    fn steps(&self, path: &str, steps: &[Step], findings: &mut Vec<Diagnostic>) {
        for (index, step) in steps.iter().enumerate().filter(|(_, step)| !step.disabled) {
            let path = format!("{path}[{index}]");
            if self.is_used(&path, step) {
                self.outputs(&path, step, findings);
                continue;
            }
            findings.push(Rule::StepUnused.finding(
                path,
                format!("nothing uses the outputs of `{}`", step.id),
                "Use them in a later step or a request parameter, or delete the step.",
            ));
        }
    }

    /// Whether anything outside of a step uses what it leaves. A request may be there for its effect (a cookie).
    fn is_used(&self, path: &str, step: &Step) -> bool {
        let inside = format!("{path}.");
        self.simple_test && matches!(step.kind, StepKind::Form(_))
            || self.multistep.send_cookies && step.kind_sends()
            || self.is_updated(step)
            || self
                .uses
                .of_root(&step.id)
                .iter()
                .any(|one| !one.path.starts_with(&inside))
    }

    fn is_updated(&self, step: &Step) -> bool {
        updates(self.connector)
            .iter()
            .any(|update| root_of(&update.target) == step.id)
    }

    fn outputs(&self, path: &str, step: &Step, findings: &mut Vec<Diagnostic>) {
        let mut tell = |path: String, name: &str| {
            findings.push(Rule::OutputUnused.finding(
                path,
                format!("nothing uses `{}.{name}`", step.id),
                "Use it in a later step or a request parameter, or delete it.",
            ));
        };
        for (index, output) in step.outputs.iter().enumerate() {
            if !is_looked_at(step, &output.name) && !self.takes(step, &output.name) {
                tell(format!("{path}.outputs[{index}]"), &output.name);
            }
        }
        let StepKind::Form(form) = &step.kind else {
            return;
        };
        for (index, field) in form.fields.iter().enumerate() {
            // Who an account is comes out of an e-mail field where nothing else says so.
            let says_who =
                field.field_type == FieldType::Email && self.connector.account_name.is_none();
            let goes_along = self.simple_test && !field.is_secret();
            if !says_who && !goes_along && !self.takes(step, &field.key) {
                tell(format!("{path}.fields[{index}]"), &field.key);
            }
        }
    }

    fn takes(&self, step: &Step, output: &str) -> bool {
        self.uses.member(&step.id, output)
            || updates(self.connector).iter().any(|update| {
                root_of(&update.target) == step.id
                    && update
                        .target
                        .split(['.', '['])
                        .nth(1)
                        .is_some_and(|second| second.trim_matches([']', '\'', '"', ' ']) == output)
            })
    }
}

/// Whether an output is one that a renewal goes by, so that it needs no use.
pub(super) fn is_looked_at(step: &Step, output: &str) -> bool {
    matches!(output, "expires_at" | "expires_in")
        || step.kind.oauth().is_some() && OAUTH_OUTPUTS.iter().any(|(name, _)| *name == output)
}

fn variables(connector: &Connector, uses: &Uses, findings: &mut Vec<Diagnostic>) {
    for (index, variable) in connector.variables.iter().enumerate() {
        if !uses.member("vars", &variable.name) {
            findings.push(Rule::VariableUnused.finding(
                format!("variables[{index}]"),
                format!("nothing uses `vars.{}`", variable.name),
                "Use it, or delete it: whoever imports the connector is asked for secret ones.",
            ));
        }
    }
}

fn inputs(connector: &Connector, uses: &Uses, findings: &mut Vec<Diagnostic>) {
    let mut named: HashSet<(usize, &str)> = HashSet::new();
    let mut uses_all = HashSet::new();
    for one in uses.of_root("input") {
        if let Site::Endpoint(index) = Site::of(&one.path) {
            match one.lookup.path.get(1) {
                Some(PathPart::Key(name)) => {
                    named.insert((index, name));
                }
                _ => {
                    uses_all.insert(index);
                }
            }
        }
    }
    for (index, endpoint) in connector.endpoints.iter().enumerate() {
        for (position, input) in endpoint.inputs.iter().enumerate() {
            if uses_all.contains(&index) || named.contains(&(index, input.name.as_str())) {
                continue;
            }
            findings.push(Rule::InputUnused.finding(
                format!("endpoints[{index}].inputs[{position}]"),
                format!("`{}` does not use its input `{}`", endpoint.id, input.name),
                format!(
                    "Use it in the request, `{{{{ input.{} }}}}`, or delete it.",
                    input.name
                ),
            ));
        }
    }
}
