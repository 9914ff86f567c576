//! The calls of an app, and which of them are made without anybody asking: by a source that runs by itself, or while a
//! screen is shown.

use super::bindings::Call;
use crate::app::walk::{events, walk_action_list};
use crate::app::{Action, ActionKind, App, Control, Source, SourceRun};

const SHOWN: &str = "whenever the screen is shown";
const SOURCE: &str = "whenever the screen is shown and when its inputs change";

/// Calls `visit` with each call of a source or an action.
pub(super) fn walk_calls<'a>(app: &'a App, visit: &mut dyn FnMut(&Call<'a>)) {
    for (screen_index, screen) in app.screens.iter().enumerate() {
        let path = format!("screens[{screen_index}]");
        actions(
            &format!("{path}.on_load"),
            &screen.on_load,
            Some(SHOWN),
            visit,
        );
        for (index, control) in screen.controls.iter().enumerate() {
            let path = format!("{path}.controls[{index}]");
            if let Some(source) = &control.source {
                visit(&Call {
                    path: format!("{path}.source"),
                    connector: &source.connector,
                    endpoint: &source.endpoint,
                    inputs: &source.inputs,
                    automatic: automatic(app, control, source),
                });
            }
            for (event, list) in events(control) {
                let automatic = (event == "load" && loads_by_itself(control)).then_some(SHOWN);
                actions(&format!("{path}.on.{event}"), list, automatic, visit);
            }
        }
    }
}

fn actions<'a>(
    path: &str,
    list: &'a [Action],
    automatic: Option<&'static str>,
    visit: &mut dyn FnMut(&Call<'a>),
) {
    walk_action_list(path, list, &mut |path, action| {
        if let ActionKind::Call(call) = &action.kind {
            visit(&Call {
                path: path.to_owned(),
                connector: &call.connector,
                endpoint: &call.endpoint,
                inputs: &call.inputs,
                automatic,
            });
        }
    });
}

/// Whether a control's `on.load` comes without anybody asking: a manual source waits for an action.
fn loads_by_itself(control: &Control) -> bool {
    control
        .source
        .as_ref()
        .is_none_or(|source| source.run == SourceRun::Auto)
}

fn automatic(app: &App, control: &Control, source: &Source) -> Option<&'static str> {
    if source.run == SourceRun::Auto {
        return Some(SOURCE);
    }
    // A manual source is loaded by an action, which may be one that nobody asks for.
    let mut is_loaded = false;
    let mut look = |_: &str, action: &Action| {
        is_loaded |= matches!(&action.kind, ActionKind::Load(load) if load.control == control.id);
    };
    for screen in &app.screens {
        walk_action_list("", &screen.on_load, &mut look);
        for other in screen
            .controls
            .iter()
            .filter(|other| loads_by_itself(other))
        {
            walk_action_list("", &other.on.load, &mut look);
        }
    }
    is_loaded.then_some(SHOWN)
}
