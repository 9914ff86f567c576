//! Rules that an app file's shape cannot say. A broken rule makes the file no valid file; advice is the checker's, and
//! so is whatever needs the connectors that the app calls.

use std::collections::HashSet;

use super::walk::{events, walk_action_lists, walk_controls};
use super::{Action, ActionKind, App, Control, ControlKind};
use crate::diagnostic::Diagnostic;
use crate::form::FormOptions;
use crate::nearest::{did_you_mean, nearest};
use crate::path::join;
use crate::read::FileKind;
use crate::template_syntax::is_reserved_word;
use crate::validate::{is_identifier, is_variable_name, validate};

/// Names that an app's templates give a meaning, so that no control may have them.
pub const CONTROL_ID_RESERVED: &[&str] = &[
    "vars", "app", "screen", "data", "row", "index", "record", "answer", "error",
];

/// How deep lists of actions may lie in one another: in `then` and `otherwise`.
pub const APP_ACTION_DEPTH: usize = 8;

const IDENTIFIER: &str = "Begin with a small letter; then small letters, digits and underscores.";

/// All that makes a well-shaped app invalid; empty where it is valid.
pub fn validate_app(app: &App) -> Vec<Diagnostic> {
    let mut findings = Findings(Vec::new());
    if app.name.trim().is_empty() {
        findings.push(
            "name",
            "the name is empty",
            "Give the app a name that says what it is.",
        );
    }
    findings.connectors(app);
    findings.variables(app);
    findings.screens(app);
    let mut ids = HashSet::new();
    walk_controls(app, &mut |path, control| {
        findings.control_id(control, path, &mut ids);
        findings.control(app, control, path);
    });
    walk_action_lists(app, &mut |path, actions, depth| {
        if depth == APP_ACTION_DEPTH + 1 {
            findings.push(
                path,
                format!("actions lie in actions more than {APP_ACTION_DEPTH} deep"),
                "Take some of them out: one call can follow another in the same list.",
            );
        }
        for (index, action) in actions.iter().enumerate() {
            findings.action(app, action, &format!("{path}[{index}]"));
        }
    });
    findings.0
}

struct Findings(Vec<Diagnostic>);

