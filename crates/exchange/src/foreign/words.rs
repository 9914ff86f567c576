//! Words for people: how a connector signs in, counts, lists.

use latchwork_model::{Auth, Oauth2Grant, ParameterLocation, Signing};

use super::{FoundSecret, Understood, UnderstoodKind};

/// How a connector signs in.
pub(crate) fn auth_words(auth: &Auth) -> String {
    let method = match auth {
        Auth::None => return "No auth: requests are sent as they are".to_owned(),
        Auth::ApiKey(key) => {
            let place = match key.location {
                ParameterLocation::Query => "query parameter",
                ParameterLocation::Header => "header",
                ParameterLocation::Body => "body member",
            };
            format!("API key in the {place} `{}`", key.name)
        }
        Auth::Bearer(_) => "Bearer token".to_owned(),
        Auth::Basic(_) => "Basic auth".to_owned(),
        Auth::Oauth2(grant) => {
            let grant = match grant {
                Oauth2Grant::AuthorizationCode(_) => "authorization code",
                Oauth2Grant::Pkce(_) => "authorization code with PKCE",
                Oauth2Grant::ClientCredentials(_) => "client credentials",
                Oauth2Grant::DeviceCode(_) => "device code",
                Oauth2Grant::JwtBearer(_) => "JWT bearer",
            };
            format!("OAuth 2.0, {grant},")
        }
        Auth::AwsSigv4(aws) => format!("AWS Signature Version 4 for `{}`", aws.service),
        Auth::Multistep(multistep) => match (&multistep.signing, multistep.steps.len()) {
            (Some(Signing::Oauth1(_)), 0) => "OAuth 1.0a signing".to_owned(),
            (Some(Signing::AwsSigv4(_)), 0) => "AWS signing".to_owned(),
            (None, 0) => return "An auth flow without steps yet".to_owned(),
            (_, steps) => format!("An auth flow of {}", count(steps, "step")),
        },
    };
    format!("{method} as the auth method")
}

/// The secrets that were found; nothing where there are none.
pub(crate) fn secret_words(secrets: &[FoundSecret]) -> Option<Understood> {
    if secrets.is_empty() {
        return None;
    }
    let names = list(secrets.iter().map(|secret| secret.name.as_str()));
    let message = format!(
        "{}, for the vault and not for the file: {names}",
        count(secrets.len(), "secret")
    );
    Some(Understood::new(UnderstoodKind::Secrets, message))
}

/// `1 endpoint`, `2 endpoints`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{end}")
}

/// Names in backticks, the first few of many.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 8;
    let mut names = names.into_iter().map(|name| format!("`{}`", cut(name)));
    let mut words: Vec<String> = names.by_ref().take(MOST).collect();
    let more = names.count();
    if more > 0 {
        words.push(format!("and {more} more"));
    }
    words.join(", ")
}

fn cut(name: &str) -> String {
    const LONGEST: usize = 60;
    let name: String = name.replace(char::is_control, " ");
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}
