//! What was read and shown, and waits for the person's word.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use latchwork_exchange::{ForeignKind, Imported};
use uuid::Uuid;

use crate::wire::{ImportEndpoint, ImportNote, ImportPreview, ImportSecret};

/// How many endpoints a preview shows.
const ENDPOINTS_SHOWN: usize = 100;

/// How many previews are kept; whoever looks at more has left the first ones.
const MOST: usize = 4;

/// A file that was read.
pub(crate) struct Prepared {
    pub text: Arc<str>,
    pub imported: Imported,
    pub has_environment: bool,
}

/// The files that were read and not yet imported.
#[derive(Default)]
pub(crate) struct Imports(Mutex<VecDeque<(String, Arc<Prepared>)>>);

impl Imports {
    fn held(&self) -> MutexGuard<'_, VecDeque<(String, Arc<Prepared>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn keep(&self, prepared: Prepared) -> ImportPreview {
        let id = Uuid::new_v4().to_string();
        let preview = preview(&id, &prepared);
        let mut held = self.held();
        held.push_back((id, Arc::new(prepared)));
        while held.len() > MOST {
            held.pop_front();
        }
        preview
    }

    pub fn find(&self, id: &str) -> Option<Arc<Prepared>> {
        let held = self.held();
        let found = held.iter().find(|(known, _)| known == id);
        found.map(|(_, prepared)| Arc::clone(prepared))
    }

    pub fn forget(&self, id: &str) {
        self.held().retain(|(known, _)| known != id);
    }
}

fn preview(id: &str, prepared: &Prepared) -> ImportPreview {
    let Imported {
        kind,
        connector,
        understood,
        notes,
        secrets,
    } = &prepared.imported;
    let endpoints = connector.endpoints.iter().take(ENDPOINTS_SHOWN);
    ImportPreview {
        id: id.to_owned(),
        kind: (*kind).into(),
        name: connector.name.clone(),
        base_url: connector.base_url.to_string(),
        auth_method: connector.auth.method().to_owned(),
        understood: understood.iter().map(|one| one.message.clone()).collect(),
        notes: notes
            .iter()
            .map(|note| ImportNote {
                kind: note.kind.into(),
                message: note.message.clone(),
            })
            .collect(),
        secrets: secrets
            .iter()
            .map(|secret| ImportSecret {
                name: secret.name.clone(),
                found: secret.value.is_some(),
            })
            .collect(),
        endpoints: endpoints
            .map(|endpoint| ImportEndpoint {
                id: endpoint.id.clone(),
                name: endpoint.name.clone(),
                method: endpoint.request.method.clone(),
                url: endpoint.request.url.to_string(),
            })
            .collect(),
        endpoint_count: u32::try_from(connector.endpoints.len()).unwrap_or(u32::MAX),
        environment: (*kind == ForeignKind::Postman).then_some(prepared.has_environment),
    }
}
