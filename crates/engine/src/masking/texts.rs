//! Hides secrets in texts: headers, addresses, bodies, and whatever else is said.

use regex::Captures;

use super::body::{BodyForm, BodyText};
use super::syntax::{MEMBER, is_scheme};
use super::{MASK, Secrets};
use crate::secret_name::{is_secret_header, is_secret_name, is_secret_parameter};

impl Secrets {
    /// A text with every known secret in it hidden.
    pub fn mask_text(&self, text: &str) -> String {
        self.mask_found(text).unwrap_or_else(|| text.to_owned())
    }

    pub(super) fn holds_secret(&self, text: &str) -> bool {
        !self.needles.find(text).is_empty()
    }

    /// The same where there is any; none otherwise.
    pub(super) fn mask_found(&self, text: &str) -> Option<String> {
        let found = self.needles.find(text);
        if found.is_empty() {
            return None;
        }
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for range in found {
            masked.push_str(&text[at..range.start]);
            masked.push_str(MASK);
            at = range.end;
        }
        masked.push_str(&text[at..]);
        Some(masked)
    }

    /// A header's value: hidden whole where its name says that it is a secret.
    pub fn mask_header(&self, name: &str, value: &str) -> String {
        if self.reveal {
            return value.to_owned();
        }
        if is_secret_header(name) {
            return mask_credential(value);
        }
        if name.eq_ignore_ascii_case("location") || name.eq_ignore_ascii_case("content-location") {
            return self.mask_address(value);
        }
        self.mask_text(value)
    }

    /// An address: secrets in its text, and query parameters whose name says that they are secrets.
    pub fn mask_url(&self, url: &url::Url) -> String {
        self.mask_address(url.as_str())
    }

    /// An address that need not be whole, such as a `Location`.
    fn mask_address(&self, text: &str) -> String {
        if self.reveal {
            return text.to_owned();
        }
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        let mut in_path = true;
        loop {
            let end = rest.find(['?', '#']).unwrap_or(rest.len());
            let part = &rest[..end];
            masked.push_str(&if in_path {
                self.mask_text(part)
            } else {
                self.mask_pairs(part)
            });
            let Some(separator) = rest[end..].chars().next() else {
                return masked;
            };
            masked.push(separator);
            rest = &rest[end + 1..];
            in_path = false;
        }
    }

    /// `a=1&token=2` with secrets hidden, each pair by its name and by its value.
    fn mask_pairs(&self, pairs: &str) -> String {
        let masked = pairs.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() && is_secret_parameter(name) => {
                format!("{name}={MASK}")
            }
            _ => self.mask_text(pair),
        });
        masked.collect::<Vec<_>>().join("&")
    }

    /// A body's text: JSON and forms member by member, anything else by the secrets that are known.
    pub fn mask_body(&self, body: &BodyText) -> String {
        let text = body.text.as_str();
        if self.reveal {
            return text.to_owned();
        }
        match &body.form {
            BodyForm::Fields => self.mask_pairs(text),
            // Untouched where nothing was hidden, so that the person sees what was really sent.
            BodyForm::Json(value) => self.write_masked(value).unwrap_or_else(|| text.to_owned()),
            BodyForm::BrokenJson => {
                let masked = MEMBER.replace_all(text, |member: &Captures<'_>| {
                    if is_secret_name(&member["name"]) {
                        format!("{}\"{MASK}\"", &member["start"])
                    } else {
                        member[0].to_owned()
                    }
                });
                self.mask_text(&masked)
            }
            BodyForm::Text => self.mask_text(text),
        }
    }
}

/// `Bearer abc` is shown as `Bearer •••`: the scheme is no secret and helps to see what went wrong.
fn mask_credential(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) if is_scheme(scheme) => format!("{scheme} {MASK}"),
        _ => MASK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked_body(content_type: &str, text: &str) -> String {
        let body = BodyText::read(content_type, text.as_bytes());
        Secrets::new(false).mask_body(&body)
    }

    #[test]
    fn headers_addresses_and_bodies_are_masked_by_their_own_rules() {
        let secrets = Secrets::new(false);
        assert_eq!(
            secrets.mask_header("Authorization", "Bearer abc"),
            "Bearer •••"
        );
        assert_eq!(secrets.mask_header("Cookie", "sid=1; a=b"), MASK);
        assert_eq!(secrets.mask_header("Accept", "text/html"), "text/html");
        let url = url::Url::parse("https://x.example/a?token=abc&page=2").unwrap();
        assert_eq!(
            secrets.mask_url(&url),
            "https://x.example/a?token=•••&page=2"
        );
        assert_eq!(
            masked_body("application/json", r#"{"password":"abc","a":1}"#),
            r#"{"password":"•••","a":1}"#
        );
        assert_eq!(
            masked_body("application/json", r#"{"a":1, "password":"ab"#),
            r#"{"a":1, "password":"•••""#
        );
        assert_eq!(
            masked_body("application/x-www-form-urlencoded", "password=a&b=c"),
            "password=•••&b=c"
        );
    }
}
