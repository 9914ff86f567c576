//! The keyring, reached from one thread of its own with a time limit.
//!
//! A locked Secret Service can hang for minutes behind a dialog. The caller then hears [`VaultError::Slow`], and
//! what it had asked for is not done later behind its back.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::vault::error::VaultError;
use crate::vault::system_keyring::SystemKeyring;

/// The source of a keyring's fault, as the system said it.
pub type KeeperCause = Box<dyn std::error::Error + Send + Sync>;

/// Why a keyring did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeeperError {
    /// It is locked, and was not unlocked.
    #[error("locked: {0}")]
    Locked(KeeperCause),
    /// It does not let this program in.
    #[error("refused: {0}")]
    Refused(KeeperCause),
    /// There is none.
    #[error("missing: {0}")]
    Missing(KeeperCause),
    /// Anything else.
    #[error("failed: {0}")]
    Failed(KeeperCause),
}

impl From<KeeperError> for VaultError {
    fn from(error: KeeperError) -> Self {
        match error {
            KeeperError::Locked(_) => Self::Locked(error),
            KeeperError::Refused(_) => Self::Refused(error),
            KeeperError::Missing(_) => Self::Missing(error),
            KeeperError::Failed(_) => Self::Keyring(error),
        }
    }
}

/// Something that keeps one secret text under a name. Calls may block.
pub trait KeyKeeper: Send + 'static {
    /// The text under the name, or nothing if there is none.
    fn get(&mut self, name: &str) -> Result<Option<Zeroizing<String>>, KeeperError>;
    /// Keeps the text under the name.
    fn set(&mut self, name: &str, secret: &str) -> Result<(), KeeperError>;
    /// Forgets it; no error if there is none.
    fn remove(&mut self, name: &str) -> Result<(), KeeperError>;
}

/// A keyring behind its thread. Cheap to clone.
#[derive(Clone)]
pub struct Keyring {
    requests: Arc<Mutex<Sender<Request>>>,
    patience: Duration,
}

/// How long a keyring may take.
const PATIENCE: Duration = Duration::from_secs(10);

static SYSTEM: LazyLock<Keyring> = LazyLock::new(|| Keyring::new(SystemKeyring::new(), PATIENCE));

enum Request {
    Get {
        name: String,
        answer: oneshot::Sender<Result<Option<Zeroizing<String>>, KeeperError>>,
    },
    Set {
        name: String,
        secret: Zeroizing<String>,
        answer: oneshot::Sender<Result<(), KeeperError>>,
    },
    Remove {
        name: String,
        answer: oneshot::Sender<Result<(), KeeperError>>,
    },
}

impl Keyring {
    /// The system's keyring. The whole process reaches it through one thread.
    pub fn system() -> Self {
        SYSTEM.clone()
    }

    /// Another keeper, with its own thread and time limit.
    pub fn new(keeper: impl KeyKeeper, patience: Duration) -> Self {
        let (requests, inbox) = channel();
        let spawned = std::thread::Builder::new()
            .name("keyring".into())
            .spawn(move || serve(keeper, &inbox));
        if let Err(error) = spawned {
            // The inbox is gone with the closure, so every call says that the keyring failed.
            tracing::warn!(%error, "no thread for the keyring");
        }
        Self {
            requests: Arc::new(Mutex::new(requests)),
            patience,
        }
    }

    /// The same keyring with another time limit.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    pub(crate) async fn get(&self, name: &str) -> Result<Option<Zeroizing<String>>, VaultError> {
        self.ask(|answer| Request::Get {
            name: name.to_owned(),
            answer,
        })
        .await
    }

    pub(crate) async fn set(
        &self,
        name: &str,
        secret: Zeroizing<String>,
    ) -> Result<(), VaultError> {
        self.ask(|answer| Request::Set {
            name: name.to_owned(),
            secret,
            answer,
        })
        .await
    }

    pub(crate) async fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.ask(|answer| Request::Remove {
            name: name.to_owned(),
            answer,
        })
        .await
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<Result<T, KeeperError>>) -> Request,
    ) -> Result<T, VaultError> {
        let (answer, answered) = oneshot::channel();
        let gone =
            || VaultError::Keyring(KeeperError::Failed("the keyring's thread has ended".into()));
        {
            let requests = self
                .requests
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            requests.send(request(answer)).map_err(|_| gone())?;
        }
        match tokio::time::timeout(self.patience, answered).await {
            Ok(Ok(answer)) => answer.map_err(VaultError::from),
            Ok(Err(_)) => Err(gone()),
            Err(_) => Err(VaultError::Slow {
                waited: self.patience,
            }),
        }
    }
}

fn serve(mut keeper: impl KeyKeeper, inbox: &Receiver<Request>) {
    // Who gave up waiting has closed its end: what it asked for is left undone.
    while let Ok(request) = inbox.recv() {
        match request {
            Request::Get { name, answer } if !answer.is_closed() => {
                drop(answer.send(keeper.get(&name)));
            }
            Request::Set {
                name,
                secret,
                answer,
            } if !answer.is_closed() => drop(answer.send(keeper.set(&name, &secret))),
            Request::Remove { name, answer } if !answer.is_closed() => {
                drop(answer.send(keeper.remove(&name)));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
