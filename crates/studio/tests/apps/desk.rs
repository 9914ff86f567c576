//! A studio on a data folder of a test's own, and documents to give it.

use std::path::PathBuf;
use std::sync::Arc;

use latchwork_studio::{KeyChoice, Studio, StudioOptions};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Id of the connector of [`connector`].
pub(crate) const ACME: &str = "11111111-1111-4111-8111-111111111111";
/// Id of the app of [`app`].
pub(crate) const DESK: &str = "22222222-2222-4222-8222-222222222222";

pub(crate) struct Desk {
    pub(crate) studio: Arc<Studio>,
    pub(crate) folder: TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self {
            studio: open(&folder).await,
            folder,
        }
    }

    /// Another process on the same data, the first one never closed.
    pub(crate) async fn again(&self) -> Arc<Studio> {
        open(&self.folder).await
    }

    /// A file with this text.
    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// What is in the library: names of connectors and of apps.
    pub(crate) async fn library(&self) -> (Vec<String>, Vec<String>) {
        let connectors = self.studio.connector_list("").await.unwrap();
        let apps = self.studio.app_list().await.unwrap();
        (
            connectors.into_iter().map(|entry| entry.name).collect(),
            apps.into_iter().map(|entry| entry.name).collect(),
        )
    }
}

async fn open(folder: &TempDir) -> Arc<Studio> {
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for tests".into()),
    };
    Arc::new(Studio::open(options).await.unwrap())
}

/// A connector with a secret variable and one endpoint.
pub(crate) fn connector() -> Value {
    json!({
        "format": "latchwork.connector/1", "id": ACME, "name": "Acme", "kind": "rest",
        "base_url": "https://api.acme.example",
        "variables": [{ "name": "token", "secret": true }],
        "auth": { "method": "bearer", "token": "{{ vars.token }}" },
        "endpoints": [{
            "id": "list_orders",
            "inputs": [{ "name": "query" }, { "name": "page", "type": "number", "default": 1 }],
            "request": { "method": "get", "url": "/orders?q={{ input.query }}&page={{ input.page }}" },
        }],
    })
}

/// An app with one screen that calls [`connector`], which is not in it.
pub(crate) fn app() -> Value {
    json!({
        "format": "latchwork.app/1", "id": DESK, "name": "Order desk", "description": "Orders of today",
        "connectors": [{ "id": "acme", "connector": ACME }],
        "screens": [{ "id": "home", "name": "Home", "controls": [
            { "id": "search", "type": "input" },
            {
                "id": "orders", "type": "table",
                "source": { "connector": "acme", "endpoint": "list_orders", "inputs": { "query": "{{ search.value }}" } },
            },
        ] }],
    })
}

/// The same app with its connector in it.
pub(crate) fn whole_app(definition: &Value) -> Value {
    let mut app = app();
    app["connectors"][0]["definition"] = definition.clone();
    app
}

pub(crate) fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
