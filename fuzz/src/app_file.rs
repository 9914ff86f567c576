//! An app file: never a panic, every fault and every piece of advice at a place of the document, what is accepted is
//! written out and read back the same, and a control's id changed there and back gives the same document.

use latchwork_model::app::App;
use latchwork_model::{
    Connector, Diagnostic, FileKind, app_names_at, check_app, check_app_alone, control_references,
    read_app, read_app_shape, read_connector, read_json, rename_control, write_app,
};
use serde_json::Value;

use crate::input::text;
use crate::place::leads_somewhere;

/// An id that nobody writes.
const OTHER: &str = "zz_other";

/// The file's text.
pub fn run(data: &[u8]) {
    let text = text(data);
    let document = read_json(&text).ok();
    match read_app(&text) {
        Ok(app) => accepted(&app, &document.expect("an accepted file is JSON")),
        Err(error) => {
            assert!(!error.findings.is_empty(), "refused without a reason");
            places(document.as_ref(), &error.findings);
        }
    }
    // Only one kind of file is what it says that it is.
    if read_app_shape(&text).is_ok() {
        assert_eq!(FileKind::of(&text), Some(FileKind::App));
        assert!(read_connector(&text).is_err());
    }
}

fn accepted(app: &App, document: &Value) {
    let written = write_app(app);
    let back = read_app(&written)
        .unwrap_or_else(|error| panic!("what was written is refused: {error}\n{written}"));
    assert_eq!(back, *app, "another app came back");
    assert_eq!(write_app(&back), written, "it is written otherwise");
    let alone = check_app_alone(app);
    places(Some(document), &alone);
    let library = known(app);
    places(Some(document), &check_app(app, &|_| library.clone()));
    for finding in &alone {
        let _ = app_names_at(app, &finding.path);
    }
    for control in app.controls() {
        renamed(app, document, &control.id);
    }
}

/// The first of the file's own connectors, for those that are looked up.
fn known(app: &App) -> Option<Connector> {
    let mut connectors = app.connectors.iter();
    connectors
        .find_map(|connector| connector.definition.as_deref())
        .cloned()
}

fn renamed(app: &App, document: &Value, id: &str) {
    if document.to_string().contains(OTHER) {
        return;
    }
    let references = control_references(app, id);
    let mut there = document.clone();
    if rename_control(&mut there, app, id, OTHER).is_err() {
        return;
    }
    let after = read_app(&there.to_string())
        .unwrap_or_else(|error| panic!("what was renamed is refused: {error}\n{there}"));
    assert_eq!(control_references(&after, id), [], "{there}");
    let used = control_references(&after, OTHER);
    assert_eq!(used.len(), references.len(), "{there}");
    // The old id may be a template's own variable.
    if rename_control(&mut there, &after, OTHER, id).is_ok() {
        assert_eq!(there, *document);
    }
}

fn places(document: Option<&Value>, findings: &[Diagnostic]) {
    for finding in findings {
        assert!(!finding.message.is_empty() && !finding.help.is_empty());
        match document {
            Some(document) => assert!(
                leads_somewhere(document, &finding.path),
                "`{}` is no place: {}",
                finding.path,
                finding.message
            ),
            None => assert_eq!(finding.path, "", "there is no document to have a place in"),
        }
    }
}
