//! Every action and every template of an app, with its JSON path. The connectors' definitions in a file are not
//! walked: they have names of their own.

use super::{Action, ActionKind, App, Control, ControlKind, Source};
use crate::form::FormOptions;
use crate::scalar::Template;

/// Calls `visit` with each list of actions, its path and how deep it lies: 1 for the lists of screens and controls.
pub(super) fn walk_action_lists<'a>(
    app: &'a App,
    visit: &mut dyn FnMut(&str, &'a [Action], usize),
) {
    for (screen_index, screen) in app.screens.iter().enumerate() {
        let screen_path = format!("screens[{screen_index}]");
        list(&format!("{screen_path}.on_load"), &screen.on_load, 1, visit);
        for (control_index, control) in screen.controls.iter().enumerate() {
            let path = format!("{screen_path}.controls[{control_index}]");
            for (event, actions) in events(control) {
                list(&format!("{path}.on.{event}"), actions, 1, visit);
            }
        }
    }
}

fn list<'a>(
    path: &str,
    actions: &'a [Action],
    depth: usize,
    visit: &mut dyn FnMut(&str, &'a [Action], usize),
) {
    if actions.is_empty() {
        return;
    }
    visit(path, actions, depth);
    for (index, action) in actions.iter().enumerate() {
        if let ActionKind::Call(call) = &action.kind {
            list(
                &format!("{path}[{index}].then"),
                &call.then,
                depth + 1,
                visit,
            );
            let otherwise = format!("{path}[{index}].otherwise");
            list(&otherwise, &call.otherwise, depth + 1, visit);
        }
    }
}

/// Calls `visit` with each action and its path, those inside others too.
pub(super) fn walk_actions<'a>(app: &'a App, visit: &mut dyn FnMut(&str, &'a Action)) {
    walk_action_lists(app, &mut |path, actions, _| {
        each(path, actions, visit);
    });
}

/// The same for the actions of one list.
pub(super) fn walk_action_list<'a>(
    path: &str,
    actions: &'a [Action],
    visit: &mut dyn FnMut(&str, &'a Action),
) {
    list(path, actions, 1, &mut |path, actions, _| {
        each(path, actions, visit);
    });
}

fn each<'a>(path: &str, actions: &'a [Action], visit: &mut dyn FnMut(&str, &'a Action)) {
    for (index, action) in actions.iter().enumerate() {
        visit(&format!("{path}[{index}]"), action);
    }
}

/// Calls `visit` with each control and its path.
pub(super) fn walk_controls<'a>(app: &'a App, visit: &mut dyn FnMut(&str, &'a Control)) {
    for (screen_index, screen) in app.screens.iter().enumerate() {
        for (index, control) in screen.controls.iter().enumerate() {
            visit(
                &format!("screens[{screen_index}].controls[{index}]"),
                control,
            );
        }
    }
}

/// The lists of actions of a control, by their name in a file.
pub(super) fn events(control: &Control) -> [(&'static str, &[Action]); 4] {
    let on = &control.on;
    [
        ("load", &on.load),
        ("click", &on.click),
        ("row_select", &on.row_select),
        ("change", &on.change),
    ]
}

/// Calls `visit` with the path and the source of every template.
pub(super) fn walk_templates<'a>(app: &'a App, visit: &mut dyn FnMut(String, &'a str)) {
    for (index, variable) in app.variables.iter().enumerate() {
        visit(format!("variables[{index}].value"), variable.value.as_str());
    }
    walk_controls(app, &mut |path, control| {
        let mut templates = Templates { path, visit };
        templates.control(control);
    });
    walk_actions(app, &mut |path, action| {
        let mut templates = Templates { path, visit };
        templates.action(action);
    });
}

/// The templates below one path.
struct Templates<'p, 'v, 'a> {
    path: &'p str,
    visit: &'v mut dyn FnMut(String, &'a str),
}

impl<'a> Templates<'_, '_, 'a> {
    fn template(&mut self, name: &str, template: &'a Template) {
        (self.visit)(format!("{}.{name}", self.path), template.as_str());
    }

    fn optional(&mut self, name: &str, template: Option<&'a Template>) {
        if let Some(template) = template {
            self.template(name, template);
        }
    }

    fn control(&mut self, control: &'a Control) {
        self.optional("label", control.label.as_ref());
        self.optional("visible", control.visible.as_ref());
        self.kind(&control.kind);
        if let Some(source) = &control.source {
            self.source(source);
        }
    }

    fn kind(&mut self, kind: &'a ControlKind) {
        match kind {
            ControlKind::Text(text) => self.template("text", &text.text),
            ControlKind::Input(input) => {
                self.optional("default", input.default.as_ref());
                self.optional("placeholder", input.placeholder.as_ref());
            }
            ControlKind::Button(button) => {
                self.template("text", &button.text);
                self.optional("disabled", button.disabled.as_ref());
            }
            ControlKind::Table(table) => {
                self.optional("rows", table.rows.as_ref());
                for (index, column) in table.columns.iter().enumerate() {
                    self.template(&format!("columns[{index}].value"), &column.value);
                }
                self.optional("empty_text", table.empty_text.as_ref());
            }
            ControlKind::Select(select) => {
                if let Some(FormOptions::Template(options)) = &select.options {
                    self.template("options", options);
                }
                self.optional("option_value", select.option_value.as_ref());
                self.optional("option_label", select.option_label.as_ref());
                self.optional("default", select.default.as_ref());
                self.optional("placeholder", select.placeholder.as_ref());
            }
            ControlKind::Record(record) => {
                self.optional("value", record.value.as_ref());
                for (index, field) in record.fields.iter().enumerate() {
                    self.template(&format!("fields[{index}].value"), &field.value);
                }
            }
            ControlKind::Json(json) => self.optional("value", json.value.as_ref()),
            ControlKind::Image(image) => {
                self.optional("value", image.value.as_ref());
                self.optional("description", image.description.as_ref());
            }
        }
    }

    fn source(&mut self, source: &'a Source) {
        for (name, value) in &source.inputs {
            self.template(&format!("source.inputs.{name}"), value);
        }
        self.optional("source.when", source.when.as_ref());
    }

    fn action(&mut self, action: &'a Action) {
        self.optional("when", action.when.as_ref());
        match &action.kind {
            ActionKind::Call(call) => {
                for (name, value) in &call.inputs {
                    self.template(&format!("inputs.{name}"), value);
                }
            }
            ActionKind::SetValue(set) => self.template("value", &set.value),
            ActionKind::ShowMessage(message) => self.template("text", &message.text),
            ActionKind::OpenLink(link) => self.template("url", &link.url),
            ActionKind::Load(_)
            | ActionKind::GoToScreen(_)
            | ActionKind::NavigateToAuthentication(_)
            | ActionKind::ClearCachedAuth(_) => {}
        }
    }
}
