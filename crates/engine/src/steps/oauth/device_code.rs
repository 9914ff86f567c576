//! The device authorization grant (RFC 8628; SAFETY Z22).

use std::time::{Duration, Instant};

use latchwork_model::{ClientRegistration, DeviceCodeFields, OauthFields, Step};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::OauthOutcome;
use super::outputs::{Facts, outcome};
use super::tokens::token_endpoint;
use crate::answer;
use crate::error::{EngineError, HttpFaultKind, shown};
use crate::event::RunEvent;
use crate::host::{DeviceCodeRequest, Unanswered};
use crate::http::ExchangeLog;
use crate::oauth::{DEVICE_GRANT, Endpoint, OauthClient, OauthError, TokenUse, plain_words};
use crate::run::Run;
use crate::session::seconds;

/// The time between two questions where the provider names none (section 3.2).
const INTERVAL: Duration = Duration::from_secs(5);
/// What `slow_down` adds (section 3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// A code is good for so long where the provider does not say.
const GOOD_FOR: i64 = 300;
/// The longest time that a code is waited for.
const LONGEST: i64 = 3_600;

/// What the device authorization endpoint gave.
struct DeviceCode {
    code: Zeroizing<String>,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    expires_in: Duration,
    interval: Duration,
}

/// Runs a device code step.
pub(super) async fn run(
    run: &mut Run<'_>,
    step: &Step,
    fields: &OauthFields,
    own: &DeviceCodeFields,
    log: &mut ExchangeLog,
) -> Result<OauthOutcome, EngineError> {
    let mut client = run.oauth_client(fields, log).await?;
    if fields.client_registration == ClientRegistration::Dynamic {
        run.register_client(&mut client, None, &[DEVICE_GRANT, "refresh_token"], log)
            .await?;
    }
    let scopes = run.oauth_scopes(fields)?;
    let token_url = token_endpoint(run, &client)?;
    let device = ask_for_code(run, &client, own, &scopes, log).await?;
    show(run, step, &device).await?;
    let reply = wait_for_token(run, &client, &device, &token_url, log).await?;
    outcome(
        run,
        step,
        &reply,
        &Facts {
            client: &client,
            authorization_url: None,
            token_url: &token_url,
            redirect_uri: None,
            scopes: &scopes,
            callback: None,
        },
    )
}

