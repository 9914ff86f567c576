//! What can go wrong with the vault, each with words for the person whose data it is.

use std::time::Duration;

use crate::vault::{KeeperError, KeptBy, Place};

/// A fault of the vault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The keyring is locked, and was not unlocked when asked to.
    #[error("The system keyring is locked")]
    Locked(#[source] KeeperError),
    /// The keyring would not let us have the key.
    #[error("The system keyring refused to give Latchwork its key")]
    Refused(#[source] KeeperError),
    /// There is no keyring on this system, or it cannot be reached.
    #[error("There is no system keyring (Secret Service) to keep the key in")]
    Missing(#[source] KeeperError),
    /// The keyring failed in some other way.
    #[error("The system keyring does not work")]
    Keyring(#[source] KeeperError),
    /// The keyring did not answer in time. Often it waits behind a dialog.
    #[error("The system keyring did not answer within {waited:?}")]
    Slow {
        /// How long was waited.
        waited: Duration,
    },
    /// There is sealed data, and the keyring has no key for it.
    #[error("The key for this data is not here: the system keyring has no entry for it")]
    KeyGone,
    /// There is a key, and it is not the one that this data was sealed with.
    #[error("{}", match kept_by {
        KeptBy::Passphrase => "This is not the passphrase that the data was sealed with",
        _ => "The key in the system keyring is not the one that this data was sealed with",
    })]
    KeyWrong {
        /// Where the wrong key came from.
        kept_by: KeptBy,
    },
    /// The data is sealed with a passphrase, and none was given.
    #[error("The data is sealed with a passphrase")]
    PassphraseNeeded,
    /// A passphrase was given, and the data is sealed with a key in the keyring alone.
    #[error("The data is sealed with a key in the system keyring, not with a passphrase")]
    PassphraseNotSet,
    /// An empty passphrase.
    #[error("The passphrase is empty")]
    PassphraseEmpty,
    /// The vault's own records are damaged.
    #[error("The vault is damaged: {what} cannot be read")]
    Broken {
        /// Which record.
        what: &'static str,
    },
    /// One sealed value is damaged or was moved; all others are well.
    #[error("A sealed value cannot be read: {column} of {table} {row}")]
    Row {
        /// The table.
        table: String,
        /// What names the row.
        row: String,
        /// The column.
        column: String,
    },
    /// Another process has started a new vault since this one was opened.
    #[error("The vault was replaced by another program")]
    Replaced,
    /// It cannot be done with a vault that ends with the process.
    #[error("Secrets live for this session only, and there is nothing to keep")]
    SessionOnly,
    /// More than can be sealed at once.
    #[error("The value is too large to be sealed")]
    TooLarge,
    /// The system gave no random numbers.
    #[error("The system gives no random numbers")]
    Random(#[source] getrandom::Error),
    /// The key could not be derived from the passphrase.
    #[error("The key could not be made from the passphrase: {0}")]
    Derivation(argon2::Error),
}

impl VaultError {
    pub(crate) fn row(place: Place<'_>) -> Self {
        Self::Row {
            table: place.table.to_owned(),
            row: place.row.join(" / "),
            column: place.column.to_owned(),
        }
    }

    /// The stable code, as in `docs/error-codes.md`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Locked(_) | Self::PassphraseNeeded => "vault.locked",
            Self::Refused(_) => "vault.refused",
            Self::Slow { .. } => "vault.slow",
            Self::KeyGone => "vault.key_gone",
            Self::KeyWrong { .. }
            | Self::PassphraseNotSet
            | Self::PassphraseEmpty
            | Self::Replaced => "vault.key_wrong",
            Self::Broken { .. } | Self::Row { .. } | Self::TooLarge => "vault.broken",
            Self::Missing(_)
            | Self::Keyring(_)
            | Self::SessionOnly
            | Self::Random(_)
            | Self::Derivation(_) => "vault.unavailable",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> Option<String> {
        Some(
            match self {
                Self::Locked(_) => "Unlock the keyring and try again, or go on for this session only.",
                Self::Refused(_) => {
                    "Allow Latchwork in the keyring's dialog or settings and try again, or go on for this session only."
                }
                Self::Missing(_) => {
                    "Install or start a keyring (GNOME Keyring, KWallet, KeePassXC), give a passphrase, or go on for this session only."
                }
                Self::Keyring(_) => "Restart the keyring and try again, give a passphrase, or go on for this session only.",
                Self::Slow { .. } => "Look for the keyring's own dialog and answer it, then try again.",
                Self::KeyWrong { kept_by: KeptBy::Passphrase } | Self::PassphraseNeeded => "Give the passphrase that was set for this data folder.",
                Self::KeyGone | Self::KeyWrong { .. } => {
                    "Bring back the keyring that this data was made with, or start a new vault and sign in again. Nothing was changed."
                }
                Self::PassphraseNotSet => {
                    "Leave the passphrase out, or set one in the studio while the keyring is unlocked."
                }
                Self::PassphraseEmpty => "Give a passphrase of at least one character; a long one is better.",
                Self::Broken { .. } => "Restore a backup of the database, or start a new vault and sign in again.",
                Self::Row { .. } => "Sign in again for this connector, or set the secret again; everything else is well.",
                Self::Replaced => "Open the vault again.",
                Self::SessionOnly => "Set up a keyring or give a passphrase first.",
                Self::TooLarge => return None,
                Self::Random(_) | Self::Derivation(_) => "Free some memory and try again.",
            }
            .to_owned(),
        )
    }

    /// Whether the same may work in a moment.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Locked(_)
                | Self::Slow { .. }
                | Self::Keyring(_)
                | Self::Missing(_)
                | Self::Refused(_)
                | Self::Replaced
        )
    }
}
