//! The checker of apps: what is valid but cannot work, or should not be left so. As the checker of connectors, it runs
//! nothing; the library's connectors are handed in.

mod advice;
mod automatic;
mod bindings;
mod loops;
mod names;
mod rename;
mod site;
mod templates;

use super::App;
use crate::diagnostic::Diagnostic;
use crate::path::join;

pub use bindings::ConnectorLookup;
pub use names::app_names_at;
pub use rename::{control_references, rename_control, unique_control_id};

/// All that the checker has to say of a valid app, errors first. A connector whose definition is in the file is not
/// looked up.
pub fn check_app(app: &App, library: ConnectorLookup<'_>) -> Vec<Diagnostic> {
    check_with(app, Some(library))
}

/// The same where there is no library: what is called of connectors that are not in the file is not checked, and that
/// is said.
pub fn check_app_alone(app: &App) -> Vec<Diagnostic> {
    check_with(app, None)
}

fn check_with(app: &App, library: Option<ConnectorLookup<'_>>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    templates::check_templates(app, &mut findings);
    bindings::check_bindings(app, library, &mut findings);
    loops::check_loops(app, &mut findings);
    advice::advise(app, &mut findings);
    for (index, connector) in app.connectors.iter().enumerate() {
        let Some(definition) = &connector.definition else {
            continue;
        };
        let path = format!("connectors[{index}].definition");
        let inside = crate::checker::check(definition).into_iter();
        findings.extend(inside.map(|finding| Diagnostic {
            path: join(&path, &finding.path),
            ..finding
        }));
    }
    findings.sort_by_key(|finding| finding.severity);
    findings
}
