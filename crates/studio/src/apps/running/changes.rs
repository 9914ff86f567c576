//! What follows from a change: rows, loads that are due, and what looks otherwise on the screen. Each is computed again
//! only where a name that it uses has changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use latchwork_model::app::{Control, ControlKind};
use latchwork_model::template_syntax::lookups;
use serde_json::Value;

use super::loading::Load;
use super::rows::rows_in;
use super::session::{Inner, Session};
use super::state::State;
use super::view::Drawing;
use crate::wire::{AppUpdate, ScreenView};

/// The names that a control uses.
#[derive(Default)]
pub(super) struct Names {
    /// In what is drawn of it, its own among them.
    pub drawing: BTreeSet<String>,
    /// In its source.
    pub source: BTreeSet<String>,
}

impl Inner {
    /// The rows of tables that say by a template what they are, each again where something that it uses changed.
    pub(super) fn compute_rows(&mut self, session: &Session) {
        let engine = session.studio.engine();
        let moment = engine.moment();
        let tables: Vec<&Control> = session
            .app
            .controls()
            .filter(|control| matches!(control.kind, ControlKind::Table(_)))
            .collect();
        // Tables may be made of others' rows; a circle of them ends here.
        for _ in 0..=tables.len() {
            let mut changed = false;
            for control in &tables {
                let ControlKind::Table(table) = &control.kind else {
                    continue;
                };
                let newest = session.newest(&self.state, control);
                if self.rows_seen.insert(control.id.clone(), newest) == Some(newest) {
                    continue;
                }
                let rows = if let Some(template) = &table.rows {
                    let scope = self.state.own_scope(control);
                    let templates = engine.templates();
                    match templates.render_value(template.as_str(), &scope, &moment) {
                        Ok(Value::Array(rows)) => Some(rows),
                        Ok(Value::Null) | Err(_) => None,
                        Ok(one) => rows_in(&one),
                    }
                } else {
                    let data = self.state.controls.get(&control.id);
                    let answer = data.and_then(|data| data.answer.as_ref());
                    answer.and_then(|answer| rows_in(&answer.body))
                };
                changed |= self.set_rows(control, rows);
            }
            if !changed {
                break;
            }
        }
    }

    /// A table's rows, with the selection on the row that it was on.
    fn set_rows(&mut self, control: &Control, rows: Option<Vec<Value>>) -> bool {
        let Some(data) = self.state.data(&control.id) else {
            return false;
        };
        if data.rows.as_deref() == rows.as_ref() {
            return false;
        }
        let before = data.selected.zip(data.rows.as_ref());
        let selected = before.and_then(|(index, rows)| rows.get(index)).cloned();
        data.selected = selected.and_then(|selected| {
            let rows = rows.as_ref()?;
            let id = selected.get("id");
            rows.iter()
                .position(|row| *row == selected || (id.is_some() && row.get("id") == id))
        });
        data.rows = rows.map(Arc::new);
        self.state.publish(control);
        true
    }

    /// The loads that start by themselves: sources of the screen whose inputs are there and are others than before.
    pub(super) fn due(&mut self, session: &Session) -> Vec<Load> {
        let engine = session.studio.engine();
        let moment = engine.moment();
        let Some(screen) = session.app.screen(&self.state.screen) else {
            return Vec::new();
        };
        let mut loads = Vec::new();
        for control in &screen.controls {
            let Some(source) = &control.source else {
                continue;
            };
            if source.run == latchwork_model::app::SourceRun::Manual {
                continue;
            }
            let newest = session
                .names
                .get(&control.id)
                .map_or(0, |names| self.state.newest(&names.source));
            if self.inputs_seen.insert(control.id.clone(), newest) == Some(newest) {
                continue;
            }
            let scope = self.state.scope.clone();
            let made = super::loading::inputs(engine.templates(), &moment, &scope, source);
            loads.extend(self.begin_load(control, made, false));
        }
        loads
    }

    /// Draws the screen, and tells what looks otherwise than before.
    pub(super) fn draw(&mut self, session: &Session) {
        let Some(screen) = session.app.screen(&self.state.screen) else {
            return;
        };
        let engine = session.studio.engine();
        let moment = engine.moment();
        let mut changed = Vec::new();
        for control in &screen.controls {
            let newest = session.newest(&self.state, control);
            let touched = self.touched.remove(&control.id);
            let before = self.drawn.get(&control.id);
            if !touched && before.is_some_and(|(seen, _)| *seen == newest) {
                continue;
            }
            let Some(data) = self.state.controls.get(&control.id) else {
                continue;
            };
            let drawing = Drawing {
                templates: engine.templates(),
                moment: &moment,
                scope: self.state.own_scope(control),
                data,
                fault: None,
            };
            let view = drawing.control(control, |alias| self.connector_name(alias));
            let is_another = before.is_none_or(|(_, before)| *before != view);
            self.drawn
                .insert(control.id.clone(), (newest, view.clone()));
            if is_another {
                changed.push(view);
            }
        }
        if self.whole {
            self.whole = false;
            let drawn = screen.controls.iter();
            let controls = drawn
                .filter_map(|control| self.drawn.get(&control.id))
                .map(|(_, view)| view.clone())
                .collect();
            self.tell(AppUpdate::Screen {
                view: ScreenView {
                    screen: screen.id.clone(),
                    name: screen.title().to_owned(),
                    start: self.start,
                    controls,
                },
            });
        } else if !changed.is_empty() {
            self.tell(AppUpdate::Controls {
                screen: screen.id.clone(),
                controls: changed,
            });
        }
    }
}

impl Session {
    /// When anything that a control's drawing uses last changed.
    fn newest(&self, state: &State, control: &Control) -> u64 {
        self.names
            .get(&control.id)
            .map_or(0, |names| state.newest(&names.drawing))
    }
}

impl Names {
    pub(super) fn of(control: &Control) -> Self {
        let mut names = Self::default();
        if let Some(source) = &control.source {
            let templates = source.inputs.values().chain(&source.when);
            for template in templates {
                add(&mut names.source, template.as_str());
            }
        }
        let drawn = Control {
            source: None,
            on: latchwork_model::app::ControlEvents::default(),
            ..control.clone()
        };
        // Every string of what is drawn: those that are no templates use no names.
        texts(
            &serde_json::to_value(drawn).unwrap_or_default(),
            &mut |text| {
                add(&mut names.drawing, text);
            },
        );
        names.drawing.insert(control.id.clone());
        names
    }
}

fn add(names: &mut BTreeSet<String>, template: &str) {
    let used = lookups(template);
    names.extend(used.iter().map(|lookup| lookup.root().to_owned()));
}

fn texts(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, visit)),
        Value::Object(members) => members.values().for_each(|member| texts(member, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
