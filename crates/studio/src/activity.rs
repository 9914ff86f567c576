//! The session activity of a connector: its last renewals, masked, for a person to read.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use latchwork_model::Connector;
use latchwork_store::StoreError;
use tokio::time::MissedTickBehavior;

use crate::error::StudioError;
use crate::studio::{Studio, note};
use crate::wire::{ActivityError, ActivityView, AppError, RefreshEnd, StudioNotice};

/// How many such looks are between two tries to write what the disk would not take.
const RETRIED_EVERY: u32 = 10;
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

    /// As long as the studio lives: tells every window when who is signed in changes, here or in another process on the
    /// same data folder, and tries again now and then to write what the disk would not take.
    pub fn watch_sessions(self: &Arc<Self>) {
        let studio = Arc::downgrade(self);
        tokio::spawn(async move {
            let mut seen = None;
            let mut ticks = tokio::time::interval(WATCHED_EVERY);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            // What is noted beside a change (who it is, what was done) may come a moment after it.
            let mut tell_once_more = false;
            for look in 1_u32.. {
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
                    studio.tell_apps_of_sessions().await;
                }
                if look % RETRIED_EVERY == 0 {
                    studio.store_held().await;
                }
            }
        });
    }

    /// Says that new tokens are in memory only.
    pub(crate) fn tell_not_kept(&self, connector: &Connector, error: StoreError) {
        tracing::warn!(%error, "new tokens are in memory only");
        let error: AppError = StudioError::from(error).into();
        self.tell_apps_of_not_kept(connector, &error);
        self.tell_notice(StudioNotice::SessionNotKept {
            connector_name: connector.name.clone(),
            error,
        });
        // The disk tells nobody of it.
        self.tell_watchers(&StudioNotice::SessionsChanged);
    }

    /// Tries again to write what the disk would not take (F35). The vault is not opened for it.
    pub async fn store_held(&self) {
        let Some(vault) = self.opened_vault().await else {
            return;
        };
        let outputs = self.store().outputs();
        if !outputs.held(&vault).is_empty() {
            note(outputs.retry_held(&vault).await.map_err(Into::into));
        }
    }
}
