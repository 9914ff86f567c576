//! Runs flows: templates, one file a step kind, HTTP, and what a run leaves behind.
//!
//! The engine knows its hosts by traits ([`Host`], [`Clock`], [`Randomness`]); it sees no database, no window and
//! no terminal. A failed step is a value in the run's result, not a broken run. Dropping a run's future cancels it.

mod answer;
mod bounded_file;
mod call;
mod engine;
mod error;
mod event;
mod feeds;
mod graphql;
mod host;
mod http;
mod masking;
mod needles;
mod oauth;
mod request;
mod run;
mod secret_name;
mod session;
mod signing;
mod steps;

#[cfg(feature = "fuzzing")]
pub mod fuzzing;
pub mod template;

pub use bounded_file::read_bounded;
pub use call::{Attempt, Call, CallAnswer, Called, check_inputs};
pub use engine::Engine;
pub use error::{EngineError, Fault, HttpFault, HttpFaultKind};
pub use event::{
    Exchange, FieldOption, FieldRequest, Header, Hop, NoAnswer, ReceivedResponse, RefreshStatus,
    RunEvent, SentRequest, StepStatus, TestStatus, Timing,
};
pub use graphql::{GraphqlError, GraphqlErrors};
pub use host::{
    BrowserRequest, Clock, DeviceCodeRequest, FormAnswers, FormRequest, Host, Randomness,
    RefusedAnswer, SsoAbsent, SsoSession, SystemClock, SystemRandomness, Unanswered,
};
pub use http::{OriginPolicy, StoredCookies};
pub use masking::MASK;
pub use oauth::{
    CallbackRefusal, DEEP_LINK_ADDRESS, Metadata, OauthError, PendingAuthorizations, ReceivedBy,
    Revocation, Revoked,
};
pub use run::{FlowPart, LeftBehind, RefreshReason, Run, RunFailure, RunInput};
pub use secret_name::is_secret_name;
pub use session::CachedOutputs;
pub use steps::check_answers;
