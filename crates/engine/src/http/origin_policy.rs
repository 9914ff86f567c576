//! Where requests may go (SAFETY Z25): to the origins that the connector's file names, to those that a person has
//! approved, and nowhere else.

use std::collections::BTreeSet;

use latchwork_model::{Connector, Origin, OriginPattern, literal_origins};
use url::Url;

use crate::error::EngineError;

/// The origins of a run.
#[derive(Clone, Debug, Default)]
pub struct OriginPolicy {
    named: BTreeSet<Origin>,
    patterns: Vec<OriginPattern>,
}

impl OriginPolicy {
    /// What a file names: its literal addresses and its `allowed_origins`.
    pub fn of(connector: &Connector) -> Self {
        Self {
            named: literal_origins(connector),
            patterns: connector
                .allowed_origins
                .iter()
                .filter_map(|entry| OriginPattern::parse(entry))
                .collect(),
        }
    }

    /// Adds an entry that a person approved, such as `--allow-origin`'s; false where it is none.
    pub fn approve(&mut self, entry: &str) -> bool {
        OriginPattern::parse(entry)
            .map(|pattern| self.patterns.push(pattern))
            .is_some()
    }

    /// Adds the origin of an address that the file or a person decides.
    pub(crate) fn approve_address(&mut self, url: &Url) {
        self.named.extend(Origin::of(url));
    }

    /// Whether a request may go to this address.
    pub(crate) fn check(&self, url: &Url, place: &str) -> Result<Origin, EngineError> {
        let Some(origin) = Origin::of(url) else {
            return Err(EngineError::InvalidUrl {
                place: place.to_owned(),
                value: crate::error::shown(url),
                reason: "only http and https are called, and no host with a `*`".to_owned(),
            });
        };
        if self.named.contains(&origin)
            || self.patterns.iter().any(|pattern| pattern.matches(&origin))
        {
            Ok(origin)
        } else {
            Err(EngineError::OriginNotAllowed { origin })
        }
    }
}
