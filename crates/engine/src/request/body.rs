//! Bodies: rendered, then written out as bytes with their content type.

use bytes::Bytes;
use futures::TryStreamExt as _;
use latchwork_model::Body;
use serde_json::{Value, json};

use super::build::render_parameters;
use super::render::Renderer;
use crate::error::EngineError;

/// A rendered body.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum DraftBody {
    /// Nothing is sent.
    #[default]
    None,
    /// JSON.
    Json(Value),
    /// Form fields.
    Form(Vec<(String, String)>),
    /// Any other bytes, with their content type.
    Other {
        content_type: String,
        bytes: Bytes,
        kind: &'static str,
    },
}

impl DraftBody {
    pub(super) async fn render(
        body: &Body,
        place: &str,
        renderer: &Renderer<'_>,
    ) -> Result<Self, EngineError> {
        Ok(match body {
            Body::None => Self::None,
            Body::Json(json) => {
                Self::Json(renderer.json(format_args!("{place}.value"), &json.value)?)
            }
            Body::Form(form) => Self::Form(render_parameters(
                &form.fields,
                format_args!("{place}.fields"),
                renderer,
            )?),
            Body::Multipart(form) => {
                let fields =
                    render_parameters(&form.fields, format_args!("{place}.fields"), renderer)?;
                multipart(fields).await
            }
            Body::Text(text) => Self::Other {
                content_type: text.content_type.clone(),
                bytes: renderer
                    .text(format_args!("{place}.content"), &text.content)?
                    .into(),
                kind: "a text body",
            },
            Body::Graphql(graphql) => {
                let variables =
                    renderer.json(format_args!("{place}.variables"), &graphql.variables)?;
                let mut request = json!({ "query": graphql.query });
                if !variables.is_null() {
                    request["variables"] = variables;
                }
                Self::Other {
                    content_type: "application/json".to_owned(),
                    bytes: request.to_string().into(),
                    kind: "a GraphQL body",
                }
            }
        })
    }

    /// The content type and the bytes.
    pub(super) fn encode(self) -> (Option<String>, Option<Bytes>) {
        match self {
            Self::None => (None, None),
            Self::Json(value) => (
                Some("application/json".to_owned()),
                Some(value.to_string().into()),
            ),
            Self::Form(fields) => {
                let text = url::form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(fields)
                    .finish();
                (
                    Some("application/x-www-form-urlencoded".to_owned()),
                    Some(text.into()),
                )
            }
            Self::Other {
                content_type,
                bytes,
                ..
            } => (Some(content_type), Some(bytes)),
        }
    }

    /// The body as it will be sent, for `request.body`.
    pub(crate) fn text(&self) -> String {
        let bytes = self.clone().encode().1.unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What it is, for messages.
    pub(crate) const fn describe(&self) -> &'static str {
        match self {
            Self::None => "no body",
            Self::Json(Value::Object(_)) => "a JSON object body",
            Self::Json(_) => "a JSON body that is no object",
            Self::Form(_) => "a form body",
            Self::Other { kind, .. } => kind,
        }
    }
}

/// Writes a multipart body out, so that it can be sent again and shown.
async fn multipart(fields: Vec<(String, String)>) -> DraftBody {
    let form = fields
        .into_iter()
        .fold(reqwest::multipart::Form::new(), |form, (name, value)| {
            form.text(name, value)
        });
    let content_type = format!("multipart/form-data; boundary={}", form.boundary());
    let chunks: Vec<Bytes> = form.into_stream().try_collect().await.unwrap_or_default();
    DraftBody::Other {
        content_type,
        bytes: chunks.concat().into(),
        kind: "a multipart body",
    }
}
