//! Which names say that their value is a credential: of a header, a field, a member or a variable.
//!
//! Narrower than what is masked: a `sort_key` that is masked harms nobody, one that is warned of or asked for does.
//! What a value looks like is not looked at here.

/// What a credential is called, as the last word or any other: a `secret_id` is one too.
const NOUNS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "authorization",
    "credential",
    "credentials",
    "cookie",
    "apikey",
    "jwt",
];

/// What names of credentials end with where they are written as one word, or as several.
const ENDS: &[&str] = &[
    "secret",
    "token",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "apikey",
    "accesskey",
    "accountkey",
    "appkey",
    "applicationkey",
    "encryptionkey",
    "functionskey",
    "masterkey",
    "signingkey",
    "secretkey",
    "privatekey",
    "authkey",
    "subscriptionkey",
    "clientkey",
];

/// What is about a credential and is none: `token_type`, `password_hint`.
const ABOUT: &[&str] = &[
    "alg",
    "algorithm",
    "at",
    "count",
    "endpoint",
    "expires",
    "expiry",
    "format",
    "hint",
    "in",
    "length",
    "lifetime",
    "limit",
    "method",
    "name",
    "policy",
    "ttl",
    "type",
    "types",
    "uri",
    "url",
    "use",
];

/// What stands before `token` where it marks a place in a list, or guards a form: `next_page_token`, `X-CSRF-Token`.
const OTHER_TOKENS: &[&str] = &[
    "continuation",
    "csrf",
    "cursor",
    "next",
    "page",
    "sync",
    "xsrf",
];

/// Whether a value of this name is a credential.
pub fn is_credential_name(name: &str) -> bool {
    let words = words(name);
    let Some(last) = words.last() else {
        return false;
    };
    let before_last = words.iter().rev().nth(1).map_or("", String::as_str);
    // Only the word right before it says what a token is for: a `next_auth_token` signs in.
    let is_other = match last.as_str() {
        "token" => OTHER_TOKENS.contains(&before_last),
        "key" => before_last == "public",
        last => ABOUT.contains(&last),
    };
    if is_other {
        return false;
    }
    let whole = words.concat();
    // A `pass_through` lets pass, a `user_pass` is one.
    last == "pass"
        || words.iter().any(|word| NOUNS.contains(&word.as_str()))
        || ENDS.iter().any(|end| whole.ends_with(end))
}

/// The words of a name in lower case: `X-API-Key`, `accessToken`, `token_2`. Numbers are none.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for character in name.chars() {
        let hump = character.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (hump || !character.is_ascii_alphabetic()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if character.is_ascii_alphabetic() {
            word.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::is_credential_name;

    #[test]
    fn names_of_credentials_are_known_in_any_spelling() {
        for name in [
            "Authorization",
            "X-API-Key",
            "api_key",
            "apikey",
            "access_token",
            "accessToken",
            "APIToken",
            "client_secret",
            "clientsecret",
            "password",
            "password2",
            "Cookie",
            "X-Auth-Token",
            "Ocp-Apim-Subscription-Key",
            "authtoken",
            "jwt",
            "secret_id",
            "application_key",
            "DD-APPLICATION-KEY",
            "appKey",
            "X-Master-Key",
            "x-functions-key",
            "AccountKey",
            "encryption_key",
            "signingkey",
            "userpwd",
            "passcode",
            "user_passcode",
            "pass",
            "user_pass",
            "a_name_of_which_the_word_that_tells_is_behind_sixty_letters_token",
        ] {
            assert!(is_credential_name(name), "{name}");
        }
    }

    #[test]
    fn what_marks_a_page_is_no_credential_and_what_signs_in_to_the_next_one_is() {
        for name in [
            "page_token",
            "nextPageToken",
            "next_token",
            "X-Amz-Next-Token",
            "sync_token",
            "nextSyncToken",
            "continuation-token",
            "X-CSRF-Token",
            "public_key",
        ] {
            assert!(!is_credential_name(name), "{name}");
        }
        for name in [
            "next_auth_token",
            "next-auth.session-token",
            "page_access_token",
            "sync_api_key",
            "sync_password",
            "next_client_secret",
            "cursor_api_token",
            "csrf_secret",
            "public_api_key_secret",
        ] {
            assert!(is_credential_name(name), "{name}");
        }
    }

    #[test]
    fn what_is_about_a_credential_is_none() {
        for name in [
            "keyword",
            "key",
            "session",
            "sort_key",
            "token_type",
            "token_url",
            "requested_token_use",
            "token_endpoint_auth_method",
            "max_tokens",
            "monkey",
            "account_key_id",
            "bypass",
            "compass",
            "pass_through",
            "passenger",
            "public_signing_key_url",
            "session_length",
            "grant_type",
            "",
            "42",
            "日本",
        ] {
            assert!(!is_credential_name(name), "{name}");
        }
    }
}
