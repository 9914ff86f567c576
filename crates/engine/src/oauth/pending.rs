//! The one place where an OAuth callback is matched (SAFETY Z1 to Z5): by `state`, whichever way it came.
//!
//! Deliberately not here: how a callback arrives (a listener, a deep link, a person who pastes), and what its code
//! is exchanged for.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use latchwork_model::ErrorCode;
use subtle::ConstantTimeEq as _;
use tokio::sync::mpsc;
use url::Url;

use super::callback::{Callback, CallbackParameters, same_address};
use super::words::plain_words;
use crate::host::Clock;

/// How many used-up states are remembered, so that a page that is loaded again is answered in words that fit.
const REMEMBERED: usize = 64;

/// The authorizations that wait for their callback.
pub struct PendingAuthorizations {
    clock: Arc<dyn Clock>,
    table: Mutex<Table>,
}

#[derive(Default)]
struct Table {
    waiting: Vec<Entry>,
    used: VecDeque<String>,
}

/// One authorization, while it waits.
struct Entry {
    state: String,
    expected: Expected,
    expires_at: i64,
    told: mpsc::UnboundedSender<Delivery>,
}

/// What a callback must fit.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// Where it comes back to.
    pub redirect_uri: String,
    /// The issuer that it must name, where it names one (RFC 9207).
    pub issuer: Option<String>,
    /// Whether the provider's metadata promises that it names one.
    pub issuer_promised: bool,
    /// The callback's names for the state: the provider's own, and the standard one.
    pub state_names: Vec<String>,
    /// The callback's names for the code.
    pub code_names: Vec<String>,
}

/// What a waiting authorization hears.
#[derive(Debug)]
pub(crate) enum Delivery {
    /// The callback: the wait is over.
    Callback(Callback),
    /// A callback with its state was refused; the wait goes on.
    Refused(CallbackRefusal),
}

/// Which way a callback came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedBy {
    /// A listener on this machine.
    Loopback,
    /// The system handed over an address of our scheme.
    DeepLink,
    /// A person pasted the address.
    Paste,
}

/// Why a callback was not taken. Nothing was used up, unless it says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackRefusal {
    /// It is no address, or not the one that a sign-in waits at.
    #[error("this is not the address that a sign-in comes back to")]
    NotACallback,
    /// No `state`.
    #[error("the answer has no `{name}`, so it belongs to no sign-in")]
    NoState {
        /// The parameter's name.
        name: String,
    },
    /// No sign-in waits for this state.
    #[error("no sign-in waits for this answer")]
    UnknownState,
    /// The state has been used up.
    #[error("this answer has been used already")]
    UsedState,
    /// It came too late.
    #[error("this answer came too late: the sign-in is over")]
    Expired,
    /// A parameter that may be there once (RFC 6749 section 3.1).
    #[error("the answer has `{name}` more than once")]
    Doubled {
        /// The parameter's name.
        name: String,
    },
    /// `iss` is not the provider's (RFC 9207 section 2.4).
    #[error("the answer is from the issuer `{given}`, and this sign-in is with `{expected}`")]
    IssuerMismatch {
        /// What the answer says, as plain words.
        given: String,
        /// Whom the sign-in is with.
        expected: String,
    },
    /// The provider promises `iss`, and it is missing.
    #[error(
        "the answer does not say which issuer it is from, though the provider `{expected}` promises it"
    )]
    IssuerMissing {
        /// Whom the sign-in is with.
        expected: String,
    },
    /// Neither a code nor an error.
    #[error("the answer has neither `{code_name}` nor `error`")]
    NoCode {
        /// The callback's name for the code.
        code_name: String,
    },
}

impl CallbackRefusal {
    /// The stable code.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NotACallback | Self::Doubled { .. } | Self::NoCode { .. } => {
                ErrorCode::OauthCallbackInvalid
            }
            Self::NoState { .. } | Self::UnknownState | Self::UsedState | Self::Expired => {
                ErrorCode::OauthStateMismatch
            }
            Self::IssuerMismatch { .. } | Self::IssuerMissing { .. } => {
                ErrorCode::OauthIssuerMismatch
            }
        }
    }

    /// Whether the state was ours once, or still is.
    pub const fn is_of_a_known_sign_in(&self) -> bool {
        !matches!(
            self,
            Self::NotACallback | Self::NoState { .. } | Self::UnknownState
        )
    }
}

/// A place in the table; giving it up ends the wait.
pub(crate) struct Waiting {
    table: Arc<PendingAuthorizations>,
    state: String,
    heard: mpsc::UnboundedReceiver<Delivery>,
}

impl Waiting {
    /// What has come already and was not taken yet.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn heard_so_far(&mut self) -> Option<Delivery> {
        self.heard.try_recv().ok()
    }

    /// What comes next for this authorization.
    pub(crate) async fn next(&mut self) -> Option<Delivery> {
        self.heard.recv().await
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.table.forget(&self.state);
    }
}

