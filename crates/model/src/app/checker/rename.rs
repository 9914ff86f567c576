//! Who refers to a control, and a control's id changed with every use of it.

use serde_json::Value;

use crate::app::walk::{walk_actions, walk_templates};
use crate::app::{ActionKind, App, CONTROL_ID_RESERVED};
use crate::checker::{NameTaken, Reference, replace_text, unique_id};
use crate::template_syntax::{lookups, rename_root};

/// Every place that uses what a control holds, loads it or gives it a value.
pub fn control_references(app: &App, id: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    walk_templates(app, &mut |path, template| {
        let lookups = lookups(template);
        let uses = lookups.iter().filter(|lookup| lookup.root() == id);
        found.extend(uses.map(|lookup| Reference {
            path: path.clone(),
            expression: lookup.display(),
        }));
    });
    walk_named(app, id, &mut |path| {
        found.push(Reference {
            path,
            expression: id.to_owned(),
        });
    });
    found
}

/// Calls `visit` with the path of every action's member that is this control's id.
fn walk_named(app: &App, id: &str, visit: &mut dyn FnMut(String)) {
    walk_actions(app, &mut |path, action| match &action.kind {
        ActionKind::Load(load) if load.control == id => visit(format!("{path}.control")),
        ActionKind::SetValue(set) if set.target == id => visit(format!("{path}.target")),
        _ => {}
    });
}

/// Gives a control another id and rewrites every reference to it; the number of places that changed.
///
/// The document is edited as JSON, so that everything else in it stays as it was, valid or not. Where it is refused,
/// nothing is changed.
pub fn rename_control(
    document: &mut Value,
    app: &App,
    from: &str,
    to: &str,
) -> Result<usize, NameTaken> {
    let mut changes = Vec::new();
    let mut taken = None;
    walk_templates(
        app,
        &mut |path, template| match rename_root(template, from, to) {
            Some(renamed) if renamed != template => {
                changes.push((path, template.to_owned(), renamed));
            }
            Some(_) => {}
            None => taken = taken.take().or(Some(path)),
        },
    );
    if let Some(path) = taken {
        let name = to.to_owned();
        return Err(NameTaken { path, name });
    }
    walk_named(app, from, &mut |path| {
        changes.push((path, from.to_owned(), to.to_owned()));
    });
    for (path, text, by) in &changes {
        replace_text(document, path, text, by);
    }
    let screens = document.get_mut("screens").and_then(Value::as_array_mut);
    for screen in screens.into_iter().flatten() {
        let controls = screen.get_mut("controls").and_then(Value::as_array_mut);
        for control in controls
            .into_iter()
            .flatten()
            .filter(|control| control["id"] == from)
        {
            control["id"] = Value::String(to.to_owned());
        }
    }
    Ok(changes.len())
}

/// Makes an id unique among those of the app's controls: `contacts`, `contacts_2`, `contacts_3`.
pub fn unique_control_id(app: &App, wanted: &str) -> String {
    unique_id(wanted, "control", &|id| {
        CONTROL_ID_RESERVED.contains(&id) || app.control(id).is_some()
    })
}
