//! The session activity of a connector: its last renewals, masked, for a person to read.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use latchwork_engine::Fault;
use latchwork_model::Connector;
use latchwork_store::StoreError;
use tokio::time::MissedTickBehavior;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{ActivityError, ActivityView, RefreshEnd, StudioNotice};

/// Between two looks at the stamp of all sessions: sixteen bytes of a file that is in memory.
const WATCHED_EVERY: Duration = Duration::from_millis(500);

impl Studio {
    /// The last renewals of a connector's sessions, the newest first.
    pub async fn session_activity(
        &self,
        connector_id: &str,
    ) -> Result<Vec<ActivityView>, StudioError> {
        let names: HashMap<String, String> = self.account_names(connector_id).await?;
        let activities = self.store().session_activity().list(connector_id).await?;
        let views = activities.into_iter().map(|activity| ActivityView {
            at: activity.at,
            account: activity
                .account
                .map(|id| names.get(&id).cloned().unwrap_or(id)),
            reason: activity.reason,
            outcome: match activity.outcome.as_str() {
                "ok" => RefreshEnd::Ok,
                "needs_you" => RefreshEnd::NeedsYou,
                _ => RefreshEnd::Failed,
            },
            updated: activity.updated.lines().map(str::to_owned).collect(),
            error: activity
                .error_code
                .zip(activity.error_message)
                .map(|(code, message)| ActivityError { code, message }),
        });
        Ok(views.collect())
    }

    /// Tells every window when who is signed in changes, here or in another process on the same data folder, as long as
    /// the studio lives.
    pub fn watch_sessions(self: &Arc<Self>) {
        let studio = Arc::downgrade(self);
        tokio::spawn(async move {
            let mut seen = None;
            let mut ticks = tokio::time::interval(WATCHED_EVERY);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            // What is noted beside a change (who it is, what was done) may come a moment after it.
            let mut tell_once_more = false;
            loop {
                ticks.tick().await;
                let Some(studio) = studio.upgrade() else {
                    return;
                };
                let stamp = studio.store().session_stamp();
                let is_new = seen.is_some() && seen != Some(stamp);
                seen = Some(stamp);
                if is_new || std::mem::take(&mut tell_once_more) {
                    tell_once_more = is_new;
                    studio.tell_watchers(&StudioNotice::SessionsChanged);
                }
            }
        });
    }

    /// Says that new tokens are in memory only.
    pub(crate) fn tell_not_kept(&self, connector: &Connector, error: &StoreError) {
        tracing::warn!(%error, "new tokens are in memory only");
        let fault = Fault {
            code: latchwork_model::ErrorCode::parse(error.code())
                .unwrap_or(latchwork_model::ErrorCode::StoreUnavailable),
            message: error.to_string(),
            hint: error.hint(),
            step: None,
            field: None,
            retryable: true,
        };
        self.tell_notice(StudioNotice::SessionNotKept {
            connector_name: connector.name.clone(),
            error: fault.into(),
        });
    }
}
