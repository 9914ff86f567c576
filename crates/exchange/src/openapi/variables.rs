//! The variables of the connector: what the document leaves open and a person fills in.

use latchwork_model::Variable;

use super::naming::{expression, member_name};
use crate::unique_names::Unique;

/// Variables as they come up.
#[derive(Default)]
pub(super) struct Variables {
    list: Vec<Variable>,
    names: Unique,
}

impl Variables {
    /// Adds one and gives its name, which is the wanted one where that is free.
    pub fn add(&mut self, wanted: &str, value: Option<&str>, description: &str) -> String {
        self.push(wanted, value, false, description)
    }

    /// Adds one whose value lives in the vault.
    pub fn add_secret(&mut self, wanted: &str, description: &str) -> String {
        self.push(wanted, None, true, description)
    }

    /// Adds a secret one, and gives the template that is its value.
    pub fn secret(&mut self, wanted: &str, description: &str) -> String {
        expression("vars", &self.add_secret(wanted, description))
    }

    /// Adds one without a value, and gives the template that is its value.
    pub fn open(&mut self, wanted: &str, description: &str) -> String {
        expression("vars", &self.add(wanted, None, description))
    }

    fn push(
        &mut self,
        wanted: &str,
        value: Option<&str>,
        secret: bool,
        description: &str,
    ) -> String {
        let wanted = member_name(wanted).unwrap_or_else(|| "value".to_owned());
        let name = self.names.take(&wanted);
        self.list.push(Variable {
            name: name.clone(),
            value: value.map(str::to_owned),
            secret,
            description: (!description.is_empty()).then(|| description.to_owned()),
        });
        name
    }

    pub fn into_vec(self) -> Vec<Variable> {
        self.list
    }
}
