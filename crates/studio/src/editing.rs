//! What the editor asks while a connector is written. Nothing here reads or writes the store.

use latchwork_exchange::{Pasted, recognise};
use latchwork_model::template_syntax::{FILTERS, FUNCTIONS};
use latchwork_model::{
    Connector, Name, NameKind, NameTaken, STEP_ID_RESERVED, Step, StepKind, check, is_identifier,
    names_at, read_json, read_shape, references, rename_step, template_syntax, unique_step_id,
    validate, write_connector,
};

use crate::error::StudioError;
use crate::wire::{
    Finding, PastedFrom, StepParsed, StepPlace, StepReference, StepRenamed, TemplateName,
    TemplateNameKind,
};

/// What the validation and the checker say of a document; a file that cannot be read is one finding.
pub fn connector_check(document: &str) -> Vec<Finding> {
    let findings = match read_shape(document) {
        Ok(connector) => {
            let mut findings = validate(&connector);
            findings.extend(check(&connector));
            findings
        }
        Err(error) => error.findings,
    };
    findings.into_iter().map(Into::into).collect()
}

/// The names that exist at a place, then functions and filters.
pub fn template_names(document: &str, path: &str) -> Result<Vec<TemplateName>, StudioError> {
    let connector = read_shape(document)?;
    Ok(with_words(names_at(&connector, path)))
}

/// The names of a place, then functions and filters.
pub(crate) fn with_words(names: Vec<Name>) -> Vec<TemplateName> {
    let names = names.into_iter().map(|name| TemplateName {
        name: name.name,
        detail: name.detail,
        kind: match name.kind {
            NameKind::StepOutput => TemplateNameKind::StepOutput,
            NameKind::Variable => TemplateNameKind::Variable,
            NameKind::Connector => TemplateNameKind::Connector,
            NameKind::Account => TemplateNameKind::Account,
            NameKind::Input => TemplateNameKind::Input,
            NameKind::Answer => TemplateNameKind::Answer,
            NameKind::Request => TemplateNameKind::Request,
            NameKind::Control => TemplateNameKind::Control,
            NameKind::App => TemplateNameKind::App,
        },
    });
    let words = [
        (FUNCTIONS, TemplateNameKind::Function),
        (FILTERS, TemplateNameKind::Filter),
    ];
    let words = words.into_iter().flat_map(|(words, kind)| {
        words.iter().map(move |word| TemplateName {
            name: word.name.to_owned(),
            detail: word.about.to_owned(),
            kind,
        })
    });
    names.chain(words).collect()
}

/// Gives a step another id and rewrites every reference to it.
pub fn step_rename(document: &str, from: &str, to: &str) -> Result<StepRenamed, StudioError> {
    let connector = read_shape(document)?;
    check_step_id(&connector, from, to)?;
    let mut value = read_json(document)?;
    let changed =
        rename_step(&mut value, &connector, from, to).map_err(|NameTaken { .. }| {
            StudioError::StepId {
                id: to.to_owned(),
                reason: "a template has a variable of its own that is called so",
            }
        })?;
    Ok(StepRenamed {
        document: serde_json::to_string_pretty(&value).unwrap_or_default(),
        changed: u32::try_from(changed).unwrap_or(u32::MAX),
    })
}

/// The document with its preset as what it is made of: steps, request parameters and signing. All else stays as it is
/// written, and what uses the preset's outputs goes on to.
pub fn auth_turn_into_multistep(document: &str) -> Result<String, StudioError> {
    let mut connector = read_shape(document)?;
    connector.auth = connector.auth.turned_into_multistep();
    let mut written = read_json(&write_connector(&connector))?;
    let mut value = read_json(document)?;
    value["auth"] = written["auth"].take();
    Ok(serde_json::to_string_pretty(&value).unwrap_or_default())
}

/// The places that use a step's outputs.
pub fn step_references(document: &str, step: &str) -> Result<Vec<StepReference>, StudioError> {
    let connector = read_shape(document)?;
    Ok(references(&connector, step)
        .into_iter()
        .map(|reference| StepReference {
            path: reference.path,
            expression: reference.expression,
        })
        .collect())
}

/// A step out of a pasted text: a copied step, a cURL command, or an address.
pub fn step_parse(document: &str, text: &str, place: StepPlace) -> Result<StepParsed, StudioError> {
    let connector = read_shape(document)?;
    let (mut step, from, notes) = pasted_step(text)?;
    if place == StepPlace::Refresh && !matches!(step.kind, StepKind::ApiRequest(_)) {
        return Err(StudioError::StepNotAllowedHere {
            kind: step.kind.tag(),
        });
    }
    step.id = unique_step_id(&connector, &step.id);
    Ok(StepParsed {
        step: serde_json::to_string_pretty(&step).unwrap_or_default(),
        from,
        notes,
    })
}

