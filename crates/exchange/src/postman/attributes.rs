//! The attributes of an auth: a list of keys and values in version 2.1, an object in version 2.0.

use super::expansion::Place;
use super::node::Node;
use super::scope::Scope;
use crate::foreign::ForeignError;
use latchwork_model::Template;

/// The attributes of one kind of auth.
pub(super) struct Attributes<'a> {
    auth: Node<'a>,
    list: Vec<(String, Node<'a>)>,
}

impl<'a> Attributes<'a> {
    /// Reads the attributes that stand under the auth's type.
    pub fn read(auth: &Node<'a>, kind: &str) -> Result<Self, ForeignError> {
        let mut list = Vec::new();
        if let Some(member) = auth.member(kind) {
            if let Some(object) = member.value.as_object() {
                for name in object.keys() {
                    if let Some(value) = member.member(name) {
                        list.push((name.clone(), value));
                    }
                }
            } else {
                for entry in member.as_items()? {
                    if let (Some(name), Some(value)) = (entry.text("key")?, entry.member("value")) {
                        list.push((name.into_owned(), value));
                    }
                }
            }
        }
        Ok(Self {
            auth: auth.clone(),
            list,
        })
    }

    /// The node of an attribute.
    pub fn node(&self, name: &str) -> Option<&Node<'a>> {
        self.list
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, node)| node)
    }

    /// An attribute as it is written; none where it is empty.
    pub fn text(&self, name: &str) -> Result<Option<String>, ForeignError> {
        let Some(node) = self.node(name) else {
            return Ok(None);
        };
        Ok(Some(node.as_text()?.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    /// An attribute as a template; none where it is empty.
    pub fn template(
        &self,
        name: &str,
        scope: &mut Scope,
    ) -> Result<Option<Template>, ForeignError> {
        match self.text(name)? {
            Some(text) => scope
                .template(&text, Place::Plain, &format!("{}.{name}", self.auth.path))
                .map(Some),
            None => Ok(None),
        }
    }

    /// An attribute that a connector cannot do without: where the file has none, a variable to fill in.
    pub fn needed(
        &self,
        name: &str,
        variable: &str,
        scope: &mut Scope,
    ) -> Result<Template, ForeignError> {
        Ok(match self.template(name, scope)? {
            Some(template) => template,
            None => format!("{{{{ vars.{} }}}}", scope.variable(variable)).into(),
        })
    }
}
