//! A studio of each test's own, beside the practice provider.

use std::collections::BTreeMap;
use std::sync::Arc;

use latchwork_sandbox::{PASSWORD, Sandbox, SandboxOptions, samples};
use latchwork_studio::wire::RunWhat;
use latchwork_studio::{ConnectorOpened, KeyChoice, RunStart, RunUpdate, Studio, StudioOptions};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

pub struct Desk {
    pub studio: Arc<Studio>,
    pub sandbox: Sandbox,
    pub folder: TempDir,
}

impl Desk {
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
        Self {
            studio: open(&folder).await,
            sandbox,
            folder,
        }
    }

    /// The sample that signs in with a form.
    pub async fn sample(&self) -> ConnectorOpened {
        let samples = samples(self.sandbox.base_url());
        let form = samples
            .iter()
            .find(|sample| sample.file_name.contains("form"))
            .unwrap();
        self.studio
            .connector_import_text(&form.document)
            .await
            .unwrap()
    }

    pub async fn start(
        &self,
        opened: &ConnectorOpened,
        what: RunWhat,
    ) -> (String, UnboundedReceiver<RunUpdate>) {
        let (sender, receiver) = unbounded_channel();
        let request = RunStart {
            connector_id: opened.id.clone(),
            document: opened.document.clone(),
            what,
            keep_answers: true,
            account: None,
        };
        let run = self
            .studio
            .run_start(request, move |update| sender.send(update).is_ok())
            .await
            .unwrap();
        (run, receiver)
    }
}

pub async fn open(folder: &TempDir) -> Arc<Studio> {
    let options = StudioOptions {
        data_dir: Some(folder.path().join("data")),
        key: KeyChoice::Passphrase("a passphrase for tests".into()),
    };
    Arc::new(Studio::open(options).await.unwrap())
}

pub fn answers(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// Waits for the first update that the closure takes; the ones before it are kept.
pub async fn until(
    updates: &mut UnboundedReceiver<RunUpdate>,
    seen: &mut Vec<RunUpdate>,
    wanted: impl Fn(&RunUpdate) -> bool,
) -> RunUpdate {
    loop {
        let update = updates.recv().await.expect("the run goes on");
        seen.push(update.clone());
        if wanted(&update) {
            return update;
        }
    }
}

pub fn is_form(update: &RunUpdate) -> bool {
    matches!(update, RunUpdate::FormRequested { .. })
}

pub fn is_end(update: &RunUpdate) -> bool {
    matches!(update, RunUpdate::RunFinished { .. })
}

pub async fn signed_in(desk: &Desk, opened: &ConnectorOpened) -> (String, Vec<RunUpdate>) {
    let (run, mut updates) = desk.start(opened, RunWhat::AuthSteps).await;
    let mut seen = Vec::new();
    until(&mut updates, &mut seen, is_form).await;
    let given = answers(&[("email", "demo@latchwork.example"), ("password", PASSWORD)]);
    desk.studio.run_answer(&run, "signin", &given).unwrap();
    let end = until(&mut updates, &mut seen, is_end).await;
    assert!(
        matches!(end, RunUpdate::RunFinished { ok: true, .. }),
        "{end:?}"
    );
    (run, seen)
}
