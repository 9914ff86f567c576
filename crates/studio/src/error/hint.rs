//! What to do about each error.

use std::io::ErrorKind;

use super::StudioError;

impl StudioError {
    /// What to do about it.
    pub(super) fn hint(&self) -> String {
        match self {
            Self::File(error) => error
                .findings
                .first()
                .map_or_else(String::new, |finding| finding.help.clone()),
            Self::Engine(error) => error.hint(),
            Self::Store(error) => error
                .hint()
                .unwrap_or_else(|| self.code().remedy().to_owned()),
            Self::Vault(error) => error
                .hint()
                .unwrap_or_else(|| self.code().remedy().to_owned()),
            Self::VaultClosed(status) => status.hint.clone().unwrap_or_default(),
            Self::NotRecognised { hint, .. } => hint.clone(),
            Self::Foreign(error) => error.remedy.clone(),
            Self::FileAccess { source, .. } => match source.kind() {
                ErrorKind::FileTooLarge => "Take a part of it, and open that.".to_owned(),
                ErrorKind::InvalidInput => {
                    "Choose a file: no folder, pipe or device.".to_owned()
                }
                ErrorKind::InvalidData => "Save it as UTF-8 text, and open it again.".to_owned(),
                _ => self.code().remedy().to_owned(),
            },
            Self::ConnectorAmbiguous { .. } => {
                "Use the id; `latchwork connectors --json` lists them.".to_owned()
            }
            Self::AppNotFound { .. } => {
                "Check the name; `latchwork apps` lists what is there.".to_owned()
            }
            Self::NoFile { .. } => "Save it to one first.".to_owned(),
            Self::AppsTooMany { .. } => "Close one of their windows first.".to_owned(),
            Self::AppActsWithoutEnd { .. } => {
                "Let one of the actions wait for a click, or give it a condition.".to_owned()
            }
            Self::AppNeedsAdmin { .. } => "Ask whoever made the app.".to_owned(),
            Self::AppNotSignedIn => "Sign in to what is still open on this screen.".to_owned(),
            Self::NothingShared { .. } => {
                "Switch on shared credentials in an OAuth step.".to_owned()
            }
            Self::AccountUnknown { .. } => {
                "`latchwork accounts` lists those that are signed in.".to_owned()
            }
            Self::AccountName { .. } => "Give it a name of up to 100 characters.".to_owned(),
            Self::AccountStays { .. } => "Sign it out, or clear its cached auth.".to_owned(),
            Self::NothingToRenew { .. } => {
                "Add a refresh flow, or ask for a refresh token (often the scope `offline_access`)."
                    .to_owned()
            }
            Self::NoRefreshOn401 => "Add 401 to the statuses that start the refresh.".to_owned(),
            Self::NothingToTest { .. } => {
                "Add a test request: the call that proves that the credentials work.".to_owned()
            }
            Self::NotSharedYet { .. } => {
                "Sign in to the shared credentials first (`latchwork login --shared`).".to_owned()
            }
            Self::BundlePassphraseEmpty => {
                "Choose one, and give it to whoever opens the bundle by another way than the bundle itself."
                    .to_owned()
            }
            Self::SchemaNeedsSignIn { .. } => {
                "Sign in with *Test auth steps* or under Accounts (`latchwork login`), then fetch the schema again."
                    .to_owned()
            }
            Self::SchemaNeedsInput { input } => {
                format!("Give the input `{input}` a default in the endpoint, or choose the schema's file.")
            }
            Self::NotGraphql { .. } => {
                "Check the address: GraphQL APIs often have one of their own, such as `/graphql`."
                    .to_owned()
            }
            Self::SchemaFile { .. } => {
                "Choose a file of type definitions (`.graphql`), or the JSON that an introspection answers."
                    .to_owned()
            }
            Self::SsoWithoutIdToken { .. } => {
                "Ask for the scope `openid`, and use an OpenID Connect provider.".to_owned()
            }
            _ => self.code().remedy().to_owned(),
        }
    }
}
