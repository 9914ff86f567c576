//! HTTP requests as a file describes them: method, address, query, headers and body, all templates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::defaults::{is_no, is_yes, yes};
use crate::scalar::{Seconds, Template};
use crate::tagged::deserialize_tagged;

/// A name and a value: a query parameter, a header or a form field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub name: Template,
    /// Its value.
    pub value: Template,
    /// Left out of the request where false.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enabled: bool,
    /// Left out of the request where its rendered value is empty.
    #[serde(default, skip_serializing_if = "is_no")]
    pub omit_empty: bool,
}

impl Parameter {
    /// An enabled parameter.
    pub fn new(name: impl Into<Template>, value: impl Into<Template>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            enabled: true,
            omit_empty: false,
        }
    }
}

/// Where a request parameter or an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParameterLocation {
    /// The query string.
    Query,
    /// The headers.
    Header,
    /// A member of a JSON object body, or a field of a form body.
    Body,
}

/// One HTTP request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The method, any token of RFC 9110 section 9.1.
    pub method: String,
    /// An absolute address, or one that starts with `/` or is empty and is appended to the base URL.
    pub url: Template,
    /// Query parameters, added behind those of the address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<Parameter>,
    /// Headers, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Parameter>,
    /// The body.
    #[serde(default, skip_serializing_if = "Body::is_none")]
    pub body: Body,
    /// Whether a 3xx answer with a `Location` is followed.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub follow_redirects: bool,
    /// The time for the whole exchange; 120 seconds where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_seconds: Option<Seconds>,
}

impl Request {
    /// A request with nothing but a method and an address.
    pub fn new(method: &str, url: impl Into<Template>) -> Self {
        Self {
            method: method.to_owned(),
            url: url.into(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Body::None,
            follow_redirects: true,
            timeout_seconds: None,
        }
    }
}

/// What a request carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("unevaluatedProperties" = false))]
pub enum Body {
    /// Nothing.
    #[default]
    None,
    /// JSON, each string in it a template of its own.
    Json(JsonBody),
    /// `application/x-www-form-urlencoded`.
    Form(FieldsBody),
    /// `multipart/form-data`.
    Multipart(FieldsBody),
    /// Text with a content type.
    Text(TextBody),
    /// A GraphQL query, sent as JSON.
    Graphql(GraphqlBody),
}

deserialize_tagged!(Body, "type", {
    "none" => None,
    "json" => Json(JsonBody),
    "form" => Form(FieldsBody),
    "multipart" => Multipart(FieldsBody),
    "text" => Text(TextBody),
    "graphql" => Graphql(GraphqlBody),
});

impl Body {
    /// True where nothing is sent.
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

/// A JSON body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JsonBody {
    /// Any JSON; its strings are templates.
    pub value: Value,
}

/// A body of fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldsBody {
    /// The fields, in their order.
    pub fields: Vec<Parameter>,
}

/// A text body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextBody {
    /// The media type that is sent as `Content-Type`.
    pub content_type: String,
    /// The text, sent as rendered.
    pub content: Template,
}

/// A GraphQL request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraphqlBody {
    /// The document; data, not a template: GraphQL has variables of its own and braces everywhere.
    pub query: String,
    /// The variables; strings are templates.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub variables: Value,
}
