//! YAML as JSON values, for documents that anybody may have written.
//!
//! The parser gives events; the values are built here, so that the limits are ours: depth, and how much aliases may
//! stand for (the "billion laughs"). Scalars are read by the core schema of YAML 1.2, and the merge key `<<` of 1.1 is
//! known, which hand-written documents use. No tag makes anything but a text.
//!
//! Why this parser: `serde_yaml` is archived, and its forks (`serde_norway`, `serde_yaml_ng`) keep the C code of libyaml,
//! translated, with its `unsafe`. serde-saphyr is kept well and has budgets, but its errors, its comments and its
//! options are for typed data, and all of it would be built for one `Value`. saphyr-parser is the parser alone,
//! without `unsafe`, tested by the YAML test suite, and has one small dependency.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};

use super::error::{OpenApiError, OpenApiErrorKind, cut};
use super::text::DEPTH;
use super::yaml_scalar::plain_scalar;

/// How many values may come out of aliases, all together.
const ALIASED_VALUES: usize = 200_000;
/// How many bytes of text may come out of them.
const ALIASED_BYTES: usize = 20 * 1024 * 1024;

/// Reads one document.
pub(super) fn read(text: &str) -> Result<Value, OpenApiError> {
    let mut loader = Loader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            // The parser looks ahead, and has a limit of its own.
            let kind = match error.info() {
                "recursion limit exceeded" => OpenApiErrorKind::TooDeep { limit: DEPTH },
                message => OpenApiErrorKind::Yaml {
                    message: cut(message),
                },
            };
            fault(*error.marker(), kind)
        })?;
        loader.take(event, span)?;
    }
    match loader.document {
        Some(document) => Ok(document),
        None => Err(OpenApiError::document(OpenApiErrorKind::Empty)),
    }
}

fn fault(marker: Marker, kind: OpenApiErrorKind) -> OpenApiError {
    OpenApiError::text(marker.line().max(1), marker.col() + 1, kind)
}

/// A list or a mapping that is not closed yet.
enum Open {
    List {
        items: Vec<Value>,
    },
    Mapping {
        members: Map<String, Value>,
        key: Option<String>,
        /// What `<<` stands for: what the mapping says itself wins over it.
        merged: Vec<Value>,
    },
}

struct Frame {
    open: Open,
    anchor: usize,
    /// What has been built when it began.
    before: Size,
}

#[derive(Clone, Copy, Default)]
struct Size {
    values: usize,
    bytes: usize,
}

struct Anchored {
    value: Value,
    size: Size,
}

#[derive(Default)]
struct Loader {
    frames: Vec<Frame>,
    anchors: HashMap<usize, Anchored>,
    built: Size,
    aliased: Size,
    document: Option<Value>,
}

