//! Looks for a secret in a text, in all the shapes that it may have taken on the way (SAFETY Z29).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// Finds a secret in a text: as it is, percent-encoded, in JSON, and in base64 at any of its three offsets, also
/// as a part of something longer. Gives the shape that was found.
pub fn find_leak(text: &str, secret: &str) -> Option<String> {
    shapes(secret)
        .into_iter()
        .find(|shape| text.contains(shape.as_str()))
}

fn shapes(secret: &str) -> Vec<String> {
    let mut shapes = vec![
        secret.to_owned(),
        percent(secret, b"-._~"),
        percent(secret, b""),
        percent(secret, b"*-._"),
    ];
    shapes.push(percent(secret, b"*-._").replace("%20", "+"));
    shapes.push(percent(secret, b"-._~").to_lowercase());
    let json = serde_json::to_string(secret).expect("text is JSON");
    shapes.push(json[1..json.len() - 1].to_owned());
    for offset in 0..3 {
        let mut bytes = vec![0; offset];
        bytes.extend_from_slice(secret.as_bytes());
        // Only the characters that the secret alone decides, whatever stands before and behind it.
        let from = (offset * 8).div_ceil(6);
        let to = bytes.len() * 8 / 6;
        if to - from >= 6 {
            shapes.push(STANDARD.encode(&bytes)[from..to].to_owned());
            shapes.push(URL_SAFE.encode(&bytes)[from..to].to_owned());
        }
    }
    shapes
}

fn percent(text: &str, kept: &[u8]) -> String {
    let encode = |byte: u8| {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_a_secret_is_found() {
        let secret = "c4n&ry sécret";
        for text in [
            format!("a {secret} b"),
            "x=c4n%26ry%20s%C3%A9cret".to_owned(),
            "x=c4n%26ry+s%C3%A9cret".to_owned(),
            "x=c4n%26ry%20s%c3%a9cret".to_lowercase(),
            STANDARD.encode(secret),
            STANDARD.encode(format!("u:{secret}")),
            URL_SAFE.encode(format!("user:{secret}:more")),
        ] {
            assert!(find_leak(&text, secret).is_some(), "{text}");
        }
        assert_eq!(find_leak("c4n&ry", secret), None);
    }
}
