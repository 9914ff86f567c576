//! The vault as people meet it: opened at the first use, and where it cannot be opened, in words and with the
//! choices there are. Nothing is written in the clear.

use std::sync::Arc;

use latchwork_store::{KeptBy as StoreKeptBy, KeySource, Keyring, StoreError, Vault, VaultError};

use crate::error::StudioError;
use crate::studio::{KeyChoice, Studio};
use crate::wire::{KeptBy, VaultState, VaultStatus};

/// What is known of the vault.
#[derive(Default)]
pub(crate) enum VaultSlot {
    /// Nobody has needed it yet.
    #[default]
    Unopened,
    /// Open.
    Open(Arc<Vault>),
    /// It could not be opened.
    Closed(VaultStatus),
}

impl Studio {
    /// The vault, opened where it is not yet.
    pub(crate) async fn vault(&self) -> Result<Arc<Vault>, StudioError> {
        match &*self.vault_slot().read().await {
            VaultSlot::Open(vault) => return Ok(Arc::clone(vault)),
            VaultSlot::Closed(status) => return Err(StudioError::VaultClosed(status.clone())),
            VaultSlot::Unopened => {}
        }
        let mut slot = self.vault_slot().write().await;
        match &*slot {
            VaultSlot::Open(vault) => return Ok(Arc::clone(vault)),
            VaultSlot::Closed(status) => return Err(StudioError::VaultClosed(status.clone())),
            VaultSlot::Unopened => {}
        }
        match Vault::open(self.store(), self.key_source()).await {
            Ok(vault) => {
                let vault = Arc::new(vault);
                *slot = VaultSlot::Open(Arc::clone(&vault));
                Ok(vault)
            }
            Err(StoreError::Vault(error)) => {
                *slot = VaultSlot::Closed(closed_status(&error));
                Err(error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The vault where it is open already; the keyring is not asked.
    pub(crate) async fn opened_vault(&self) -> Option<Arc<Vault>> {
        match &*self.vault_slot().read().await {
            VaultSlot::Open(vault) => Some(Arc::clone(vault)),
            VaultSlot::Closed(_) | VaultSlot::Unopened => None,
        }
    }

    /// The vault where it is open or can be opened; nothing where it cannot.
    pub(crate) async fn vault_if_open(&self) -> Option<Arc<Vault>> {
        self.vault().await.ok()
    }

    fn key_source(&self) -> KeySource {
        match self.key() {
            KeyChoice::Keyring => KeySource::Keyring(Keyring::system()),
            KeyChoice::Passphrase(passphrase) => KeySource::Passphrase(passphrase.clone().into()),
        }
    }

    /// Opens the vault for a command. Where there is no keyring and no passphrase, secrets live as long as the
    /// process; the words say so. A wrong passphrase, or a key that does not fit its data, is an error.
    pub async fn unlock_for_process(&self) -> Result<Option<String>, StudioError> {
        let Err(error) = self.vault().await else {
            return Ok(None);
        };
        let reason = match (&error, self.key()) {
            (StudioError::Vault(fault), KeyChoice::Keyring) if may_go_on(fault) => {
                fault.to_string()
            }
            (StudioError::VaultClosed(status), KeyChoice::Keyring) => status.message.clone(),
            _ => return Err(error),
        };
        self.vault_use_session_only().await?;
        Ok(Some(format!(
            "{reason}. Secrets live only as long as this command. To keep them, unlock the keyring or set LATCHWORK_PASSPHRASE."
        )))
    }

    /// What state the vault is in.
    pub async fn vault_status(&self) -> VaultStatus {
        match self.vault().await {
            Ok(vault) => open_status(&vault),
            Err(StudioError::Vault(error)) => closed_status(&error),
            Err(StudioError::VaultClosed(status)) => status,
            Err(error) => VaultStatus {
                state: VaultState::Missing,
                kept_by: None,
                message: error.to_string(),
                hint: error.fault().hint,
            },
        }
    }

    /// Asks the keyring again.
    pub async fn vault_retry(&self) -> Result<VaultStatus, StudioError> {
        *self.vault_slot().write().await = VaultSlot::Unopened;
        Ok(self.vault_status().await)
    }

    /// Opens the vault with a passphrase, or makes one where nothing is sealed yet.
    pub async fn vault_unlock(&self, passphrase: &str) -> Result<VaultStatus, StudioError> {
        let source = KeySource::Passphrase(passphrase.to_owned().into());
        let vault = Vault::open(self.store(), source).await?;
        Ok(self.use_vault(vault).await)
    }

    /// Goes on with secrets that live as long as the process. What is sealed on the disk stays as it is.
    pub async fn vault_use_session_only(&self) -> Result<VaultStatus, StudioError> {
        let vault = Vault::session_only()?;
        Ok(self.use_vault(vault).await)
    }

    async fn use_vault(&self, vault: Vault) -> VaultStatus {
        let status = open_status(&vault);
        *self.vault_slot().write().await = VaultSlot::Open(Arc::new(vault));
        status
    }
}

/// Whether a command may go on without the keyring: it is not there, or does not open. Where a key is there and is
/// the wrong one, or gone while its data is here, going on would look as if all were well.
fn may_go_on(error: &VaultError) -> bool {
    matches!(
        error,
        VaultError::Missing(_)
            | VaultError::Locked(_)
            | VaultError::Refused(_)
            | VaultError::Slow { .. }
            | VaultError::Keyring(_)
            | VaultError::PassphraseNeeded
    )
}

fn open_status(vault: &Vault) -> VaultStatus {
    let (state, kept_by, message) = match vault.kept_by() {
        StoreKeptBy::Keyring => (
            VaultState::Ready,
            KeptBy::Keyring,
            "Secrets are encrypted; the key is in the system keyring.",
        ),
        StoreKeptBy::Passphrase => (
            VaultState::Ready,
            KeptBy::Passphrase,
            "Secrets are encrypted with your passphrase.",
        ),
        StoreKeptBy::Session => (
            VaultState::SessionOnly,
            KeptBy::Session,
            "Secrets are kept until Latchwork is closed, and never written to disk.",
        ),
    };
    VaultStatus {
        state,
        kept_by: Some(kept_by),
        message: message.to_owned(),
        hint: None,
    }
}

fn closed_status(error: &VaultError) -> VaultStatus {
    let state = match error {
        VaultError::Locked(_) | VaultError::PassphraseNeeded => VaultState::Locked,
        VaultError::Refused(_) => VaultState::Refused,
        VaultError::Slow { .. } => VaultState::Slow,
        VaultError::KeyGone => VaultState::KeyGone,
        VaultError::KeyWrong { .. }
        | VaultError::PassphraseNotSet
        | VaultError::Replaced
        | VaultError::Broken { .. } => VaultState::KeyWrong,
        _ => VaultState::Missing,
    };
    VaultStatus {
        state,
        kept_by: None,
        message: error.to_string(),
        hint: error.hint(),
    }
}
