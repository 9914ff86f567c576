//! Conditions that are plain text: without `{{ … }}` nothing is looked up, and what is written is always true.

use super::walk_templates;
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::template_syntax::is_literal;

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
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
