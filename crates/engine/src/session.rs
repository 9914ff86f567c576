//! What a run leaves behind: the outputs that are cached for the next call.

use std::collections::BTreeMap;

use latchwork_model::Connector;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::http::StoredCookies;
use crate::run::can_renew;

/// The outputs of an auth flow, as they are cached (encrypted, by the store).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CachedOutputs {
    /// Outputs by step id, one-time codes left out.
    pub outputs: BTreeMap<String, Map<String, Value>>,
    /// The steps' cookies, where the connector sends them with its calls.
    #[serde(default, skip_serializing_if = "StoredCookies::is_empty")]
    pub cookies: StoredCookies,
    /// When the session is over, in Unix seconds, where any step said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// When each step's outputs are over, in Unix seconds, where it said so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub expires_by_step: BTreeMap<String, i64>,
    /// When the outputs were obtained, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obtained_at: Option<i64>,
}

impl CachedOutputs {
    /// Whether it could be renewed without its person, by this connector.
    pub fn can_be_renewed(&self, connector: &Connector) -> bool {
        can_renew(&connector.auth.plan(), &self.outputs)
    }

    /// Whether it is the same session: when it was obtained is no part of it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.outputs == other.outputs
            && self.cookies == other.cookies
            && self.expires_by_step == other.expires_by_step
            && self.expires_at == other.expires_at
    }

    /// Whether the session is over by its own word.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }
}

/// When a step's outputs expire, in Unix seconds: by `expires_at`, else by `expires_in` from `now`.
///
/// Numbers and numeric strings count; anything else, and what does not fit, is no expiry. Nothing overflows.
pub(crate) fn expiry(outputs: &Map<String, Value>, now: i64) -> Option<i64> {
    let of = |name: &str| outputs.get(name).and_then(seconds);
    of("expires_at").or_else(|| of("expires_in").map(|seconds| now.saturating_add(seconds)))
}

/// Whole seconds, out of a number or a numeric string.
pub(crate) fn seconds(value: &Value) -> Option<i64> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse::<f64>().ok()?,
        _ => return None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float cast saturates, which is what is wanted"
    )]
    seconds.is_finite().then_some(seconds as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(value: &Value) -> Option<i64> {
        expiry(value.as_object().unwrap(), 1_000)
    }

    #[test]
    fn z20_expiry_is_defined_for_every_shape() {
        assert_eq!(of(&json!({ "expires_in": 60 })), Some(1_060));
        assert_eq!(of(&json!({ "expires_in": "60" })), Some(1_060));
        assert_eq!(of(&json!({ "expires_in": 0 })), Some(1_000));
        assert_eq!(of(&json!({ "expires_in": -5 })), Some(995));
        assert_eq!(of(&json!({ "expires_in": 1e300 })), Some(i64::MAX));
        assert_eq!(
            of(&json!({ "expires_at": 5_000, "expires_in": 1 })),
            Some(5_000)
        );
        assert_eq!(of(&json!({ "expires_in": null })), None);
        assert_eq!(of(&json!({ "expires_in": "soon" })), None);
        assert_eq!(of(&json!({})), None);
    }
}
