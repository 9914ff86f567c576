//! Templates as what a document can hold: text, and placeholders for what is not known before a call.

use latchwork_model::template_syntax::{PathPart, lookups};
use latchwork_model::{Connector, Template, Variable};
use serde_json::{Map, Value, json};

use crate::literal::{Piece, pieces};
use crate::openapi::naming::{identifier, path};

/// What a template is to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This text, always.
    Text(String),
    /// The value of one input.
    Input(String),
    /// A list in an input, joined by a text.
    Joined(String, String),
    /// Something that only a run knows.
    Computed,
}

/// Reads a template.
pub(super) fn meaning(template: &str) -> Meaning {
    match pieces(template).as_slice() {
        [] => Meaning::Text(String::new()),
        [Piece::Text(text)] => Meaning::Text(text.clone()),
        [Piece::Expression(expression)] => of_expression(expression),
        _ => Meaning::Computed,
    }
}

fn of_expression(expression: &str) -> Meaning {
    let Some(name) = only_input(expression) else {
        return Meaning::Computed;
    };
    let input = path("input", &name);
    if expression == input || expression == format!("input.{name}") {
        return Meaning::Input(name);
    }
    for between in [",", "|", " "] {
        let filter = format!(" | join('{between}')");
        if expression == format!("{input}{filter}")
            || expression == format!("({input} or []){filter}")
        {
            return Meaning::Joined(name, between.to_owned());
        }
    }
    Meaning::Computed
}

/// The input that an expression uses, where it uses nothing else.
pub(super) fn only_input(expression: &str) -> Option<String> {
    match lookups(&format!("{{{{ {expression} }}}}")).as_slice() {
        [only] if only.root() == "input" => match only.path.as_slice() {
            [_, PathPart::Key(name)] => Some(name.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Addresses, with the connector's variables at hand.
pub(super) struct Addresses<'a> {
    variables: &'a [Variable],
    base_url: &'a Template,
}

impl<'a> Addresses<'a> {
    pub fn of(connector: &'a Connector) -> Self {
        Self {
            variables: &connector.variables,
            base_url: &connector.base_url,
        }
    }

    fn variable(&self, expression: &str) -> Option<&'a Variable> {
        let name = expression.split('|').next().unwrap_or_default().trim();
        let name = name.strip_prefix("vars.")?;
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// A Server Object: what is not known becomes a server variable.
    pub fn server(&self, template: &Template) -> Value {
        let mut url = String::new();
        let mut variables = Map::new();
        for piece in pieces(template.as_str()) {
            match piece {
                Piece::Text(text) => url.push_str(&text.replace('{', "%7B").replace('}', "%7D")),
                Piece::Expression(expression) => {
                    let variable = self.variable(&expression);
                    let name = match variable {
                        Some(variable) => variable.name.clone(),
                        None => identifier(&expression).unwrap_or_else(|| "value".to_owned()),
                    };
                    let value = variable
                        .filter(|variable| !variable.secret)
                        .and_then(|variable| variable.value.as_deref());
                    let mut described = json!({ "default": value.unwrap_or_default() });
                    if let Some(description) =
                        variable.and_then(|variable| variable.description.as_deref())
                    {
                        described["description"] = description.into();
                    }
                    url.push_str(&format!("{{{name}}}"));
                    variables.insert(name, described);
                }
            }
        }
        let mut server = json!({ "url": url });
        if !variables.is_empty() {
            server["variables"] = Value::Object(variables);
        }
        server
    }

    /// An address as text: variables with their values, all else by its name in braces. The second is whether all
    /// of it is known.
    pub fn plain(&self, template: &Template) -> (String, bool) {
        let mut text = String::new();
        let mut whole = true;
        for piece in pieces(template.as_str()) {
            match piece {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Expression(expression) => {
                    let value = match expression.as_str() {
                        "connector.base_url" => {
                            let (base, known) = self.base();
                            known.then_some(base)
                        }
                        _ => self
                            .variable(&expression)
                            .filter(|variable| !variable.secret)
                            .and_then(|variable| variable.value.clone()),
                    };
                    if let Some(value) = value {
                        text.push_str(&value);
                    } else {
                        whole = false;
                        let name = identifier(&expression).unwrap_or_else(|| "value".to_owned());
                        text.push_str(&format!("{{{name}}}"));
                    }
                }
            }
        }
        if text.starts_with('/') {
            let (base, known) = self.base();
            if known {
                text.insert_str(0, base.trim_end_matches('/'));
            }
        }
        (text, whole)
    }

    fn base(&self) -> (String, bool) {
        match meaning(self.base_url.as_str()) {
            Meaning::Text(text) => (text, true),
            _ => (String::new(), false),
        }
    }
}
