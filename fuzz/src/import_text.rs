//! Any file or text that a person would import: what it is, is found out by its content. It is refused in words, or
//! becomes a connector that can be exported as each of the formats that are written.

use latchwork_exchange::{
    ForeignKind, ImportOptions, import_text, recognise_file, to_curl_script, to_openapi,
};

use crate::input::text;
use crate::postman_collection::holds;

/// The text.
pub fn run(data: &[u8]) {
    let text = text(data);
    let recognised = recognise_file(&text);
    if let Err(error) = &recognised {
        assert!(!error.message.is_empty() && !error.remedy.is_empty());
    }
    match import_text(&text, &ImportOptions::default()) {
        Err(error) => assert!(!error.message.is_empty() && !error.remedy.is_empty()),
        Ok(imported) => {
            assert_eq!(recognised, Ok(imported.kind));
            // A connector file stands for itself, faults that only the checker sees included.
            if imported.kind != ForeignKind::Latchwork {
                holds(&imported);
            }
            let script = to_curl_script(&imported.connector);
            for secret in &imported.secrets {
                // Shorter ones may be words that stand there anyway.
                if let Some(value) = secret.exposed_value().filter(|value| value.len() >= 24) {
                    assert!(
                        !script.text.contains(value),
                        "`{}` is written out",
                        secret.name
                    );
                }
            }
            let _ = to_openapi(&imported.connector);
        }
    }
}