impl PendingAuthorizations {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            table: Mutex::default(),
        }
    }

    /// Begins to wait for a callback with this state.
    pub(crate) fn wait(
        self: &Arc<Self>,
        state: String,
        expected: Expected,
        expires_at: i64,
    ) -> Waiting {
        let (told, heard) = mpsc::unbounded_channel();
        self.table().waiting.push(Entry {
            state: state.clone(),
            expected,
            expires_at,
            told,
        });
        Waiting {
            table: Arc::clone(self),
            state,
            heard,
        }
    }

    /// Takes a callback's address to the sign-in that waits for it. A refusal harms nothing: whoever waits goes on
    /// waiting.
    pub fn deliver(&self, address: &str, by: ReceivedBy) -> Result<(), CallbackRefusal> {
        let url = Url::parse(address.trim()).map_err(|_| CallbackRefusal::NotACallback)?;
        let parameters = CallbackParameters::of(&url);
        let mut table = self.table();
        let Some(index) = table.find(&parameters) else {
            return Err(table.refuse_unknown(&parameters));
        };
        let entry = &table.waiting[index];
        if entry.expires_at <= self.clock.unix_seconds() {
            let state = table.waiting.swap_remove(index).state;
            table.remember(state);
            return Err(CallbackRefusal::Expired);
        }
        match entry.expected.check(&url, parameters, by) {
            Ok(callback) => {
                // Taken out before anyone is told: the same callback finds nothing any more.
                let entry = table.waiting.swap_remove(index);
                table.remember(entry.state);
                // A run that was cancelled meanwhile hears nothing.
                let _ = entry.told.send(Delivery::Callback(callback));
                Ok(())
            }
            Err(refusal) => {
                let _ = entry.told.send(Delivery::Refused(refusal.clone()));
                Err(refusal)
            }
        }
    }

    /// How many sign-ins wait.
    pub fn waiting(&self) -> usize {
        self.table().waiting.len()
    }

    fn forget(&self, state: &str) {
        let mut table = self.table();
        if let Some(index) = table.waiting.iter().position(|entry| entry.state == state) {
            let state = table.waiting.swap_remove(index).state;
            table.remember(state);
        }
    }

    fn table(&self) -> std::sync::MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// The entry whose state the callback has; every entry is compared, each in constant time.
    fn find(&self, parameters: &CallbackParameters) -> Option<usize> {
        let mut found = None;
        for (index, entry) in self.waiting.iter().enumerate() {
            let mut fits = false;
            for given in parameters.any_of(&entry.expected.state_names) {
                fits |= bool::from(given.as_bytes().ct_eq(entry.state.as_bytes()));
            }
            if fits {
                found = Some(index);
            }
        }
        found
    }

    fn refuse_unknown(&self, parameters: &CallbackParameters) -> CallbackRefusal {
        let used = self.used.iter().any(|state| {
            parameters
                .values()
                .any(|given| bool::from(given.as_bytes().ct_eq(state.as_bytes())))
        });
        if used {
            return CallbackRefusal::UsedState;
        }
        let names = match self.waiting.first() {
            Some(entry) => entry.expected.state_names.clone(),
            None => vec!["state".to_owned()],
        };
        if parameters.any_of(&names).next().is_none() {
            return CallbackRefusal::NoState {
                name: names.into_iter().next().unwrap_or_default(),
            };
        }
        CallbackRefusal::UnknownState
    }

    fn remember(&mut self, state: String) {
        self.used.push_back(state);
        while self.used.len() > REMEMBERED {
            self.used.pop_front();
        }
    }
}

impl Expected {
    fn check(
        &self,
        url: &Url,
        parameters: CallbackParameters,
        by: ReceivedBy,
    ) -> Result<Callback, CallbackRefusal> {
        // A listener's own address has its port, and a deep link its scheme; both are compared whole.
        if !same_address(url, &self.redirect_uri, by) {
            return Err(CallbackRefusal::NotACallback);
        }
        let single = [vec!["iss".to_owned()], vec!["error".to_owned()]];
        for names in [&self.code_names, &self.state_names]
            .into_iter()
            .chain(&single)
        {
            if parameters.any_of(names).count() > 1 {
                return Err(CallbackRefusal::Doubled {
                    name: names.first().cloned().unwrap_or_default(),
                });
            }
        }
        if let Some(expected) = &self.issuer {
            match parameters.all("iss").next() {
                Some(given) if given != expected => {
                    return Err(CallbackRefusal::IssuerMismatch {
                        given: plain_words(given),
                        expected: expected.clone(),
                    });
                }
                None if self.issuer_promised => {
                    return Err(CallbackRefusal::IssuerMissing {
                        expected: expected.clone(),
                    });
                }
                _ => {}
            }
        }
        parameters
            .into_callback(&self.code_names, &self.state_names)
            .ok_or_else(|| CallbackRefusal::NoCode {
                code_name: self.code_names.first().cloned().unwrap_or_default(),
            })
    }
}
