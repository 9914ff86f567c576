//! What a person pasted: refused in words, or a step that a connector file can hold.

use latchwork_exchange::{Pasted, recognise};
use latchwork_model::{StepKind, read_connector, read_step};
use latchwork_studio::{StepPlace, step_parse};
use serde_json::Value;

use crate::input::text;

/// The document it is pasted into. It has a step already, so that ids have to be made unique.
const DOCUMENT: &str = r#"{
  "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://api.example",
  "auth": { "method": "multistep", "steps": [
    { "id": "login", "type": "set_variables", "outputs": [{ "name": "a", "value": "1" }] }
  ] }
}"#;

/// The text of the clipboard.
pub fn run(data: &[u8]) {
    let text = text(data);
    match recognise(&text) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(Pasted::Connector(_)) => {}
        Ok(pasted) => {
            let step = pasted.into_step().expect("all else becomes a step");
            let value = serde_json::to_value(&step).expect("a step is JSON");
            assert_eq!(read_step(value).as_ref(), Ok(&step));
        }
    }
    if let Ok(parsed) = step_parse(DOCUMENT, &text, StepPlace::Auth) {
        let document = with_step(&parsed.step);
        let connector = read_connector(&document)
            .unwrap_or_else(|error| panic!("the file is broken now: {error}\n{document}"));
        drop(connector);
    }
    if let Ok(parsed) = step_parse(DOCUMENT, &text, StepPlace::Refresh) {
        let step: Value = serde_json::from_str(&parsed.step).expect("a step is JSON");
        let step = read_step(step).expect("it was read before");
        assert!(matches!(step.kind, StepKind::ApiRequest(_)), "CONTRACT R2");
    }
}

fn with_step(step: &str) -> String {
    let mut document: Value = serde_json::from_str(DOCUMENT).expect("it is JSON");
    let step = serde_json::from_str(step).expect("a step is JSON");
    document["auth"]["steps"]
        .as_array_mut()
        .expect("a list")
        .push(step);
    document.to_string()
}
