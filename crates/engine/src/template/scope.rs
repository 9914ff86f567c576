//! The names that a template may use.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use minijinja::Value;

use super::convert;

/// A value as templates see it, turned from JSON once. A clone is cheap and shares it, so that an answer of 10 MB
/// is held once, however many names it has.
#[derive(Clone)]
pub struct ScopeValue(pub(super) Value);

impl ScopeValue {
    /// An object of values that are there already: a step's outputs.
    pub fn object<K: Into<String>>(members: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self(Value::from_pairs(
            members
                .into_iter()
                .map(|(key, value)| (key.into(), value.0)),
        ))
    }

    /// The value as JSON again.
    pub fn to_json(&self) -> serde_json::Value {
        convert::to_json(&self.0).unwrap_or_default()
    }
}

impl From<serde_json::Value> for ScopeValue {
    fn from(value: serde_json::Value) -> Self {
        Self(convert::from_json_owned(value))
    }
}

impl From<&serde_json::Value> for ScopeValue {
    fn from(value: &serde_json::Value) -> Self {
        Self(convert::from_json(value))
    }
}

impl From<&serde_json::Map<String, serde_json::Value>> for ScopeValue {
    fn from(members: &serde_json::Map<String, serde_json::Value>) -> Self {
        Self(convert::from_json_members(members))
    }
}

impl From<&str> for ScopeValue {
    fn from(value: &str) -> Self {
        Self(Value::from(value))
    }
}

impl From<String> for ScopeValue {
    fn from(value: String) -> Self {
        Self(Value::from(value))
    }
}

impl fmt::Debug for ScopeValue {
    // The value may be a secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ScopeValue({})", self.0.kind())
    }
}

/// The names that a template may use, each with its value: step ids, `vars`, `connector`, `account`, `input`,
/// `request`, and the bare names of the answer at hand.
///
/// Cloning is cheap: a clone shares the names until one of the two is changed.
#[derive(Clone, Default)]
pub struct Scope {
    names: Arc<HashMap<Box<str>, Value>>,
    /// What is looked at where `names` has no such name.
    below: Option<Arc<Self>>,
}

impl Scope {
    /// A scope without names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a name a value, in place of the one that it had.
    pub fn set(&mut self, name: impl Into<Box<str>>, value: impl Into<ScopeValue>) {
        Arc::make_mut(&mut self.names).insert(name.into(), value.into().0);
    }

    /// Takes a name out. One of a scope below stays.
    pub fn remove(&mut self, name: &str) {
        if self.names.contains_key(name) {
            Arc::make_mut(&mut self.names).remove(name);
        }
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<ScopeValue> {
        self.value(name).cloned().map(ScopeValue)
    }

    /// A scope on top of this one: what is set there hides what is here, and goes away with it. For the names of
    /// the answer at hand.
    #[must_use]
    pub fn layer(&self) -> Self {
        Self {
            names: Arc::default(),
            below: Some(Arc::new(self.clone())),
        }
    }

    /// A scope of some of these names alone: what an address gives with those is known before any step has run.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        let mut some = Self::new();
        for name in names {
            if let Some(value) = self.get(name) {
                some.set(*name, value);
            }
        }
        some
    }

    /// All names, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.names.keys().map(AsRef::as_ref).collect();
        if let Some(below) = &self.below {
            names.extend(below.names());
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.names
            .get(name)
            .or_else(|| self.below.as_ref()?.value(name))
    }
}

impl fmt::Debug for Scope {
    // The values may be secrets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.names()).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Scope, ScopeValue};

    #[test]
    fn a_layer_hides_what_is_below_and_leaves_it_alone() {
        let mut scope = Scope::new();
        scope.set("a", json!(1));
        scope.set("b", json!(2));
        let mut layer = scope.layer();
        layer.set("b", json!(3));
        layer.set("c", json!(4));
        assert_eq!(layer.get("b").unwrap().to_json(), json!(3));
        assert_eq!(layer.get("a").unwrap().to_json(), json!(1));
        assert_eq!(layer.names(), ["a", "b", "c"]);
        assert_eq!(scope.get("b").unwrap().to_json(), json!(2));
        assert!(scope.get("c").is_none());
        assert_eq!(layer.only(&["a", "c", "d"]).names(), ["a", "c"]);
    }

    #[test]
    fn z31_secrets_are_not_in_the_debug_text() {
        let mut scope = Scope::new();
        scope.set("vars", json!({"secret": "canary"}));
        assert_eq!(format!("{scope:?}"), r#"["vars"]"#);
        assert_eq!(
            format!("{:?}", ScopeValue::from("canary")),
            "ScopeValue(string)"
        );
    }

    #[test]
    fn json_comes_back_as_it_went_in() {
        let value = json!({"b": [1, -2, 18_446_744_073_709_551_615_u64, i64::MIN, 1.5, 1.0, null, true, "x"], "a": {}});
        assert_eq!(
            ScopeValue::from(value.clone()).to_json().to_string(),
            value.to_string()
        );
        assert_eq!(
            ScopeValue::from(&value).to_json().to_string(),
            value.to_string()
        );
    }
}
