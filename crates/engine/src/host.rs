//! What a run needs of the world outside, as traits: a person who answers, someone who listens, time and chance.
//! A browser comes with the steps that need one.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::{Map, Value};

use crate::event::{FieldRequest, RunEvent};

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
