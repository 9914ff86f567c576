//! What a person should know, gathered over all endpoints: one sentence for each matter, with the first few names.

use crate::note::{NoteKind, Notes};

/// A matter that comes up at many places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remark {
    /// An endpoint that asks for no sign-in.
    Public,
    /// An endpoint that asks for another security scheme.
    OtherScheme,
    /// A list that goes into the query once for each item.
    RepeatedParameter,
    /// A parameter that has no counterpart.
    Parameter,
    /// A path with a placeholder that no parameter describes.
    UndescribedPlaceholder,
    /// Members of a body that need not be given.
    OptionalMembers,
    /// A body, or a field of one, that is a file.
    File,
    /// A list or an object in a field of a form.
    NestedField,
    /// A body of a kind that is not sent.
    MediaType,
    /// Servers of its own that cannot be used.
    Server,
    /// A path that does not begin with a slash.
    Path,
    /// An operation that calls back.
    Callback,
    /// Exported: a value that only a run knows.
    Computed,
    /// Exported: a credential in plain text.
    PlainSecret,
    /// Exported: a method that no document has.
    Method,
    /// Exported: a path and method that another endpoint has.
    SamePath,
    /// Exported: a second parameter or field of one name.
    Doubled,
}

impl Remark {
    const fn kind(self) -> NoteKind {
        match self {
            Self::Parameter
            | Self::File
            | Self::MediaType
            | Self::OptionalMembers
            | Self::Method
            | Self::Doubled
            | Self::Callback => NoteKind::LeftOut,
            Self::PlainSecret => NoteKind::Secret,
            Self::OtherScheme | Self::Server => NoteKind::Missing,
            _ => NoteKind::Changed,
        }
    }

    const fn sentence(self) -> (&'static str, &'static str) {
        match self {
            Self::Public => (
                "These ask for no sign-in, and are sent with it all the same: ",
                ".",
            ),
            Self::OtherScheme => (
                "These ask for another sign-in than the connector's, and may be refused: ",
                ". Import the document once more into a connector of their own, and change its auth.",
            ),
            Self::RepeatedParameter => (
                "These parameters take several values, of which one can be given: ",
                ". Add the parameter again to the endpoint's query for each further one.",
            ),
            Self::Parameter => ("These parameters are left out: ", "."),
            Self::UndescribedPlaceholder => (
                "These placeholders of paths are described nowhere, and became text inputs: ",
                ".",
            ),
            Self::OptionalMembers => (
                "Only what a body must have became inputs in: ",
                ". Add further members to the endpoint's body.",
            ),
            Self::File => ("Files cannot be sent, and are left out: ", "."),
            Self::NestedField => (
                "These form fields are lists or objects, and are sent as JSON: ",
                ".",
            ),
            Self::MediaType => (
                "These bodies are of a kind that cannot be sent, and are left out: ",
                ".",
            ),
            Self::Server => (
                "These have servers of their own whose address is not whole, and use the connector's: ",
                ".",
            ),
            Self::Path => ("These paths did not begin with `/`, and do now: ", "."),
            Self::Callback => ("Callbacks are left out: ", "."),
            Self::Computed => (
                "These values are computed by the connector, and are described as any text: ",
                ".",
            ),
            Self::PlainSecret => (
                "These hold a credential in plain text, which is left out: ",
                ".",
            ),
            Self::Method => (
                "OpenAPI 3.1 has no place for these methods, and they are left out: ",
                ".",
            ),
            Self::SamePath => (
                "These have the path and method of another endpoint, and are written with `#` and their id behind it: ",
                ".",
            ),
            Self::Doubled => (
                "A document can have a name once: the second one is left out of ",
                ".",
            ),
        }
    }
}

/// Remarks as they come up.
#[derive(Default)]
pub(super) struct Remarks(std::collections::BTreeMap<Remark, Places>);

#[derive(Default)]
struct Places {
    first: Vec<String>,
    more: usize,
}

impl Places {
    const SHOWN: usize = 5;
}

impl Remarks {
    /// A remark about a place; the name is only made where it is shown.
    pub fn add(&mut self, remark: Remark, name: impl FnOnce() -> String) {
        let places = self.0.entry(remark).or_default();
        if places.first.len() >= Places::SHOWN {
            places.more += 1;
            return;
        }
        let name = super::error::cut(&name());
        if !places.first.contains(&name) {
            places.first.push(name);
        }
    }

    /// As notes, in one order.
    pub fn tell(self, notes: &mut Notes) {
        for (remark, places) in self.0 {
            let (before, after) = remark.sentence();
            let names = listed(&places.first, places.more);
            notes.add(remark.kind(), format!("{before}{names}{after}"));
        }
    }
}

/// `a`, `b` and 12 more.
pub(super) fn listed(names: &[impl AsRef<str>], more: usize) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match (quoted.as_slice(), more) {
        ([], _) => String::new(),
        ([only], 0) => only.clone(),
        ([others @ .., last], 0) => format!("{} and {last}", others.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    }
}

/// The first few of many, and how many more there are.
pub(super) fn listed_first(names: &[impl AsRef<str>]) -> String {
    let shown = names.len().min(Places::SHOWN);
    listed(&names[..shown], names.len() - shown)
}
