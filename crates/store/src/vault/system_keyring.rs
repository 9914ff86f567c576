//! The system's own keyring: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
//!
//! The `keyring` crate connects once in a process, so a keyring that is started later would stay missing; its
//! parts, used here, let each call connect anew after a failure.

use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use crate::vault::keyring::{KeeperCause, KeeperError, KeyKeeper};

const SERVICE: &str = "studio.latchwork";

pub(crate) struct SystemKeyring {
    connected: Option<Arc<SystemStore>>,
}

impl SystemKeyring {
    pub(crate) fn new() -> Self {
        Self { connected: None }
    }

    fn with_entry<T>(
        &mut self,
        name: &str,
        call: impl FnOnce(&Entry) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let store = match &self.connected {
            Some(store) => store.clone(),
            None => connect()?,
        };
        let result = store
            .build(SERVICE, name, None)
            .and_then(|entry| call(&entry));
        // A connection that failed is not used again: the keyring may have been restarted.
        let lost = matches!(result, Err(Error::PlatformFailure(_)));
        self.connected = (!lost).then_some(store);
        result
    }
}

impl KeyKeeper for SystemKeyring {
    fn get(&mut self, name: &str) -> Result<Option<Zeroizing<String>>, KeeperError> {
        match self.with_entry(name, Entry::get_password) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            // Something else wrote under our name. These errors carry the bytes, so they go no further.
            Err(Error::BadEncoding(bytes) | Error::BadDataFormat(bytes, _)) => {
                drop(Zeroizing::new(bytes));
                Ok(Some(Zeroizing::default()))
            }
            Err(error) => Err(keeper_error(error)),
        }
    }

    fn set(&mut self, name: &str, secret: &str) -> Result<(), KeeperError> {
        self.with_entry(name, |entry| entry.set_password(secret))
            .map_err(keeper_error)
    }

    fn remove(&mut self, name: &str) -> Result<(), KeeperError> {
        match self.with_entry(name, Entry::delete_credential) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(keeper_error(error)),
        }
    }
}

#[cfg(target_os = "linux")]
type SystemStore = zbus_secret_service_keyring_store::Store;

#[cfg(target_os = "linux")]
fn connect() -> Result<Arc<SystemStore>, Error> {
    SystemStore::new()
}

/// Says which of our cases it is, by type and by D-Bus error name, never by a message.
#[cfg(target_os = "linux")]
fn keeper_error(error: Error) -> KeeperError {
    use secret_service::Error as Service;

    let named: fn(KeeperCause) -> KeeperError = match &error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => {
            match cause.downcast_ref::<Service>() {
                // A prompt that is dismissed, or that no desktop is there to show, leaves it locked.
                Some(Service::Locked | Service::Prompt | Service::PromptDisconnected) => {
                    KeeperError::Locked
                }
                // No default collection: a keyring that was never set up.
                Some(Service::NoResult | Service::Unavailable) => KeeperError::Missing,
                Some(Service::Zbus(cause)) => from_bus(cause),
                Some(Service::ZbusFdo(cause)) => from_name(zbus::DBusError::name(cause).as_str()),
                _ => KeeperError::Failed,
            }
        }
        _ => KeeperError::Failed,
    };
    named(Box::new(error))
}

#[cfg(target_os = "linux")]
fn from_bus(cause: &zbus::Error) -> fn(KeeperCause) -> KeeperError {
    match cause {
        zbus::Error::MethodError(name, _, _) => from_name(name.as_str()),
        zbus::Error::FDO(cause) => from_name(zbus::DBusError::name(&**cause).as_str()),
        // There is an address, and nobody behind it.
        zbus::Error::InputOutput(_) | zbus::Error::Handshake(_) => KeeperError::Missing,
        _ => KeeperError::Failed,
    }
}

#[cfg(target_os = "linux")]
fn from_name(name: &str) -> fn(KeeperCause) -> KeeperError {
    match name {
        "org.freedesktop.Secret.Error.IsLocked" => KeeperError::Locked,
        "org.freedesktop.DBus.Error.AccessDenied" | "org.freedesktop.DBus.Error.AuthFailed" => {
            KeeperError::Refused
        }
        "org.freedesktop.DBus.Error.ServiceUnknown"
        | "org.freedesktop.DBus.Error.NameHasNoOwner"
        | "org.freedesktop.DBus.Error.NoServer"
        | "org.freedesktop.DBus.Error.Disconnected" => KeeperError::Missing,
        _ => KeeperError::Failed,
    }
}

#[cfg(target_os = "macos")]
type SystemStore = apple_native_keyring_store::keychain::Store;

#[cfg(target_os = "windows")]
type SystemStore = windows_native_keyring_store::Store;

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn connect() -> Result<Arc<SystemStore>, Error> {
    SystemStore::new()
}

#[cfg(any(target_os = "macos", target_os = "windows"))]
fn keeper_error(error: Error) -> KeeperError {
    let named: fn(KeeperCause) -> KeeperError = match &error {
        Error::NoStorageAccess(_) => KeeperError::Refused,
        Error::NoDefaultStore | Error::NotSupportedByStore(_) => KeeperError::Missing,
        _ => KeeperError::Failed,
    };
    named(Box::new(error))
}
