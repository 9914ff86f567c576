//! Every use of a name in a connector, read once: which outputs, variables and inputs there is a use of.

use std::collections::HashMap;

use super::walk_templates;
use crate::connector::Connector;
use crate::template_syntax::{Lookup, PathPart, lookups};

/// A use of a name, and where it is.
pub(super) struct Use {
    /// The JSON path of the template.
    pub path: String,
    pub lookup: Lookup,
}

/// All uses, by the name that they start from.
pub(super) struct Uses(HashMap<String, Vec<Use>>);

impl Uses {
    pub(super) fn of(connector: &Connector) -> Self {
        let mut uses: HashMap<String, Vec<Use>> = HashMap::new();
        walk_templates(connector, &mut |path, template| {
            for lookup in lookups(template) {
                let path = path.clone();
                uses.entry(lookup.root().to_owned())
                    .or_default()
                    .push(Use { path, lookup });
            }
        });
        Self(uses)
    }

    /// The uses of what is below a name.
    pub(super) fn of_root(&self, root: &str) -> &[Use] {
        self.0.get(root).map_or(&[], Vec::as_slice)
    }

    /// Whether a use outside of one place takes what is at a path, a part of it, or something that it is a part of.
    pub(super) fn takes(&self, wanted: &[PathPart], but_at: &str) -> bool {
        let Some(PathPart::Key(root)) = wanted.first() else {
            return false;
        };
        self.of_root(root)
            .iter()
            .any(|one| one.path != but_at && meet(&one.lookup.path, wanted))
    }

    /// Whether a member of a name is used.
    pub(super) fn member(&self, root: &str, member: &str) -> bool {
        let wanted = [root, member].map(|part| PathPart::Key(part.to_owned()));
        self.takes(&wanted, "")
    }
}

/// Whether one path leads into the other. A part that only a run knows may be any.
fn meet(one: &[PathPart], other: &[PathPart]) -> bool {
    one.iter().zip(other).all(|(one, other)| {
        one == other
            || matches!(one, PathPart::Expression(_))
            || matches!(other, PathPart::Expression(_))
    })
}

/// The parts of a path as an update's target has it: `login.body.items[0]`.
pub(super) fn parts_of(target: &str) -> Vec<PathPart> {
    lookups(&format!("{{{{ {target} }}}}"))
        .into_iter()
        .next()
        .map_or_else(Vec::new, |lookup| lookup.path)
}
