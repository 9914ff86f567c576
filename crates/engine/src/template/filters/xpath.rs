//! `xpath` and `xpath_all`: `XPath` 1.0 on XML, and on HTML as servers send it.
//!
//! A document that is well-formed XML is read as that. Anything else is read as a browser would: a login page's
//! CSRF token is found whatever else is wrong with the page. Names without a prefix mean elements in the default
//! namespace too, since that is what people write; a prefix means what the document's root says.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use minijinja::{Error, State, Value};
use sxd_document::dom::{Document, Element};
use sxd_document::{Package, QName};
use sxd_xpath::nodeset::Node;
use sxd_xpath::{Context, Factory, Value as Found};

use super::super::environment::nothing;
use super::arguments::{failed, text};
use super::html_tree::{HtmlNode, HtmlTree};

/// The largest document, in bytes.
const LARGEST: usize = 4 << 20;
/// The most elements, attributes and texts.
const NODES: u32 = 200_000;
/// The deepest nesting; what is deeper is put at this depth, as browsers do.
const DEPTH: usize = 200;
/// The longest path.
const PATH: usize = 1_000;
/// The most steps that a path may take in a document, as far as they can be told beforehand: some seconds.
/// `sxd-xpath` cannot be stopped once it runs.
const STEPS: u64 = 30_000_000;

/// The first that a path finds: a text, an attribute's value, or an element's text; also a number or a truth.
pub(super) fn xpath(state: &State<'_, '_>, input: &Value, path: &Value) -> Result<Value, Error> {
    let found = all(state, "xpath", input, path)?;
    Ok(found
        .into_iter()
        .next()
        .unwrap_or_else(|| nothing(state, "xpath")))
}

/// All that a path finds, in the order of the document.
pub(super) fn xpath_all(
    state: &State<'_, '_>,
    input: &Value,
    path: &Value,
) -> Result<Value, Error> {
    all(state, "xpath_all", input, path).map(Value::from)
}

fn all(
    state: &State<'_, '_>,
    filter: &str,
    input: &Value,
    path: &Value,
) -> Result<Vec<Value>, Error> {
    let (source, path) = (text(input)?, text(path)?);
    let brackets = path
        .chars()
        .filter(|character| matches!(character, '(' | '[' | '-'))
        .count();
    if path.len() > PATH || brackets > 50 || path.matches("//").count() > 5 {
        return Err(failed(format!("`{filter}`: the path is too long")));
    }
    if source.len() > LARGEST {
        return Err(failed(format!(
            "`{filter}`: the document is larger than 4 MiB"
        )));
    }
    state.consume_fuel(source.len() as u64 / 8)?;
    let compiled = Factory::new().build(&path).ok().flatten();
    let compiled =
        compiled.ok_or_else(|| failed(format!("`{filter}`: the path cannot be read")))?;

    let package = Package::new();
    let document = package.as_document();
    let mut context = Context::new();
    let mut namespaces = HashSet::from(["xml".to_owned()]);
    context.set_namespace("xml", "http://www.w3.org/XML/1998/namespace");
    let size = match read_xml(&source, document, &mut context, &mut namespaces) {
        Some(size) => size,
        None => read_html(&source, document),
    };
    if steps(&path, &size) > STEPS {
        return Err(failed(format!(
            "`{filter}`: the path takes too long in a document of {} nodes",
            size.nodes
        )));
    }
    if let Some(prefix) = prefixes(&path)
        .into_iter()
        .find(|prefix| !namespaces.contains(*prefix))
    {
        return Err(failed(format!(
            "`{filter}`: the document has no prefix `{prefix}`"
        )));
    }
    // `sxd-xpath` is old, and panics where it meets what it did not think of.
    let evaluated = catch_unwind(AssertUnwindSafe(|| {
        compiled.evaluate(&context, document.root())
    }));
    let Ok(Ok(found)) = evaluated else {
        return Err(failed(format!(
            "`{filter}`: the path has a function or a variable that is not known"
        )));
    };
    Ok(match found {
        Found::Nodeset(nodes) => nodes
            .document_order()
            .into_iter()
            .map(|node| Value::from(node_text(node)))
            .collect(),
        Found::Boolean(truth) => vec![Value::from(truth)],
        #[expect(
            clippy::cast_possible_truncation,
            reason = "only where nothing is lost"
        )]
        Found::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            vec![Value::from(number as i64)]
        }
        Found::Number(number) => vec![Value::from(number)],
        Found::String(text) => vec![Value::from(text)],
    })
}

