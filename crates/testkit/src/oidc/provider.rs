//! The provider's process: started, asked for its counts, and ended.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;

use super::options::OidcOptions;

/// Where the provider's program is.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/oidc");
/// What helps where it cannot be started.
const SET_UP: &str = "`cargo xtask test` installs what it needs, and says what is missing";

/// A running provider; it ends when it is dropped, and with the test's process whatever becomes of that.
#[derive(Debug)]
pub struct OidcProvider {
    /// Holds the pipe to its standard input: the program ends when that closes.
    child: Child,
    ready: Ready,
}

/// The line that the program prints once it answers.
#[derive(Debug, Deserialize)]
struct Ready {
    issuer: String,
    client_keys: BTreeMap<String, String>,
}

/// How often the provider was asked for what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Counts {
    token_requests: BTreeMap<String, u32>,
    token_refusals: BTreeMap<String, u32>,
    /// Visits to the authorization endpoint.
    pub authorizations: u32,
    /// Device codes asked for.
    pub device_authorizations: u32,
    /// Discovery documents read.
    pub discoveries: u32,
    /// Tokens asked about.
    pub introspections: u32,
    /// Clients that wanted to register themselves.
    pub registrations: u32,
    /// Tokens to be revoked.
    pub revocations: u32,
    /// Reads of userinfo.
    pub userinfo: u32,
    /// Grants that the provider ended: by revocation, or because a refresh token or a code came twice.
    pub grants_revoked: u32,
    /// Calls of `/api/…`.
    pub api_calls: u32,
    /// Calls of `/api/…` without a token that works.
    pub api_refusals: u32,
}

impl Counts {
    /// All token requests with this grant type.
    pub fn token_requests(&self, grant_type: &str) -> u32 {
        self.token_requests
            .get(grant_type)
            .copied()
            .unwrap_or_default()
    }

    /// The token requests with this grant type that were refused.
    pub fn token_refusals(&self, grant_type: &str) -> u32 {
        self.token_refusals
            .get(grant_type)
            .copied()
            .unwrap_or_default()
    }

    /// All token requests of any kind.
    pub fn all_token_requests(&self) -> u32 {
        self.token_requests.values().sum()
    }
}

impl OidcProvider {
    /// Starts the provider and waits until it answers: about half a second.
    pub fn start(options: &OidcOptions) -> Self {
        let installed = Path::new(FOLDER).join("node_modules/oidc-provider");
        assert!(
            installed.is_dir(),
            "{FOLDER}: its packages are not installed; {SET_UP}"
        );
        let mut child = Command::new("node")
            .current_dir(FOLDER)
            .arg("server.mjs")
            .arg(serde_json::to_string(options).expect("options are JSON"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("node does not start ({error}); {SET_UP}"));
        let mut line = String::new();
        let output = child.stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("its output is text");
        let ready = serde_json::from_str(&line).unwrap_or_else(|_| {
            // What it wrote to its standard error stands above this.
            let ended = child.wait();
            panic!("the OpenID provider ended before it was ready ({ended:?}); {SET_UP}")
        });
        Self { child, ready }
    }

    /// Its issuer, which is its origin too: `http://127.0.0.1:40123`.
    pub fn issuer(&self) -> &str {
        &self.ready.issuer
    }

    /// The private key of [`client::KEY`](super::client::KEY) as PEM (PKCS#8), for `RS256` or `ES256`.
    pub fn client_key(&self, algorithm: &str) -> &str {
        self.ready
            .client_keys
            .get(algorithm)
            .unwrap_or_else(|| panic!("there is no key for {algorithm}"))
    }

    /// How often it was asked for what so far.
    pub fn counts(&self) -> Counts {
        ureq::get(self.control("counts"))
            .call()
            .and_then(|mut answer| answer.body_mut().read_json())
            .expect("the provider tells its counts")
    }

    /// Forgets everything: sessions, grants, tokens, clients that registered themselves, and the counts.
    pub fn reset(&self) {
        self.post("reset");
    }

    /// Access tokens handed out so far no longer work, whatever their time. Refresh tokens do.
    pub fn expire_access_tokens(&self) {
        self.post("expire");
    }

    /// Neither access tokens nor refresh tokens handed out so far work any longer.
    pub fn revoke_tokens(&self) {
        self.post("revoke");
    }

    /// The process that it runs in.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    fn post(&self, name: &str) {
        ureq::post(self.control(name))
            .send_empty()
            .expect("the provider does as it is told");
    }

    fn control(&self, name: &str) -> String {
        format!("{}/_test/{name}", self.issuer())
    }
}

impl Drop for OidcProvider {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
