//! Who is signed in, for the settings screen.

use super::client::text;
use super::person;
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{SsoState, SsoStatus};

impl Studio {
    /// Who is signed in with single sign-on. The provider is not asked.
    pub async fn sso_status(&self) -> Result<SsoStatus, StudioError> {
        let Some(record) = self.sso_record().await? else {
            return Ok(SsoStatus::default());
        };
        let known = SsoStatus {
            issuer: Some(record.client.issuer.clone()),
            client_id: Some(record.client.client_id.clone()),
            ..SsoStatus::default()
        };
        if let Err(error) = self.vault().await {
            return Ok(SsoStatus {
                message: Some(format!("The session cannot be read: {error}.")),
                ..known
            });
        }
        let Some(outputs) = self.sso_outputs(&record.client).await? else {
            return Ok(known);
        };
        let who = person::known(&outputs);
        Ok(SsoStatus {
            state: if record.needs_you.is_some() {
                SsoState::NeedsYou
            } else {
                SsoState::SignedIn
            },
            name: text(&who, "name").or_else(|| text(&who, "preferred_username")),
            email: text(&who, "email"),
            subject: text(&who, "sub"),
            expires_at: outputs.expires_at,
            message: record
                .needs_you
                .map(|words| format!("The session is over, and only you can renew it: {words}")),
            ..known
        })
    }
}
