//! The checker: what is valid but cannot work, or should not be left so. Each finding has a code, a place and a
//! remedy. It never runs anything. What it says of apps is [`crate::app`]'s.

mod addresses;
mod advice;
mod conditions;
mod graphql_advice;
mod names;
mod oauth_advice;
mod parameter_advice;
mod refresh_advice;
mod rename;
mod secrets;
mod signing_advice;
mod template_faults;
mod templates;
mod unused;
mod uses;
mod walk;

use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::step::Step;
use crate::template_syntax::lookups;

pub use names::{Name, NameKind, names_at, step_outputs};
pub(crate) use rename::replace_text;
pub use rename::{NameTaken, rename_step};
pub(crate) use template_faults::{missing_member, syntax_faults, unknown_name};
pub use walk::names_used;
pub(crate) use walk::{walk_all_templates, walk_templates};

/// All that the checker has to say of a valid connector, errors first.
pub fn check(connector: &Connector) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    templates::check_templates(connector, &mut findings);
    advice::advise(connector, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// A place that uses a name: a step's outputs, what a control holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The JSON path of the template.
    pub path: String,
    /// The name as it is used: `login.body.token`.
    pub expression: String,
}

/// Every place that uses the outputs of a step.
pub fn references(connector: &Connector, step: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    walk_templates(connector, &mut |path, template| {
        for lookup in lookups(template)
            .iter()
            .filter(|lookup| lookup.root() == step)
        {
            found.push(Reference {
                path: path.clone(),
                expression: lookup.display(),
            });
        }
    });
    for (index, update) in updates(connector).iter().enumerate() {
        if root_of(&update.target) == step {
            let path = format!("auth.refresh.updates[{index}].target");
            found.push(Reference {
                path,
                expression: update.target.clone(),
            });
        }
    }
    found
}

fn updates(connector: &Connector) -> &[crate::refresh::Update] {
    match &connector.auth {
        crate::auth::Auth::Multistep(multistep) => multistep
            .refresh
            .as_ref()
            .map_or(&[], |refresh| refresh.updates.as_slice()),
        _ => &[],
    }
}

/// The step that a dotted path such as `login.body.token` starts from.
pub(crate) fn root_of(target: &str) -> &str {
    target.split(['.', '[']).next().unwrap_or_default().trim()
}

/// Makes an id unique among those that are taken: `login`, `login_2`, `login_3`.
pub fn unique_step_id(connector: &Connector, wanted: &str) -> String {
    unique_id(wanted, "step", &|id| {
        crate::STEP_ID_RESERVED.contains(&id) || all_steps(connector).any(|step| step.id == id)
    })
}

/// The wanted id, or `fallback` where it is none, with a number where that is taken.
pub(crate) fn unique_id(wanted: &str, fallback: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
    let base = if crate::is_identifier(wanted) && !crate::template_syntax::is_reserved_word(wanted)
    {
        wanted
    } else {
        fallback
    };
    let mut candidate = base.to_owned();
    let mut number = 2;
    while is_taken(&candidate) {
        candidate = format!("{base}_{number}");
        number += 1;
    }
    candidate
}

/// The steps of both flows.
pub(crate) fn all_steps(connector: &Connector) -> impl Iterator<Item = &Step> {
    let multistep = match &connector.auth {
        crate::auth::Auth::Multistep(multistep) => Some(multistep),
        _ => None,
    };
    multistep.into_iter().flat_map(|multistep| {
        multistep
            .steps
            .iter()
            .chain(multistep.refresh.iter().flat_map(|refresh| &refresh.steps))
    })
}
