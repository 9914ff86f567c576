//! Which names an app's templates may use, by their place in the file (decision 0012).

use super::site::{Site, definition_at};
use crate::app::{App, Control, ControlKind};
use crate::checker::{Name, NameKind, names_at};

/// All names that exist at a path of an app. Inside a connector's definition they are that connector's.
pub fn app_names_at(app: &App, path: &str) -> Vec<Name> {
    if let Some((index, path)) = definition_at(path) {
        let definition = app
            .connectors
            .get(index)
            .and_then(|connector| connector.definition.as_deref());
        return definition.map_or_else(Vec::new, |definition| names_at(definition, path));
    }
    names_in(app, &Site::of(app, path))
}

/// The names that exist at a place, what is nearest at hand first.
pub(super) fn names_in(app: &App, site: &Site<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let mut push = |name: String, detail: String, kind| names.push(Name { name, detail, kind });
    let at_hand = [
        (site.row, &ROW[..]),
        (site.index, &INDEX[..]),
        (site.record, &RECORD[..]),
        (site.own.is_some(), &DATA[..]),
        (site.answer, &ANSWER[..]),
        (site.error, &ERROR[..]),
    ];
    for (name, detail) in at_hand
        .into_iter()
        .filter(|(is_there, _)| *is_there)
        .flat_map(|(_, names)| names)
    {
        push((*name).to_owned(), (*detail).to_owned(), NameKind::Answer);
    }
    for control in app.controls().filter(|_| site.controls) {
        for (member, detail) in control_members(control) {
            let detail = format!("{} · {detail}", control.kind.title());
            push(
                format!("{}.{member}", control.id),
                detail,
                NameKind::Control,
            );
        }
    }
    for variable in site.variables {
        let name = format!("vars.{}", variable.name);
        push(name, "Variable".to_owned(), NameKind::Variable);
    }
    for (name, detail) in FACTS {
        push((*name).to_owned(), (*detail).to_owned(), NameKind::App);
    }
    names
}

/// What a template can take of a control, each with a word about it.
pub(super) fn control_members(control: &Control) -> Vec<(&'static str, &'static str)> {
    let mut members = Vec::new();
    match &control.kind {
        ControlKind::Input(_) => members.push(("value", "what was typed")),
        ControlKind::Select(_) => members.push(("value", "what was chosen")),
        ControlKind::Table(_) => {
            members.extend([("selected", "the selected row"), ("rows", "all rows")]);
        }
        _ => {}
    }
    if control.source.is_some() {
        members.extend([("data", "answer's body"), ("status", "answer's status")]);
    }
    members
}

const ROW: [(&str, &str); 1] = [("row", "This row")];
const INDEX: [(&str, &str); 1] = [("index", "This row's place, from 0")];
const RECORD: [(&str, &str); 1] = [("record", "The record's object")];
const DATA: [(&str, &str); 1] = [("data", "This control's answer")];
pub(super) const ANSWER: [(&str, &str); 3] = [
    ("answer.status", "The call's status"),
    ("answer.headers", "The call's headers"),
    ("answer.body", "The call's body"),
];
pub(super) const ERROR: [(&str, &str); 3] = [
    ("error.code", "What went wrong, as a code"),
    ("error.message", "What went wrong, in words"),
    ("error.status", "The status, where there was an answer"),
];
pub(super) const FACTS: &[(&str, &str)] = &[
    ("app.name", "The app's name"),
    ("screen.id", "The id of the screen that is shown"),
    ("screen.name", "The name of the screen that is shown"),
];
