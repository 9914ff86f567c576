//! The browser of a person who signs in: it follows redirects, keeps cookies, and fills in the forms that it meets.
//!
//! It runs no scripts and shows nothing. It panics with the page's text where a provider's page leads nowhere: in a
//! test that is what one wants to read.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cookie_store::CookieStore;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use url::{Url, form_urlencoded};

use super::options::client;
use super::page::{Form, forms};

/// More pages than any sign-in has.
const MOST_PAGES: usize = 20;
/// A browser that waits for ever would make a test hang.
const PATIENCE: Duration = Duration::from_secs(30);

/// A person's browser, with what the person knows.
#[derive(Debug)]
pub struct Browser {
    client: reqwest::Client,
    cookies: Mutex<CookieStore>,
    login: String,
    password: String,
}

/// Where a sign-in ended.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The address that the provider sent the browser to, as it was sent: what a person would paste.
    pub address: String,
    /// What answered there; `None` for a deep link, or where nobody listens.
    pub page: Option<Page>,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is.
    pub address: String,
    /// Its status.
    pub status: u16,
    /// Its headers, names in small letters.
    pub headers: Vec<(String, String)>,
    /// Its text.
    pub text: String,
}

#[derive(Clone, Copy)]
enum Decision {
    Allow,
    Deny,
}

/// How a walk through a provider's pages ended.
enum Ended {
    /// It sent the browser elsewhere.
    Left(String),
    /// A page without a form, or the one after a no.
    Page(Page),
}

impl Default for Browser {
    fn default() -> Self {
        Self::new()
    }
}

impl Arrival {
    /// A parameter of the address; the first where it is doubled.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let address = Url::parse(&self.address).expect("it is an address");
        let mut pairs = address.query_pairs();
        pairs
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.into_owned())
    }
}

impl Page {
    /// A header's value, where it was sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other == name)?;
        Some(&found.1)
    }
}

impl Browser {
    /// The browser of the user `ada`. Signed in once, she is asked only whether she allows it.
    pub fn new() -> Self {
        Self::of_user("ada", client::PASSWORD)
    }

    /// Somebody else's browser.
    pub fn of_user(login: &str, password: &str) -> Self {
        // Another part of the test may have chosen it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .expect("a client can be made");
        Self {
            client,
            cookies: Mutex::default(),
            login: login.to_owned(),
            password: password.to_owned(),
        }
    }

    /// Signs in, allows what is asked for, and goes where the provider sends the browser.
    pub async fn sign_in(&self, authorization_url: &str) -> Arrival {
        let address = self.allow(authorization_url).await;
        self.arrive(address).await
    }

    /// Says no at the first page that asks, and goes where the provider sends the browser.
    pub async fn decline(&self, authorization_url: &str) -> Arrival {
        let ended = self.walk(authorization_url, None, Decision::Deny).await;
        self.arrive(left(ended)).await
    }

    /// Signs in and allows, and gives the address that the provider sends the browser to, without going there.
    pub async fn allow(&self, authorization_url: &str) -> String {
        left(self.walk(authorization_url, None, Decision::Allow).await)
    }

    /// Opens an address without doing anything there; `None` where nobody listens or it is no web address.
    pub async fn open(&self, address: &str) -> Option<Page> {
        let url = Url::parse(address).expect("it is an address");
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        self.request(&url, None).await.ok().map(|(page, _)| page)
    }

    /// Goes to a device page, enters the code, signs in and allows. Gives the last page, which says so.
    pub async fn connect_device(&self, verification_uri: &str, user_code: &str) -> Page {
        last_page(
            self.walk(verification_uri, Some(user_code), Decision::Allow)
                .await,
        )
    }

    /// Goes to a device page, enters the code, and says no.
    pub async fn decline_device(&self, verification_uri: &str, user_code: &str) -> Page {
        last_page(
            self.walk(verification_uri, Some(user_code), Decision::Deny)
                .await,
        )
    }

    async fn arrive(&self, address: String) -> Arrival {
        let page = self.open(&address).await;
        Arrival { address, page }
    }

    async fn walk(&self, start: &str, user_code: Option<&str>, decision: Decision) -> Ended {
        let mut at = Url::parse(start).expect("it is an address");
        let home = at.origin();
        let mut form: Option<String> = None;
        let mut declined = false;
        let mut last = String::new();
        for _ in 0..MOST_PAGES {
            let (page, location) = self
                .request(&at, form.take())
                .await
                .unwrap_or_else(|error| panic!("{at} does not answer: {error}"));
            if let Some(location) = location {
                let next = at.join(&location).expect("a redirect has an address");
                if next.origin() != home {
                    // As it was sent: an address that is read and written again may have changed.
                    return Ended::Left(location);
                }
                at = next;
                continue;
            }
            let Some(found) = forms(&page.text).into_iter().next() else {
                return Ended::Page(page);
            };
            if declined {
                return Ended::Page(page);
            }
            declined = matches!(decision, Decision::Deny) && found.buttons.len() > 1;
            form = Some(self.filled_in(&found, user_code, decision));
            at = at.join(&found.action).expect("a form has an address");
            last = page.text;
        }
        panic!("{start} goes on and on; the last page was {at}:\n{last}");
    }

    /// The form as it is sent, with the button that was pressed: the first is yes, the last of several is no.
    fn filled_in(&self, form: &Form, user_code: Option<&str>, decision: Decision) -> String {
        let mut sent = form_urlencoded::Serializer::new(String::new());
        for field in &form.fields {
            let value = match (&*field.kind, &*field.name) {
                ("hidden", _) => &field.value,
                ("password", _) => &self.password,
                (_, "user_code") => user_code.expect("only a device page asks for a code"),
                _ => &self.login,
            };
            sent.append_pair(&field.name, value);
        }
        let pressed = match decision {
            Decision::Allow => form.buttons.first(),
            Decision::Deny => form.buttons.last(),
        };
        if let Some(button) = pressed.filter(|button| !button.name.is_empty()) {
            sent.append_pair(&button.name, &button.value);
        }
        sent.finish()
    }

    /// Sends a request with the cookies that belong there; a form is posted. Gives where it redirects to as well.
    async fn request(
        &self,
        at: &Url,
        form: Option<String>,
    ) -> Result<(Page, Option<String>), reqwest::Error> {
        let mut request = match form {
            None => self.client.get(at.clone()),
            Some(form) => self
                .client
                .post(at.clone())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form),
        };
        let cookies: Vec<String> = self
            .cookies()
            .get_request_values(at)
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        let answer = request.send().await?;
        for line in answer.headers().get_all(SET_COOKIE) {
            if let Ok(line) = line.to_str() {
                // A cookie that is not for here is not kept.
                let _ = self.cookies().parse(line, at);
            }
        }
        let location = answer
            .status()
            .is_redirection()
            .then(|| answer.headers().get(LOCATION))
            .flatten()
            .map(|location| String::from_utf8_lossy(location.as_bytes()).into_owned());
        let headers = answer.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let page = Page {
            address: at.to_string(),
            status: answer.status().as_u16(),
            headers: headers.collect(),
            text: answer.text().await?,
        };
        Ok((page, location))
    }

    fn cookies(&self) -> std::sync::MutexGuard<'_, CookieStore> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn left(ended: Ended) -> String {
    match ended {
        Ended::Left(address) => address,
        Ended::Page(page) => panic!(
            "{} does not send the browser back: {} {}",
            page.address, page.status, page.text
        ),
    }
}

fn last_page(ended: Ended) -> Page {
    match ended {
        Ended::Page(page) => page,
        Ended::Left(address) => panic!("the device page sends the browser to {address}"),
    }
}
