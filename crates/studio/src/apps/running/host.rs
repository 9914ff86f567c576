//! The host of an app's calls. Nobody is asked by a call itself: who has to sign in is asked in one place (`gate`).

use std::sync::Arc;

use async_trait::async_trait;
use latchwork_engine::{
    FormAnswers, FormRequest, Host, RunEvent, SsoAbsent, SsoSession, Unanswered,
};

use crate::studio::Studio;

pub(super) struct AppHost(pub Arc<Studio>);

#[async_trait]
impl Host for AppHost {
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
