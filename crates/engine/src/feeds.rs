//! What feeds a request parameter or a signature: it is secret, from the first event that it is part of.

use std::collections::{BTreeSet, HashSet};

use latchwork_model::template_syntax::{PathPart, is_literal, lookups};
use latchwork_model::{Auth, AwsSigV4, Multistep, Signing, Step, Template};

/// Names of the answer at hand, in a step's own outputs.
const ANSWER: &[&str] = &["body", "headers", "status", "cookies", "raw"];
/// Names whose values are no secrets of anyone's.
const OPEN: &[&str] = &["connector", "request", "account", "input"];

/// The output and variable paths that feed a request parameter or a signature, also by way of other steps' own
/// outputs.
pub(crate) fn feeding_paths(plan: &Multistep, auth: &Auth) -> BTreeSet<Vec<String>> {
    let parameters = plan
        .request_parameters
        .iter()
        .filter(|parameter| parameter.enabled);
    let mut open: Vec<(Option<&Step>, &Template)> = parameters
        .map(|parameter| (None, &parameter.value))
        .collect();
    if let Auth::AwsSigv4(aws) = auth {
        open.extend(aws_secrets(aws).map(|template| (None, template)));
    }
    match &plan.signing {
        Some(Signing::AwsSigv4(aws)) => {
            open.extend(aws_secrets(aws).map(|template| (None, template)));
        }
        Some(Signing::Oauth1(signing)) => {
            let secrets = [
                &signing.consumer_secret,
                &signing.token,
                &signing.token_secret,
            ];
            open.extend(secrets.map(|template| (None, template)));
        }
        None => {}
    }
    let mut seen = HashSet::new();
    let mut paths = BTreeSet::new();
    while let Some((step, template)) = open.pop() {
        for lookup in lookups(template.as_str()) {
            let path: Vec<String> = lookup.path.iter().map_while(plain_part).collect();
            let path = from_answer(step, path);
            if path.len() < 2 || OPEN.contains(&path[0].as_str()) {
                continue;
            }
            for step in plan.steps.iter().filter(|step| step.id == path[0]) {
                for output in step.outputs.iter().filter(|output| output.name == path[1]) {
                    // Each definition once: outputs may go round in a circle.
                    if seen.insert((step.id.as_str(), output.name.as_str())) {
                        open.push((Some(step), &output.value));
                    }
                }
            }
            paths.insert(path);
        }
    }
    paths
}

/// Whether what a template gives comes from an output or a variable.
pub(crate) fn is_fed(template: &Template) -> bool {
    !is_literal(template.as_str())
        && lookups(template.as_str())
            .iter()
            .any(|lookup| !OPEN.contains(&lookup.root()))
}

fn aws_secrets(aws: &AwsSigV4) -> impl Iterator<Item = &Template> {
    std::iter::once(&aws.secret_access_key).chain(&aws.session_token)
}

/// A bare name in a step's own outputs, as the output that it is: `raw.token` is `login.body.token`.
fn from_answer(step: Option<&Step>, mut path: Vec<String>) -> Vec<String> {
    if let Some(step) = step
        && let Some(first) = path.first_mut()
        && ANSWER.contains(&first.as_str())
    {
        if first == "raw" && step.kind_sends() {
            "body".clone_into(first);
        }
        path.insert(0, step.id.clone());
    }
    path
}

/// A path's part as it names an output; what only a run knows ends the path there.
fn plain_part(part: &PathPart) -> Option<String> {
    match part {
        PathPart::Key(key) => Some(key.clone()),
        PathPart::Index(index) => Some(index.to_string()),
        PathPart::Expression(_) => None,
    }
}
