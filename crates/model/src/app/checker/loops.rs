//! Sources that run by themselves and wait for each other in a circle: an answer changes the inputs, which bring the next
//! answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::walk::walk_controls;
use crate::app::{App, Control, Source, SourceRun};
use crate::diagnostic::Diagnostic;
use crate::rule::Rule;
use crate::template_syntax::{Lookup, PathPart, lookups};

/// Whose answers each source waits for, by the control's id.
type Waits<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

pub(super) fn check_loops(app: &App, findings: &mut Vec<Diagnostic>) {
    let waits: Waits<'_> = app
        .controls()
        .filter_map(|control| Some((control.id.as_str(), waits_for(app, automatic(control)?))))
        .collect();
    walk_controls(app, &mut |path, control| {
        if waits.contains_key(control.id.as_str()) && comes_back(&waits, &control.id) {
            findings.push(
                Rule::SourceLoop.finding(
                    format!("{path}.source"),
                    format!(
                        "the source of `{}` waits for its own answer, and each answer can make it run again",
                        control.id
                    ),
                    "Use what a person typed, chose or selected in its inputs, or let an action load it (`run`: `manual`).",
                ),
            );
        }
    });
}

fn automatic(control: &Control) -> Option<&Source> {
    let source = control.source.as_ref()?;
    (source.run == SourceRun::Auto).then_some(source)
}

fn waits_for<'a>(app: &'a App, source: &Source) -> BTreeSet<&'a str> {
    let templates = source.inputs.values().chain(&source.when);
    templates
        .flat_map(|template| lookups(template.as_str()))
        .filter(is_of_an_answer)
        .filter_map(|lookup| Some(app.control(lookup.root())?.id.as_str()))
        .collect()
}

/// Whether what is taken of a control comes out of its answer. What a person typed or selected does not.
fn is_of_an_answer(lookup: &Lookup) -> bool {
    match lookup.path.get(1) {
        Some(PathPart::Key(member)) => matches!(member.as_str(), "data" | "status" | "rows"),
        _ => false,
    }
}

/// Whether a control waits for itself, through however many others.
fn comes_back(waits: &Waits<'_>, id: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![id];
    while let Some(control) = next.pop() {
        for awaited in waits.get(control).into_iter().flatten() {
            if *awaited == id {
                return true;
            }
            if seen.insert(*awaited) {
                next.push(awaited);
            }
        }
    }
    false
}
