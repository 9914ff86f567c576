//! Who signs in: answers forms, goes where the browser is sent, and pastes the address that it ends at.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchwork_engine::{
    BrowserRequest, CallbackRefusal, FormAnswers, FormRequest, Host, RunEvent, SsoAbsent,
    SsoSession, Unanswered,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;
use zeroize::Zeroizing;

use super::file::Imitation;

/// The person, and all that happened to them.
pub struct Person<'a> {
    imitation: &'a Imitation,
    forms: Mutex<Vec<Value>>,
    visits: Mutex<Vec<Url>>,
    /// What is still to be pasted: an address is good once.
    paste: Mutex<Option<String>>,
}

impl<'a> Person<'a> {
    pub fn of(imitation: &'a Imitation) -> Self {
        Self {
            imitation,
            forms: Mutex::default(),
            visits: Mutex::default(),
            paste: Mutex::default(),
        }
    }

    /// The forms that were asked.
    pub fn forms(&self) -> Value {
        Value::Array(lock(&self.forms).clone())
    }

    /// Where the browser went: the address without its query, and the parameters.
    pub fn visit(&self) -> Option<(String, Map<String, Value>)> {
        let visits = lock(&self.visits);
        let visit = visits.last()?;
        let address = visit.as_str().split('?').next().unwrap_or_default();
        let parameters = visit
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())));
        Some((address.to_owned(), parameters.collect()))
    }
}

/// Whether a verifier fits a challenge (RFC 7636 section 4.6).
pub fn fits(verifier: &str, challenge: &str) -> bool {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge
}

#[async_trait]
impl Host for Person<'_> {
    fn tell(&self, _event: RunEvent) {}

    async fn answer_form(&self, form: &FormRequest) -> Result<FormAnswers, Unanswered> {
        lock(&self.forms).push(json!({ "step": form.step, "fields": form.fields }));
        let answers: &BTreeMap<String, Value> = &self.imitation.answers;
        match answers.get(&form.step) {
            Some(Value::Object(members)) if form.refused.is_none() => Ok(members.clone()),
            _ => Err(Unanswered::Nobody),
        }
    }

    async fn open_browser(&self, request: &BrowserRequest) -> Result<(), Unanswered> {
        lock(&self.visits).push(request.url.clone());
        let browser = self.imitation.browser.as_ref().ok_or(Unanswered::Nobody)?;
        let mut address = Url::parse(&request.redirect_uri).map_err(|_| Unanswered::Nobody)?;
        let state = request.url.query_pairs().find(|(name, _)| name == "state");
        let state = state.map(|(_, state)| state.into_owned());
        for (name, value) in &browser.callback {
            address
                .query_pairs_mut()
                .append_pair(name, value.as_str().unwrap_or_default());
        }
        address
            .query_pairs_mut()
            .append_pair("state", &state.unwrap_or_default());
        *lock(&self.paste) = Some(address.into());
        Ok(())
    }

    async fn pasted_callback(
        &self,
        _request: &BrowserRequest,
        refused: Option<&CallbackRefusal>,
    ) -> Result<String, Unanswered> {
        if refused.is_some() {
            return Err(Unanswered::Refused);
        }
        let paste = lock(&self.paste).take();
        match paste {
            Some(address) => Ok(address),
            None => std::future::pending().await,
        }
    }

    async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        let id_token = self.imitation.sso.as_ref().ok_or(SsoAbsent::NotSignedIn)?;
        Ok(SsoSession {
            access_token: Zeroizing::new("sso-access-token".to_owned()),
            id_token: Some(Zeroizing::new(id_token.clone())),
            token_type: "Bearer".to_owned(),
            expires_at: None,
            claims: Map::new(),
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
