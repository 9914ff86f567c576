//! The host of calls that ask nobody: an app's, whose person is asked to sign in in one place (the gate), and those for a
//! schema. The single sign-on session that there is, they have.

use std::sync::Arc;

use async_trait::async_trait;
use latchwork_engine::{
    FormAnswers, FormRequest, Host, RunEvent, SsoAbsent, SsoSession, Unanswered,
};

use crate::studio::Studio;

/// Nobody is asked anything, and nobody hears what happens.
pub(crate) struct Unattended(pub Arc<Studio>);

#[async_trait]
impl Host for Unattended {
    fn tell(&self, _event: RunEvent) {}

    async fn answer_form(&self, _form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        Err(Unanswered::Nobody)
    }

    async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        // A call that is cancelled meanwhile does not cancel a renewal: what the provider gave then is kept (F12).
        let studio = Arc::clone(&self.0);
        let session = tokio::spawn(async move { studio.sso_session().await }).await;
        session.unwrap_or_else(|error| Err(SsoAbsent::NotRenewed(error.to_string())))
    }
}
