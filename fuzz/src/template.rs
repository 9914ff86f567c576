//! A template, rendered every way over hostile values: never a panic, always bounded, twice the same, and read
//! alike by the editor and by a run.

use latchwork_engine::template::{TemplateError, Templates};
use latchwork_model::template_syntax::{is_literal, literal_prefix, lookups, parse_errors};
use serde_json::Value;

use crate::input::text;
use crate::rendering::{LONGEST_TEXT, hostile_scope, moment};

/// The template.
pub fn run(data: &[u8]) {
    let template = text(data);
    let (templates, scope) = (Templates::new(), hostile_scope());

    let rendered = templates.render_text(&template, &scope, &moment());
    match &rendered {
        Ok(rendered) => assert!(rendered.len() <= LONGEST_TEXT, "{} bytes", rendered.len()),
        // Any other way would only take as long once more.
        Err(TemplateError::Limit(_)) => return,
        Err(_) => {}
    }
    let again = templates.render_text(&template, &scope, &moment());
    assert_eq!(rendered, again, "the second time it is another");
    if is_literal(&template) {
        assert_eq!(rendered.as_deref(), Ok(&*template), "text is itself");
    }
    let value = templates.render_value(&template, &scope, &moment());
    if let (Ok(Value::String(value)), Ok(rendered)) = (&value, &rendered) {
        assert_eq!(value, rendered, "text and value differ");
    }
    if let Ok(header) = templates.render_header_value(&template, &scope, &moment()) {
        assert!(!header.contains(['\r', '\n', '\0']), "{header:?}");
    }
    let _ = templates.render_bool(&template, &scope, &moment());
    let _ = templates.render_url(&template, &scope, &moment());

    let faults = parse_errors(&template);
    let unreadable = matches!(rendered, Err(TemplateError::Syntax(_)));
    assert_eq!(unreadable, !faults.is_empty(), "{faults:?}");
    for fault in faults {
        assert!(template.get(fault.span).is_some(), "a fault is nowhere");
        assert!(fault.line > 0 && fault.column > 0 && !fault.message.is_empty());
    }
    for lookup in lookups(&template) {
        let source = template.get(lookup.span.clone());
        assert!(source.is_some_and(|source| !source.is_empty()));
        assert!(!lookup.root().is_empty(), "a use of no name");
    }
    let prefix = literal_prefix(&template);
    assert!(prefix.len() <= template.len());
}
