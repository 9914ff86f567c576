//! Templates of an app that cannot work: syntax, and names that do not exist there.

use super::names::{ANSWER, ERROR, FACTS, control_members, names_in};
use super::site::Site;
use crate::app::App;
use crate::app::walk::walk_templates;
use crate::checker::{missing_member, syntax_faults, unknown_name};
use crate::diagnostic::Diagnostic;
use crate::template_syntax::{Lookup, lookups};

pub(super) fn check_templates(app: &App, findings: &mut Vec<Diagnostic>) {
    walk_templates(app, &mut |path, template| {
        findings.extend(syntax_faults(&path, template, "search.value"));
        let lookups = lookups(template);
        let unguarded = lookups.iter().filter(|lookup| !lookup.guarded);
        findings.extend(unguarded.filter_map(|lookup| check_lookup(app, &path, lookup)));
    });
}

fn check_lookup(app: &App, path: &str, lookup: &Lookup) -> Option<Diagnostic> {
    let site = Site::of(app, path);
    let root = lookup.root();
    let members_of = |names: Vec<String>| missing_member(path, lookup, &names);
    match root {
        "vars" => {
            let variables = site.variables.iter();
            members_of(variables.map(|variable| variable.name.clone()).collect())
        }
        "app" | "screen" => members_of(members(root, FACTS)),
        "data" if site.own.is_some() => None,
        "row" if site.row => None,
        "index" if site.index => None,
        "record" if site.record => None,
        "answer" if site.answer => members_of(members(root, &ANSWER)),
        "error" if site.error => members_of(members(root, &ERROR)),
        _ => match app.control(root).filter(|_| site.controls) {
            Some(control) => members_of(
                control_members(control)
                    .into_iter()
                    .map(|(member, _)| member.to_owned())
                    .collect(),
            ),
            None => Some(unknown(app, &site, path, lookup)),
        },
    }
}

/// The members of a name, out of names such as `app.name`.
fn members(root: &str, names: &[(&str, &str)]) -> Vec<String> {
    names
        .iter()
        .filter_map(|(name, _)| name.strip_prefix(root)?.strip_prefix('.'))
        .map(str::to_owned)
        .collect()
}

fn unknown(app: &App, site: &Site<'_>, path: &str, lookup: &Lookup) -> Diagnostic {
    let finding = unknown_name(&names_in(app, site), path, lookup);
    match elsewhere(app, lookup.root()) {
        Some(help) => Diagnostic {
            help: help.to_owned(),
            ..finding
        },
        None => finding,
    }
}

/// Where a name is that exists, but not here.
fn elsewhere(app: &App, root: &str) -> Option<&'static str> {
    Some(match root {
        "data" => {
            "`data` is what a control with a source shows of its own answer. In its source, in actions and elsewhere \
             write the control's id before it: `{{ contacts.data }}`."
        }
        "row" | "index" => {
            "`row` and `index` are there in a table's columns and in its `on.row_select`, and `row` in a select's \
             `option_value` and `option_label`. Elsewhere use the selected row: `{{ contacts.selected.name }}`."
        }
        "record" => "`record` is there in the fields of a record.",
        "answer" => "`answer` is there in the actions of a call's `then`.",
        "error" => "`error` is there in the actions of a call's `otherwise`.",
        _ if app.control(root).is_some() => {
            "Variables get their values before controls hold any: set the variable with an action."
        }
        _ => return None,
    })
}
