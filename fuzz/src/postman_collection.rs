//! A Postman collection, and behind a line `%%environment` an environment for it: refused with its place and what to
//! do, or a valid connector without a secret, whose templates can all be read and name nothing that is not there.

use latchwork_exchange::{ForeignKind, ImportOptions, Imported, import_text};
use latchwork_model::{check, read_connector, write_connector};

use crate::input::text;

/// The file, and its environment.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (collection, environment) = match text.split_once("\n%%environment\n") {
        Some((collection, environment)) => (collection, Some(environment.to_owned())),
        None => (&*text, None),
    };
    let options = ImportOptions {
        kind: Some(ForeignKind::Postman),
        environment,
    };
    match import_text(collection, &options) {
        Err(error) => {
            assert!(!error.message.is_empty() && !error.remedy.is_empty());
        }
        Ok(imported) => holds(&imported),
    }
}

/// What holds of everything that is imported.
pub(crate) fn holds(imported: &Imported) {
    let document = write_connector(&imported.connector);
    let again = read_connector(&document)
        .unwrap_or_else(|error| panic!("what came of it is no valid file: {error}\n{document}"));
    assert_eq!(again, imported.connector);
    for variable in &imported.connector.variables {
        assert!(
            !variable.secret || variable.value.is_none(),
            "`{}` is in the file",
            variable.name
        );
    }
    for secret in &imported.secrets {
        let is_there = |name: &str| {
            let mut variables = imported.connector.variables.iter();
            variables.any(|variable| variable.name == name && variable.secret)
        };
        assert!(is_there(&secret.name), "`{}` has no place", secret.name);
    }
    for finding in check(&imported.connector) {
        assert!(
            !matches!(finding.code, "template.syntax" | "template.undefined"),
            "{finding:?}\n{document}"
        );
    }
    for understood in &imported.understood {
        assert!(!understood.message.is_empty());
    }
}
