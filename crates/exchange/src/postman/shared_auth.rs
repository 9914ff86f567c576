//! Which of a collection's auths is the connector's: it has one, where Postman has one a request.

use std::collections::HashMap;

use latchwork_model::Auth;

use super::auth;
use super::collection::Collection;
use super::node::Node;
use crate::foreign::{ForeignError, list};
use crate::note::NoteKind;

impl<'a> Collection<'a> {
    /// The collection's auth, or the one that most requests have. Requests that differ are named.
    pub fn auth(&mut self, root: &Node<'a>) -> Result<Auth, ForeignError> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut kinds = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let key = match &item.auth {
                Some(auth) if auth::kind(auth)? != "noauth" => auth.value.to_string(),
                _ => String::new(),
            };
            *counts.entry(key.clone()).or_default() += 1;
            kinds.push(key);
        }
        let of_collection = match root.member("auth") {
            Some(auth) if auth::kind(&auth)? != "noauth" => Some(auth),
            _ => None,
        };
        let chosen = of_collection.or_else(|| {
            let key = kinds
                .iter()
                .filter(|key| !key.is_empty())
                .max_by_key(|key| counts.get(*key).copied().unwrap_or_default())?;
            let index = kinds.iter().position(|kind| kind == key)?;
            self.items[index].auth.clone()
        });
        let Some(chosen) = chosen else {
            return Ok(Auth::None);
        };
        let key = chosen.value.to_string();
        let mut without = Vec::new();
        let mut otherwise = Vec::new();
        for (item, kind) in self.items.iter().zip(&kinds) {
            if kind.is_empty() {
                without.push(item.name.as_str());
            } else if *kind != key {
                otherwise.push(item.name.as_str());
            }
        }
        if !without.is_empty() {
            let names = list(without);
            self.scope.notes.add(
                NoteKind::Changed,
                format!("In Postman these sign in nowhere; here the connector's auth goes with them: {names}."),
            );
        }
        if !otherwise.is_empty() {
            let names = list(otherwise);
            self.scope.notes.add(
                NoteKind::Changed,
                format!("In Postman these sign in otherwise; here they sign in as all others do: {names}."),
            );
        }
        auth::read(&chosen, &mut self.scope)
    }
}
