//! The schemas that are kept, for requests as they stand in an editor.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use latchwork_engine::{RunInput, read_bounded};
use latchwork_model::{
    Auth, Connector, Input, Request, Step, StepKind, read_connector, read_graphql_schema,
    read_shape,
};

use super::asking::SchemaAsked;
use crate::calling::Caller;
use crate::documents::off_thread;
use crate::error::StudioError;
use crate::studio::Studio;
use crate::unattended::Unattended;
use crate::wire::GraphqlSchema;

/// The largest file that is read as a schema, in bytes; an answer may be as large.
const LARGEST: u64 = 10 * 1024 * 1024;

impl Studio {
    /// The schema that is kept for the request at a place of a document, if there is one.
    pub async fn graphql_schema(
        &self,
        connector_id: &str,
        document: &str,
        place: &str,
    ) -> Result<Option<GraphqlSchema>, StudioError> {
        let connector = read_shape(document)?;
        let address = address(&connector, request_at(&connector, place)?);
        let schemas = self.store().graphql_schemas();
        let kept = schemas.get(connector_id, &address).await?;
        Ok(kept.map(Into::into))
    }

    /// Asks the API of the request at a place for its schema, as the account in use, and keeps it. Nobody is asked
    /// anything: where a person would have to sign in first, the error says so. At the address of a step it is asked for as a
    /// stranger does.
    pub async fn graphql_schema_fetch(
        self: &Arc<Self>,
        connector_id: &str,
        document: &str,
        place: &str,
    ) -> Result<GraphqlSchema, StudioError> {
        let connector = Arc::new(read_connector(document)?);
        let request = request_at(&connector, place)?;
        let variables = self.variables_in_window(connector_id, &connector).await?;
        let caller = Caller {
            connector_id,
            connector: &connector,
            account: None,
            input: RunInput {
                variables,
                ..RunInput::default()
            },
            host: &Unattended(Arc::clone(self)),
        };
        let asked = SchemaAsked {
            like: request,
            inputs: inputs_at(&connector, place),
            is_step: place.starts_with("auth."),
        };
        let schema = self.graphql_introspect(caller, asked).await?;
        let address = address(&connector, request);
        let schemas = self.store().graphql_schemas();
        let text = schema.to_string();
        let kept = schemas.keep(connector_id, &address, None, &text);
        Ok(kept.await?.into())
    }

    /// Keeps the schema in a file for the request at a place: SDL, or the JSON that introspection answers.
    pub async fn graphql_schema_from_file(
        &self,
        connector_id: &str,
        document: &str,
        place: &str,
        path: &Path,
    ) -> Result<GraphqlSchema, StudioError> {
        let connector = read_shape(document)?;
        let address = address(&connector, request_at(&connector, place)?);
        let file = path.to_owned();
        let text = off_thread(move || schema_in(&file)).await?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let schemas = self.store().graphql_schemas();
        let kept = schemas.keep(connector_id, &address, Some(&name), &text);
        Ok(kept.await?.into())
    }

    /// Drops the schema that is kept for the request at a place.
    pub async fn graphql_schema_forget(
        &self,
        connector_id: &str,
        document: &str,
        place: &str,
    ) -> Result<(), StudioError> {
        let connector = read_shape(document)?;
        let address = address(&connector, request_at(&connector, place)?);
        let schemas = self.store().graphql_schemas();
        Ok(schemas.forget(connector_id, &address).await?)
    }
}

/// The schema in a file, as it is kept.
fn schema_in(path: &Path) -> Result<String, StudioError> {
    let refuse = |reason: String| StudioError::SchemaFile {
        path: path.to_owned(),
        reason,
    };
    let text = read_bounded(path, LARGEST).map_err(|source| match source.kind() {
        ErrorKind::FileTooLarge => refuse("it is larger than 10 MiB".to_owned()),
        _ => StudioError::FileAccess {
            path: path.to_owned(),
            source,
        },
    })?;
    let text = String::from_utf8(text).map_err(|_| refuse("it is no text".to_owned()))?;
    let schema = read_graphql_schema(&text).map_err(|error| refuse(error.to_string()))?;
    Ok(schema.text())
}

