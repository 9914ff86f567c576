//! What a run sends: its steps' requests, and its calls with the connector's request parameters.

use std::time::Duration;

use latchwork_model::{Auth, Request, Template, template_syntax};
use serde_json::Value;
use url::Url;

use super::Run;
use crate::error::{EngineError, HttpFaultKind};
use crate::http::{Answer, CookieJar, ExchangeLog, exchange};
use crate::request::{Draft, add_parameters};
use crate::signing::Signer;
use crate::template::{Moment, Scope};

impl Run<'_> {
    /// Sends a step's request: no request parameters, no signature.
    pub(crate) async fn exchange_step(
        &mut self,
        request: &Request,
        log: &mut ExchangeLog,
    ) -> Result<Answer, EngineError> {
        self.approve_trusted(&request.url);
        let moment = self.engine.moment();
        let draft = Draft::render(request, "request", &self.renderer(&self.scope, &moment)).await?;
        self.exchange_draft(draft, log).await
    }

    /// Sends a request that is rendered already, with the steps' cookies.
    pub(crate) async fn exchange_draft(
        &mut self,
        draft: Draft,
        log: &mut ExchangeLog,
    ) -> Result<Answer, EngineError> {
        let outgoing = draft.finish(self.timeout);
        let answer = exchange(&self.client, &self.origins, outgoing, &mut self.jar, log).await;
        if let Ok(answer) = &answer {
            self.retry_after = retry_after(&answer.headers, self.clock().unix_seconds());
        }
        self.blaming_proxy(answer)
    }

    /// Sends a request with the connector's request parameters and its signature: the test request, or a call.
    pub(crate) async fn exchange_call(
        &mut self,
        request: &Request,
        place: &str,
        scope: Scope,
        log: &mut ExchangeLog,
    ) -> Result<Answer, EngineError> {
        self.approve_trusted(&request.url);
        let moment = self.engine.moment();
        let plan = self.plan.clone();
        let renderer = self.renderer(&scope, &moment);
        let mut draft = Draft::render(request, place, &renderer).await?;
        for value in add_parameters(&mut draft, &plan.request_parameters, &renderer)? {
            match &value {
                Value::String(text) => self.secrets.learn_credential(text),
                other => self.secrets.add_all(other),
            }
        }
        let mut outgoing = draft.finish(self.timeout);
        outgoing.signer = self.signer(&scope, &moment)?;
        let answer = if plan.send_cookies {
            exchange(&self.client, &self.origins, outgoing, &mut self.jar, log).await
        } else {
            exchange(
                &self.client,
                &self.origins,
                outgoing,
                &mut CookieJar::default(),
                log,
            )
            .await
        };
        self.blaming_proxy(answer)
    }

    /// What signs the connector's calls, where they are signed. Its secrets are known from here on.
    fn signer(&mut self, scope: &Scope, moment: &Moment) -> Result<Option<Signer>, EngineError> {
        let plan = self.plan.clone();
        let Some(signing) = &plan.signing else {
            return Ok(None);
        };
        let place = match &self.connector.auth {
            Auth::Multistep(_) => "auth.signing",
            _ => "auth",
        };
        let renderer = self.renderer(scope, moment);
        let signer = self.engine.signer(signing, place, &renderer)?;
        for secret in signer.secrets() {
            self.secrets.add(secret);
        }
        Ok(Some(signer))
    }

    /// With a proxy it is the proxy that no connection could be made to.
    fn blaming_proxy(
        &self,
        mut answer: Result<Answer, EngineError>,
    ) -> Result<Answer, EngineError> {
        if let Err(EngineError::Http(fault)) = &mut answer
            && matches!(fault.kind, HttpFaultKind::Connect | HttpFaultKind::Dns)
            && self
                .connector
                .network
                .as_ref()
                .is_some_and(|network| network.proxy.is_some())
        {
            fault.kind = HttpFaultKind::Proxy;
        }
        answer
    }

    /// Approves the origin of an address that only the file, its variables and approved form fields decide.
    pub(crate) fn approve_trusted(&mut self, url: &Template) {
        for template in [url.as_str(), self.connector.base_url.as_str()] {
            if template_syntax::is_literal(template) {
                continue;
            }
            let Some(part) = latchwork_model::origin_part(template) else {
                continue;
            };
            let moment = self.engine.moment();
            if let Ok(origin) = self
                .engine
                .templates
                .render_url(part, &self.trusted, &moment)
                && let Ok(origin) = Url::parse(&origin.to_string())
            {
                self.origins.approve_address(&origin);
            }
        }
    }
}

/// What `Retry-After` asks for: seconds or a date (RFC 9110 section 10.2.3).
fn retry_after(headers: &http::HeaderMap, now: i64) -> Option<Duration> {
    let value = headers
        .get(http::header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let at = date.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    let at = i64::try_from(at).ok()?;
    Some(Duration::from_secs(
        u64::try_from(at.saturating_sub(now)).unwrap_or(0),
    ))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::*;

    #[test]
    fn f8_retry_after_is_seconds_or_a_date() {
        let of = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(value));
            retry_after(&headers, 1_445_412_450).map(|wait| wait.as_secs())
        };
        assert_eq!(of("7"), Some(7));
        assert_eq!(of("Wed, 21 Oct 2015 07:28:00 GMT"), Some(30));
        assert_eq!(of("Wed, 21 Oct 2015 07:00:00 GMT"), Some(0));
        assert_eq!(of("soon"), None);
    }
}
