//! A window as the engine's host: events go to it masked, forms and the browser wait for it.
//!
//! The address that the browser goes to holds the state. It goes to the browser and to the clipboard, and never to
//! the window.

use std::sync::Arc;

use async_trait::async_trait;
use latchwork_engine::{
    BrowserRequest, DeviceCodeRequest, Fault, FormAnswers, FormRequest, Host, RunEvent, SsoAbsent,
    SsoSession, Unanswered,
};
use latchwork_model::ErrorCode;
use serde_json::{Map, Value};
use tokio::sync::oneshot;

use super::live::{LiveRun, PendingForm};
use super::lock;
use crate::deep_link::DEEP_LINK_ADDRESS;
use crate::studio::{Studio, note};
use crate::wire::{FormField, RunUpdate};

/// One run's window.
pub(crate) struct WindowHost {
    studio: Arc<Studio>,
    run: Arc<LiveRun>,
}

impl WindowHost {
    pub(crate) fn new(studio: Arc<Studio>, run: Arc<LiveRun>) -> Self {
        Self { studio, run }
    }
}

#[async_trait]
impl Host for WindowHost {
    fn tell(&self, event: RunEvent) {
        if let Some(update) = RunUpdate::of(event) {
            self.run.tell(update);
        }
    }

    fn keep_outputs(&self, step: &str, outputs: &Map<String, Value>) {
        lock(&self.run.outputs).insert(step.to_owned(), outputs.clone());
    }

    async fn answer_form(&self, form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        let kept = self.run.remembered.get(&form.step);
        let fields = form
            .fields
            .iter()
            .map(|field| {
                FormField::of(
                    field,
                    kept.and_then(|kept| kept.get(&field.key))
                        .filter(|_| !field.one_time),
                )
            })
            .collect();
        let (reply, answer) = oneshot::channel();
        *lock(&self.run.form) = Some(PendingForm {
            request: form.clone(),
            reply,
        });
        self.run.tell(RunUpdate::FormRequested {
            step: form.step.clone(),
            title: form.title.clone(),
            fields,
            error: form.refused.as_ref().map(|refused| refused.message.clone()),
        });
        answer.await.unwrap_or(Err(Unanswered::Declined))
    }

    /// Opens the browser. A browser that does not open ends nothing: the person can copy the address.
    async fn open_browser(&self, request: &BrowserRequest) -> Result<(), Unanswered> {
        if !self.studio.runs().enter_browser(&self.run, request) {
            self.run.stop(waits_already(&request.step));
            // Whoever stopped it drops this.
            return std::future::pending().await;
        }
        self.studio
            .note_sign_in(&self.run.connector_id, request)
            .await;
        self.run.tell(RunUpdate::BrowserRequested {
            step: request.step.clone(),
            provider: request.url.host_str().unwrap_or_default().to_owned(),
            redirect_uri: request.redirect_uri.clone(),
            returns_by: request.returns_by.into(),
            expires_at: request.expires_at,
        });
        // The wait begins at once, however long the browser takes.
        let (studio, address) = (Arc::clone(&self.studio), request.url.clone());
        tokio::spawn(async move { note(studio.open_in_browser(&address).await) });
        Ok(())
    }

    async fn browser_left(&self, request: &BrowserRequest) {
        lock(&self.run.browser).take();
        self.studio.forget_sign_in(&request.state_digest).await;
    }

    async fn show_device_code(&self, request: &DeviceCodeRequest) -> Result<(), Unanswered> {
        let lifetime = i64::try_from(request.expires_in.as_secs()).unwrap_or(i64::MAX);
        self.run.tell(RunUpdate::DeviceCodeRequested {
            step: request.step.clone(),
            user_code: request.user_code.clone(),
            verification_uri: request.verification_uri.clone(),
            verification_uri_complete: request.verification_uri_complete.clone(),
            expires_at: self.studio.engine().now().saturating_add(lifetime),
        });
        Ok(())
    }

    fn deep_link_address(&self) -> String {
        DEEP_LINK_ADDRESS.to_owned()
    }

    async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        // A run that is cancelled meanwhile does not cancel a renewal: what the provider gave then is kept (F12).
        let studio = Arc::clone(&self.studio);
        let session = tokio::spawn(async move { studio.sso_session().await }).await;
        session.unwrap_or_else(|error| Err(SsoAbsent::NotRenewed(error.to_string())))
    }
}

/// Why a second sign-in at the same step does not begin (SAFETY F21).
fn waits_already(step: &str) -> Fault {
    Fault {
        code: ErrorCode::OauthAlreadyWaiting,
        message: "This sign-in is waiting in the browser already.".to_owned(),
        hint: Some(ErrorCode::OauthAlreadyWaiting.remedy().to_owned()),
        step: Some(step.to_owned()),
        field: None,
        retryable: true,
    }
}
