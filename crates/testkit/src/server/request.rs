//! Requests as the server saw them.

use std::io;

use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _};

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenRequest {
    /// The method.
    pub method: String,
    /// Path and query, as they were sent.
    pub target: String,
    /// Headers in their order, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl SeenRequest {
    /// A header's value, where it was sent; several are joined by `, `.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .headers
            .iter()
            .filter(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The whole request as JSON: the body as JSON where it is JSON, else as text.
    pub fn to_json(&self) -> Value {
        let names: Map<String, Value> = self
            .headers
            .iter()
            .map(|(name, _)| {
                (
                    name.clone(),
                    Value::String(self.header(name).unwrap_or_default()),
                )
            })
            .collect();
        let text = self.text();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        json!({ "method": self.method, "path": self.target, "headers": names, "body": body })
    }

    /// Reads one request; `None` where the other side has closed.
    pub(crate) async fn read(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Self>> {
        let Some(first) = line(stream).await? else {
            return Ok(None);
        };
        let mut parts = first.split(' ');
        let method = parts.next().unwrap_or_default().to_owned();
        let target = parts.next().unwrap_or_default().to_owned();
        let mut headers = Vec::new();
        while let Some(line) = line(stream).await? {
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut request = Self {
            method,
            target,
            headers,
            body: Vec::new(),
        };
        if request.header("transfer-encoding").is_some() {
            request.body = chunks(stream).await?;
        } else if let Some(length) = request
            .header("content-length")
            .and_then(|length| length.parse().ok())
        {
            request.body = vec![0; length];
            stream.read_exact(&mut request.body).await?;
        }
        Ok(Some(request))
    }
}

async fn line(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    stream.read_until(b'\n', &mut bytes).await?;
    if bytes.is_empty() {
        return Ok(None);
    }
    Ok(Some(
        String::from_utf8_lossy(&bytes)
            .trim_end_matches(['\r', '\n'])
            .to_owned(),
    ))
}

async fn chunks(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(size) = line(stream).await? {
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16)
            .unwrap_or(0);
        if size == 0 {
            line(stream).await?;
            break;
        }
        let at = body.len();
        body.resize(at + size, 0);
        stream.read_exact(&mut body[at..]).await?;
        line(stream).await?;
    }
    Ok(body)
}
