//! Which names say that what they name is a secret: of members, headers and parameters (CONTRACT section 3, *Secret*).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Whether a header holds a credential.
pub(crate) fn is_secret_header(name: &str) -> bool {
    // All in small letters, mostly it is: capitals end no word in a header's name.
    let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    };
    matches!(
        &*name,
        "authorization" | "proxy-authorization" | "cookie" | "set-cookie"
    ) || is_secret_name(&name)
}

/// Whether a member is named like a secret: one of its words is `token`, `secret`, `password`, `key`, `session`,
/// `cookie` and their kin, and no word says that it is a fact about one (`token_type`, `expires_in`).
pub fn is_secret_name(name: &str) -> bool {
    let words = Words::of(name);
    let compound = || {
        SECRET_ENDINGS
            .iter()
            .any(|ending| words.joined.ends_with(ending))
    };
    (words.any_secret || compound()) && !is_fact_word(words.last())
}

/// Whether a member says something about a secret without being one: `expires_in`, `type`. It stays to be seen
/// inside an object that is hidden.
pub(crate) fn is_fact_name(name: &str) -> bool {
    is_fact_word(Words::of(name).last())
}

fn is_secret_word(word: &str) -> bool {
    matches!(
        word.strip_suffix('s').unwrap_or(word),
        "token"
            | "secret"
            | "password"
            | "passwd"
            | "pwd"
            | "passphrase"
            | "passcode"
            | "key"
            | "apikey"
            | "session"
            | "sessionid"
            | "sid"
            | "jsessionid"
            | "phpsessid"
            | "cookie"
            | "authorization"
            | "bearer"
            | "jwt"
            | "credential"
            | "otp"
            | "assertion"
            | "csrf"
            | "xsrf"
    )
}

/// Last words that make the member a fact about a secret, not a secret.
fn is_fact_word(word: &str) -> bool {
    matches!(
        word,
        "type"
            | "in"
            | "at"
            | "expiry"
            | "expiration"
            | "expires"
            | "count"
            | "url"
            | "uri"
            | "endpoint"
            | "name"
            | "length"
            | "method"
            | "status"
            | "scope"
    )
}

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

/// The words of `accessToken`, `access_token`, `X-Access-Token`, in small letters: each is looked at as it ends.
/// Every name of a step's answer comes here several times, so this keeps no list of them.
struct Words {
    /// All of them, without what was between them.
    joined: String,
    /// Where the last one begins.
    last: usize,
    any_secret: bool,
}

impl Words {
    fn of(name: &str) -> Self {
        let mut words = Self {
            joined: String::with_capacity(name.len()),
            last: 0,
            any_secret: false,
        };
        let mut begin = 0;
        let mut previous_lower = false;
        for character in name.chars() {
            let is_new = match character {
                'a'..='z' | '0'..='9' => false,
                'A'..='Z' => previous_lower,
                other if other.is_alphanumeric() => other.is_uppercase() && previous_lower,
                _ => true,
            };
            if is_new {
                begin = words.end_word(begin);
            }
            match character {
                'a'..='z' | '0'..='9' => {
                    words.joined.push(character);
                    previous_lower = true;
                }
                'A'..='Z' => {
                    words.joined.push(character.to_ascii_lowercase());
                    previous_lower = false;
                }
                other if other.is_alphanumeric() => {
                    words.joined.extend(other.to_lowercase());
                    previous_lower = other.is_lowercase() || other.is_numeric();
                }
                _ => previous_lower = false,
            }
        }
        words.end_word(begin);
        words
    }

    /// Ends the word that began there, unless it is empty; where the next one begins.
    fn end_word(&mut self, begin: usize) -> usize {
        let word = &self.joined[begin..];
        if !word.is_empty() {
            self.any_secret |= is_secret_word(word);
            self.last = begin;
        }
        self.joined.len()
    }

    fn last(&self) -> &str {
        &self.joined[self.last..]
    }
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
    fn words_end_at_signs_and_before_capitals() {
        for (name, joined, last) in [
            ("X-Access-Token", "xaccesstoken", "token"),
            ("oauth2Token", "oauth2token", "token"),
            ("__csrf--ÄpiÖl_", "csrfäpiöl", "öl"),
            ("JSESSIONID", "jsessionid", "jsessionid"),
            ("--", "", ""),
        ] {
            let words = Words::of(name);
            assert_eq!(
                (words.joined.as_str(), words.last()),
                (joined, last),
                "{name}"
            );
        }
    }

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