impl Loader {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), OpenApiError> {
        match event {
            Event::DocumentStart(_) if self.document.is_some() => {
                Err(fault(span.start, OpenApiErrorKind::SeveralDocuments))
            }
            Event::SequenceStart(anchor, _) => {
                self.open(Open::List { items: Vec::new() }, anchor, span)
            }
            Event::MappingStart(anchor, _) => self.open(
                Open::Mapping {
                    members: Map::new(),
                    key: None,
                    merged: Vec::new(),
                },
                anchor,
                span,
            ),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                let before = self.built;
                self.built.bytes += text.len();
                let plain = style == ScalarStyle::Plain;
                if self.expects_key() {
                    let text = text.into_owned();
                    if anchor > 0 {
                        self.anchor(anchor, Value::String(text.clone()), before);
                    }
                    return self.key(text, plain, span);
                }
                let value = match tag {
                    Some(tag) if tag.is_yaml_core_schema() && tag.suffix != "str" => {
                        plain_scalar(&text)
                    }
                    None if plain => plain_scalar(&text),
                    _ => Value::String(text.into_owned()),
                };
                self.built.values += 1;
                if anchor > 0 {
                    self.anchor(anchor, value.clone(), before);
                }
                self.put(value, span)
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.frames.last(),
            Some(Frame {
                open: Open::Mapping { key: None, .. },
                ..
            })
        )
    }

    fn open(&mut self, open: Open, anchor: usize, span: Span) -> Result<(), OpenApiError> {
        if self.frames.len() >= DEPTH {
            return Err(fault(
                span.start,
                OpenApiErrorKind::TooDeep { limit: DEPTH },
            ));
        }
        if self.expects_key() {
            return Err(fault(span.start, OpenApiErrorKind::KeyNotText));
        }
        let before = self.built;
        self.built.values += 1;
        self.frames.push(Frame {
            open,
            anchor,
            before,
        });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), OpenApiError> {
        let Some(Frame {
            open,
            anchor,
            before,
        }) = self.frames.pop()
        else {
            return Ok(());
        };
        let value = match open {
            Open::List { items } => Value::Array(items),
            Open::Mapping {
                mut members,
                merged,
                ..
            } => {
                for source in merged {
                    merge(&mut members, source);
                }
                Value::Object(members)
            }
        };
        if anchor > 0 {
            self.anchor(anchor, value.clone(), before);
        }
        self.put(value, span)
    }

    fn anchor(&mut self, anchor: usize, value: Value, before: Size) {
        let size = Size {
            values: self.built.values - before.values,
            bytes: self.built.bytes - before.bytes,
        };
        self.anchors.insert(anchor, Anchored { value, size });
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), OpenApiError> {
        let Some(anchored) = self.anchors.get(&anchor) else {
            return Err(fault(span.start, OpenApiErrorKind::AliasCycle));
        };
        // Counted before anything is copied. What is in an anchor counts as often as it is copied.
        let size = anchored.size;
        for sum in [&mut self.aliased, &mut self.built] {
            sum.values = sum.values.saturating_add(size.values.max(1));
            sum.bytes = sum.bytes.saturating_add(size.bytes);
        }
        if self.aliased.values > ALIASED_VALUES || self.aliased.bytes > ALIASED_BYTES {
            return Err(fault(
                span.start,
                OpenApiErrorKind::Aliases {
                    limit: ALIASED_VALUES,
                },
            ));
        }
        let value = anchored.value.clone();
        if self.expects_key() {
            return match value {
                Value::String(text) => self.key(text, false, span),
                _ => Err(fault(span.start, OpenApiErrorKind::KeyNotText)),
            };
        }
        // What is copied may lie deeper than where it was written.
        if self.frames.len() + depth(&value) > DEPTH {
            return Err(fault(
                span.start,
                OpenApiErrorKind::TooDeep { limit: DEPTH },
            ));
        }
        self.put(value, span)
    }

    fn key(&mut self, text: String, plain: bool, span: Span) -> Result<(), OpenApiError> {
        if let Some(Frame {
            open: Open::Mapping { members, key, .. },
            ..
        }) = self.frames.last_mut()
        {
            let is_merge = plain && text == "<<";
            if !is_merge && members.contains_key(&text) {
                let key = cut(&text);
                return Err(fault(span.start, OpenApiErrorKind::DuplicateKey { key }));
            }
            *key = Some(text);
        }
        Ok(())
    }

    fn put(&mut self, value: Value, span: Span) -> Result<(), OpenApiError> {
        match self.frames.last_mut().map(|frame| &mut frame.open) {
            None if self.document.is_none() => self.document = Some(value),
            None => return Err(fault(span.start, OpenApiErrorKind::SeveralDocuments)),
            Some(Open::List { items }) => items.push(value),
            Some(Open::Mapping {
                members,
                key,
                merged,
            }) => match key.take() {
                Some(key) if key == "<<" && (value.is_object() || value.is_array()) => {
                    merged.push(value);
                }
                Some(key) => {
                    members.insert(key, value);
                }
                None => return Err(fault(span.start, OpenApiErrorKind::KeyNotText)),
            },
        }
        Ok(())
    }
}

