//! What a person does with a control, and what follows from it.

use std::sync::Arc;

use latchwork_model::app::{Control, ControlKind};
use serde_json::Value;

use super::loading::REST;
use super::session::Session;
use crate::wire::ControlEvent;

/// What a person does with a control.
pub(super) fn happen(session: &Arc<Session>, control: &Control, event: ControlEvent) {
    match event {
        ControlEvent::Click => click(session, control),
        ControlEvent::Input { value } => {
            if matches!(control.kind, ControlKind::Input(_)) {
                change(
                    session,
                    control,
                    Some(value).filter(|value| !value.is_empty()),
                    true,
                );
            }
        }
        ControlEvent::Choose { value } => {
            if matches!(control.kind, ControlKind::Select(_)) {
                change(session, control, value, false);
            }
        }
        ControlEvent::SelectRow { index } => select_row(session, control, index),
        ControlEvent::Retry | ControlEvent::SignIn => {
            let (again, control) = (Arc::clone(session), control.clone());
            session.spawn(async move {
                again.load_again(&control, true).await;
            });
        }
    }
}

/// A click, unless the last one goes on or the button is off.
fn click(session: &Arc<Session>, control: &Control) {
    let disabled = match &control.kind {
        ControlKind::Button(button) => button.disabled.as_ref(),
        ControlKind::Image(_) => None,
        _ => return,
    };
    let can_be_clicked = {
        let inner = session.lock();
        let engine = session.studio.engine();
        let acts = inner.state.controls.get(&control.id);
        let acts = acts.is_some_and(|data| data.acting > 0);
        let is_off = disabled.is_some_and(|disabled| {
            engine
                .templates()
                .render_bool(disabled.as_str(), &inner.state.scope, &engine.moment())
                .unwrap_or(true)
        });
        !acts && !is_off
    };
    if can_be_clicked {
        session.act_in_background(Some(control), control.on.click.clone(), Vec::new(), true);
    }
}

/// Another value; what it does comes once typing rests.
fn change(session: &Arc<Session>, control: &Control, typed: Option<String>, rests: bool) {
    let changed = session
        .lock()
        .state
        .give_value(control, typed.clone(), true);
    if !changed {
        return;
    }
    session.settle();
    if control.on.change.is_empty() {
        return;
    }
    let (acting, control) = (Arc::clone(session), control.clone());
    session.spawn(async move {
        if rests {
            tokio::time::sleep(REST).await;
            let inner = acting.lock();
            let now = inner.state.controls.get(&control.id);
            if now.is_none_or(|data| data.typed != typed) {
                return;
            }
        }
        acting.act(&control.on.change, Vec::new(), true).await;
    });
}

fn select_row(session: &Arc<Session>, control: &Control, index: u32) {
    let row = {
        let mut inner = session.lock();
        let place = usize::try_from(index).unwrap_or(usize::MAX);
        let Some(data) = inner.state.data(&control.id) else {
            return;
        };
        let Some(row) = data.rows.as_ref().and_then(|rows| rows.get(place)).cloned() else {
            return;
        };
        data.selected = Some(place);
        inner.state.publish(control);
        row
    };
    session.settle();
    let locals = vec![("row", row), ("index", Value::from(index))];
    let actions = control.on.row_select.clone();
    session.act_in_background(Some(control), actions, locals, true);
}
