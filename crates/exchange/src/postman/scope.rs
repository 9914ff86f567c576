//! The variables of a collection: what is defined, which are used, and what each is called here.

use std::collections::HashMap;

use latchwork_model::{Connector, Variable};
use serde_json::Value;

use super::node::Node;
use crate::foreign::{ForeignError, is_credential};
use crate::note::{NoteKind, Notes};
use crate::unique_names::Unique;

/// A variable that the file gives a value.
#[derive(Clone, Debug)]
pub(super) struct Defined {
    pub value: String,
    pub is_secret: bool,
}

impl Defined {
    /// Reads a variable of a collection or an environment.
    pub fn read(node: &Node<'_>) -> Result<Self, ForeignError> {
        let is_secret = node
            .text("type")?
            .is_some_and(|kind| kind.eq_ignore_ascii_case("secret"));
        let value = match node.member("value").map(|value| value.value) {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        Ok(Self { value, is_secret })
    }
}

/// What is known of variables while a collection is read.
#[derive(Debug, Default)]
pub(super) struct Scope {
    defined: HashMap<String, Defined>,
    /// Postman's name and ours, in the order of their first use.
    used: Vec<(String, String)>,
    by_name: HashMap<String, usize>,
    names: Unique,
    /// How many variables were put into others.
    pub expansions: usize,
    pub notes: Notes,
}

impl Scope {
    /// Adds a variable; what was added before it counts less.
    pub fn define(&mut self, name: &str, defined: Defined) {
        if !name.is_empty() {
            self.defined.insert(name.to_owned(), defined);
        }
    }

    pub fn defined(&self, name: &str) -> Option<&Defined> {
        self.defined.get(name)
    }

    /// What a variable of Postman's is called here.
    pub fn variable(&mut self, name: &str) -> String {
        if let Some((_, ours)) = self
            .by_name
            .get(name)
            .and_then(|index| self.used.get(*index))
        {
            return ours.clone();
        }
        let ours = self.names.take(&variable_name(name));
        self.by_name.insert(name.to_owned(), self.used.len());
        self.used.push((name.to_owned(), ours.clone()));
        ours
    }

    /// Writes the variables that are used into a connector.
    pub fn write(&mut self, connector: &mut Connector) {
        let mut missing = Vec::new();
        for (name, ours) in &self.used {
            let defined = self.defined.get(name);
            let value = defined
                .map(|defined| defined.value.clone())
                .filter(|value| !value.is_empty());
            let is_secret = defined.is_some_and(|defined| defined.is_secret)
                || is_credential(name)
                || name.starts_with("vault:");
            if value.is_none() && !is_secret {
                missing.push(ours.clone());
            }
            connector.variables.push(Variable {
                name: ours.clone(),
                value,
                secret: is_secret,
                description: (ours != name).then(|| format!("`{}` in Postman.", one_line(name))),
            });
        }
        if !missing.is_empty() {
            let names = crate::foreign::list(missing.iter().map(String::as_str));
            self.notes.add(
                NoteKind::Missing,
                format!(
                    "No value is in the file for: {names}. Give an environment with it, or fill them in under Variables."
                ),
            );
        }
    }
}

fn one_line(name: &str) -> String {
    name.replace(char::is_control, " ")
        .chars()
        .take(60)
        .collect()
}

/// A name as variables and inputs have them: letters, digits and underscores, a letter first.
pub(super) fn variable_name(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut ours: String = name
        .trim_start_matches("vault:")
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .take(LONGEST)
        .collect();
    ours = ours.trim_matches('_').to_owned();
    if !ours.starts_with(|first: char| first.is_ascii_alphabetic()) {
        ours.insert_str(0, if ours.is_empty() { "variable" } else { "v_" });
    }
    ours
}
