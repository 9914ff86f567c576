//! What was understood of a collection, in words.

use latchwork_model::Connector;

use crate::foreign::{
    FoundSecret, Understood, UnderstoodKind, auth_words, count, list, secret_words,
};

/// What there is to say of a connector that was read, in the order in which a person wants them.
pub(super) fn understood(
    connector: &Connector,
    base: &str,
    folders: usize,
    secrets: &[FoundSecret],
    tested: Option<&str>,
) -> Vec<Understood> {
    let base_url = &connector.base_url;
    let from = if base.contains("{{") {
        format!("The API at `{base_url}`, out of `{base}`")
    } else {
        format!("The API at `{base_url}`")
    };
    let endpoints = count(connector.endpoints.len(), "endpoint");
    let endpoints = match folders {
        0 => endpoints,
        folders => format!("{endpoints} out of {}", count(folders, "folder")),
    };
    let mut understood = vec![
        Understood::new(UnderstoodKind::Server, from),
        Understood::new(UnderstoodKind::Auth, auth_words(&connector.auth)),
        Understood::new(UnderstoodKind::Endpoints, endpoints),
    ];
    let mut add = |kind, message: String| understood.push(Understood::new(kind, message));
    let inputs = connector
        .endpoints
        .iter()
        .map(|endpoint| endpoint.inputs.len())
        .sum();
    if inputs > 0 {
        let message = format!("{} in paths", count(inputs, "input"));
        add(UnderstoodKind::Inputs, message);
    }
    let plain: Vec<&str> = connector
        .variables
        .iter()
        .filter(|variable| !variable.secret)
        .map(|variable| variable.name.as_str())
        .collect();
    if !plain.is_empty() {
        let message = format!("{}: {}", count(plain.len(), "variable"), list(plain));
        add(UnderstoodKind::Variables, message);
    }
    understood.extend(secret_words(secrets));
    if let Some(id) = tested {
        let message = format!("`{id}` as the test request");
        understood.push(Understood::new(UnderstoodKind::TestRequest, message));
    }
    understood
}
