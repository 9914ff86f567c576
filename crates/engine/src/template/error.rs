//! What can go wrong with a template.

use latchwork_model::ErrorCode;
use latchwork_model::template_syntax::SyntaxError;

/// Why a template could not be rendered.
///
/// No message holds a value, which may be a secret: only names, kinds and what the template itself says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// Its text cannot be read.
    #[error("the template cannot be read: {0}")]
    Syntax(SyntaxError),
    /// It uses something that is not there.
    #[error("{message}")]
    Undefined {
        /// The expression that was used: `login.body.user.name`. None where a filter found nothing.
        expression: Option<String>,
        /// What is not there and what is, for people.
        message: String,
        /// The nearest that is there: `login.body.user_name`.
        suggestion: Option<String>,
    },
    /// A filter or an operation could not take its value.
    #[error("{message}")]
    Failed {
        /// What failed, for people.
        message: String,
    },
    /// It takes too long, or gives too much.
    #[error("{0}")]
    Limit(&'static str),
    /// It does not give a header's value.
    #[error("the header would have {0} in it, which headers cannot have")]
    Header(&'static str),
    /// It does not give an address.
    #[error("{message}")]
    Url {
        /// What is wrong with it, for people.
        message: String,
        /// What to do.
        hint: &'static str,
    },
}

impl TemplateError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Syntax(_) => ErrorCode::TemplateSyntax,
            Self::Undefined { .. } => ErrorCode::TemplateUndefined,
            Self::Failed { .. } => ErrorCode::TemplateFailed,
            Self::Limit(_) => ErrorCode::TemplateLimit,
            Self::Header(_) => ErrorCode::HeaderInvalid,
            Self::Url { .. } => ErrorCode::UrlInvalid,
        }
    }

    /// What to do.
    pub fn hint(&self) -> String {
        match self {
            Self::Undefined {
                suggestion: Some(nearest),
                ..
            } => {
                format!("Use `{nearest}`, or give a default: `default('')`.")
            }
            Self::Undefined {
                expression: Some(expression),
                ..
            } => {
                format!(
                    "Use a name that is there, or give a default: `{{{{ {expression} | default('') }}}}`."
                )
            }
            Self::Url { hint, .. } => (*hint).to_owned(),
            other => other.code().remedy().to_owned(),
        }
    }

    /// The path that was used though it is not there: `vars.client_secret`.
    pub fn undefined_path(&self) -> Option<&str> {
        match self {
            Self::Undefined { expression, .. } => expression.as_deref(),
            _ => None,
        }
    }

    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self::Failed {
            message: message.into(),
        }
    }
}