/// The prefixes of names in a path. One that is not known would be a panic in `sxd-xpath`.
fn prefixes(path: &str) -> Vec<&str> {
    // XML lets nearly all that is beyond ASCII be in a name.
    let is_name = |character: char| {
        character.is_ascii_alphanumeric()
            || matches!(character, '_' | '-' | '.')
            || !character.is_ascii()
    };
    let mut found = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['"', '\'', ':']) {
        let (before, after) = rest.split_at(at);
        let mark = &after[..1];
        let after = &after[1..];
        if mark != ":" {
            rest = after.split_once(mark).map_or("", |(_, behind)| behind);
        } else if let Some(behind) = after.strip_prefix(':') {
            rest = behind;
        } else {
            let name = before.trim_end();
            let start = name
                .rfind(|character| !is_name(character))
                .map_or(0, |place| {
                    place + name[place..].chars().next().map_or(1, char::len_utf8)
                });
            found.push(&name[start..]);
            rest = after;
        }
    }
    found
}

fn node_text(node: Node<'_>) -> String {
    node.string_value()
}

/// How large a document is.
#[derive(Default)]
struct Size {
    nodes: u64,
    depth: u64,
}

impl Size {
    fn count(&mut self, depth: usize) {
        self.nodes += 1;
        self.depth = self.depth.max(depth as u64 + 1);
    }
}

/// How many steps a path takes at most, about. `//` looks at every node once for each that it is nested in; what
/// leads out of a node inside a predicate, or to its siblings, is looked up anew for every node.
fn steps(path: &str, size: &Size) -> u64 {
    let mut quoted = None;
    let mut predicates = 0_usize;
    let (mut descents, mut again) = (0_u64, 0_u32);
    let bytes = path.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let before = bytes[..at]
            .iter()
            .rev()
            .find(|byte| !byte.is_ascii_whitespace());
        match (quoted, byte) {
            (Some(quote), byte) if quote == *byte => quoted = None,
            (None, b'"' | b'\'') => quoted = Some(*byte),
            (None, b'[') => predicates += 1,
            (None, b']') => predicates = predicates.saturating_sub(1),
            (None, b'/') if bytes.get(at + 1) == Some(&b'/') && predicates == 0 => descents += 1,
            (None, b'/') if predicates > 0 => {
                let starts = before.is_none_or(|before| b"[(,=<>!+*|".contains(before))
                    || bytes.get(at + 1) == Some(&b'/');
                again += u32::from(starts);
            }
            (None, b'.') if predicates > 0 && bytes.get(at + 1) == Some(&b'.') => again += 1,
            _ => {}
        }
    }
    for axis in [
        "following",
        "preceding",
        "parent::",
        "ancestor",
        "descendant",
    ] {
        again += u32::try_from(path.matches(axis).count()).unwrap_or(u32::MAX);
    }
    let once = size
        .nodes
        .saturating_mul(1 + size.depth.saturating_mul(descents));
    once.saturating_mul(size.nodes.saturating_pow(again))
}

/// Puts well-formed XML into the document. None where it is none, with nothing put in.
fn read_xml(
    source: &str,
    into: Document<'_>,
    context: &mut Context<'_>,
    namespaces: &mut HashSet<String>,
) -> Option<Size> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES,
        ..Default::default()
    };
    if nests_deeper_than(source, DEPTH) {
        return None;
    }
    let source = source.trim_start_matches(['\u{feff}', '\n', ' ']);
    let tree = roxmltree::Document::parse_with_options(source, options).ok()?;
    let root = tree.root_element();
    for namespace in root.descendants().flat_map(|node| node.namespaces()) {
        if let Some(prefix) = namespace.name() {
            context.set_namespace(prefix, namespace.uri());
            namespaces.insert(prefix.to_owned());
        }
    }
    let mut size = Size::default();
    let mut left: Vec<(roxmltree::Node<'_, '_>, Option<Element<'_>>, usize)> =
        vec![(root, None, 0)];
    while let Some((node, parent, depth)) = left.pop() {
        size.count(depth);
        if node.is_text() {
            if let (Some(parent), Some(text)) = (parent, node.text()) {
                parent.append_child(into.create_text(text));
            }
            continue;
        }
        if !node.is_element() {
            continue;
        }
        let name = node.tag_name();
        // A default namespace is left out, so that `//token` finds what is written as `<token>`.
        let prefixed = name.namespace().filter(|uri| {
            node.lookup_prefix(uri)
                .is_some_and(|prefix| !prefix.is_empty())
        });
        let element = into.create_element(QName::with_namespace_uri(prefixed, name.name()));
        for attribute in node.attributes() {
            element.set_attribute_value(
                QName::with_namespace_uri(attribute.namespace(), attribute.name()),
                attribute.value(),
            );
        }
        match parent {
            Some(parent) => parent.append_child(element),
            None => into.root().append_child(element),
        }
        left.extend(
            node.children()
                .rev()
                .map(|child| (child, Some(element), depth + 1)),
        );
    }
    Some(size)
}