/// Adds what a merge key stands for: a mapping, or a list of them, of which the first wins.
fn merge(members: &mut Map<String, Value>, source: Value) {
    match source {
        Value::Object(source) => {
            for (key, value) in source {
                if !members.contains_key(&key) {
                    members.insert(key, value);
                }
            }
        }
        Value::Array(sources) => {
            for source in sources.into_iter().filter(Value::is_object) {
                merge(members, source);
            }
        }
        _ => {}
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use serde_json::json;

    use super::*;
    use crate::openapi::error::Place;

    fn kind(text: &str) -> OpenApiErrorKind {
        read(text).map(|_| "was read").unwrap_err().kind
    }

    #[test]
    fn aliases_and_merge_keys_stand_for_what_they_name() {
        let text =
            "base: &base\n  a: 1\n  b: 2\nmore:\n  <<: *base\n  b: 3\nlist: [*base, *base]\n";
        assert_eq!(
            read(text).unwrap(),
            json!({
                "base": { "a": 1, "b": 2 },
                "more": { "b": 3, "a": 1 },
                "list": [{ "a": 1, "b": 2 }, { "a": 1, "b": 2 }]
            })
        );
    }

    #[test]
    fn z28_a_bomb_of_aliases_is_refused_before_it_is_copied() {
        let mut text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, inner) in "bcdefghij".chars().zip("abcdefghi".chars()) {
            let list = vec![format!("*{inner}"); 10].join(", ");
            let _ = writeln!(text, "{name}: &{name} [{list}]");
        }
        assert!(matches!(kind(&text), OpenApiErrorKind::Aliases { .. }));
        // One long text, many times.
        let long = format!("a: &a {}\nb: [{}]", "x".repeat(1 << 20), "*a, ".repeat(40));
        assert!(matches!(kind(&long), OpenApiErrorKind::Aliases { .. }));
    }

    #[test]
    fn z28_what_is_nested_too_deep_is_refused_with_its_place() {
        let deep = "[".repeat(100_000);
        let error = read(&deep).unwrap_err();
        assert_eq!(error.kind, OpenApiErrorKind::TooDeep { limit: DEPTH });
        assert!(
            matches!(
                error.place,
                Place::Text {
                    line: 1,
                    column: 100..
                }
            ),
            "{error}"
        );
        let error = read(&"- ".repeat(1_000)).unwrap_err();
        assert_eq!(error.kind, OpenApiErrorKind::TooDeep { limit: DEPTH });
        let mut climbing = "a: &a [[[[[[[[[[1]]]]]]]]]]\n".to_owned();
        for (name, inner) in "bcdefghijklmnop".chars().zip("abcdefghijklmno".chars()) {
            let _ = writeln!(climbing, "{name}: &{name} [[[[[[[[[[*{inner}]]]]]]]]]]");
        }
        assert_eq!(kind(&climbing), OpenApiErrorKind::TooDeep { limit: DEPTH });
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_place() {
        let place = |line, column| Place::Text { line, column };
        for (text, at, expected) in [
            (
                "a: 1\na: 2",
                place(2, 1),
                OpenApiErrorKind::DuplicateKey {
                    key: "a".to_owned(),
                },
            ),
            ("? [a]\n: b", place(1, 3), OpenApiErrorKind::KeyNotText),
            ("a: &a [*a]", place(1, 8), OpenApiErrorKind::AliasCycle),
            (
                "a: 1\n---\nb: 2",
                place(2, 1),
                OpenApiErrorKind::SeveralDocuments,
            ),
            ("# nothing\n", Place::Document, OpenApiErrorKind::Empty),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.place, error.kind), (at, expected), "{text}");
        }
        let error = read("a: [1, 2\nb: 3\n").unwrap_err();
        assert!(
            matches!(error.kind, OpenApiErrorKind::Yaml { .. }),
            "{error}"
        );
        assert!(
            matches!(error.place, Place::Text { line: 2.., .. }),
            "{error}"
        );
        assert!(matches!(kind("a: *nowhere"), OpenApiErrorKind::Yaml { .. }));
    }
}