impl Findings {
    fn push(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Diagnostic::invalid(path, message, help));
    }

    /// An id that is none, or that is there twice; whether it is sound.
    fn id<'a>(&mut self, id: &'a str, what: &str, path: &str, ids: &mut HashSet<&'a str>) -> bool {
        if !is_identifier(id) {
            self.push(path, format!("`{id}` is not {what} id"), IDENTIFIER);
            false
        } else if ids.insert(id) {
            true
        } else {
            self.push(
                path,
                format!("`{id}` is there twice as {what} id"),
                "Rename one of them: an id names one thing in the whole app.",
            );
            false
        }
    }

    fn connectors(&mut self, app: &App) {
        let mut ids = HashSet::new();
        for (index, connector) in app.connectors.iter().enumerate() {
            let path = format!("connectors[{index}]");
            self.id(&connector.id, "a connector", &join(&path, "id"), &mut ids);
            if connector.connector.trim().is_empty() {
                self.push(
                    join(&path, "connector"),
                    "it says no connector",
                    "Give the id or the name of a connector of the library.",
                );
            }
            let Some(definition) = &connector.definition else {
                continue;
            };
            let path = join(&path, "definition");
            if let Some((message, help)) = FileKind::Connector.format_fault(&definition.format) {
                self.push(join(&path, "format"), message, help);
            }
            self.0
                .extend(validate(definition).into_iter().map(|finding| Diagnostic {
                    path: join(&path, &finding.path),
                    ..finding
                }));
        }
    }

    fn variables(&mut self, app: &App) {
        let mut names = HashSet::new();
        for (index, variable) in app.variables.iter().enumerate() {
            let path = format!("variables[{index}].name");
            if !is_variable_name(&variable.name) {
                self.push(
                    path,
                    format!("`{}` is not a variable name", variable.name),
                    "Use letters, digits and underscores, and begin with a letter.",
                );
            } else if !names.insert(&variable.name) {
                self.push(
                    path,
                    format!("the variable `{}` is there twice", variable.name),
                    "Rename or delete one of them.",
                );
            }
        }
    }

    fn screens(&mut self, app: &App) {
        if app.screens.is_empty() {
            self.push(
                "screens",
                "the app has no screen",
                "Add one: `{ \"id\": \"home\", \"name\": \"Home\" }`. The first is where the app starts.",
            );
        }
        let mut ids = HashSet::new();
        for (index, screen) in app.screens.iter().enumerate() {
            self.id(
                &screen.id,
                "a screen",
                &format!("screens[{index}].id"),
                &mut ids,
            );
        }
    }

    fn control_id<'a>(&mut self, control: &'a Control, path: &str, ids: &mut HashSet<&'a str>) {
        let path = join(path, "id");
        let id = control.id.as_str();
        if self.id(id, "a control", &path, ids)
            && (CONTROL_ID_RESERVED.contains(&id) || is_reserved_word(id))
        {
            self.push(
                path,
                format!("`{id}` is a word of the template language"),
                "Choose another id: this one would hide that word.",
            );
        }
    }

    fn control(&mut self, app: &App, control: &Control, path: &str) {
        if !(1..=12).contains(&control.width) {
            self.push(
                join(path, "width"),
                format!("the width is {}, expected 1 to 12", control.width),
                "A row has twelve columns: 12 is the whole row, 6 half of it.",
            );
        }
        if let Some(source) = &control.source {
            self.connector(app, &source.connector, &join(path, "source.connector"));
        }
        if let ControlKind::Select(select) = &control.kind {
            let missing = match &select.options {
                None => control.source.is_none(),
                Some(FormOptions::List(list)) => list.is_empty(),
                Some(FormOptions::Template(template)) => template.is_empty(),
            };
            if missing {
                self.push(
                    join(path, "options"),
                    format!("the select `{}` has no options", control.id),
                    "Give `options`: a list of { value, label }, or a template that gives a list; or give it a source.",
                );
            }
        }
        for (event, actions) in events(control) {
            let (fits, whose) = match event {
                "click" => (
                    matches!(control.kind, ControlKind::Button(_) | ControlKind::Image(_)),
                    "buttons and images",
                ),
                "row_select" => (matches!(control.kind, ControlKind::Table(_)), "tables"),
                "change" => (control.kind.has_value(), "inputs and selects"),
                _ => (true, ""),
            };
            if !fits && !actions.is_empty() {
                self.push(
                    join(path, &format!("on.{event}")),
                    format!(
                        "`{}` never happens to `{}`, of the type {}",
                        event,
                        control.id,
                        control.kind.tag()
                    ),
                    format!("`{event}` is for {whose}: move its actions to one of these."),
                );
            }
        }
    }

    fn action(&mut self, app: &App, action: &Action, path: &str) {
        match &action.kind {
            ActionKind::Call(call) => {
                self.connector(app, &call.connector, &join(path, "connector"));
            }
            ActionKind::ClearCachedAuth(clear) => {
                self.connector(app, &clear.connector, &join(path, "connector"));
            }
            ActionKind::GoToScreen(go) => {
                if app.screen(&go.screen).is_none() {
                    let ids = app.screens.iter().map(|screen| screen.id.as_str());
                    self.push(
                        join(path, "screen"),
                        format!("there is no screen `{}`", go.screen),
                        did_you_mean(nearest(&go.screen, ids), "Give the id of a screen."),
                    );
                }
            }
            ActionKind::Load(load) => self.loaded(app, &load.control, &join(path, "control")),
            ActionKind::SetValue(set) => self.target(app, &set.target, &join(path, "target")),
            ActionKind::ShowMessage(_)
            | ActionKind::OpenLink(_)
            | ActionKind::NavigateToAuthentication(_) => {}
        }
    }

    fn connector(&mut self, app: &App, id: &str, path: &str) {
        if app.connector(id).is_none() {
            let ids = app.connectors.iter().map(|connector| connector.id.as_str());
            self.push(
                path,
                format!("the app has no connector `{id}`"),
                did_you_mean(
                    nearest(id, ids),
                    "Add it to the app's `connectors`, or give the id of one that is there.",
                ),
            );
        }
    }

    fn loaded(&mut self, app: &App, id: &str, path: &str) {
        match app.control(id) {
            Some(control) if control.source.is_some() => {}
            Some(_) => self.push(
                path,
                format!("`{id}` has no source that could be loaded"),
                "Give that control a source, or load another one.",
            ),
            None => {
                let with_source = app.controls().filter(|control| control.source.is_some());
                let near = nearest(id, with_source.map(|control| control.id.as_str()));
                self.push(
                    path,
                    format!("there is no control `{id}`"),
                    did_you_mean(near, "Give the id of a control with a source."),
                );
            }
        }
    }

    fn target(&mut self, app: &App, target: &str, path: &str) {
        if let Some(name) = target.strip_prefix("vars.") {
            let mut names = app.variables.iter().map(|variable| variable.name.as_str());
            if !names.clone().any(|known| known == name) {
                let near = nearest(name, &mut names).map(|name| format!("vars.{name}"));
                self.push(
                    path,
                    format!("the app has no variable `{name}`"),
                    did_you_mean(near, "Add it to the app's `variables`."),
                );
            }
            return;
        }
        match app.control(target) {
            Some(control) if control.kind.has_value() => {}
            Some(control) => self.push(
                path,
                format!(
                    "`{target}` is of the type {}, which takes no value",
                    control.kind.tag()
                ),
                "Give an input's or a select's id, or `vars.` and a variable's name.",
            ),
            None => {
                let names: Vec<String> = app
                    .controls()
                    .filter(|control| control.kind.has_value())
                    .map(|control| control.id.clone())
                    .chain(
                        app.variables
                            .iter()
                            .map(|variable| format!("vars.{}", variable.name)),
                    )
                    .collect();
                self.push(
                    path,
                    format!("`{target}` is neither a variable nor an input or select"),
                    did_you_mean(
                        nearest(target, names.iter().map(String::as_str)),
                        "Give an input's or a select's id, or `vars.` and a variable's name.",
                    ),
                );
            }
        }
    }
}
