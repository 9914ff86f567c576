//! What is drawn of a control, from what the app holds. Where a template uses something that is not there yet, nothing is
//! shown; where one cannot be computed, the control says so.

use latchwork_engine::template::{Moment, Scope, TemplateError, Templates};
use latchwork_model::app::{
    AppInputType, Control, ControlKind, SelectControl, TableColumn, TableControl,
};
use latchwork_model::{FormOptions, Template};
use serde_json::{Map, Value};

use super::rows::{default_columns, humanised, rows_in};
use super::state::{ControlData, Load, text_of};
use crate::wire::{
    AppError, ControlContent, ControlState, ControlView, FormOption, RecordLine, page_value,
};

/// The most rows that go to a window; a table says how many there are.
const MOST_ROWS: usize = 1000;
/// The longest text of a cell, in characters.
const LONGEST_CELL: usize = 300;

/// Renders the templates of one control.
pub(super) struct Drawing<'a> {
    pub templates: &'a Templates,
    pub moment: &'a Moment,
    pub scope: Scope,
    pub data: &'a ControlData,
    /// The first thing that could not be computed.
    pub fault: Option<AppError>,
}

impl Drawing<'_> {
    /// A template as text; nothing where it uses what is not there.
    fn text(&mut self, template: &Template) -> String {
        let rendered = self
            .templates
            .render_text(template.as_str(), &self.scope, self.moment);
        self.or_nothing(rendered)
    }

    fn optional(&mut self, template: Option<&Template>) -> String {
        template.map_or_else(String::new, |template| self.text(template))
    }

    fn value(&mut self, template: &Template) -> Option<Value> {
        let rendered = self
            .templates
            .render_value(template.as_str(), &self.scope, self.moment);
        self.or_nothing(rendered.map(Some))
    }

    fn condition(&mut self, template: Option<&Template>, otherwise: bool) -> bool {
        let Some(template) = template else {
            return otherwise;
        };
        let rendered = self
            .templates
            .render_bool(template.as_str(), &self.scope, self.moment);
        self.or_nothing(rendered)
    }

    fn or_nothing<T: Default>(&mut self, rendered: Result<T, TemplateError>) -> T {
        rendered.unwrap_or_else(|error| {
            if !matches!(error, TemplateError::Undefined { .. }) {
                self.fault.get_or_insert_with(|| template_error(&error));
            }
            T::default()
        })
    }

    /// A control as it is drawn now.
    pub(super) fn control(
        mut self,
        control: &Control,
        connector_name: impl Fn(&str) -> String,
    ) -> ControlView {
        let visible = self.condition(control.visible.as_ref(), true);
        let label = control.label.as_ref().map(|label| self.text(label));
        let content = self.content(control);
        let state = self.state(control, &content, connector_name);
        ControlView {
            id: control.id.clone(),
            label,
            visible,
            width: control.width,
            state,
            content,
        }
    }

    fn state(
        &self,
        control: &Control,
        content: &ControlContent,
        connector_name: impl Fn(&str) -> String,
    ) -> ControlState {
        match &self.data.load {
            Load::Running => return ControlState::Loading,
            Load::Failed(error) => {
                return ControlState::Error {
                    error: error.clone(),
                    retry: control.source.is_some(),
                };
            }
            Load::SignedOut(connector) => {
                return ControlState::SignedOut {
                    connector: connector.clone(),
                    name: connector_name(connector),
                };
            }
            Load::Idle => {}
        }
        if let Some(error) = &self.fault {
            return ControlState::Error {
                error: error.clone(),
                retry: false,
            };
        }
        if self.data.acting > 0 && matches!(content, ControlContent::Button { .. }) {
            return ControlState::Loading;
        }
        let is_empty = match content {
            ControlContent::Table { rows, .. } => rows.is_empty(),
            ControlContent::Select { options, .. } => options.is_empty(),
            ControlContent::Record { fields } => fields.is_empty(),
            ControlContent::Json { value } => value.is_null(),
            ControlContent::Image { source, .. } => source.is_none(),
            ControlContent::Text { text, .. } => text.is_empty() && control.source.is_some(),
            ControlContent::Input { .. } | ControlContent::Button { .. } => false,
        };
        if is_empty {
            ControlState::Empty
        } else {
            ControlState::Ready
        }
    }

    fn content(&mut self, control: &Control) -> ControlContent {
        let body = self.data.answer.as_ref().map(|answer| &answer.body);
        match &control.kind {
            ControlKind::Text(text) => ControlContent::Text {
                text: self.text(&text.text),
                style: text.style.into(),
            },
            ControlKind::Input(input) => {
                let value = self.data.typed.clone().unwrap_or_default();
                ControlContent::Input {
                    input_type: input.input_type.into(),
                    problem: problem(input.input_type, &value, &self.data.value),
                    value,
                    set: self.data.set,
                    placeholder: self.optional(input.placeholder.as_ref()),
                    required: input.required,
                }
            }
            ControlKind::Button(button) => ControlContent::Button {
                text: self.text(&button.text),
                style: button.style.into(),
                enabled: !self.condition(button.disabled.as_ref(), false),
            },
            ControlKind::Table(table) => self.table(table),
            ControlKind::Select(select) => ControlContent::Select {
                options: self.options(select),
                value: self.data.typed.clone(),
                placeholder: self.optional(select.placeholder.as_ref()),
            },
            ControlKind::Record(record) => {
                let object = match &record.value {
                    Some(template) => self.value(template),
                    None => body.cloned(),
                };
                let Some(object) = object.filter(|object| !object.is_null()) else {
                    return ControlContent::Record { fields: Vec::new() };
                };
                let fields = if record.fields.is_empty() {
                    members(&object)
                } else {
                    self.scope.set("record", object);
                    let fields = record.fields.iter();
                    fields
                        .map(|field| RecordLine {
                            label: field.label.clone(),
                            value: cut(self.value_text(&field.value)),
                        })
                        .collect()
                };
                ControlContent::Record { fields }
            }
            ControlKind::Json(json) => {
                let value = match &json.value {
                    Some(template) => self.value(template),
                    None => body.cloned(),
                };
                ControlContent::Json {
                    value: page_value(value.unwrap_or_default()),
                }
            }
            ControlKind::Image(image) => {
                let source = match &image.value {
                    Some(template) => Some(self.text(template)),
                    None => (self.data.answer.as_ref()).and_then(|answer| answer.picture.clone()),
                };
                ControlContent::Image {
                    source: source.filter(|source| source.starts_with("data:image/")),
                    description: self.optional(image.description.as_ref()),
                    clickable: !control.on.click.is_empty(),
                }
            }
        }
    }

    fn table(&mut self, table: &TableControl) -> ControlContent {
        let rows = self.data.rows.clone().unwrap_or_default();
        let defaults;
        let columns: &[TableColumn] = if table.columns.is_empty() {
            defaults = default_columns(&rows);
            &defaults
        } else {
            &table.columns
        };
        let scope = self.scope.clone();
        let cells = rows.iter().take(MOST_ROWS).enumerate().map(|(index, row)| {
            self.scope = scope.layer();
            self.scope.set("row", row);
            self.scope.set("index", Value::from(index));
            columns
                .iter()
                .map(|column| cut(self.value_text(&column.value)))
                .collect()
        });
        let cells: Vec<Vec<String>> = cells.collect();
        self.scope = scope;
        ControlContent::Table {
            columns: columns.iter().map(|column| column.label.clone()).collect(),
            rows: cells,
            selected: (self.data.selected).and_then(|selected| u32::try_from(selected).ok()),
            empty_text: self.optional(table.empty_text.as_ref()),
            total: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        }
    }

    fn value_text(&mut self, template: &Template) -> String {
        text_of(&self.value(template).unwrap_or_default())
    }

    fn options(&mut self, select: &SelectControl) -> Vec<FormOption> {
        let items = match &select.options {
            Some(FormOptions::List(list)) => {
                let options = list.iter().map(|option| FormOption {
                    value: option.value.clone(),
                    label: option.label.clone(),
                });
                return options.collect();
            }
            Some(FormOptions::Template(template)) => self.value(template),
            None => self.data.answer.as_ref().map(|answer| answer.body.clone()),
        };
        let items = items.as_ref().and_then(rows_in).unwrap_or_default();
        let Some(value) = &select.option_value else {
            return items.iter().filter_map(option).take(MOST_ROWS).collect();
        };
        let label = select.option_label.as_ref().unwrap_or(value);
        let scope = self.scope.clone();
        let options = items.iter().take(MOST_ROWS).map(|item| {
            self.scope = scope.layer();
            self.scope.set("row", item);
            FormOption {
                value: self.value_text(value),
                label: cut(self.value_text(label)),
            }
        });
        let options = options.filter(|option| !option.value.is_empty()).collect();
        self.scope = scope;
        options
    }
}

