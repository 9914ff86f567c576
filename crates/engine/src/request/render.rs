//! Renders templates for one request, and says in each fault where the template stands.

use latchwork_model::{Connector, Template};
use serde_json::Value;

use crate::error::EngineError;
use crate::template::{Moment, Scope, TemplateError, Templates};

/// What templates of one request are rendered with.
#[derive(Clone, Copy)]
pub(crate) struct Renderer<'a> {
    pub templates: &'a Templates,
    pub scope: &'a Scope,
    pub moment: &'a Moment,
    pub connector: &'a Connector,
}

impl Renderer<'_> {
    /// A template as text.
    pub(crate) fn text(&self, place: &str, template: &Template) -> Result<String, EngineError> {
        self.at(
            place,
            self.templates
                .render_text(template.as_str(), self.scope, self.moment),
        )
    }

    /// A template as a value; exactly one expression keeps its JSON type.
    pub(crate) fn value(&self, place: &str, template: &Template) -> Result<Value, EngineError> {
        self.at(
            place,
            self.templates
                .render_value(template.as_str(), self.scope, self.moment),
        )
    }

    /// A JSON document whose strings are templates.
    pub(crate) fn json(&self, place: &str, document: &Value) -> Result<Value, EngineError> {
        self.at(
            place,
            self.templates
                .render_json_body(document, self.scope, self.moment),
        )
    }

    /// A condition; undefined is false.
    pub(crate) fn condition(&self, place: &str, template: &Template) -> Result<bool, EngineError> {
        self.at(
            place,
            self.templates
                .render_bool(template.as_str(), self.scope, self.moment),
        )
    }

    /// An address, its values encoded by their place in it.
    pub(crate) fn url(&self, place: &str, template: &str) -> Result<String, EngineError> {
        self.at(
            place,
            self.templates.render_url(template, self.scope, self.moment),
        )
        .map(|url| url.to_string())
    }

    /// A header's value.
    pub(crate) fn header(&self, place: &str, template: &Template) -> Result<String, EngineError> {
        self.at(
            place,
            self.templates
                .render_header_value(template.as_str(), self.scope, self.moment),
        )
    }

    fn at<T>(&self, place: &str, result: Result<T, TemplateError>) -> Result<T, EngineError> {
        result.map_err(|source| {
            if let Some(name) = source
                .undefined_path()
                .and_then(|path| path.strip_prefix("vars."))
                && self
                    .connector
                    .variables
                    .iter()
                    .any(|variable| variable.secret && variable.name == name)
            {
                return EngineError::SecretMissing {
                    name: name.to_owned(),
                };
            }
            EngineError::Template {
                place: place.to_owned(),
                source,
            }
        })
    }
}
