//! Credentials that stand in a file: each becomes a secret variable, and its value leaves the connector for the vault.
//!
//! Here is what becomes of one; where they stand is in [`places`], and in text in [`text_places`]; how they are written
//! into text is in [`written`], which part of a text is one where an expression stands beside it in [`mixed`]. That a
//! place has one is known by names and by the auth method; what a value looks like says nothing.

mod mixed;
mod placeholder;
mod places;
#[cfg(test)]
mod tests;
mod text_places;
mod written;

use std::collections::{HashMap, HashSet};

use latchwork_model::{Connector, Template, Variable, is_credential_name};
use secrecy::SecretString;

use self::mixed::{Segment, segments};
use self::placeholder::{is_placeholder, names_a_value};
use super::FoundSecret;
use super::endpoint_names::identifier;
use crate::literal::{Piece, escape, pieces};
use crate::unique_names::Unique;

/// Takes the credentials out of a connector.
pub(crate) struct FoundSecrets {
    /// Names of variables that are there.
    names: Unique,
    /// The variable that stands for a value, and for a placeholder that says nothing, where it is called alike.
    by_value: HashMap<(Option<String>, String), String>,
    found: Vec<FoundSecret>,
    /// Variables of the file that stand where credentials do.
    used: HashSet<String>,
}

impl FoundSecrets {
    /// Takes them all; what is left is a connector without a secret, and what was taken.
    pub fn take(connector: &mut Connector) -> Vec<FoundSecret> {
        let variables = connector.variables.iter();
        let mut secrets = Self {
            names: variables.map(|variable| variable.name.as_str()).collect(),
            by_value: HashMap::new(),
            found: Vec::new(),
            used: HashSet::new(),
        };
        secrets.connector(connector);
        secrets.variables(connector)
    }

    /// Variables that stand where a credential does, or are named like one, are secret.
    fn variables(self, connector: &mut Connector) -> Vec<FoundSecret> {
        let Self { found, used, .. } = self;
        let mut all = Vec::new();
        for variable in &mut connector.variables {
            if !variable.secret && !used.contains(&variable.name) && !is_credential(&variable.name)
            {
                continue;
            }
            variable.secret = true;
            let value = variable
                .value
                .take()
                .filter(|value| !value.is_empty() && !is_placeholder(value));
            all.push(FoundSecret {
                name: variable.name.clone(),
                value: value.map(SecretString::from),
            });
        }
        for secret in &found {
            connector.variables.push(Variable {
                name: secret.name.clone(),
                value: None,
                secret: true,
                description: None,
            });
        }
        all.extend(found);
        all
    }

    /// A value with a scheme before it, as in `Authorization: Bearer …`, keeps the scheme.
    fn credential(&mut self, template: &mut Template, name: &str) {
        const SCHEMES: [&str; 7] = [
            "Bearer", "Basic", "Token", "ApiKey", "Key", "SSWS", "GenieKey",
        ];
        let scheme = template.as_str().split_once(' ').filter(|(scheme, _)| {
            SCHEMES
                .iter()
                .any(|known| known.eq_ignore_ascii_case(scheme))
        });
        match scheme {
            Some((scheme, value)) => {
                let scheme = scheme.to_owned();
                let mut value = Template::from(value.trim());
                let name = if scheme.eq_ignore_ascii_case("bearer") {
                    "token"
                } else {
                    name
                };
                self.template(&mut value, name);
                *template = format!("{scheme} {value}").into();
            }
            None => self.template(template, name),
        }
    }

    fn optional(&mut self, template: &mut Option<Template>, name: &str) {
        if let Some(template) = template {
            self.template(template, name);
        }
    }

    /// Text becomes a secret variable; variables that stand there become secret.
    fn template(&mut self, template: &mut Template, name: &str) {
        let parts = pieces(template.as_str());
        if let [Piece::Text(text)] = parts.as_slice() {
            let variable = self.variable(name, text, !is_placeholder(text));
            *template = format!("{{{{ vars.{variable} }}}}").into();
            return;
        }
        let mut has_text = false;
        for part in &parts {
            match part {
                Piece::Expression(expression) => {
                    if let Some(name) = variable_of(expression) {
                        self.used.insert(name.to_owned());
                    }
                }
                Piece::Text(_) => has_text = true,
            }
        }
        // A template with statements is one expression, and stays as it is written.
        if has_text {
            *template = self.mixed(&parts, name);
        }
    }

    /// Text with expressions in it: what may be a part of a credential becomes a secret variable.
    fn mixed(&mut self, parts: &[Piece], name: &str) -> Template {
        let mut written = String::new();
        for segment in segments(parts) {
            match segment {
                Segment::Kept(text) => written.push_str(escape(text).as_str()),
                Segment::Expression(expression) => written.extend(["{{ ", expression, " }}"]),
                Segment::Secret {
                    pair,
                    value,
                    is_beside,
                } => {
                    // What goes on an expression is a part of a value, whatever it looks like.
                    let is_value = is_beside || !is_placeholder(value);
                    let variable = self.variable(pair.unwrap_or(name), value, is_value);
                    written.extend(["{{ vars.", &variable, " }}"]);
                }
            }
        }
        written.into()
    }

    /// The variable that stands for a value, or for one that the reader has to put there.
    fn variable(&mut self, wanted: &str, value: &str, is_value: bool) -> String {
        let base = wanted
            .strip_prefix("x-")
            .or_else(|| wanted.strip_prefix("X-"))
            .and_then(identifier)
            .or_else(|| identifier(wanted))
            .unwrap_or_else(|| "secret".to_owned());
        // `***` at two places is two values, unless both are called the same.
        let is_known_by_value = is_value || names_a_value(value);
        let key = ((!is_known_by_value).then(|| base.clone()), value.to_owned());
        if let Some(known) = self.by_value.get(&key) {
            return known.clone();
        }
        let name = self.names.take(&base);
        self.by_value.insert(key, name.clone());
        let kept = is_value.then(|| SecretString::from(value));
        self.found.push(FoundSecret {
            name: name.clone(),
            value: kept,
        });
        name
    }
}

/// Whether what has this name in a foreign file goes into the vault: what is a credential by its name, and what mostly is
/// one where others write it, such as a lone `key`.
pub(crate) fn is_credential(name: &str) -> bool {
    let lone = name.to_ascii_lowercase().replace(['-', '_'], "");
    is_credential_name(name) || matches!(lone.as_str(), "key" | "session" | "sessionid" | "sid")
}

/// The variable that an expression begins with: `token` of `vars.token | parse_json`.
fn variable_of(expression: &str) -> Option<&str> {
    let name = expression.strip_prefix("vars.")?;
    let end = name
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .unwrap_or(name.len());
    (end > 0).then(|| &name[..end])
}