/// A choice out of a template's list: `{ value, label }`, or a plain value.
fn option(item: &Value) -> Option<FormOption> {
    match item {
        Value::Object(members) => {
            let value = text_of(members.get("value")?);
            let label = members.get("label").map_or_else(|| value.clone(), text_of);
            Some(FormOption { value, label })
        }
        Value::Null | Value::Array(_) => None,
        plain => {
            let value = text_of(plain);
            Some(FormOption {
                label: value.clone(),
                value,
            })
        }
    }
}

fn members(object: &Value) -> Vec<RecordLine> {
    let none = Map::new();
    let members = object.as_object().unwrap_or(&none);
    members
        .iter()
        .map(|(name, value)| RecordLine {
            label: humanised(name),
            value: cut(text_of(value)),
        })
        .collect()
}

/// What is wrong with what was typed. An empty field is told only where it is needed.
fn problem(input_type: AppInputType, typed: &str, value: &Value) -> Option<String> {
    if typed.trim().is_empty() {
        return None;
    }
    match input_type {
        AppInputType::Number if value.is_null() => Some(format!("“{typed}” is not a number.")),
        AppInputType::Email if !looks_like_email(typed) => {
            Some(format!("“{typed}” is not an e-mail address."))
        }
        _ => None,
    }
}

fn looks_like_email(typed: &str) -> bool {
    typed.trim().split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !typed.trim().contains(char::is_whitespace)
    })
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A template's error as a window sees it.
pub(super) fn template_error(error: &TemplateError) -> AppError {
    AppError {
        code: error.code().as_str().to_owned(),
        message: error.to_string(),
        hint: Some(error.hint()),
        step: None,
        field: None,
        retryable: false,
    }
}
