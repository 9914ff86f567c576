//! A callback's parameters, and whether its address is the one that was registered.

use serde_json::{Map, Value};
use url::Url;
use zeroize::Zeroizing;

use super::pending::ReceivedBy;

/// The parameters of a callback, in their order.
pub(super) struct CallbackParameters(Vec<(String, String)>);

/// What a provider sent back.
#[derive(Debug)]
pub(crate) enum Callback {
    /// A code, and the callback's other parameters (without code and state).
    Code {
        code: Zeroizing<String>,
        others: Map<String, Value>,
    },
    /// An error (RFC 6749 section 4.1.2.1).
    Error {
        error: String,
        description: Option<String>,
    },
}

impl CallbackParameters {
    /// Those of the query; a fragment is no part of a code callback.
    pub(super) fn of(url: &Url) -> Self {
        Self(
            url.query_pairs()
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// All values of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// All values.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, value)| value.as_str())
    }

    /// All values of any of these names.
    pub(super) fn any_of<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(|(other, _)| names.contains(other))
            .map(|(_, value)| value.as_str())
    }

    /// What it says; `None` where it has neither a code nor an error.
    pub(super) fn into_callback(
        self,
        code_names: &[String],
        state_names: &[String],
    ) -> Option<Callback> {
        if let Some(error) = self.all("error").next().filter(|error| !error.is_empty()) {
            return Some(Callback::Error {
                error: error.to_owned(),
                description: self.all("error_description").next().map(str::to_owned),
            });
        }
        let code = self
            .any_of(code_names)
            .next()
            .filter(|code| !code.is_empty())?;
        let code = Zeroizing::new(code.to_owned());
        let others = self
            .0
            .into_iter()
            .filter(|(name, _)| !code_names.contains(name) && !state_names.contains(name))
            .map(|(name, value)| (name, Value::String(value)))
            .collect();
        Some(Callback::Code { code, others })
    }
}

/// Whether an address is the redirect address: scheme, host, port and path. A redirect address may have a query of
/// its own, whose parameters must then be there (RFC 6749 section 3.1.2).
pub(super) fn same_address(url: &Url, redirect_uri: &str, by: ReceivedBy) -> bool {
    let Ok(expected) = Url::parse(redirect_uri) else {
        return false;
    };
    // Browsers drop or add the last slash of an address that is only a host.
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    let same_path = match by {
        ReceivedBy::Loopback => url.path() == expected.path(),
        ReceivedBy::DeepLink | ReceivedBy::Paste => path(url) == path(&expected),
    };
    url.scheme() == expected.scheme()
        && url.host_str() == expected.host_str()
        && url.port_or_known_default() == expected.port_or_known_default()
        && same_path
        && expected
            .query_pairs()
            .all(|pair| url.query_pairs().any(|given| given == pair))
}
