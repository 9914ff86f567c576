//! Which app runs in which window.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::session::Session;
use crate::error::StudioError;

/// The windows that apps run in: so many at once.
pub const APP_WINDOWS: [&str; 8] = [
    "app-1", "app-2", "app-3", "app-4", "app-5", "app-6", "app-7", "app-8",
];

/// An app that is ready to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreparedApp {
    /// The name of the window that it is to run in. Where that is open, it is to be loaded again.
    pub window: String,
    /// It runs there already, as it is: the window is only to come to the front.
    pub runs: bool,
}

/// The apps that run, by their windows.
#[derive(Default)]
pub(crate) struct RunningApps(Mutex<HashMap<&'static str, Arc<Session>>>);

impl RunningApps {
    pub(super) fn get(&self, window: &str) -> Result<Arc<Session>, StudioError> {
        let apps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        apps.get(window)
            .cloned()
            .ok_or_else(|| StudioError::AppNotRunning {
                window: window.to_owned(),
            })
    }

    /// The window of an app: the one that it runs in already, else the first that is free. A preview is always of what is
    /// in the editor now, and starts anew; a file that is opened twice and is the same is left as it stands.
    pub(super) fn place(&self, session: Arc<Session>) -> Result<PreparedApp, StudioError> {
        let mut apps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same =
            |other: &Session| (&other.key, other.is_preview) == (&session.key, session.is_preview);
        let its_own = APP_WINDOWS
            .into_iter()
            .find(|window| apps.get(window).is_some_and(|other| is_same(other)));
        let free = || {
            let mut windows = APP_WINDOWS.into_iter();
            windows.find(|window| !apps.contains_key(window))
        };
        let window = its_own.or_else(free).ok_or(StudioError::AppsTooMany {
            most: APP_WINDOWS.len(),
        })?;
        let runs = apps
            .get(window)
            .is_some_and(|other| !session.is_preview && other.app == session.app);
        if !runs && let Some(before) = apps.insert(window, session) {
            before.stop();
        }
        Ok(PreparedApp {
            window: window.to_owned(),
            runs,
        })
    }

    pub(super) fn remove(&self, window: &str) -> Option<Arc<Session>> {
        let mut apps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        apps.remove(window)
    }

    pub(super) fn all(&self) -> Vec<Arc<Session>> {
        let apps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        apps.values().cloned().collect()
    }
}
