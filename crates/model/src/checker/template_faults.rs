//! What is said of a template that cannot work, whatever file it stands in. Which names there are is not known here.

use super::Name;
use crate::diagnostic::Diagnostic;
use crate::nearest::{did_you_mean, nearest};
use crate::rule::Rule;
use crate::template_syntax::{Lookup, PathPart, parse_errors};

/// Where nothing that exists is near.
pub(crate) const NO_SUCH_NAME: &str =
    "Use a name that exists here, or give a default: `{{ x | default('') }}`.";

/// What cannot be read of a template; `example` is a name such as the file has them.
pub(crate) fn syntax_faults(path: &str, template: &str, example: &str) -> Vec<Diagnostic> {
    parse_errors(template)
        .into_iter()
        .map(|error| {
            Rule::TemplateSyntax.finding(
                path,
                error.to_string(),
                format!("Mend the expression: `{{{{ {example} }}}}`, with filters behind `|`."),
            )
        })
        .collect()
}

/// A name whose root is none of those that exist at the place.
pub(crate) fn unknown_name(there: &[Name], path: &str, lookup: &Lookup) -> Diagnostic {
    let names = there.iter().map(|name| name.name.as_str());
    let wanted = lookup.display();
    // The nearest whole name, or the nearest root with the rest kept.
    let roots = names
        .clone()
        .map(|name| name.split('.').next().unwrap_or_default());
    let near = nearest(&wanted, names).map(str::to_owned).or_else(|| {
        nearest(lookup.root(), roots).map(|root| {
            format!(
                "{root}{}",
                wanted.get(lookup.root().len()..).unwrap_or_default()
            )
        })
    });
    Rule::TemplateUndefined.finding(
        path,
        format!("`{wanted}`: nothing is called `{}` here", lookup.root()),
        did_you_mean(near, NO_SUCH_NAME),
    )
}

/// A member that is none of those that a name has; nothing where it is one, or where none is taken.
pub(crate) fn missing_member(path: &str, lookup: &Lookup, names: &[String]) -> Option<Diagnostic> {
    let root = lookup.root();
    let Some(PathPart::Key(member)) = lookup.path.get(1) else {
        return None;
    };
    if names.contains(member) {
        return None;
    }
    let there = match names {
        [] => "it has nothing that a template could use".to_owned(),
        names => format!(
            "it has {}",
            names
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    let near =
        nearest(member, names.iter().map(String::as_str)).map(|name| format!("{root}.{name}"));
    Some(Rule::TemplateUndefined.finding(
        path,
        format!(
            "`{}`: `{root}` has no `{member}`; {there}",
            lookup.display()
        ),
        did_you_mean(near, NO_SUCH_NAME),
    ))
}
