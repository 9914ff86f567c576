//! A client of the authorization server that sends exactly what a test says.

use latchwork_testkit::oauth::{AuthorizationServer, Endpoint};
use serde_json::Value;
use url::{Url, form_urlencoded};

/// 43 characters, as few as are allowed (RFC 7636 section 4.1).
pub const VERIFIER: &str = "dBjftJeZ4CVP-mBDD26cHl1BnOsAPQqXKXyjWqYaPAE";
pub const REDIRECT: &str = "http://127.0.0.1/callback";
pub const STATE: &str = "0123456789abcdefghijkl";

/// An answer: its status, its headers, and its body as text.
pub struct Got {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

pub fn builder() -> reqwest::ClientBuilder {
    // Another test of this process may have chosen it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
}

pub fn http() -> reqwest::Client {
    builder().build().expect("a client can be made")
}

pub async fn read(request: reqwest::RequestBuilder) -> Result<Got, reqwest::Error> {
    let answer = request.send().await?;
    Ok(Got {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        text: answer.text().await?,
    })
}

pub async fn get(url: &str) -> Got {
    read(http().get(url)).await.expect("the server answers")
}

pub fn form_request(
    server: &AuthorizationServer,
    endpoint: Endpoint,
    form: &[(&str, &str)],
) -> reqwest::RequestBuilder {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    http()
        .post(server.url(endpoint))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
}

pub async fn post(
    server: &AuthorizationServer,
    endpoint: Endpoint,
    form: &[(&str, &str)],
) -> Result<Got, reqwest::Error> {
    read(form_request(server, endpoint, form)).await
}

/// Posts to the token endpoint.
pub async fn token(server: &AuthorizationServer, form: &[(&str, &str)]) -> Got {
    post(server, Endpoint::Token, form)
        .await
        .expect("the server answers")
}

pub async fn client_credentials(server: &AuthorizationServer) -> Got {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", server.client_id()),
    ];
    token(server, &form).await
}

pub async fn refresh(server: &AuthorizationServer, token_value: &str) -> Got {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token_value),
    ];
    token(server, &form).await
}

/// Visits the authorization endpoint; `more` replaces or adds. Gives what came and the callback's parameters.
pub async fn visit(
    server: &AuthorizationServer,
    more: &[(&str, &str)],
) -> (Got, Vec<(String, String)>) {
    let standard = [
        ("client_id", server.client_id()),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("state", STATE),
    ];
    let replaced = |name| more.iter().any(|(other, _)| *other == name);
    let mut url = Url::parse(&server.url(Endpoint::Authorization)).expect("it is an address");
    url.query_pairs_mut()
        .extend_pairs(standard.iter().filter(|(name, _)| !replaced(*name)))
        .extend_pairs(more);
    let got = get(url.as_str()).await;
    let parameters = got.header("location").map(|location| {
        let location = Url::parse(location).expect("it is an address");
        location.query_pairs().into_owned().collect()
    });
    (got, parameters.unwrap_or_default())
}

/// All values of a parameter.
pub fn all<'pairs>(pairs: &'pairs [(String, String)], name: &str) -> Vec<&'pairs str> {
    pairs
        .iter()
        .filter(|(other, _)| other == name)
        .map(|(_, value)| value.as_str())
        .collect()
}

/// A code for an authorization request.
pub async fn code(server: &AuthorizationServer, more: &[(&str, &str)]) -> String {
    let (_, parameters) = visit(server, more).await;
    all(&parameters, "code")[0].to_owned()
}

pub async fn exchange(server: &AuthorizationServer, code: &str, more: &[(&str, &str)]) -> Got {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", server.client_id()),
        ("code", code),
        ("redirect_uri", REDIRECT),
    ];
    form.extend(more);
    token(server, &form).await
}