/// Where a request goes, as the connector writes it: a template, in which no credential is. Its query may hold one.
fn address(connector: &Connector, request: &Request) -> String {
    let url = request.url.as_str();
    let whole = if url.is_empty() || url.starts_with('/') {
        format!("{}{url}", connector.base_url)
    } else {
        url.to_owned()
    };
    let without_query = whole.split(['?', '#']).next().unwrap_or_default();
    without_query.to_owned()
}

/// The request at a JSON path: `endpoints[0].request`, `test.request`, `auth.steps[1].request`.
fn request_at<'c>(connector: &'c Connector, place: &str) -> Result<&'c Request, StudioError> {
    let multistep = match &connector.auth {
        Auth::Multistep(multistep) => Some(multistep),
        _ => None,
    };
    let found = if place == "test.request" {
        connector.test.as_ref().map(|test| &test.request)
    } else if let Some(index) = index_in(place, "endpoints[") {
        connector
            .endpoints
            .get(index)
            .map(|endpoint| &endpoint.request)
    } else if let Some(index) = index_in(place, "auth.steps[") {
        multistep.and_then(|multistep| request_of(multistep.steps.get(index)?))
    } else if let Some(index) = index_in(place, "auth.refresh.steps[") {
        let refresh = multistep.and_then(|multistep| multistep.refresh.as_ref());
        refresh.and_then(|refresh| request_of(refresh.steps.get(index)?))
    } else {
        None
    };
    found.ok_or_else(|| StudioError::NoRequest {
        place: place.to_owned(),
    })
}

/// What a caller gives to the request at a path.
fn inputs_at<'c>(connector: &'c Connector, place: &str) -> &'c [Input] {
    let endpoint = index_in(place, "endpoints[").and_then(|index| connector.endpoints.get(index));
    endpoint.map_or(&[], |endpoint| &endpoint.inputs)
}

fn index_in(place: &str, list: &str) -> Option<usize> {
    let index = place.strip_prefix(list)?.strip_suffix("].request")?;
    index.parse().ok()
}

fn request_of(step: &Step) -> Option<&Request> {
    match &step.kind {
        StepKind::ApiRequest(api) => Some(&api.request),
        StepKind::Poll(poll) => Some(&poll.request),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{
      "format": "latchwork.connector/1", "name": "A", "kind": "graphql", "base_url": "https://a.example/graphql",
      "auth": { "method": "multistep", "steps": [
        { "id": "wait", "type": "poll", "until": "{{ body.ok }}", "request": { "method": "GET", "url": "/wait" } } ],
        "refresh": { "mode": "steps", "steps": [
          { "id": "renew", "type": "api_request", "request": { "method": "POST", "url": "https://b.example/x?key=secret" } } ] } },
      "test": { "request": { "method": "GET", "url": "" } },
      "endpoints": [ { "id": "one", "request": { "method": "POST", "url": "{{ connector.base_url }}/v2" } } ]
    }"#;

    #[test]
    fn a_request_is_found_by_its_place_and_its_address_is_as_written_without_its_query() {
        let connector = read_shape(DOCUMENT).unwrap();
        let of =
            |place: &str| request_at(&connector, place).map(|request| address(&connector, request));
        for (place, expected) in [
            ("test.request", "https://a.example/graphql"),
            ("auth.steps[0].request", "https://a.example/graphql/wait"),
            ("auth.refresh.steps[0].request", "https://b.example/x"),
            ("endpoints[0].request", "{{ connector.base_url }}/v2"),
        ] {
            assert_eq!(of(place).unwrap(), expected, "{place}");
        }
        for place in [
            "",
            "endpoints[1].request",
            "endpoints[x].request",
            "auth.steps[0]",
            "base_url",
        ] {
            assert!(of(place).is_err(), "{place}");
        }
    }
}
