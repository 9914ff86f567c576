//! A token endpoint's answer: a token or an error in plain words, whatever came, and an expiry that fits.
//!
//! The first line is status, content type and the token object's path, with `|` between them; the rest is the body.

use latchwork_engine::fuzzing::oauth;
use serde_json::Value;

use crate::input::{first_line_bytes, text};

/// Status, content type, path, and a body.
pub fn run(data: &[u8]) {
    let (head, body) = first_line_bytes(data);
    let head = text(head);
    let mut parts = head.split('|');
    let status = parts
        .next()
        .and_then(|status| status.parse().ok())
        .unwrap_or(200);
    let content_type = parts.next().unwrap_or_default();
    let path = parts.next().filter(|path| !path.is_empty());
    match oauth::token_answer(status, content_type.as_bytes(), body, path) {
        None => {}
        Some(Ok(tokens)) => {
            assert!((200..400).contains(&status), "{status} is no success");
            let token = tokens.get("access_token").and_then(Value::as_str);
            assert!(token.is_some_and(|token| !token.is_empty()));
            assert!(tokens.get("token_type").is_some_and(Value::is_string));
            if let Some(expires_at) = tokens.get("expires_at") {
                assert!(expires_at.is_i64() || expires_at.is_u64(), "{expires_at}");
            }
        }
        Some(Err(error)) => {
            let said = error.to_string();
            assert!(
                !said.contains(char::is_control) && said.len() < 16_384,
                "{said:?}"
            );
            // A path is the file's own and may be anything; what comes from outside holds no link.
            if path.is_none() {
                let outside = said.replace("https://login.example/token", "");
                assert!(!outside.contains("://"), "{outside}");
            }
        }
    }
}
