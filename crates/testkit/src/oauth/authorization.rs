//! The authorization endpoint, and the ways in which the browser comes back from it.

use url::form_urlencoded::Serializer;

use super::grants::Authorization;
use super::proof::Challenge;
use super::recorded::OauthRequest;
use super::script::entry;
use super::state::State;
use crate::server::{Answer, HeaderValues};

/// How the browser is sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CallbackAnswer {
    /// With a code, the state, and the issuer (RFC 9207).
    #[default]
    Good,
    /// With another state.
    WrongState,
    /// Without a state.
    MissingState,
    /// With the state twice.
    DoubledState,
    /// Without a code.
    MissingCode,
    /// With two codes.
    DoubledCode,
    /// With another issuer.
    WrongIssuer,
    /// Without the issuer that the discovery document promises.
    MissingIssuer,
    /// With the issuer twice.
    DoubledIssuer,
    /// Declined.
    Denied,
    /// Declined, with [`hostile_description`].
    DeniedHostile,
    /// With this error and description.
    Error(String, String),
    /// With an error, twice.
    DoubledError,
    /// Rightly, and with parameters of its own: `realmId`, `accounts-server`.
    Extra(Vec<(String, String)>),
    /// Not at all: a page with this status.
    Page(u16),
}

/// More than 5 KB that try to be more than text: control characters, reversed writing, a link, an attribute's end.
pub fn hostile_description() -> String {
    format!(
        "You\u{7} said\u{1b}[31m no\r\n\u{202e}txet\u{202c}\u{200f} \"><a href=\"https://evil.example/\">click</a> \
         <script>alert(1)</script> https://evil.example/?a=b {}",
        "x".repeat(5_000)
    )
}

pub(super) fn answer(state: &State, request: &OauthRequest) -> Answer {
    let Some(redirect_uri) = request.parameter("redirect_uri").map(str::to_owned) else {
        return state.refuse(400, "invalid_request", "no redirect_uri");
    };
    let client_id = request.parameter("client_id").unwrap_or_default();
    let sent_state = request.parameter("state").map(str::to_owned);
    let challenge = match Challenge::read(request, state.script.pkce) {
        Ok(challenge) => challenge,
        Err(why) => {
            state.note(&why);
            let error = CallbackAnswer::Error("invalid_request".to_owned(), why);
            return redirect(state, &redirect_uri, sent_state.as_deref(), &error, "");
        }
    };
    if request.parameter("response_type") != Some("code") {
        state.note("the response_type is not code");
    }
    if !state.knows_client(client_id) {
        state.note(&format!("the client_id {client_id:?} is unknown"));
    }
    // 128 bits are 22 characters of base64.
    if sent_state.as_ref().is_none_or(|sent| sent.len() < 22) {
        state.note(&format!("the state {sent_state:?} is too short"));
    }
    let mut issued = state.issued();
    let callback = entry(&state.script.callback, issued.callbacks);
    issued.callbacks += 1;
    let code = issued.add_code(Authorization {
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.clone(),
        challenge,
        nonce: request.parameter("nonce").map(str::to_owned),
        scope: request.parameter("scope").map(str::to_owned),
    });
    drop(issued);
    if let CallbackAnswer::Page(status) = callback {
        return html(status, "There is a problem with this app.");
    }
    redirect(
        state,
        &redirect_uri,
        sent_state.as_deref(),
        &callback,
        &code,
    )
}

fn redirect(
    state: &State,
    redirect_uri: &str,
    sent_state: Option<&str>,
    callback: &CallbackAnswer,
    code: &str,
) -> Answer {
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    let query: String = Serializer::new(String::new())
        .extend_pairs(parameters(state, sent_state, callback, code))
        .finish();
    see_other(&format!("{redirect_uri}{joint}{query}"))
}

fn parameters(
    state: &State,
    sent_state: Option<&str>,
    callback: &CallbackAnswer,
    code: &str,
) -> Vec<(String, String)> {
    use CallbackAnswer as Is;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let code_name = state.script.code_param.as_deref().unwrap_or("code");
    let denied = |description: &str| {
        vec![
            pair("error", "access_denied"),
            pair("error_description", description),
        ]
    };
    let mut parameters = match callback {
        Is::Denied => denied("The person said no"),
        Is::DeniedHostile => denied(&hostile_description()),
        Is::Error(error, description) => {
            vec![pair("error", error), pair("error_description", description)]
        }
        Is::DoubledError => vec![
            pair("error", "access_denied"),
            pair("error", "server_error"),
        ],
        Is::MissingCode => Vec::new(),
        Is::DoubledCode => vec![pair(code_name, code), pair(code_name, "another-code")],
        _ => vec![pair(code_name, code)],
    };
    let sent_state = sent_state.map(|sent| pair("state", sent));
    match callback {
        Is::MissingState => {}
        Is::WrongState => parameters.push(pair("state", "a-state-that-nobody-ever-sent")),
        Is::DoubledState => {
            parameters.extend(sent_state);
            parameters.push(pair("state", "a-state-that-nobody-ever-sent"));
        }
        _ => parameters.extend(sent_state),
    }
    match callback {
        Is::MissingIssuer => {}
        Is::WrongIssuer => parameters.push(pair("iss", "https://other.example")),
        Is::DoubledIssuer => parameters.extend([
            pair("iss", &state.issuer),
            pair("iss", "https://other.example"),
        ]),
        _ => parameters.push(pair("iss", &state.issuer)),
    }
    if let Is::Extra(more) = callback {
        parameters.extend(more.iter().cloned());
    }
    parameters
}

pub(super) fn see_other(location: &str) -> Answer {
    let mut answer = Answer::status(302);
    answer.headers.insert(
        "location".to_owned(),
        HeaderValues::One(location.to_owned()),
    );
    answer
}

pub(super) fn html(status: u16, text: &str) -> Answer {
    let page =
        format!("<!doctype html><html><head><title>{text}</title></head><body>{text}</body>");
    let mut answer = Answer::status(status);
    answer.headers.insert(
        "content-type".to_owned(),
        HeaderValues::One("text/html".to_owned()),
    );
    answer.body = Some(page.into());
    answer
}
