//! What a session-only vault keeps: outputs and secrets in memory, wiped with the vault, never written.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

use crate::table::CachedOutputs;

/// A secret variable and the fingerprint it is bound to.
pub(crate) struct SessionSecret {
    pub(crate) fingerprint: String,
    pub(crate) value: Zeroizing<String>,
}

#[derive(Default)]
pub(crate) struct SessionRows {
    outputs: Mutex<HashMap<(String, String), Arc<CachedOutputs>>>,
    secrets: Mutex<HashMap<(String, String), SessionSecret>>,
}

impl SessionRows {
    pub(crate) fn outputs(&self, connector_id: &str, scope: &str) -> Option<Arc<CachedOutputs>> {
        let outputs = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        outputs
            .get(&(connector_id.to_owned(), scope.to_owned()))
            .cloned()
    }

    /// The outputs of all scopes of the connector.
    pub(crate) fn all_outputs(&self, connector_id: &str) -> Vec<(String, Arc<CachedOutputs>)> {
        let outputs = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        let of_connector = outputs
            .iter()
            .filter(|((connector, _), _)| connector == connector_id);
        of_connector
            .map(|((_, scope), outputs)| (scope.clone(), Arc::clone(outputs)))
            .collect()
    }

    pub(crate) fn put_outputs(&self, connector_id: &str, scope: &str, outputs: Arc<CachedOutputs>) {
        let mut all = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert((connector_id.to_owned(), scope.to_owned()), outputs);
    }

    pub(crate) fn drop_outputs(&self, connector_id: &str, scope: &str) {
        let mut all = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&(connector_id.to_owned(), scope.to_owned()));
    }

    /// The secret, if it is bound to this fingerprint.
    pub(crate) fn secret(
        &self,
        connector_id: &str,
        name: &str,
        fingerprint: &str,
    ) -> Option<Zeroizing<String>> {
        let secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let secret = secrets.get(&(connector_id.to_owned(), name.to_owned()))?;
        (secret.fingerprint == fingerprint).then(|| secret.value.clone())
    }

    /// The names of the secrets that are bound to this fingerprint.
    pub(crate) fn secret_names(&self, connector_id: &str, fingerprint: &str) -> Vec<String> {
        let secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let bound = secrets.iter().filter(|((connector, _), secret)| {
            connector == connector_id && secret.fingerprint == fingerprint
        });
        bound.map(|((_, name), _)| name.clone()).collect()
    }

    pub(crate) fn put_secret(&self, connector_id: &str, name: &str, secret: SessionSecret) {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.insert((connector_id.to_owned(), name.to_owned()), secret);
    }

    pub(crate) fn drop_secret(&self, connector_id: &str, name: &str) {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.remove(&(connector_id.to_owned(), name.to_owned()));
    }
}