async fn ask_for_code(
    run: &mut Run<'_>,
    client: &OauthClient<'_>,
    own: &DeviceCodeFields,
    scopes: &[String],
    log: &mut ExchangeLog,
) -> Result<DeviceCode, EngineError> {
    let discovered = client
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.device_authorization_endpoint.clone());
    let scope = run.scope().clone();
    let url = run.oauth_endpoint(
        client,
        Endpoint {
            field: "device_authorization_url",
            template: own.device_authorization_url.as_ref(),
            discovered: discovered.as_ref(),
        },
        &scope,
    )?;
    let pairs = run.target_parameters(client.fields, scopes)?;
    let reply = run
        .send_to_provider(
            client,
            (&url, "device authorization"),
            pairs,
            TokenUse::Other,
            &scope,
            log,
        )
        .await?;
    let body = answer::body(&reply.headers, &reply.body);
    let text = |name: &str| {
        body.get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    let refuse = |words: String| {
        EngineError::from(OauthError::Token {
            endpoint: shown(&reply.url),
            words,
            status: reply.status,
            error: text("error").map(str::to_owned),
        })
    };
    if reply.status >= 400 || text("error").is_some() {
        let words = [text("error"), text("error_description")]
            .into_iter()
            .flatten()
            .map(plain_words)
            .collect::<Vec<_>>()
            .join(": ");
        return Err(refuse(if words.is_empty() {
            format!("it answered {}", reply.status)
        } else {
            words
        }));
    }
    // Google's first servers called it `verification_url`.
    let verification_uri = text("verification_uri").or_else(|| text("verification_url"));
    let (Some(code), Some(user_code), Some(verification_uri)) =
        (text("device_code"), text("user_code"), verification_uri)
    else {
        return Err(refuse(
            "its answer lacks `device_code`, `user_code` or `verification_uri`".to_owned(),
        ));
    };
    let web = |address: &str| {
        Url::parse(address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .map(|url| url.to_string())
    };
    let Some(verification_uri) = web(verification_uri) else {
        return Err(OauthError::BrowserAddress {
            place: "verification_uri".to_owned(),
            address: plain_words(verification_uri),
        }
        .into());
    };
    let number = |name: &str| body.get(name).and_then(seconds);
    let expires_in = number("expires_in").unwrap_or(GOOD_FOR).clamp(0, LONGEST);
    let interval = number("interval").filter(|interval| *interval > 0);
    run.secrets.add(code);
    Ok(DeviceCode {
        code: Zeroizing::new(code.to_owned()),
        user_code: plain_words(user_code),
        verification_uri,
        verification_uri_complete: text("verification_uri_complete").and_then(web),
        expires_in: Duration::from_secs(expires_in.unsigned_abs()),
        interval: interval.map_or(INTERVAL, |interval| {
            Duration::from_secs(interval.unsigned_abs().min(300))
        }),
    })
}

async fn show(run: &Run<'_>, step: &Step, device: &DeviceCode) -> Result<(), EngineError> {
    let request = DeviceCodeRequest {
        step: step.id.clone(),
        user_code: device.user_code.clone(),
        verification_uri: device.verification_uri.clone(),
        verification_uri_complete: device.verification_uri_complete.clone(),
        expires_in: device.expires_in,
    };
    run.host().tell(RunEvent::DeviceCodeRequested {
        step: request.step.clone(),
        user_code: request.user_code.clone(),
        verification_uri: request.verification_uri.clone(),
        verification_uri_complete: request.verification_uri_complete.clone(),
        expires_in: request.expires_in.as_secs(),
    });
    match run.host().show_device_code(&request).await {
        Ok(()) => Ok(()),
        Err(Unanswered::Declined) => Err(OauthError::Denied {
            words: "you cancelled it".to_owned(),
        }
        .into()),
        Err(_) => Err(OauthError::BrowserNeeded {
            step: step.id.clone(),
        }
        .into()),
    }
}

/// Asks for the token until there is one, or the code runs out.
async fn wait_for_token(
    run: &mut Run<'_>,
    client: &OauthClient<'_>,
    device: &DeviceCode,
    token_url: &Url,
    log: &mut ExchangeLog,
) -> Result<crate::oauth::OauthReply, EngineError> {
    let started = Instant::now();
    let mut waited = Duration::ZERO;
    let mut interval = device.interval;
    loop {
        // Whichever is longer: a clock of a test's own waits in no time.
        if started.elapsed().max(waited) + interval > device.expires_in {
            return Err(OauthError::DeviceExpired {
                seconds: device.expires_in.as_secs(),
            }
            .into());
        }
        run.clock().wait(interval).await;
        waited += interval;
        *log = ExchangeLog::default();
        let scope = run.scope().clone();
        let grant = vec![
            ("grant_type", DEVICE_GRANT.to_owned()),
            ("device_code", device.code.to_string()),
        ];
        let reply = run
            .send_to_provider(
                client,
                (token_url, "token"),
                grant,
                TokenUse::Grant,
                &scope,
                log,
            )
            .await;
        let reply = match reply {
            Ok(reply) => reply,
            // Section 3.5: a connection that timed out is tried again, more slowly.
            Err(EngineError::Http(fault))
                if matches!(
                    fault.kind,
                    HttpFaultKind::Timeout | HttpFaultKind::Connect | HttpFaultKind::Broken
                ) =>
            {
                interval += SLOWER;
                continue;
            }
            Err(error) => return Err(error),
        };
        let body = answer::body(&reply.headers, &reply.body);
        match body.get("error").and_then(Value::as_str) {
            Some("authorization_pending") => {}
            Some("slow_down") => interval += SLOWER,
            Some("expired_token") => {
                return Err(OauthError::DeviceExpired {
                    seconds: device.expires_in.as_secs(),
                }
                .into());
            }
            Some("access_denied") => {
                let words = body
                    .get("error_description")
                    .and_then(Value::as_str)
                    .map_or_else(|| "access_denied".to_owned(), plain_words);
                return Err(OauthError::Denied { words }.into());
            }
            // What else there is, the token answer's reader says.
            _ if matches!(reply.status, 429 | 500..=599) => interval += SLOWER,
            _ => return Ok(reply),
        }
    }
}
