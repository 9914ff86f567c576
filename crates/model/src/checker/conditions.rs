//! Conditions that are plain text, so that what is written is always true, and successes that are none.

use super::walk_templates;
use crate::auth::Auth;
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::scalar::StatusMatch;
use crate::step::{Step, StepKind};
use crate::template_syntax::is_literal;

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    literals(connector, findings);
    if let Auth::Multistep(multistep) = &connector.auth {
        refusals("auth.steps", &multistep.steps, findings);
        if let Some(refresh) = &multistep.refresh {
            refusals("auth.refresh.steps", &refresh.steps, findings);
        }
    }
}

/// Steps that take an answer for a success which says that one is not signed in.
fn refusals(path: &str, steps: &[Step], findings: &mut Vec<Diagnostic>) {
    for (index, step) in steps.iter().enumerate() {
        let StepKind::ApiRequest(api) = &step.kind else {
            continue;
        };
        // With a condition it is the condition that decides.
        if api.success.when.is_some() {
            continue;
        }
        for (position, status) in api.success.statuses.iter().flatten().enumerate() {
            if let StatusMatch::Exact(401 | 403 | 407 | 419 | 440 | 498) | StatusMatch::Class(4) =
                status
            {
                findings.push(Rule::StepAcceptsRefusal.finding(
                    format!("{path}[{index}].success.statuses[{position}]"),
                    format!("{status} counts as success, and is how an API refuses a sign-in"),
                    "Take it out, or say in `success.when` what a good answer looks like.",
                ));
            }
        }
    }
}

fn literals(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    walk_templates(connector, &mut |path, template| {
        let text = template.trim();
        if text.is_empty() || !is_literal(text) || !is_condition(&path) {
            return;
        }
        let help = if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
            "Leave the condition out, or write an expression.".to_owned()
        } else {
            format!("Write an expression: `{{{{ {text} }}}}`.")
        };
        findings.push(Rule::ConditionLiteral.finding(
            path,
            format!("`{text}` is text and no expression, so that it is always the same"),
            help,
        ));
    });
}

/// Whether a path leads to a condition, and not to a member of a body that is called like one.
fn is_condition(path: &str) -> bool {
    let inside = ["auth.refresh.steps[", "auth.steps["]
        .iter()
        .find_map(|flow| path.strip_prefix(flow))
        .and_then(|rest| rest.split_once("]."))
        .map(|(_, rest)| rest);
    matches!(inside, Some("when" | "success.when" | "until")) || path == "auth.refresh.on.when"
}
