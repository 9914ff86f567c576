//! The words for a value that is not there: what was asked for, what is there instead, and what was likely meant.
//!
//! Only names are told, never values.

use std::fmt::Write as _;

use latchwork_model::template_syntax::{Chain, ChainRoot, PathPart, display_path};
use minijinja::Value;
use minijinja::value::ValueKind;

use super::error::TemplateError;
use super::scope::Scope;

/// How many names a message lists.
const LISTED: usize = 12;
/// How many members are looked at for one that is called the same.
const SEARCHED: usize = 2_000;

/// The error for a filter that found nothing.
pub(super) fn found_nothing(filter: &str) -> TemplateError {
    TemplateError::Undefined {
        expression: None,
        message: format!("`{filter}` found nothing"),
        suggestion: None,
    }
}

/// The error for a lookup that leads to nothing.
pub(super) fn not_there(chain: &Chain, scope: &Scope) -> TemplateError {
    let expression = display_path(&chain.path);
    let mut message = format!("`{expression}` is not there");
    if chain.root != ChainRoot::Scope {
        return TemplateError::Undefined {
            expression: Some(expression),
            message,
            suggestion: None,
        };
    }
    let Fault { parent, at } = fault(&chain.path, scope);
    let names = parent.as_ref().map_or_else(
        || scope.names().into_iter().map(str::to_owned).collect(),
        keys,
    );
    let suggestion = nearest(&chain.path, at, parent.as_ref(), &names, scope);
    if at + 1 < chain.path.len() {
        let _ = write!(
            message,
            ": there is no `{}`",
            display_path(&chain.path[..=at])
        );
    }
    let there = describe(&chain.path[..at], parent.as_ref(), &names);
    if !there.is_empty() {
        let _ = write!(
            message,
            "{} {there}",
            if at + 1 < chain.path.len() { "," } else { ":" }
        );
    }
    if let Some(suggestion) = &suggestion {
        let _ = write!(message, ". Did you mean `{suggestion}`?");
    }
    TemplateError::Undefined {
        expression: Some(expression),
        message,
        suggestion,
    }
}

/// Where a path ends before its end.
struct Fault {
    /// What the missing part was looked up in; none for the scope itself.
    parent: Option<Value>,
    /// The number of the missing part.
    at: usize,
}

fn fault(path: &[PathPart], scope: &Scope) -> Fault {
    let mut parent: Option<Value> = None;
    for (at, part) in path.iter().enumerate() {
        let found = match (&parent, part) {
            (None, PathPart::Key(name)) => scope.value(name).cloned(),
            (Some(value), part) => step(value, part),
            (None, _) => None,
        };
        match found {
            Some(value) => parent = Some(value),
            None => return Fault { parent, at },
        }
    }
    Fault {
        parent,
        at: path.len().saturating_sub(1),
    }
}

fn step(value: &Value, part: &PathPart) -> Option<Value> {
    let found = match part {
        PathPart::Key(key) => value.get_attr(key),
        PathPart::Index(index) => value.get_item(&Value::from(*index)),
        PathPart::Expression(_) => return None,
    };
    found.ok().filter(|value| !value.is_undefined())
}

fn keys(value: &Value) -> Vec<String> {
    if value.kind() != ValueKind::Map {
        return Vec::new();
    }
    value
        .try_iter()
        .map(|keys| {
            keys.filter_map(|key| key.as_str().map(str::to_owned))
                .collect()
        })
        .unwrap_or_default()
}

fn describe(path: &[PathPart], parent: Option<&Value>, names: &[String]) -> String {
    let Some(parent) = parent else {
        return if names.is_empty() {
            String::new()
        } else {
            format!("the names here are {}", listed(names))
        };
    };
    let place = display_path(path);
    match parent.kind() {
        ValueKind::Map if names.is_empty() => format!("`{place}` is empty"),
        ValueKind::Map => format!("`{place}` has {}", listed(names)),
        ValueKind::Seq => match parent.len().unwrap_or_default() {
            0 => format!("`{place}` is an empty list"),
            1 => format!("`{place}` is a list of 1"),
            count => format!("`{place}` is a list of {count}"),
        },
        ValueKind::String => format!("`{place}` is text"),
        ValueKind::None => format!("`{place}` is null"),
        ValueKind::Bool => format!("`{place}` is true or false"),
        kind => format!("`{place}` is a {kind}"),
    }
}

fn listed(names: &[String]) -> String {
    let mut text = names
        .iter()
        .take(LISTED)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > LISTED {
        let _ = write!(text, " and {} more", names.len() - LISTED);
    }
    text
}

/// The path that was likely meant: a name like this one in the same place, or one called the same elsewhere.
fn nearest(
    path: &[PathPart],
    at: usize,
    parent: Option<&Value>,
    names: &[String],
    scope: &Scope,
) -> Option<String> {
    let PathPart::Key(wanted) = path.get(at)? else {
        return None;
    };
    let like = names
        .iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&wanted.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    if let Some((_, name)) = like {
        let mut meant = path[..at].to_vec();
        meant.push(PathPart::Key(name.clone()));
        let mut value = match parent {
            Some(parent) => step(parent, &PathPart::Key(name.clone())),
            None => scope.value(name).cloned(),
        };
        for part in &path[at + 1..] {
            value = value.and_then(|value| step(&value, part));
            if value.is_none() {
                break;
            }
            meant.push(part.clone());
        }
        return Some(display_path(&meant));
    }
    if parent.is_some_and(|parent| parent.kind() != ValueKind::Map) {
        return None;
    }
    let PathPart::Key(root) = path.first()? else {
        return None;
    };
    let wanted = path[at..].last().and_then(|part| {
        if let PathPart::Key(key) = part {
            Some(key)
        } else {
            None
        }
    })?;
    elsewhere(root, scope.value(root)?, wanted)
}

/// The path to a member of that name anywhere below a value, the nearest to the top first.
fn elsewhere(root: &str, value: &Value, wanted: &str) -> Option<String> {
    let mut level = vec![(vec![PathPart::Key(root.to_owned())], value.clone())];
    let mut left = SEARCHED;
    while !level.is_empty() {
        let mut next = Vec::new();
        for (path, value) in level {
            for key in keys(&value) {
                left = left.checked_sub(1)?;
                let mut place = path.clone();
                place.push(PathPart::Key(key.clone()));
                if key == wanted {
                    return Some(display_path(&place));
                }
                if let Some(member) = step(&value, &PathPart::Key(key)) {
                    next.push((place, member));
                }
            }
        }
        level = next;
    }
    None
}