fn check_step_id(connector: &Connector, from: &str, to: &str) -> Result<(), StudioError> {
    // An id that is free is one that making it unique leaves alone.
    let is_taken = || from != to && unique_step_id(connector, to) != to;
    match id_fault(to, STEP_ID_RESERVED, is_taken, "another step has it") {
        None => Ok(()),
        Some(reason) => Err(StudioError::StepId {
            id: to.to_owned(),
            reason,
        }),
    }
}

/// Why something cannot have this id, where it cannot.
pub(crate) fn id_fault(
    id: &str,
    reserved: &[&str],
    is_taken: impl FnOnce() -> bool,
    taken: &'static str,
) -> Option<&'static str> {
    if !is_identifier(id) {
        Some("begin with a small letter; then small letters, digits and underscores")
    } else if reserved.contains(&id) || template_syntax::is_reserved_word(id) {
        Some("it is a word of the template language")
    } else {
        is_taken().then_some(taken)
    }
}

fn pasted_step(text: &str) -> Result<(Step, PastedFrom, Vec<String>), StudioError> {
    let recognised = recognise(text).map_err(|error| StudioError::NotRecognised {
        message: error.to_string(),
        hint: "Copy a step, a cURL command or an address, then paste it here.".to_owned(),
    })?;
    let (from, notes) = match &recognised {
        Pasted::Request(_) => (PastedFrom::Request, Vec::new()),
        Pasted::Curl(import) | Pasted::Url(import) => (
            PastedFrom::Curl,
            import.notes.iter().map(ToString::to_string).collect(),
        ),
        Pasted::Connector(_) => {
            return Err(StudioError::NotRecognised {
                message: "this is a whole connector, not a step".to_owned(),
                hint: "Import it from the list of connectors.".to_owned(),
            });
        }
        _ => (PastedFrom::Step, Vec::new()),
    };
    match recognised.into_step() {
        Some(step) => Ok((step, from, notes)),
        None => Err(StudioError::NotRecognised {
            message: "there is no step in this text".to_owned(),
            hint: "Copy a step, a cURL command or an address, then paste it here.".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{auth_turn_into_multistep, step_rename};

    fn document(template: &str) -> String {
        json!({
            "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://a.example",
            "auth": { "method": "multistep", "request_parameters": [], "steps": [
                { "id": "login", "type": "set_variables", "outputs": [{ "name": "a", "value": template }] },
            ] },
        })
        .to_string()
    }

    #[test]
    fn a_document_with_a_byte_order_mark_is_renamed_like_any_other() {
        let with_mark = format!("\u{feff}{}", document("1"));
        let renamed = step_rename(&with_mark, "login", "session").unwrap();
        let value: Value = serde_json::from_str(&renamed.document).unwrap();
        assert_eq!(value["auth"]["steps"][0]["id"], "session");
    }

    #[test]
    fn a_preset_turned_into_multistep_leaves_the_rest_of_the_document_as_it_is_written() {
        let document = json!({
            "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://a.example",
            "auth": { "method": "oauth2", "grant": "client_credentials", "client_id": "abc", "scopes": ["a"],
                      "token_url": "https://a.example/token" },
            "test": { "request": { "method": "GET", "url": "/me", "headers": [
                { "name": "X-Token", "value": "{{ oauth.access_token }}" } ] } },
            "endpoints": [ { "id": "one", "request": { "method": "POST", "url": "/", "body": { "type": "json",
                "value": { "n": u64::MAX, "who": "{{ oauth.raw.user }}" } } } } ],
        });
        let turned = auth_turn_into_multistep(&document.to_string()).unwrap();
        let turned: Value = serde_json::from_str(&turned).unwrap();
        for member in ["format", "name", "kind", "base_url", "test", "endpoints"] {
            assert_eq!(turned[member], document[member], "{member}");
        }
        assert_eq!(
            turned["auth"]["steps"],
            json!([{ "id": "oauth", "type": "oauth2_client_credentials", "client_id": "abc", "scopes": ["a"],
                     "token_url": "https://a.example/token" }])
        );
        assert_eq!(
            turned["auth"]["request_parameters"][0]["value"],
            "Bearer {{ oauth.access_token }}"
        );
    }

    #[test]
    fn a_preset_that_has_no_shape_is_refused_with_its_place() {
        let document = r#"{ "format": "latchwork.connector/1", "name": "A", "kind": "rest",
            "base_url": "https://a.example", "auth": { "method": "api_key", "name": "k" } }"#;
        let refused = auth_turn_into_multistep(document).unwrap_err().to_string();
        assert!(refused.contains("auth"), "{refused}");
    }

    #[test]
    fn an_id_that_is_a_templates_own_variable_is_refused() {
        let document = document("{% for item in x %}{{ login.a }}{% endfor %}");
        let refused = step_rename(&document, "login", "item").unwrap_err();
        assert!(refused.to_string().contains("`item`"), "{refused}");
        assert!(step_rename(&document, "login", "entry").is_ok());
    }
}
