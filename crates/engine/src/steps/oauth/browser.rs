//! The wait for the browser: opened by the host, matched in the one table, ended by time.

use std::pin::pin;
use std::time::Duration;

use latchwork_model::{RedirectKind, Step};
use ring::digest::{SHA256, digest};
use url::Url;

use crate::error::EngineError;
use crate::event::RunEvent;
use crate::host::{BrowserRequest, Unanswered};
use crate::oauth::{
    Callback, CallbackRefusal, Delivery, Expected, OauthError, ReceivedBy, RedirectWay, plain_words,
};
use crate::run::Run;

/// How long the browser may take where nothing else is set.
const BROWSER_TIME: Duration = Duration::from_mins(5);

/// What the browser is sent to, and what its callback must fit.
pub(super) struct Visit<'a> {
    pub step: &'a Step,
    pub url: Url,
    pub state: String,
    pub way: &'a RedirectWay,
    pub expected: Expected,
}

/// Sends a person to the provider and waits for the callback.
pub(super) async fn visit(run: &Run<'_>, visit: Visit<'_>) -> Result<Callback, EngineError> {
    let limit = run.browser_timeout().unwrap_or(BROWSER_TIME);
    let expires_at = run
        .clock()
        .unix_seconds()
        .saturating_add(i64::try_from(limit.as_secs().max(1)).unwrap_or(i64::MAX));
    let request = BrowserRequest {
        step: visit.step.id.clone(),
        url: visit.url.clone(),
        redirect_uri: visit.way.redirect_uri.clone(),
        returns_by: visit.way.kind,
        state_digest: crate::template::hex(digest(&SHA256, visit.state.as_bytes()).as_ref()),
        expires_at,
    };
    let mut waiting =
        run.engine
            .authorizations()
            .wait(visit.state, visit.expected, expires_at.saturating_add(1));
    let host = run.host();
    host.tell(RunEvent::BrowserRequested {
        step: visit.step.id.clone(),
        url: visit.url.to_string(),
        redirect_uri: request.redirect_uri.clone(),
        expires_in: limit.as_secs(),
    });
    let mut last_refusal = None;
    let result = {
        let wait = async {
            host.open_browser(&request)
                .await
                .map_err(|why| unanswered(visit.step, &why))?;
            let mut refused: Option<CallbackRefusal> = None;
            let mut may_paste = true;
            loop {
                let asked_with = refused.clone();
                let mut paste = pin!(host.pasted_callback(&request, asked_with.as_ref()));
                let pasted = loop {
                    tokio::select! {
                        delivery = waiting.next() => match delivery {
                            Some(Delivery::Callback(callback)) => return Ok(callback),
                            Some(Delivery::Refused(refusal)) => {
                                host.tell(RunEvent::CallbackRefused {
                                    step: visit.step.id.clone(),
                                    error: EngineError::from(OauthError::Refused(refusal.clone()))
                                        .fault(Some(&visit.step.id)),
                                });
                                last_refusal = Some(refusal);
                            }
                            None => return Err(timed_out(limit, None)),
                        },
                        pasted = &mut paste, if may_paste => break pasted,
                    }
                };
                match pasted {
                    Ok(address) => {
                        let delivered = run
                            .engine
                            .authorizations()
                            .deliver(&address, ReceivedBy::Paste);
                        refused = delivered.err();
                    }
                    // Nobody pastes: the listener goes on.
                    Err(_) if request.returns_by == RedirectKind::Loopback => may_paste = false,
                    Err(Unanswered::Nobody) => {
                        return Err(OauthError::PasteNeeded {
                            step: visit.step.id.clone(),
                            refused,
                        }
                        .into());
                    }
                    Err(Unanswered::Refused) => {
                        let refusal = refused.unwrap_or(CallbackRefusal::NotACallback);
                        return Err(OauthError::Refused(refusal).into());
                    }
                    Err(why) => return Err(unanswered(visit.step, &why)),
                }
            }
        };
        tokio::time::timeout(limit, wait).await
    };
    host.browser_left(&request).await;
    match result {
        Ok(result) => result,
        Err(_) => Err(timed_out(limit, last_refusal)),
    }
}

fn timed_out(limit: Duration, last_refusal: Option<CallbackRefusal>) -> EngineError {
    OauthError::CallbackTimeout {
        seconds: limit
            .as_millis()
            .div_ceil(1_000)
            .try_into()
            .unwrap_or(u64::MAX),
        last_refusal,
    }
    .into()
}

fn unanswered(step: &Step, why: &Unanswered) -> EngineError {
    match why {
        Unanswered::Declined => OauthError::Denied {
            words: "you cancelled it".to_owned(),
        }
        .into(),
        _ => OauthError::BrowserNeeded {
            step: step.id.clone(),
        }
        .into(),
    }
}

/// The error that a provider sent back with the browser, in its own words.
pub(super) fn callback_error(error: &str, description: Option<&str>) -> EngineError {
    let name = plain_words(error);
    let words = match description
        .map(plain_words)
        .filter(|words| !words.is_empty())
    {
        Some(description) => format!("{name}: {description}"),
        None => name.clone(),
    };
    match name.as_str() {
        "access_denied" => OauthError::Denied { words },
        _ => OauthError::Authorization { words },
    }
    .into()
}
