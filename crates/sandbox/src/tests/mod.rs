//! The behaviour of the practice API, asked as a client would ask, without a socket.

mod contacts;
mod echo;
mod graphql;
mod login_page;
mod pages;
mod samples;
mod sessions;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::clock::Clock;
use crate::demo::{EMAIL, PASSWORD};
use crate::routes::router;
use crate::state::Harbour;

/// A clock that stands still until it is moved.
struct StoppedClock(AtomicU64);

impl Clock for StoppedClock {
    fn unix_seconds(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The practice API and somebody who asks it.
struct Client {
    router: Router,
    clock: Arc<StoppedClock>,
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The `name=value` of a cookie that the answer sets.
    fn cookie(&self, name: &str) -> String {
        let values = self.headers.get_all(header::SET_COOKIE);
        let cookie = values
            .iter()
            .filter_map(|value| value.to_str().unwrap().split(';').next());
        cookie
            .filter(|pair| pair.starts_with(&format!("{name}=")))
            .map(str::to_owned)
            .next()
            .expect("the cookie is set")
    }
}

impl Client {
    fn new() -> Self {
        let clock = Arc::new(StoppedClock(AtomicU64::new(1_800_000_000)));
        let harbour = Harbour::new(
            "http://127.0.0.1:4910".to_owned(),
            Arc::<StoppedClock>::clone(&clock),
        );
        Self {
            router: router(harbour),
            clock,
        }
    }

    fn wait(&self, seconds: u64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body.into()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, Body::empty()).await
    }

    async fn post_json(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/json"));
        self.send("POST", path, &headers, body.to_string()).await
    }

    async fn post_form(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.send("POST", path, &headers, body).await
    }

    /// Signs in and answers the `Authorization` header's value and the whole answer.
    async fn sign_in(&self, path: &str) -> (String, Value) {
        let answer = self
            .post_json(path, &[], &json!({ "email": EMAIL, "password": PASSWORD }))
            .await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        let body = answer.json();
        (format!("Bearer {}", body["token"].as_str().unwrap()), body)
    }
}
