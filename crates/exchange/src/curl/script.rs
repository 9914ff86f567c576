//! A command that was written: its text, the shell variables in it, and the quoting of both.

use std::collections::HashMap;

use serde::Serialize;

use crate::literal::{Piece, pieces};
use crate::note::Note;
use crate::unique_names::Unique;

/// A variable of the shell that a command reads: a value that is not in the connector file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CurlVariable {
    /// Its name, such as `LOGIN_BODY_TOKEN`.
    pub name: String,
    /// What it stands for: an expression such as `login.body.token`, or a header's name.
    pub stands_for: String,
}

/// A cURL command for sh, bash and zsh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CurlScript {
    /// The command alone, over several lines.
    pub command: String,
    /// The variables in it, in the order in which they first occur.
    pub variables: Vec<CurlVariable>,
    /// What could not be written, or was written otherwise.
    pub notes: Vec<Note>,
}

impl CurlScript {
    /// The command with a head that names its variables and stops where one is not set.
    pub fn script(&self) -> String {
        let mut script = "#!/bin/sh\n".to_owned();
        for CurlVariable { name, stands_for } in &self.variables {
            let stands_for = stands_for.replace(char::is_control, " ");
            script.extend([
                "# ",
                name,
                ": ",
                &stands_for,
                "\n: \"${",
                name,
                ":?is not set}\"\n",
            ]);
        }
        script.push_str(&self.command);
        script.push('\n');
        script
    }
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text(String),
    /// A shell variable's name.
    Variable(String),
}

/// Whether a word has nothing but text in it.
pub(crate) fn as_text(parts: &[Part]) -> Option<String> {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Variable(_) => None,
        })
        .collect()
}

/// The variables of a script, named after what they stand for, and which of them the command at hand uses.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    known: Vec<CurlVariable>,
    /// Where in `known` the one is that stands for this.
    by_meaning: HashMap<String, usize>,
    names: Unique,
    used: Vec<usize>,
}

impl Variables {
    /// The same for the next command.
    pub fn without_uses(self) -> Self {
        Self {
            used: Vec::new(),
            ..self
        }
    }

    /// Those that the command uses, in the order in which they first occur in it.
    pub fn used(&self) -> Vec<CurlVariable> {
        let used = self.used.iter().filter_map(|index| self.known.get(*index));
        used.cloned().collect()
    }

    /// The parts of a template: text, and a variable for each expression.
    pub fn parts(&mut self, template: &str) -> Vec<Part> {
        pieces(template)
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => Part::Text(text),
                Piece::Expression(expression) => Part::Variable(self.name(&expression)),
            })
            .collect()
    }

    /// The name of the variable that stands for this.
    pub fn name(&mut self, stands_for: &str) -> String {
        let known = self.by_meaning.get(stands_for).copied();
        let index = known.unwrap_or_else(|| {
            let name = self.free_name(stands_for);
            self.known.push(CurlVariable {
                name,
                stands_for: stands_for.to_owned(),
            });
            let index = self.known.len() - 1;
            self.by_meaning.insert(stands_for.to_owned(), index);
            index
        });
        if !self.used.contains(&index) {
            self.used.push(index);
        }
        self.known[index].name.clone()
    }

    fn free_name(&mut self, stands_for: &str) -> String {
        const LONGEST: usize = 40;
        let mut base = String::new();
        for character in stands_for.chars() {
            if character.is_ascii_alphanumeric() {
                base.push(character.to_ascii_uppercase());
            } else if !base.is_empty() && !base.ends_with('_') {
                base.push('_');
            }
            if base.len() >= LONGEST {
                break;
            }
        }
        let mut base = base.trim_end_matches('_').to_owned();
        // A lone word such as `path` would take the place of one that the shell itself uses.
        if !base.contains('_') || base.starts_with(|first: char| first.is_ascii_digit()) {
            base.insert_str(0, if base.is_empty() { "VALUE" } else { "VALUE_" });
        }
        self.names.take(&base)
    }
}

/// Writes a word so that sh reads exactly these parts.
pub(crate) fn quote(parts: &[Part]) -> String {
    let mut word = String::new();
    for part in parts {
        match part {
            Part::Text(text) if text.is_empty() => {}
            Part::Text(text) if is_plain(text) => word.push_str(text),
            Part::Text(text) => {
                word.push('\'');
                word.push_str(&text.replace('\'', "'\\''"));
                word.push('\'');
            }
            Part::Variable(name) => word.extend(["\"${", name, "}\""]),
        }
    }
    if word.is_empty() {
        "''".to_owned()
    } else {
        word
    }
}

/// Whether no character of a text means anything to a shell.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_-./:@%+,".contains(&byte))
}
