//! Every list of actions and every control of an app, with its JSON path. The connectors' definitions in a file are not
//! walked: they have names of their own.

use super::{Action, ActionKind, App, Control};

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
