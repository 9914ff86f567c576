//! What a session-only vault keeps: outputs and secrets in memory, wiped with the vault, never written.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

use crate::table::{CachedOutputs, Stored};

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

    /// The scopes of the connector that have outputs, in order.
    pub(crate) fn scopes(&self, connector_id: &str) -> Vec<String> {
        let outputs = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        let of_connector = outputs
            .keys()
            .filter(|(connector, _)| connector == connector_id);
        let mut scopes: Vec<_> = of_connector.map(|(_, scope)| scope.clone()).collect();
        scopes.sort();
        scopes
    }

    /// Whether the outputs there are those with this revision; where none is given, any will do.
    pub(crate) fn judge(&self, connector_id: &str, scope: &str, expected: Option<i64>) -> Stored {
        let all = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        judge(
            all.get(&(connector_id.to_owned(), scope.to_owned())),
            expected,
        )
    }

    /// Puts new outputs in place of those with this revision; where none is given, of whatever is there.
    pub(crate) fn replace_outputs(
        &self,
        connector_id: &str,
        scope: &str,
        expected: Option<i64>,
        new: Arc<CachedOutputs>,
    ) -> Stored {
        let mut all = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (connector_id.to_owned(), scope.to_owned());
        let judged = judge(all.get(&key), expected);
        if judged == Stored::Yes {
            all.insert(key, new);
        }
        judged
    }

    /// Wipes the outputs with this revision.
    pub(crate) fn drop_outputs(&self, connector_id: &str, scope: &str, revision: i64) {
        let mut all = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (connector_id.to_owned(), scope.to_owned());
        if all
            .get(&key)
            .is_some_and(|there| there.revision == revision)
        {
            all.remove(&key);
        }
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

fn judge(there: Option<&Arc<CachedOutputs>>, expected: Option<i64>) -> Stored {
    match (expected, there) {
        (Some(_), None) => Stored::ClearedMeanwhile,
        (Some(expected), Some(there)) if there.revision != expected => Stored::ReplacedMeanwhile,
        _ => Stored::Yes,
    }
}
