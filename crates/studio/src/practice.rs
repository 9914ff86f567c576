//! The practice provider: off until asked for, and the samples that use it.

use latchwork_model::{Connector, read_app, read_connector, read_shape};
use latchwork_sandbox::{Sandbox, SandboxOptions, sample_apps, samples};
use url::Url;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::SandboxStatus;

impl Studio {
    /// Starts the practice provider; nothing happens where it runs.
    pub async fn sandbox_start(&self) -> Result<SandboxStatus, StudioError> {
        let mut sandbox = self.sandbox().lock().await;
        if sandbox.is_none() {
            *sandbox = Some(Sandbox::start(SandboxOptions::default()).await?);
        }
        Ok(status_of(sandbox.as_ref()))
    }

    /// Stops the practice provider.
    pub async fn sandbox_stop(&self) -> Result<SandboxStatus, StudioError> {
        let sandbox = self.sandbox().lock().await.take();
        if let Some(sandbox) = sandbox {
            sandbox.shutdown().await;
        }
        Ok(status_of(None))
    }

    /// Whether it runs, and where.
    pub async fn sandbox_status(&self) -> SandboxStatus {
        status_of(self.sandbox().lock().await.as_ref())
    }

    /// Starts the practice provider and adds its sample connectors, with the app that calls them; the connectors' ids.
    /// Samples that are there already are not added again, but connectors that nobody edited are pointed at the
    /// provider's address where that has changed, and get the endpoints that came since.
    pub async fn samples_add(&self) -> Result<Vec<String>, StudioError> {
        let status = self.sandbox_start().await?;
        let base_url = status.base_url.unwrap_or_default();
        let mut ids = Vec::new();
        for sample in samples(&base_url) {
            let connector = read_connector(&sample.document)?;
            match self.store().connectors().find(&connector.key()).await? {
                None => ids.push(self.connector_import_text(&sample.document).await?.id),
                Some(stored) => {
                    let here = read_shape(&stored.document)?;
                    // Saving would drop a draft, which is somebody's work too.
                    if here != connector
                        && was_shipped(&here, sample.file_name)
                        && self.store().drafts().get(&stored.id).await?.is_none()
                    {
                        self.connector_save(&stored.id, &sample.document, stored.revision)
                            .await?;
                    }
                    ids.push(stored.id);
                }
            }
        }
        for sample in sample_apps(&base_url) {
            let app = read_app(&sample.document)?;
            if self.store().apps().find(&app.key()).await?.is_none() {
                self.app_import_text(&sample.document).await?;
            }
        }
        Ok(ids)
    }

    /// What `--practice` asks for: the provider runs, and the library has the samples.
    pub async fn practice_begin(&self) -> Result<(), StudioError> {
        self.samples_add().await.map(drop)
    }
}

/// Whether a stored sample is as it was shipped, now or before endpoints were added at its end, for the provider at
/// whatever address.
fn was_shipped(stored: &Connector, file_name: &str) -> bool {
    let Ok(base_url) = Url::parse(stored.base_url.as_str()) else {
        return false;
    };
    let shipped = samples(&base_url.origin().ascii_serialization());
    let shipped = shipped
        .iter()
        .find(|shipped| shipped.file_name == file_name);
    let Some(Ok(mut shipped)) = shipped.map(|shipped| read_connector(&shipped.document)) else {
        return false;
    };
    shipped.endpoints.truncate(stored.endpoints.len());
    *stored == shipped
}

fn status_of(sandbox: Option<&Sandbox>) -> SandboxStatus {
    SandboxStatus {
        running: sandbox.is_some(),
        base_url: sandbox.map(|sandbox| sandbox.base_url().to_owned()),
    }
}
