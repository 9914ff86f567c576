//! Which names say that what they name is a secret: of members, headers and parameters (CONTRACT section 3, *Secret*).

use percent_encoding::percent_decode_str;

/// Whether a header holds a credential.
pub(crate) fn is_secret_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(
        name.as_str(),
        "authorization" | "proxy-authorization" | "cookie" | "set-cookie"
    ) || is_secret_name(&name)
}

/// Whether a member is named like a secret: one of its words is `token`, `secret`, `password`, `key`, `session`,
/// `cookie` and their kin, and no word says that it is a fact about one (`token_type`, `expires_in`).
pub fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let secret = words
        .iter()
        .any(|word| SECRET_WORDS.contains(&word.strip_suffix('s').unwrap_or(word)));
    let joined = words.concat();
    let compound = SECRET_ENDINGS.iter().any(|ending| joined.ends_with(ending));
    (secret || compound) && !ends_in_fact(&words)
}

/// Whether a member says something about a secret without being one: `expires_in`, `type`. It stays to be seen
/// inside an object that is hidden.
pub(crate) fn is_fact_name(name: &str) -> bool {
    ends_in_fact(&words(name))
}

fn ends_in_fact(words: &[String]) -> bool {
    words
        .last()
        .is_some_and(|last| FACT_WORDS.contains(&last.as_str()))
}

const SECRET_WORDS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "key",
    "apikey",
    "session",
    "sessionid",
    "sid",
    "jsessionid",
    "phpsessid",
    "cookie",
    "authorization",
    "bearer",
    "jwt",
    "credential",
    "otp",
    "assertion",
    "csrf",
    "xsrf",
];

/// For names without a boundary between their words.
const SECRET_ENDINGS: &[&str] = &[
    "token",
    "secret",
    "password",
    "apikey",
    "sessionid",
    "sessionkey",
    "accesskey",
    "devicecode",
    "authorizationcode",
    "authcode",
];

/// Last words that make the member a fact about a secret, not a secret.
const FACT_WORDS: &[&str] = &[
    "type",
    "in",
    "at",
    "expiry",
    "expiration",
    "expires",
    "count",
    "url",
    "uri",
    "endpoint",
    "name",
    "length",
    "method",
    "status",
    "scope",
];

/// The words of `accessToken`, `access_token`, `X-Access-Token`, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous_lower = false;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            words.push(String::new());
            previous_lower = false;
            continue;
        }
        if character.is_uppercase() && previous_lower {
            words.push(String::new());
        }
        previous_lower = character.is_lowercase() || character.is_numeric();
        if let Some(last) = words.last_mut() {
            last.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a parameter of an address or a form is named like a secret: there a `code` is one as well (RFC 6749
/// section 4.1.2), while in JSON it mostly says what went wrong.
pub(crate) fn is_secret_parameter(name: &str) -> bool {
    name == "code" || is_secret_name(&percent_decode_str(name).decode_utf8_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_like_token_secret_password_key_and_session_are_secret() {
        for name in [
            "token",
            "access_token",
            "accessToken",
            "refreshToken",
            "X-Auth-Token",
            "client_secret",
            "password",
            "api_key",
            "apiKey",
            "apikey",
            "key",
            "session",
            "sessionId",
            "session_id",
            "JSESSIONID",
            "tokens",
            "csrf-token",
            "csrftoken",
            "Authorization",
            "id_token",
            "secretKey",
            "device_code",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "token_type",
            "expires_in",
            "keyboard",
            "user",
            "email",
            "monkey",
            "id",
            "token_url",
            "sessionless",
            "error_code",
            "code",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