/// Whether tags nest deeper than a recursive parser should be asked to go. Counts what looks like a tag, and so
/// may say yes too early.
fn nests_deeper_than(source: &str, limit: usize) -> bool {
    let bytes = source.as_bytes();
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, bytes.get(at + 1)) {
            (b'<', Some(b'/')) | (b'/', Some(b'>')) => depth = depth.saturating_sub(1),
            (b'<', Some(next)) if next.is_ascii_alphabetic() || *next == b'_' => depth += 1,
            _ => {}
        }
        if depth > limit {
            return true;
        }
    }
    false
}

fn read_html(source: &str, into: Document<'_>) -> Size {
    let tree = HtmlTree::read(source);
    let mut left = Vec::new();
    left.extend(
        tree.children(HtmlTree::DOCUMENT)
            .into_iter()
            .rev()
            .map(|child| (child, None::<Element<'_>>, 0_usize)),
    );
    let mut size = Size::default();
    let mut has_root = false;
    while let Some((node, parent, depth)) = left.pop() {
        size.count(depth.min(DEPTH));
        if size.nodes > u64::from(NODES) {
            break;
        }
        match tree.node(node) {
            HtmlNode::Text(text) => {
                if let Some(parent) = parent {
                    parent.append_child(into.create_text(&text));
                }
            }
            HtmlNode::Element { name, attributes } => {
                let element = into.create_element(name.as_str());
                for (name, value) in attributes {
                    element.set_attribute_value(name.as_str(), &value);
                }
                match parent {
                    Some(parent) => parent.append_child(element),
                    None if !has_root => {
                        has_root = true;
                        into.root().append_child(element);
                    }
                    None => continue,
                }
                let within = if depth >= DEPTH {
                    parent
                } else {
                    Some(element)
                };
                left.extend(
                    tree.children(node)
                        .into_iter()
                        .rev()
                        .map(|child| (child, within, depth + 1)),
                );
            }
            HtmlNode::Other => {}
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::{STEPS, Size, prefixes, steps};

    #[test]
    fn what_takes_too_long_is_told_from_the_path() {
        let size = Size {
            nodes: 10_000,
            depth: 10,
        };
        for path in [
            "//a",
            "//a//b/@c",
            "//a[b='..//']/../c[1]",
            "//a[@b]",
            "/a/b[c/d]",
        ] {
            assert!(steps(path, &size) <= STEPS, "{path}");
        }
        for path in [
            "//a[../b]",
            "//a[//b]",
            "//a[/b/c]",
            "//a[count( /b)]",
            "//a/following::b",
            "//a[preceding-sibling::b]",
        ] {
            assert!(steps(path, &size) > STEPS, "{path}");
        }
        assert!(
            steps(
                "//a[../b]",
                &Size {
                    nodes: 1_000,
                    depth: 10
                }
            ) <= STEPS
        );
    }

    #[test]
    fn prefixes_are_names_before_one_colon() {
        assert_eq!(
            prefixes("//a:b/c[@d:e='f:g']/child::h | i : j"),
            ["a", "d", "i"]
        );
        assert_eq!(prefixes("//\u{fffd}x:a"), ["\u{fffd}x"]);
        assert!(prefixes("//a[b=\"c:d").is_empty());
    }
}
