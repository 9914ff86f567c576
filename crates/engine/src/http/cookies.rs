//! The cookie jar that the steps of a run share (RFC 6265), never another run's (SAFETY F34).
//!
//! RFC 6265 ignores ports, so two servers on one host would share cookies; here each port has a jar of its own,
//! with the standard ports as one, so that a cookie goes only to the origin that set it and to its own domain.

use std::collections::BTreeMap;

use cookie_store::{Cookie, CookieStore, RawCookie};
use latchwork_model::Origin;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

/// Cookies by port.
#[derive(Clone, Debug, Default)]
pub(crate) struct CookieJar(BTreeMap<u16, CookieStore>);

/// A jar as it is stored with a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StoredCookies(BTreeMap<u16, Vec<Cookie<'static>>>);

impl StoredCookies {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }
}

/// 80 and 443 are one place to cookies; any other port is one of its own.
fn place(url: &Url) -> u16 {
    match url.port_or_known_default() {
        Some(80 | 443) | None => 0,
        Some(port) => port,
    }
}

impl CookieJar {
    /// The `Cookie` header's value for an address, where there is any cookie for it.
    pub(crate) fn header(&self, url: &Url) -> Option<String> {
        let cookies: Vec<String> = self
            .0
            .get(&place(url))?
            .get_request_values(url)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        (!cookies.is_empty()).then(|| cookies.join("; "))
    }

    /// Takes in an answer's `Set-Cookie` headers, and notes in `set` all that they set, refused or not.
    pub(crate) fn take(
        &mut self,
        url: &Url,
        headers: &http::HeaderMap,
        set: &mut Map<String, Value>,
    ) {
        for header in headers.get_all(http::header::SET_COOKIE) {
            let text = String::from_utf8_lossy(header.as_bytes());
            let Ok(mut cookie) = RawCookie::parse(text.into_owned()) else {
                continue;
            };
            set.insert(
                cookie.name().to_owned(),
                Value::String(cookie.value().to_owned()),
            );
            if is_whole_top_level(&cookie, url) {
                continue;
            }
            if Origin::of(url).is_some_and(|origin| origin.is_loopback()) {
                // Loopback is as good as https, as browsers take it (W3C Secure Contexts, section 3.1).
                cookie.set_secure(false);
            }
            // A cookie that the address may not set is left out, as browsers do.
            let _ = self
                .0
                .entry(place(url))
                .or_default()
                .insert_raw(&cookie.into_owned(), url);
        }
    }

    /// The jar as it is stored.
    pub(crate) fn store(&self) -> StoredCookies {
        StoredCookies(
            self.0
                .iter()
                .map(|(port, jar)| {
                    (
                        *port,
                        jar.iter_unexpired()
                            .map(|cookie| cookie.clone().into_owned())
                            .collect(),
                    )
                })
                .collect(),
        )
    }

    /// A jar as it was stored; what has expired since is left out.
    pub(crate) fn restore(stored: &StoredCookies) -> Self {
        let jars = stored.0.iter().map(|(port, cookies)| {
            let cookies = cookies
                .iter()
                .cloned()
                .map(Ok::<_, std::convert::Infallible>);
            let jar = CookieStore::from_cookies(cookies, false).unwrap_or_default();
            (*port, jar)
        });
        Self(jars.collect())
    }
}

/// Whether a cookie's domain is a whole top-level domain, such as `com`, which no one site owns.
fn is_whole_top_level(cookie: &RawCookie<'_>, url: &Url) -> bool {
    let Some(domain) = cookie.domain() else {
        return false;
    };
    let domain = domain.trim_start_matches('.');
    !domain.contains('.')
        && url
            .host_str()
            .is_some_and(|host| !host.eq_ignore_ascii_case(domain))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header::SET_COOKIE};

    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn answer(cookies: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
        headers
    }

    #[test]
    fn cookies_go_back_to_the_origin_that_set_them_and_to_no_other_port() {
        let mut jar = CookieJar::default();
        let mut set = Map::new();
        jar.take(
            &url("http://127.0.0.1:8001/login"),
            &answer(&["sid=abc; Path=/; HttpOnly", "b=2"]),
            &mut set,
        );
        assert_eq!(
            Value::Object(set),
            serde_json::json!({ "sid": "abc", "b": "2" })
        );
        assert_eq!(
            jar.header(&url("http://127.0.0.1:8001/me")).as_deref(),
            Some("sid=abc; b=2")
        );
        assert_eq!(jar.header(&url("http://127.0.0.1:8002/me")), None);
        assert_eq!(jar.header(&url("http://localhost:8001/me")), None);
    }

    #[test]
    fn domain_path_and_secure_are_kept() {
        let mut jar = CookieJar::default();
        let cookies = answer(&[
            "d=1; Domain=example.com",
            "p=2; Path=/api",
            "s=3; Secure",
            "t=4; Domain=com",
        ]);
        jar.take(
            &url("https://login.example.com/"),
            &cookies,
            &mut Map::new(),
        );
        assert_eq!(
            jar.header(&url("https://api.example.com/")).as_deref(),
            Some("d=1")
        );
        assert_eq!(
            jar.header(&url("https://login.example.com/")).as_deref(),
            Some("d=1; s=3")
        );
        assert_eq!(
            jar.header(&url("http://login.example.com/")).as_deref(),
            Some("d=1")
        );
        assert_eq!(jar.header(&url("https://other.com/")), None);
    }

    #[test]
    fn a_stored_jar_comes_back_whole() {
        let mut jar = CookieJar::default();
        jar.take(
            &url("http://127.0.0.1:8001/"),
            &answer(&["sid=abc; Path=/"]),
            &mut Map::new(),
        );
        let text = serde_json::to_string(&jar.store()).unwrap();
        let back = CookieJar::restore(&serde_json::from_str(&text).unwrap());
        assert_eq!(
            back.header(&url("http://127.0.0.1:8001/x")).as_deref(),
            Some("sid=abc")
        );
        assert!(CookieJar::default().store().is_empty());
    }
}
