//! What a run needs of the world outside, as traits: a person who answers, a browser, a single sign-on session,
//! someone who listens, time and chance.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Map, Value};

use latchwork_model::RedirectKind;
use url::Url;
use zeroize::Zeroizing;

use crate::event::{FieldRequest, RunEvent};
use crate::oauth::{CallbackRefusal, DEEP_LINK_ADDRESS};
use crate::session::CachedOutputs;

/// Who runs a flow: the studio's window, the command line, or a test.
#[async_trait]
pub trait Host: Send + Sync {
    /// Something happened. Called in order; must not block.
    fn tell(&self, event: RunEvent);

    /// A step left these outputs, unmasked. They stay in the process; a host that shows single values on a person's
    /// click keeps them.
    fn keep_outputs(&self, _step: &str, _outputs: &Map<String, Value>) {}

    /// Asks a person, and gives the answers by key. Called again with `refused` where an answer was not accepted
    /// and the host can ask again.
    async fn answer_form(&self, form: &FormRequest) -> Result<FormAnswers, Unanswered>;

    /// Sends a person to an address in the system's browser, or shows the address; the step waits for the callback
    /// meanwhile. An error where there is nobody who could go there.
    async fn open_browser(&self, _request: &BrowserRequest) -> Result<(), Unanswered> {
        Err(Unanswered::Nobody)
    }

    /// The address that the browser ended at, where a person pastes it; called again with `refused` where what was
    /// pasted was not taken. The default waits for ever: nobody pastes.
    async fn pasted_callback(
        &self,
        _request: &BrowserRequest,
        _refused: Option<&CallbackRefusal>,
    ) -> Result<String, Unanswered> {
        std::future::pending().await
    }

    /// The wait for the browser is over, however it ended.
    async fn browser_left(&self, _request: &BrowserRequest) {}

    /// Shows a device code; the step waits meanwhile. An error where there is nobody who could enter it.
    async fn show_device_code(&self, _request: &DeviceCodeRequest) -> Result<(), Unanswered> {
        Err(Unanswered::Nobody)
    }

    /// Tokens were rotated in the middle of a refresh: they are to be kept before anything uses them. The account's own
    /// outputs and the shared ones.
    async fn session_renewed(&self, _own: &CachedOutputs, _shared: &CachedOutputs) {}

    /// The redirect address of deep links to this program.
    fn deep_link_address(&self) -> String {
        DEEP_LINK_ADDRESS.to_owned()
    }

    /// The active single sign-on session, renewed where it must be.
    async fn sso_session(&self) -> Result<SsoSession, SsoAbsent> {
        Err(SsoAbsent::NotSignedIn)
    }
}

/// A visit to the browser that a step waits for.
#[derive(Clone, Debug)]
pub struct BrowserRequest {
    /// The step that asks.
    pub step: String,
    /// Where the browser goes: a web address. It holds the state, and is for the browser alone.
    pub url: Url,
    /// The redirect address.
    pub redirect_uri: String,
    /// How the browser comes back: to a listener that is up, by a deep link, or pasted.
    pub returns_by: RedirectKind,
    /// The state's SHA-256 in lower-case hex, by which an interrupted sign-in is known again.
    pub state_digest: String,
    /// When the wait is over, in Unix seconds.
    pub expires_at: i64,
}

/// A device code that a person enters elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceCodeRequest {
    /// The step that asks.
    pub step: String,
    /// What is entered.
    pub user_code: String,
    /// Where.
    pub verification_uri: String,
    /// Where, with the code in the address.
    pub verification_uri_complete: Option<String>,
    /// How long the code is good for.
    pub expires_in: Duration,
}

/// A single sign-on session. Its tokens are wiped when it is dropped.
#[derive(Clone)]
pub struct SsoSession {
    /// The access token.
    pub access_token: Zeroizing<String>,
    /// The ID token.
    pub id_token: Option<Zeroizing<String>>,
    /// Such as `Bearer`.
    pub token_type: String,
    /// When the access token expires, in Unix seconds.
    pub expires_at: Option<i64>,
    /// The ID token's claims.
    pub claims: Map<String, Value>,
}

/// Why there is no single sign-on session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SsoAbsent {
    /// Nobody is signed in.
    NotSignedIn,
    /// It is over and only the person can renew it; the provider's words.
    NeedsYou(String),
    /// It is over and could not be renewed just now; why. The same again may work.
    NotRenewed(String),
}

/// A form that wants answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormRequest {
    /// The step that asks.
    pub step: String,
    /// The modal's title.
    pub title: String,
    /// The fields.
    pub fields: Vec<FieldRequest>,
    /// The answer that was not accepted, where this is a second asking.
    pub refused: Option<RefusedAnswer>,
}

/// Answers by field key. A string is taken as typed; numbers and booleans may come as JSON.
pub type FormAnswers = Map<String, Value>;

/// An answer that was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedAnswer {
    /// The field's key.
    pub field: String,
    /// A code such as `form.invalid_email`.
    pub code: latchwork_model::ErrorCode,
    /// What is wrong with it.
    pub message: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// There is nobody to ask.
    Nobody,
    /// These fields have no answer, and there is nobody to ask.
    NobodyFor(Vec<String>),
    /// The person declined.
    Declined,
    /// The answer was refused and cannot be asked for again.
    Refused,
}

/// Wall-clock time and waiting.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Unix time in seconds.
    fn unix_seconds(&self) -> i64;
    /// Waits, by monotonic time.
    async fn wait(&self, duration: Duration);
}

/// Random bytes fit for cryptography.
pub trait Randomness: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn unix_seconds(&self) -> i64 {
        time::OffsetDateTime::now_utc().unix_timestamp()
    }

    async fn wait(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// The machine's random number generator.
#[derive(Debug)]
pub struct SystemRandomness(ring::rand::SystemRandom);

impl Default for SystemRandomness {
    fn default() -> Self {
        Self(ring::rand::SystemRandom::new())
    }
}

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        use ring::rand::SecureRandom as _;
        // Without random bytes nothing here is safe to go on with.
        self.0.fill(bytes).expect("the system gives random bytes");
    }
}
