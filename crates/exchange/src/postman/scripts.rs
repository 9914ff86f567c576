//! Scripts are not run. What is said of them: where they are, and which variables they set, which is what a step of an
//! auth flow would do here.

use super::node::Node;
use crate::foreign::{ForeignError, list};
use crate::note::{NoteKind, Notes};

/// The scripts of a collection, as far as they are looked at.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    before: Vec<String>,
    after: Vec<String>,
    sets: Vec<String>,
}

impl Scripts {
    /// Looks at the scripts of a collection, a folder or a request.
    pub fn read(&mut self, node: &Node<'_>, name: &str) -> Result<(), ForeignError> {
        for event in node.items("event")? {
            let Some(script) = event.member("script") else {
                continue;
            };
            let code = code(&script)?;
            if code.trim().is_empty() || event.flag("disabled")? {
                continue;
            }
            let listens = event.text("listen")?;
            if listens.as_deref() == Some("prerequest") {
                self.before.push(name.to_owned());
            } else {
                self.after.push(name.to_owned());
            }
            self.sets.extend(variables_set(&code));
        }
        Ok(())
    }

    /// What is said of them.
    pub fn note(&mut self, notes: &mut Notes) {
        for (names, kind) in [(&self.before, "Pre-request"), (&self.after, "Test")] {
            if !names.is_empty() {
                let names = list(names.iter().map(String::as_str));
                notes.add(
                    NoteKind::LeftOut,
                    format!("{kind} scripts are not run: {names}."),
                );
            }
        }
        self.sets.sort();
        self.sets.dedup();
        if !self.sets.is_empty() {
            let names = list(self.sets.iter().map(String::as_str));
            notes.add(
                NoteKind::Missing,
                format!("Scripts set these variables: {names}. Make the request that gives them a step of the auth flow, and use its outputs."),
            );
        }
    }
}

fn code(script: &Node<'_>) -> Result<String, ForeignError> {
    let Some(lines) = script.member("exec") else {
        return Ok(String::new());
    };
    if !lines.value.is_array() {
        return Ok(lines.as_text()?.into_owned());
    }
    let mut code = String::new();
    for line in lines.as_items()? {
        code.push_str(&line.as_text()?);
        code.push('\n');
    }
    Ok(code)
}

/// The names in `pm.environment.set("name", …)` and the like.
fn variables_set(code: &str) -> Vec<String> {
    const LONGEST: usize = 60;
    const MOST: usize = 20;
    let calls = [
        "environment.set(",
        "globals.set(",
        "ariables.set(",
        "setEnvironmentVariable(",
        "setGlobalVariable(",
    ];
    let mut names = Vec::new();
    for call in calls {
        for (start, _) in code.match_indices(call) {
            let rest = code[start + call.len()..].trim_start();
            let Some(quote) = rest
                .chars()
                .next()
                .filter(|first| matches!(first, '"' | '\'' | '`'))
            else {
                continue;
            };
            let name: String = rest
                .chars()
                .skip(1)
                .take(LONGEST)
                .take_while(|next| *next != quote)
                .collect();
            if !name.is_empty() && names.len() < MOST && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::variables_set;

    #[test]
    fn variables_that_a_script_sets_are_named() {
        let code = "const t = pm.response.json().token;\npm.environment.set(\"token\", t); pm.globals.set( 'id',1)\nh.set('x', 1)";
        assert_eq!(variables_set(code), ["token", "id"]);
    }
}
