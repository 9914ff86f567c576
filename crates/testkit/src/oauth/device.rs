//! Device codes (RFC 8628): where they are asked for, and the answers to those who wait.

use serde_json::{Map, Value, json};

use super::endpoint::Endpoint;
use super::grants::device_granted;
use super::recorded::OauthRequest;
use super::script::entry;
use super::state::{State, refusal};
use super::token::{merge, redirect};
use crate::server::{Answer, Fault};

/// How the device authorization endpoint answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DeviceAnswer {
    /// As RFC 8628 section 3.2 has it, with an interval of 5 s and 600 s of time.
    #[default]
    Good,
    /// Rightly, with these members added or replaced, or with null taken away.
    With(Value),
    /// Without an interval: it is 5 s then.
    NoInterval,
    /// Without the address that has the code in it.
    NoCompleteAddress,
    /// Refused.
    Refused,
    /// A redirect that keeps the method, to [`Endpoint::Elsewhere`].
    Redirects,
    /// An address for the person that is none of the web's.
    ScriptAddress,
}

/// How the token endpoint answers a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DevicePoll {
    /// The person agreed: the answer is the next of `Script::token`.
    #[default]
    Granted,
    /// `authorization_pending`.
    Pending,
    /// `slow_down`.
    SlowDown,
    /// `expired_token`.
    Expired,
    /// `access_denied`.
    Denied,
    /// Status 503.
    Unavailable,
    /// Never.
    Hangs,
}

pub(super) fn answer(state: &State, request: &OauthRequest) -> Answer {
    if request.parameter("client_id").is_none() && request.header("authorization").is_none() {
        return state.refuse(400, "invalid_request", "nobody asks for a device code");
    }
    let mut issued = state.issued();
    let answer = entry(&state.script.device, issued.device_answers);
    issued.device_answers += 1;
    let number = issued.device_answers;
    let device_code = format!("device-code-{number}");
    issued.device_codes.insert(device_code.clone());
    drop(issued);
    let page = state.url(Endpoint::DevicePage);
    let user_code = format!("WDJB-MJH{number}");
    let changes = match answer {
        DeviceAnswer::Good => Value::Null,
        DeviceAnswer::With(changes) => changes,
        DeviceAnswer::NoInterval => json!({ "interval": null }),
        DeviceAnswer::NoCompleteAddress => json!({ "verification_uri_complete": null }),
        DeviceAnswer::Refused => return refusal(400, "invalid_scope", "No device may do that"),
        DeviceAnswer::Redirects => return redirect(state),
        DeviceAnswer::ScriptAddress => json!({
            "verification_uri": "javascript:alert(1)", "verification_uri_complete": "file:///etc/passwd",
        }),
    };
    let mut members = Map::new();
    let usual = json!({
        "device_code": device_code, "user_code": user_code, "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": 600, "interval": 5,
    });
    merge(&mut members, &usual);
    merge(&mut members, &changes);
    Answer::json(Value::Object(members))
}

pub(super) fn poll(state: &State, request: &OauthRequest) -> Answer {
    let code = request.parameter("device_code").unwrap_or_default();
    let mut issued = state.issued();
    if !issued.device_codes.contains(code) {
        drop(issued);
        let what = format!("the device code {code:?} is unknown");
        return state.refuse(400, "invalid_grant", &what);
    }
    let poll = entry(&state.script.device_polls, issued.device_polls);
    issued.device_polls += 1;
    if poll == DevicePoll::Granted {
        // It works once.
        issued.device_codes.remove(code);
    }
    drop(issued);
    match poll {
        DevicePoll::Granted => device_granted(state, request),
        DevicePoll::Pending => refusal(400, "authorization_pending", "Nobody has said yes yet"),
        DevicePoll::SlowDown => refusal(400, "slow_down", "Not so fast"),
        DevicePoll::Expired => refusal(400, "expired_token", "The code is over"),
        DevicePoll::Denied => refusal(400, "access_denied", "The person said no"),
        DevicePoll::Unavailable => Answer::status(503),
        DevicePoll::Hangs => Answer::fault(Fault::Hang),
    }
}
