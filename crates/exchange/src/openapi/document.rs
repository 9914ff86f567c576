//! The document as it is walked: members with their types, local references, and how much may come of it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::error::{Fault, OpenApiError, OpenApiErrorKind, Place, cut};

/// How many parts of a connector are made of one document: endpoints, inputs, parameters, members of bodies.
/// References make much of little; this is what they may make.
const BUDGET: u64 = 600_000;
/// How many references may follow each other.
const HOPS: usize = 32;

pub(super) type Found<'a, T> = Result<T, Fault<'a>>;

/// A document.
pub(super) struct Document<'a> {
    root: &'a Value,
    spent: Cell<u64>,
    /// References that lead out of it, as they come up.
    outside: RefCell<Vec<&'a str>>,
}

impl<'a> Document<'a> {
    pub const fn new(root: &'a Value) -> Self {
        Self {
            root,
            spent: Cell::new(0),
            outside: RefCell::new(Vec::new()),
        }
    }

    pub const fn root(&self) -> &'a Value {
        self.root
    }

    /// The references that lead out of the document and were met.
    pub fn outside(&self) -> Vec<&'a str> {
        self.outside.borrow().clone()
    }

    /// Counts what is about to be made of `at`.
    pub fn spend(&self, at: &'a Value, parts: u64) -> Found<'a, ()> {
        let spent = self.spent.get().saturating_add(parts);
        self.spent.set(spent);
        if spent > BUDGET {
            return Err(Fault::new(at, OpenApiErrorKind::TooMuch { limit: BUDGET }));
        }
        Ok(())
    }

    /// What a value is once its references are followed; nothing where one leads out of the document.
    pub fn resolve(&self, value: &'a Value) -> Found<'a, Option<&'a Value>> {
        let mut current = value;
        for _ in 0..HOPS {
            let Some(reference) = reference(current) else {
                return Ok(Some(current));
            };
            let Some(pointer) = reference.strip_prefix('#') else {
                return Ok(self.leave(reference));
            };
            if !pointer.is_empty() && !pointer.starts_with('/') {
                // An anchor of JSON Schema.
                return Ok(self.leave(reference));
            }
            let pointer = percent_decode_str(pointer).decode_utf8_lossy();
            let Some(target) = self.root.pointer(&pointer) else {
                let reference = cut(reference);
                return Err(Fault::new(
                    current,
                    OpenApiErrorKind::Reference { reference },
                ));
            };
            current = target;
        }
        let reference = cut(reference(value).unwrap_or_default());
        Err(Fault::new(
            value,
            OpenApiErrorKind::ReferenceCycle { reference },
        ))
    }

    fn leave(&self, reference: &'a str) -> Option<&'a Value> {
        let mut outside = self.outside.borrow_mut();
        if outside.len() < 100 && !outside.contains(&reference) {
            outside.push(reference);
        }
        None
    }

    /// A fault with its place in the document.
    pub fn error(&self, fault: Fault<'_>) -> OpenApiError {
        let mut steps = Vec::new();
        let place = if find(self.root, fault.at, &mut steps) {
            let pointer: String = steps
                .iter()
                .flat_map(|step| ["/".to_owned(), step.replace('~', "~0").replace('/', "~1")])
                .collect();
            Place::Pointer(format!("#{pointer}"))
        } else {
            Place::Document
        };
        OpenApiError {
            place,
            kind: fault.kind,
        }
    }
}

/// The way from a value to one inside of it, which is known by its address.
fn find<'v>(value: &'v Value, wanted: &Value, steps: &mut Vec<Cow<'v, str>>) -> bool {
    if std::ptr::eq(value, wanted) {
        return true;
    }
    let mut below = |step: Cow<'v, str>, inner: &'v Value| {
        steps.push(step);
        let found = find(inner, wanted, steps);
        if !found {
            steps.pop();
        }
        found
    };
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .any(|(index, item)| below(index.to_string().into(), item)),
        Value::Object(members) => members
            .iter()
            .any(|(name, member)| below(name.as_str().into(), member)),
        _ => false,
    }
}

fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// A value that has to be an object.
pub(super) fn object(value: &Value) -> Found<'_, &Map<String, Value>> {
    value
        .as_object()
        .ok_or_else(|| Fault::expected(value, "an object"))
}

/// A member that has to be an object where it is there; null counts as not there.
pub(super) fn member_object<'a>(
    value: &'a Value,
    name: &str,
) -> Found<'a, Option<&'a Map<String, Value>>> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(member) => object(member).map(Some),
    }
}

/// A member that has to be a list where it is there.
pub(super) fn member_list<'a>(value: &'a Value, name: &str) -> Found<'a, Option<&'a Vec<Value>>> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items)),
        Some(other) => Err(Fault::expected(other, "a list")),
    }
}

/// A member that has to be a text where it is there.
pub(super) fn member_text<'a>(value: &'a Value, name: &str) -> Found<'a, Option<&'a str>> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(Fault::expected(other, "a text")),
    }
}

/// A text that has to be there.
pub(super) fn required_text<'a>(value: &'a Value, member: &'static str) -> Found<'a, &'a str> {
    member_text(value, member)?
        .ok_or_else(|| Fault::new(value, OpenApiErrorKind::Missing { member }))
}

/// A member that says yes or no; anything else counts as no.
pub(super) fn member_flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or_default()
}
