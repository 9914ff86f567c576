//! Answers as bytes.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::route::{Answer, HeaderValues};

impl Answer {
    pub(super) fn bytes(&self) -> Vec<u8> {
        if let Some(encoded) = &self.body_base64 {
            return STANDARD.decode(encoded).expect("body_base64 is base64");
        }
        match &self.body {
            None => Vec::new(),
            Some(Value::String(text)) => text.clone().into_bytes(),
            Some(json) => json.to_string().into_bytes(),
        }
    }

    /// The status line and the headers, with `length` where it is announced.
    pub(super) fn head(&self, version: &str, framing: Option<&str>) -> String {
        let status = self.status.unwrap_or(200);
        let mut head = format!("{version} {status} Answer\r\n");
        let mut line = |name: &str, value: &str| {
            head.extend([name, ": ", value, "\r\n"]);
        };
        let has_type = self
            .headers
            .keys()
            .any(|name| name.eq_ignore_ascii_case("content-type"));
        if !has_type && self.body.as_ref().is_some_and(|body| !body.is_string()) {
            line("content-type", "application/json");
        }
        for (name, values) in &self.headers {
            match values {
                HeaderValues::One(value) => line(name, value),
                HeaderValues::Many(values) => values.iter().for_each(|value| line(name, value)),
            }
        }
        if let Some(framing) = framing {
            head.push_str(framing);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        head
    }
}

/// Zeros, packed: about a thousandth of their size.
pub(super) fn packed_zeros(size: u64) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let block = vec![0; 64 * 1024];
    let mut left = size;
    while left > 0 {
        let step = usize::try_from(left.min(block.len() as u64)).unwrap_or(block.len());
        encoder
            .write_all(&block[..step])
            .expect("writing to memory works");
        left -= step as u64;
    }
    encoder.finish().expect("writing to memory works")
}
