//! A step's id changed, with every use of it in the file. What a use is, in one template, is
//! [`crate::template_syntax`]'s.

use serde_json::Value;

use super::{root_of, updates, walk_all_templates};
use crate::connector::Connector;
use crate::template_syntax::rename_root;

/// A template has a variable of its own that is called like a step's new id: a use of the step would become a use of
/// that variable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: `{name}` is a variable of this template's own")]
pub struct NameTaken {
    /// The JSON path of the template.
    pub path: String,
    /// The name.
    pub name: String,
}

/// Gives a step another id and rewrites every reference to it; the number of templates that changed.
///
/// The document is edited as JSON, so that everything else in it stays as it was, valid or not. Where it is refused,
/// nothing is changed.
pub fn rename_step(
    document: &mut Value,
    connector: &Connector,
    from: &str,
    to: &str,
) -> Result<usize, NameTaken> {
    let mut changes = Vec::new();
    let mut taken = None;
    walk_all_templates(
        connector,
        &mut |path, template| match rename_root(template, from, to) {
            Some(renamed) if renamed != template => changes.push((path, template, renamed)),
            Some(_) => {}
            None => taken = taken.take().or(Some(path)),
        },
    );
    if let Some(path) = taken {
        let name = to.to_owned();
        return Err(NameTaken { path, name });
    }
    for (index, update) in updates(connector).iter().enumerate() {
        let target = update.target.as_str();
        if root_of(target) == from
            && let Some((before, behind)) = target.split_once(from)
        {
            let path = format!("auth.refresh.updates[{index}].target");
            changes.push((path, target, format!("{before}{to}{behind}")));
        }
    }
    for (path, text, by) in &changes {
        replace_text(document, path, text, by);
    }
    for flow in ["/auth/steps", "/auth/refresh/steps"] {
        let steps = document.pointer_mut(flow).and_then(Value::as_array_mut);
        for step in steps
            .into_iter()
            .flatten()
            .filter(|step| step["id"] == from)
        {
            step["id"] = Value::String(to.to_owned());
        }
    }
    Ok(changes.len())
}

/// Replaces a text at a path as the walk writes them; whether it was there.
///
/// Names of members may be empty, or hold `.` and `[` themselves, so that a path can mean several places: the first
/// of them that holds this text is taken, and never one that holds anything else.
pub(crate) fn replace_text(value: &mut Value, path: &str, text: &str, by: &str) -> bool {
    let inside = |rest: &str| rest.strip_prefix('.').unwrap_or(rest).to_owned();
    match value {
        Value::String(found) if path.is_empty() && found == text => {
            by.clone_into(found);
            true
        }
        Value::Array(items) => path
            .strip_prefix('[')
            .and_then(|path| path.split_once(']'))
            .and_then(|(index, rest)| Some((items.get_mut(index.parse::<usize>().ok()?)?, rest)))
            .is_some_and(|(item, rest)| replace_text(item, &inside(rest), text, by)),
        Value::Object(members) => members.iter_mut().any(|(name, member)| {
            path.strip_prefix(name.as_str()).is_some_and(|rest| {
                (rest.is_empty() || rest.starts_with(['.', '[']))
                    && replace_text(member, &inside(rest), text, by)
            })
        }),
        _ => false,
    }
}
