//! Renders templates for one request, and says in each fault where the template stands.

use std::fmt::Display;

use latchwork_model::{Connector, Template};
use serde_json::Value;

use crate::error::EngineError;
use crate::template::{Moment, Scope, TemplateError, Templates};

/// What templates of one request are rendered with. Places are written out only where there is a fault.
#[derive(Clone, Copy)]
pub(crate) struct Renderer<'a> {
    pub templates: &'a Templates,
    pub scope: &'a Scope,
    pub moment: &'a Moment,
    pub connector: &'a Connector,
}

impl Renderer<'_> {
    /// A template as text.
    pub(crate) fn text(
        &self,
        place: impl Display,
        template: &Template,
    ) -> Result<String, EngineError> {
        self.at(
            place,
            self.templates
                .render_text(template.as_str(), self.scope, self.moment),
        )
    }

    /// A template as a value; exactly one expression keeps its JSON type.
    pub(crate) fn value(
        &self,
        place: impl Display,
        template: &Template,
    ) -> Result<Value, EngineError> {
        self.at(
            place,
            self.templates
                .render_value(template.as_str(), self.scope, self.moment),
        )
    }

    /// A JSON document whose strings are templates.
    pub(crate) fn json(&self, place: impl Display, document: &Value) -> Result<Value, EngineError> {
        self.at(
            place,
            self.templates
                .render_json_body(document, self.scope, self.moment),
        )
    }

    /// A condition; undefined is false.
    pub(crate) fn condition(
        &self,
        place: impl Display,
        template: &Template,
    ) -> Result<bool, EngineError> {
        self.at(
            place,
            self.templates
                .render_bool(template.as_str(), self.scope, self.moment),
        )
    }

    /// An address, its values encoded by their place in it.
    pub(crate) fn url(&self, place: impl Display, template: &str) -> Result<String, EngineError> {
        self.at(
            place,
            self.templates.render_url(template, self.scope, self.moment),
        )
        .map(|url| url.to_string())
    }

    /// A header's value.
    pub(crate) fn header(
        &self,
        place: impl Display,
        template: &Template,
    ) -> Result<String, EngineError> {
        self.at(
            place,
            self.templates
                .render_header_value(template.as_str(), self.scope, self.moment),
        )
    }

    fn at<T>(
        &self,
        place: impl Display,
        result: Result<T, TemplateError>,
    ) -> Result<T, EngineError> {
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
                place: place.to_string(),
                source,
            }
        })
    }
}
