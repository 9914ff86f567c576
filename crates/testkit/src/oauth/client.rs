//! Who a client is, and whether a request says it as agreed (RFC 6749 section 2.3).

use url::form_urlencoded::byte_serialize;

use super::recorded::OauthRequest;

/// How a client says who it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    /// In any way, or not at all.
    #[default]
    Any,
    /// HTTP Basic, id and secret form-encoded first, and neither in the body.
    Basic,
    /// Both in the body, and no `Authorization` header.
    Post,
    /// No `Authorization` header, no secret and no assertion.
    None,
    /// A signed assertion (RFC 7523), whose signature is not looked at; no secret.
    PrivateKeyJwt,
}

/// The client that the server knows.
#[derive(Clone, Debug)]
pub struct ExpectedClient {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: String,
    /// How it says who it is.
    pub auth: ClientAuth,
}

impl Default for ExpectedClient {
    /// An id and a secret with characters that are encoded in every place.
    fn default() -> Self {
        Self {
            id: "client:1".to_owned(),
            secret: "a secret: 100% + & = / ?".to_owned(),
            auth: ClientAuth::Any,
        }
    }
}

impl ExpectedClient {
    /// The default client, which says who it is in this way.
    pub fn with(auth: ClientAuth) -> Self {
        Self {
            auth,
            ..Self::default()
        }
    }

    /// What is wrong with how a request says who it is from.
    pub(super) fn objection(&self, request: &OauthRequest) -> Option<String> {
        let header = request.header("authorization");
        let in_body = |name| request.parameter(name).is_some();
        let sends_secret = in_body("client_secret");
        let sends_assertion = in_body("client_assertion");
        let says_id = request.parameter("client_id") == Some(&self.id);
        let wrong = match self.auth {
            ClientAuth::Any => false,
            ClientAuth::Basic => {
                request.basic() != Some((encoded(&self.id), encoded(&self.secret))) || sends_secret
            }
            ClientAuth::Post => {
                header.is_some()
                    || !says_id
                    || request.parameter("client_secret") != Some(&self.secret)
            }
            ClientAuth::None => header.is_some() || sends_secret || sends_assertion,
            ClientAuth::PrivateKeyJwt => {
                let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                let parts = request
                    .parameter("client_assertion")
                    .map(|assertion| assertion.split('.').count());
                header.is_some()
                    || sends_secret
                    || request.parameter("client_assertion_type") != Some(kind)
                    || parts != Some(3)
            }
        };
        wrong.then(|| {
            format!(
                "client authentication is not as agreed ({:?}): {header:?}, in the body {:?}",
                self.auth, request.body
            )
        })
    }
}

/// As `application/x-www-form-urlencoded` writes it.
fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}
