//! What a running app holds: what was typed, chosen and selected, the answers, the variables. No output of a step and no
//! token is ever in here.

use std::collections::HashMap;
use std::sync::Arc;

use latchwork_engine::template::{Scope, ScopeValue};
use latchwork_model::app::{App, Control, ControlKind};
use serde_json::{Map, Value, json};

use crate::wire::AppError;

/// The state of a running app, from its start on.
pub(super) struct State {
    /// The screen that is shown.
    pub screen: String,
    pub controls: HashMap<String, ControlData>,
    variables: Map<String, Value>,
    /// The names of all templates.
    pub scope: Scope,
    /// When each name last changed, by a count.
    versions: HashMap<String, u64>,
    count: u64,
}

/// What a control holds.
#[derive(Default)]
pub(super) struct ControlData {
    /// As typed, or the chosen option's value; nothing where nothing is chosen.
    pub typed: Option<String>,
    /// The same as a value for templates.
    pub value: Value,
    /// How often something else than the person set it.
    pub set: u32,
    pub answer: Option<Answer>,
    pub rows: Option<Arc<Vec<Value>>>,
    pub selected: Option<usize>,
    pub load: Load,
    /// The inputs of the last call that ran by itself, while its screen is shown.
    pub inputs: Option<Map<String, Value>>,
    /// Which call is the last: an older one's answer is dropped.
    pub call: u64,
    /// How many of its actions go on.
    pub acting: u32,
}

/// The last answer of a control's source.
pub(super) struct Answer {
    pub status: u16,
    pub body: Value,
    /// The same for templates, made once.
    pub data: ScopeValue,
    /// A picture as a `data:` address, where the answer is one.
    pub picture: Option<String>,
}

/// How a control's source stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Load {
    /// Not asked, or answered.
    #[default]
    Idle,
    Running,
    Failed(AppError),
    /// The person has not signed in to this connector.
    SignedOut(String),
}

impl State {
    /// The state at the start, on the first screen.
    pub(super) fn new(app: &App) -> Self {
        let screen = app.screens.first();
        let mut state = Self {
            screen: screen.map(|screen| screen.id.clone()).unwrap_or_default(),
            controls: app
                .controls()
                .map(|control| (control.id.clone(), ControlData::default()))
                .collect(),
            variables: Map::new(),
            scope: Scope::new(),
            versions: HashMap::new(),
            count: 0,
        };
        state.put("app", json!({ "name": app.name }));
        state.put("vars", json!({}));
        for control in app.controls() {
            state.publish(control);
        }
        state.publish_screen(app);
        state
    }

    fn put(&mut self, name: &str, value: impl Into<ScopeValue>) {
        self.scope.set(name, value);
        self.count += 1;
        self.versions.insert(name.to_owned(), self.count);
    }

    /// When the newest of some names changed.
    pub(super) fn newest<'n>(&self, names: impl IntoIterator<Item = &'n String>) -> u64 {
        names
            .into_iter()
            .filter_map(|name| self.versions.get(name).copied())
            .max()
            .unwrap_or(0)
    }

    pub(super) fn set_variable(&mut self, name: &str, value: Value) {
        self.variables.insert(name.to_owned(), value);
        let variables = ScopeValue::from(&self.variables);
        self.put("vars", variables);
    }

    pub(super) fn publish_screen(&mut self, app: &App) {
        let screen = app.screen(&self.screen);
        let name = screen.map(latchwork_model::app::Screen::title);
        self.put("screen", json!({ "id": self.screen, "name": name }));
    }

    /// Makes what a control holds the value of its name.
    pub(super) fn publish(&mut self, control: &Control) {
        let Some(data) = self.controls.get(&control.id) else {
            return;
        };
        let mut members: Vec<(&str, ScopeValue)> = Vec::new();
        if control.kind.has_value() {
            members.push(("value", (&data.value).into()));
        }
        if let Some(answer) = &data.answer {
            members.push(("data", answer.data.clone()));
            members.push(("status", Value::from(answer.status).into()));
        }
        if let Some(rows) = &data.rows {
            if let Some(selected) = data.selected.and_then(|index| rows.get(index)) {
                members.push(("selected", selected.into()));
            }
            members.push(("rows", Value::Array(rows.to_vec()).into()));
        }
        let value = ScopeValue::object(members);
        self.put(&control.id, value);
    }

    /// The data of a control, for a change.
    pub(super) fn data(&mut self, control: &str) -> Option<&mut ControlData> {
        self.controls.get_mut(control)
    }

    /// A scope in which `data` is a control's own.
    pub(super) fn own_scope(&self, control: &Control) -> Scope {
        let data = self.controls.get(&control.id);
        match data.and_then(|data| data.answer.as_ref()) {
            Some(answer) => {
                let mut scope = self.scope.layer();
                scope.set("data", answer.data.clone());
                scope
            }
            None => self.scope.clone(),
        }
    }

    /// Gives a control a value as text: what a person typed or chose, or what an action set.
    pub(super) fn give_value(
        &mut self,
        control: &Control,
        typed: Option<String>,
        by_person: bool,
    ) -> bool {
        let Some(data) = self.controls.get_mut(&control.id) else {
            return false;
        };
        if data.typed == typed {
            return false;
        }
        data.value = value_of(control, typed.as_deref());
        data.typed = typed;
        if !by_person {
            data.set += 1;
        }
        self.publish(control);
        true
    }
}

/// What was typed as a value: a number where the input is one.
fn value_of(control: &Control, typed: Option<&str>) -> Value {
    let Some(typed) = typed else {
        return Value::Null;
    };
    let is_number = matches!(&control.kind, ControlKind::Input(input)
        if input.input_type == latchwork_model::app::AppInputType::Number);
    if !is_number {
        return Value::String(typed.to_owned());
    }
    let typed = typed.trim().replace(',', ".");
    serde_json::from_str(&typed)
        .ok()
        .filter(Value::is_number)
        .unwrap_or(Value::Null)
}

/// A value as people read it, and as an input holds it.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
