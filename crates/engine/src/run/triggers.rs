//! When a session is renewed: what its API answers, and what it says of its own end (PRODUCT R1, R6).

use serde_json::{Map, Value};

use super::{Run, RunFailure};
use crate::call::CallAnswer;

/// Why a session is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshReason {
    /// The API answered with a status that means so.
    Status(u16),
    /// The API's answer met the refresh's condition.
    Condition,
    /// It is over by its own word.
    Expired,
    /// It is nearly over.
    BeforeExpiry,
    /// A person asked.
    Asked,
}

impl RefreshReason {
    /// As events and the session's history write it.
    pub fn text(self) -> String {
        match self {
            Self::Status(status) => format!("status_{status}"),
            Self::Condition => "condition".to_owned(),
            Self::Expired => "expired".to_owned(),
            Self::BeforeExpiry => "before_expiry".to_owned(),
            Self::Asked => "asked".to_owned(),
        }
    }
}

impl Run<'_> {
    /// Whether an answer says that the session is over.
    pub fn session_over(&self, answer: &CallAnswer) -> Result<Option<RefreshReason>, RunFailure> {
        if !self.can_refresh() {
            return Ok(None);
        }
        let on = self.refresh_settings().on;
        if on
            .statuses
            .iter()
            .any(|status| status.matches(answer.status))
        {
            return Ok(Some(RefreshReason::Status(answer.status)));
        }
        let Some(when) = &on.when else {
            return Ok(None);
        };
        let mut outputs = Map::new();
        outputs.insert("body".to_owned(), answer.body.clone());
        outputs.insert("headers".to_owned(), Value::Object(answer.headers.clone()));
        outputs.insert("status".to_owned(), answer.status.into());
        outputs.insert("cookies".to_owned(), Value::Object(answer.cookies.clone()));
        let over = self
            .condition_on_answer("auth.refresh.on.when", when, &outputs)
            .map_err(|error| self.failure(error, None))?;
        Ok(over.then_some(RefreshReason::Condition))
    }

    /// Whether the session is due by its expiry: over, or so near that it is renewed before it is used. How near is
    /// set, and never more than a tenth of the lifetime.
    pub fn refresh_due(&self, obtained_at: Option<i64>) -> Option<RefreshReason> {
        let expires_at = self.expires_at.values().min().copied()?;
        let now = self.clock().unix_seconds();
        if expires_at <= now {
            return Some(RefreshReason::Expired);
        }
        let wanted = self.refresh_settings().on.before_expiry_seconds.duration();
        let wanted = i64::try_from(wanted.as_secs()).unwrap_or(i64::MAX);
        let lifetime = obtained_at.map_or(i64::MAX, |obtained| expires_at.saturating_sub(obtained));
        let before = wanted.min(lifetime / 10);
        (before > 0 && expires_at.saturating_sub(before) <= now)
            .then_some(RefreshReason::BeforeExpiry)
    }
}
