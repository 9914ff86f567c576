//! A step's id changed in a template: every use is changed and nothing else, and changing it back gives the same
//! template.
//!
//! The first line is the old name and the new one, all behind it is the template.

use latchwork_model::is_identifier;
use latchwork_model::template_syntax::{
    Lookup, is_reserved_word, lookups, parse_errors, rename_root,
};

use crate::input::{first_line, text};

/// Two names and a template.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (names, template) = first_line(&text);
    let Some((from, to)) = names.trim().split_once(' ') else {
        return;
    };
    let is_name = |name: &str| is_identifier(name) && !is_reserved_word(name);
    if !is_name(from) || !is_name(to) || from == to {
        return;
    }
    let Some(there) = rename_root(template, from, to) else {
        assert!(template.contains(to), "refused without a reason");
        return;
    };
    if !parse_errors(template).is_empty() {
        // It is being typed, and is changed as far as it can be told.
        return;
    }
    if !template.contains(to) {
        // The old name may be a variable's of the template's own.
        let back = rename_root(&there, to, from);
        assert!(back.is_none_or(|back| back == template), "{there}");
    }
    assert_eq!(parse_errors(&there), [], "it cannot be read any more");
    let used = |uses: &[Lookup], name: &str| uses.iter().filter(|use_| use_.root() == name).count();
    let (before, after) = (lookups(template), lookups(&there));
    assert_eq!(used(&after, from), 0, "a use is left: {there}");
    assert_eq!(
        used(&after, to),
        used(&before, from) + used(&before, to),
        "a use became something else: {there}"
    );
}
