//! What the editor asks while an app is written. Nothing here changes the store.

use std::collections::HashMap;

use latchwork_model::app::{App, AppConnector, CONTROL_ID_RESERVED};
use latchwork_model::{
    Connector, InputType, NameTaken, app_names_at, check_app, read_app_shape, read_json,
    read_shape, rename_control, unique_control_id, validate_app,
};

use crate::editing::{id_fault, with_words};
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{
    BindableConnector, BindableEndpoint, BindableInput, Finding, StepRenamed, TemplateName,
};

impl Studio {
    /// What the validation and the checker say of an app's document, against the connectors that are there.
    pub async fn app_check(&self, document: &str) -> Result<Vec<Finding>, StudioError> {
        let findings = match read_app_shape(document) {
            Ok(app) => {
                let library = self.connectors_of(&app).await?;
                let mut findings = validate_app(&app);
                findings.extend(check_app(&app, &|connector| {
                    library.get(&connector.connector).cloned()
                }));
                findings
            }
            Err(error) => error.findings,
        };
        Ok(findings.into_iter().map(Into::into).collect())
    }

    /// The library's connectors that an app names and brings no definition of, by what it names them by. One that is
    /// not there, or is there twice, is left out.
    async fn connectors_of(&self, app: &App) -> Result<HashMap<String, Connector>, StudioError> {
        let mut connectors = HashMap::new();
        for connector in &app.connectors {
            if connector.definition.is_some() || connectors.contains_key(&connector.connector) {
                continue;
            }
            match self.connector_of_app(connector).await {
                Ok(found) => {
                    connectors.insert(connector.connector.clone(), found);
                }
                Err(
                    StudioError::ConnectorNotFound { .. }
                    | StudioError::ConnectorAmbiguous { .. }
                    | StudioError::File(_),
                ) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(connectors)
    }

    /// The connector that an app calls: its definition in the file, else the library's as it stands in the editor.
    async fn connector_of_app(&self, connector: &AppConnector) -> Result<Connector, StudioError> {
        if let Some(definition) = &connector.definition {
            return Ok(Connector::clone(definition));
        }
        let stored = self.connector_named(&connector.connector).await?;
        self.connector_in_editor(&stored.id).await
    }

    /// The names that exist at a place of an app, then functions and filters.
    #[expect(
        clippy::unused_async,
        reason = "as the other use cases of the editor: what an answer holds may come to be asked of a connector"
    )]
    pub async fn app_template_names(
        &self,
        document: &str,
        path: &str,
    ) -> Result<Vec<TemplateName>, StudioError> {
        let app = read_app_shape(document)?;
        Ok(with_words(app_names_at(&app, path)))
    }

    /// Gives a control another id and rewrites every reference to it.
    #[expect(clippy::unused_async, reason = "as the other use cases of the editor")]
    pub async fn app_control_rename(
        &self,
        document: &str,
        from: &str,
        to: &str,
    ) -> Result<StepRenamed, StudioError> {
        let app = read_app_shape(document)?;
        check_control_id(&app, from, to)?;
        let mut value = read_json(document)?;
        let changed =
            rename_control(&mut value, &app, from, to).map_err(|NameTaken { .. }| {
                StudioError::ControlId {
                    id: to.to_owned(),
                    reason: "a template has a variable of its own that is called so",
                }
            })?;
        Ok(StepRenamed {
            document: serde_json::to_string_pretty(&value).unwrap_or_default(),
            changed: u32::try_from(changed).unwrap_or(u32::MAX),
        })
    }

    /// The library's connectors with what can be called of each, as they stand in their editors.
    pub async fn app_connectors(&self) -> Result<Vec<BindableConnector>, StudioError> {
        let documents = self.store().connectors().documents().await?;
        Ok(documents
            .into_iter()
            .filter_map(|stored| {
                let draft = stored.draft.and_then(|draft| read_shape(&draft).ok());
                let connector = draft.or_else(|| read_shape(&stored.document).ok())?;
                Some(BindableConnector {
                    id: stored.id,
                    name: stored.name,
                    endpoints: endpoints(connector),
                })
            })
            .collect())
    }
}

fn check_control_id(app: &App, from: &str, to: &str) -> Result<(), StudioError> {
    // An id that is free is one that making it unique leaves alone.
    let is_taken = || from != to && unique_control_id(app, to) != to;
    match id_fault(to, CONTROL_ID_RESERVED, is_taken, "another control has it") {
        None => Ok(()),
        Some(reason) => Err(StudioError::ControlId {
            id: to.to_owned(),
            reason,
        }),
    }
}

fn endpoints(connector: Connector) -> Vec<BindableEndpoint> {
    let endpoints = connector.endpoints.into_iter();
    endpoints
        .map(|endpoint| BindableEndpoint {
            name: if endpoint.name.trim().is_empty() {
                endpoint.id.clone()
            } else {
                endpoint.name
            },
            id: endpoint.id,
            method: endpoint.request.method.to_uppercase(),
            inputs: endpoint
                .inputs
                .into_iter()
                .map(|input| BindableInput {
                    input_type: input_type(input.input_type).to_owned(),
                    // A default stands in for what a caller leaves out.
                    required: input.required && input.default.is_none(),
                    name: input.name,
                })
                .collect(),
        })
        .collect()
}

const fn input_type(input_type: InputType) -> &'static str {
    match input_type {
        InputType::Text => "text",
        InputType::Number => "number",
        InputType::Boolean => "boolean",
        InputType::Json => "json",
    }
}
