//! Which names say that what they name is a secret: of members, headers and parameters (CONTRACT section 3, *Secret*).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use smallvec::SmallVec;

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
    if name.bytes().all(is_small) {
        // One word, as it stands: most names of most answers.
        let name = name.as_bytes();
        return (is_secret_word(name) || is_compound(name)) && !is_fact_word(name);
    }
    let words = Words::of(name);
    (words.any_secret || is_compound(&words.joined)) && !is_fact_word(words.last())
}

fn is_small(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

fn is_compound(joined: &[u8]) -> bool {
    SECRET_ENDINGS
        .iter()
        .any(|ending| joined.ends_with(ending.as_bytes()))
}

/// Whether a member says something about a secret without being one: `expires_in`, `type`. It stays to be seen
/// inside an object that is hidden.
pub(crate) fn is_fact_name(name: &str) -> bool {
    is_fact_word(Words::of(name).last())
}

fn is_secret_word(word: &[u8]) -> bool {
    matches!(
        word.strip_suffix(b"s").unwrap_or(word),
        b"token"
            | b"secret"
            | b"password"
            | b"passwd"
            | b"pwd"
            | b"passphrase"
            | b"passcode"
            | b"key"
            | b"apikey"
            | b"session"
            | b"sessionid"
            | b"sid"
            | b"jsessionid"
            | b"phpsessid"
            | b"cookie"
            | b"authorization"
            | b"bearer"
            | b"jwt"
            | b"credential"
            | b"otp"
            | b"assertion"
            | b"csrf"
            | b"xsrf"
    )
}

/// Last words that make the member a fact about a secret, not a secret.
fn is_fact_word(word: &[u8]) -> bool {
    matches!(
        word,
        b"type"
            | b"in"
            | b"at"
            | b"expiry"
            | b"expiration"
            | b"expires"
            | b"count"
            | b"url"
            | b"uri"
            | b"endpoint"
            | b"name"
            | b"length"
            | b"method"
            | b"status"
            | b"scope"
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
/// Every name of a step's answer comes here several times, so this keeps no list of them, and nothing on the heap.
struct Words {
    /// All of them, without what was between them, as UTF-8.
    joined: SmallVec<[u8; 64]>,
    /// Where the last one begins.
    last: usize,
    any_secret: bool,
}

impl Words {
    fn of(name: &str) -> Self {
        let mut words = Self {
            joined: SmallVec::new(),
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
                    words.push(character);
                    previous_lower = true;
                }
                'A'..='Z' => {
                    words.push(character.to_ascii_lowercase());
                    previous_lower = false;
                }
                other if other.is_alphanumeric() => {
                    other.to_lowercase().for_each(|small| words.push(small));
                    previous_lower = other.is_lowercase() || other.is_numeric();
                }
                _ => previous_lower = false,
            }
        }
        words.end_word(begin);
        words
    }

    fn push(&mut self, character: char) {
        match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() => self.joined.push(byte),
            _ => {
                let mut bytes = [0; 4];
                let character = character.encode_utf8(&mut bytes);
                self.joined.extend_from_slice(character.as_bytes());
            }
        }
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

    fn last(&self) -> &[u8] {
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What is between words is no part of them, so that the quick look at one word says what the long one says.
        #[test]
        fn one_word_is_judged_as_it_is_among_signs(
            name in "((token|secret|device|auth|code|key|session|type|expires|in|otp|s)|[a-z0-9]{1,2}){0,3}",
        ) {
            prop_assert_eq!(is_secret_name(&name), is_secret_name(&format!("_{name}-")));
        }
    }

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
                (&*words.joined, words.last()),
                (joined.as_bytes(), last.as_bytes()),
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
