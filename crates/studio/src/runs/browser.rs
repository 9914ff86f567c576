//! A run that waits for the browser: opened again, its address copied, or the way back pasted.

use latchwork_engine::{BrowserRequest, CallbackRefusal, ReceivedBy};
use url::Url;

use super::lock;
use crate::deep_link::state_digests;
use crate::error::StudioError;
use crate::studio::Studio;

impl Studio {
    /// Opens the address that a run waits for in the browser, once more.
    pub async fn run_browser_open(&self, run: &str, step: &str) -> Result<(), StudioError> {
        let request = self.browser_request(run, step)?;
        self.open_in_browser(&request.url).await
    }

    /// The address that a run waits for, for the clipboard. It holds the state: it never crosses to a window.
    pub fn run_browser_address(&self, run: &str, step: &str) -> Result<String, StudioError> {
        Ok(self.browser_request(run, step)?.url.to_string())
    }

    /// Takes the address that the browser ended at, where a person pastes it. One that is refused is an error, and
    /// the run waits on.
    pub fn run_callback_paste(
        &self,
        run: &str,
        step: &str,
        address: &str,
    ) -> Result<(), StudioError> {
        let request = self.browser_request(run, step)?;
        let refuse = |refusal| Err(StudioError::CallbackRefused(refusal));
        let Ok(url) = Url::parse(address.trim()) else {
            return refuse(CallbackRefusal::NotACallback);
        };
        // An answer to another sign-in is not taken here, though that one may be waiting too.
        if !state_digests(&url).any(|digest| digest == request.state_digest) {
            let has_state = url.query_pairs().any(|(name, _)| name == "state");
            return refuse(if has_state {
                CallbackRefusal::UnknownState
            } else {
                CallbackRefusal::NoState {
                    name: "state".to_owned(),
                }
            });
        }
        self.engine()
            .authorizations()
            .deliver(address, ReceivedBy::Paste)
            .map_err(StudioError::CallbackRefused)
    }

    fn browser_request(&self, run: &str, step: &str) -> Result<BrowserRequest, StudioError> {
        let live = self.runs().get(run)?;
        let request = lock(&live.browser).clone();
        request
            .filter(|request| request.step == step)
            .ok_or(StudioError::RunUnknown)
    }
}
