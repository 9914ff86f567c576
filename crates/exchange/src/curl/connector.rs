//! A script of cURL commands as a connector: each request an endpoint, what all of them carry to sign in its auth.

use latchwork_model::{Auth, Connector, ConnectorKind, Endpoint, Test, origin_part};

use super::error::CurlError;
use super::headers::NO_PASSWORD;
use super::read::read_script;
use crate::fence::without_fence;
use crate::foreign::{
    EndpointNames, ForeignError, ForeignKind, FoundSecrets, Imported, Understood, UnderstoodKind,
    auth_words, commonest, count, secret_words, share_auth,
};
use crate::note::NoteKind;

/// Reads all the commands of a text.
pub(crate) fn from_curl_script(text: &str) -> Result<Imported, ForeignError> {
    let script = read_script(without_fence(text)).map_err(|error| of_curl(&error))?;
    let mut notes = script.notes;
    if script.others > 0 {
        notes.add(
            NoteKind::LeftOut,
            format!(
                "Left out: {} that {} not cURL.",
                count(script.others, "other command"),
                if script.others == 1 { "is" } else { "are" }
            ),
        );
    }
    let bases: Vec<String> = script
        .requests
        .iter()
        .map(|request| {
            origin_part(request.url.as_str())
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    let base = commonest(bases.iter().map(String::as_str));
    let base = base.unwrap_or_default().to_owned();
    let host = base.split("://").nth(1).unwrap_or(&base);
    let mut connector = Connector::new(&EndpointNames::name(host), ConnectorKind::Rest, &base);
    let mut names = EndpointNames::default();
    let is_alone = script.requests.len() == 1;
    for (mut request, origin) in script.requests.into_iter().zip(&bases) {
        let address = request.url.as_str().to_owned();
        let path = address.get(origin.len()..).unwrap_or_default();
        // A query that could not be taken off may hold secrets, and says nothing in a name.
        let shown = path.split('?').next().unwrap_or_default();
        let name = if is_alone {
            "Request".to_owned()
        } else {
            format!(
                "{} {}",
                request.method,
                if shown.is_empty() { "/" } else { shown }
            )
        };
        if *origin == base {
            request.url = path.into();
        }
        let words = if is_alone || !shown.contains(|letter: char| letter.is_ascii_alphabetic()) {
            name.clone()
        } else {
            format!("{}{shown}", method_word(&request.method))
        };
        connector.endpoints.push(Endpoint {
            id: names.id(&words),
            name: EndpointNames::name(&name),
            inputs: Vec::new(),
            request,
        });
    }
    share_auth(&mut connector);
    if let Auth::Basic(basic) = &mut connector.auth
        && notes.has(NO_PASSWORD)
    {
        // The header says that it is empty, the command that it is asked for.
        basic.password = basic
            .password
            .take()
            .filter(|password| !password.is_empty());
    }
    let secrets = FoundSecrets::take(&mut connector);
    connector.test = connector.endpoints.first().map(|endpoint| Test {
        request: endpoint.request.clone(),
        advanced: true,
    });
    let mut understood = vec![
        Understood::new(UnderstoodKind::Server, format!("The API at `{base}`")),
        Understood::new(UnderstoodKind::Auth, auth_words(&connector.auth)),
        Understood::new(
            UnderstoodKind::Endpoints,
            count(connector.endpoints.len(), "endpoint"),
        ),
    ];
    understood.extend(secret_words(&secrets));
    understood.extend(connector.endpoints.first().map(|endpoint| {
        let message = format!("`{}` as the test request", endpoint.id);
        Understood::new(UnderstoodKind::TestRequest, message)
    }));
    Ok(Imported {
        kind: ForeignKind::Curl,
        connector,
        understood,
        notes: notes.into_vec(),
        secrets,
    })
}

/// Reading is what most requests do: the method is said where it is another one.
fn method_word(method: &str) -> String {
    match method {
        "GET" => String::new(),
        other => format!("{other} "),
    }
}

fn of_curl(error: &CurlError) -> ForeignError {
    ForeignError::new(
        ForeignKind::Curl,
        format!("line {}, column {}", error.line, error.column),
        error.kind.to_string(),
        "Mend the command there, or copy it again as cURL.",
    )
}
