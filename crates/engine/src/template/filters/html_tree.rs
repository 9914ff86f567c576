//! The tree that html5ever builds of a page, kept flat: pages nest as deeply as they like.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::tree_builder::{
    ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink,
};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, LocalName, Namespace, QualName};

/// The deepest nesting. The time to read a page grows with it, so that what goes on deeper is not read.
const DEPTH: usize = 512;
/// The most nodes.
const NODES: usize = 400_000;
/// How much is read before the bounds are looked at again, in bytes.
const PORTION: usize = 2_048;

/// A page's tree. Nodes are known by their number.
pub(super) struct HtmlTree {
    nodes: RefCell<Vec<Entry>>,
    full: Cell<bool>,
}

struct Entry {
    parent: Option<usize>,
    depth: usize,
    children: Vec<usize>,
    name: Option<QualName>,
    /// Where the content of a `template` element is.
    content: Option<usize>,
    integration_point: bool,
    node: HtmlNode,
}

/// What a node of a page is.
#[derive(Clone)]
pub(super) enum HtmlNode {
    Element {
        name: String,
        attributes: Vec<(String, String)>,
    },
    Text(String),
    /// The document itself, a comment, a doctype.
    Other,
}

impl Default for HtmlTree {
    fn default() -> Self {
        let tree = Self {
            nodes: RefCell::default(),
            full: Cell::new(false),
        };
        tree.add(None, HtmlNode::Other);
        tree
    }
}

impl HtmlTree {
    /// Reads a page, as far as the bounds let it.
    pub(super) fn read(page: &str) -> Self {
        let mut parser =
            html5ever::parse_document(Self::default(), html5ever::ParseOpts::default());
        let mut rest = page;
        while !rest.is_empty() && !parser.tokenizer.sink.sink.full.get() {
            let mut end = rest.len().min(PORTION);
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            let (portion, after) = rest.split_at(end);
            parser.process(StrTendril::from_slice(portion));
            rest = after;
        }
        parser.finish()
    }

    /// The number of the document.
    pub(super) const DOCUMENT: usize = 0;

    pub(super) fn node(&self, node: usize) -> HtmlNode {
        self.nodes.borrow()[node].node.clone()
    }

    /// The children of a node; of a `template` those of its content.
    pub(super) fn children(&self, node: usize) -> Vec<usize> {
        let nodes = self.nodes.borrow();
        let place = nodes[node].content.unwrap_or(node);
        nodes[place].children.clone()
    }

    fn add(&self, name: Option<QualName>, node: HtmlNode) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Entry {
            parent: None,
            depth: 0,
            children: Vec::new(),
            name,
            content: None,
            integration_point: false,
            node,
        });
        nodes.len() - 1
    }

    fn detach(&self, node: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[node].parent.take() {
            nodes[parent].children.retain(|child| *child != node);
        }
    }

    /// Puts a child before the child at a place, or at the end. Text joins the text before it.
    fn insert(&self, parent: usize, before: Option<usize>, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let children = &nodes[parent].children;
                let place =
                    before.and_then(|sibling| children.iter().position(|child| *child == sibling));
                let previous = children[..place.unwrap_or(children.len())].last().copied();
                if let Some(HtmlNode::Text(known)) =
                    previous.map(|previous| &mut nodes[previous].node)
                {
                    known.push_str(&text);
                    return;
                }
                drop(nodes);
                self.add(None, HtmlNode::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let children = &mut nodes[parent].children;
        let place = before.and_then(|sibling| children.iter().position(|child| *child == sibling));
        children.insert(place.unwrap_or(children.len()), child);
        nodes[child].parent = Some(parent);
        nodes[child].depth = nodes[parent].depth + 1;
        if nodes[child].depth > DEPTH || nodes.len() > NODES {
            self.full.set(true);
        }
    }
}

/// The name of an element.
#[derive(Debug)]
pub(super) struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

fn plain(attributes: Vec<Attribute>) -> Vec<(String, String)> {
    attributes
        .into_iter()
        .map(|attribute| {
            (
                attribute.name.local.to_string(),
                attribute.value.to_string(),
            )
        })
        .collect()
}

impl TreeSink for HtmlTree {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        Self::DOCUMENT
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, node: &'a usize) -> Name {
        let name = Ref::map(self.nodes.borrow(), |nodes| &nodes[*node].name).clone();
        Name(
            name.unwrap_or_else(|| QualName::new(None, Namespace::default(), LocalName::default())),
        )
    }

    fn get_template_contents(&self, node: &usize) -> usize {
        self.nodes.borrow()[*node].content.unwrap_or(*node)
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &usize) -> bool {
        self.nodes.borrow()[*node].integration_point
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> usize {
        let node = HtmlNode::Element {
            name: name.local.to_string(),
            attributes: plain(attributes),
        };
        let content = flags.template.then(|| self.add(None, HtmlNode::Other));
        let number = self.add(Some(name), node);
        let mut nodes = self.nodes.borrow_mut();
        nodes[number].content = content;
        nodes[number].integration_point = flags.mathml_annotation_xml_integration_point;
        number
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(None, HtmlNode::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(None, HtmlNode::Other)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), child);
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn add_attrs_if_missing(&self, node: &usize, more: Vec<Attribute>) {
        if let HtmlNode::Element { attributes, .. } = &mut self.nodes.borrow_mut()[*node].node {
            for (name, value) in plain(more) {
                if attributes.iter().all(|(known, _)| *known != name) {
                    attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, node: &usize) {
        self.detach(*node);
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        for child in children {
            self.nodes.borrow_mut()[child].parent = None;
            self.insert(*parent, None, NodeOrText::AppendNode(child));
        }
    }
}
