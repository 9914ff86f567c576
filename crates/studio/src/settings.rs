//! What a person chose.

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::Settings;

const KEY: &str = "settings";

impl Studio {
    /// What the person chose, or the defaults.
    pub async fn settings_get(&self) -> Result<Settings, StudioError> {
        let text = self.store().settings().get(KEY).await?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// Keeps what the person chose.
    pub async fn settings_set(&self, settings: Settings) -> Result<(), StudioError> {
        let text = serde_json::to_string(&settings).unwrap_or_default();
        Ok(self.store().settings().set(KEY, &text).await?)
    }
}
