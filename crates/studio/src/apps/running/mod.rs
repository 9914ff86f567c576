//! Apps that run, each in a window of its own.

use std::path::PathBuf;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{AppUpdate, ControlEvent, RunUpdate, SignedOut};

/// Where a running app comes from.
#[derive(Clone, Debug)]
pub enum AppSource {
    /// The studio's preview, as the document stands in the editor.
    Preview {
        /// The app's id in the library.
        id: String,
        /// Its document.
        document: String,
    },
    /// A file, with no studio around it.
    File(PathBuf),
}

impl Studio {
    /// Makes an app ready to run; the name of the window that it is to run in.
    pub async fn app_prepare(&self, source: AppSource) -> Result<String, StudioError> {
        let _ = source;
        Err(StudioError::RunUnknown)
    }

    /// What a running app's window is called by people.
    pub fn app_title(&self, window: &str) -> Result<String, StudioError> {
        let _ = window;
        Err(StudioError::RunUnknown)
    }

    /// Starts an app, or tells what it shows to a window that was loaded again. `sink` says false once nobody listens.
    pub async fn app_watch(
        &self,
        window: &str,
        sink: impl Fn(AppUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<(), StudioError> {
        let _ = (window, sink);
        Err(StudioError::RunUnknown)
    }

    /// A person did something with a control.
    pub async fn app_event(
        &self,
        window: &str,
        control: &str,
        event: ControlEvent,
    ) -> Result<(), StudioError> {
        let _ = (window, control, event);
        Err(StudioError::RunUnknown)
    }

    /// A person went to a screen by the menu.
    pub async fn app_go(&self, window: &str, screen: &str) -> Result<(), StudioError> {
        let _ = (window, screen);
        Err(StudioError::RunUnknown)
    }

    /// *Continue* on the managed auth screen.
    pub async fn app_continue(&self, window: &str) -> Result<(), StudioError> {
        let _ = window;
        Err(StudioError::RunUnknown)
    }

    /// Signs in to one of the app's connectors: as the account in use, or as one more.
    pub async fn app_sign_in(
        &self,
        window: &str,
        connector: &str,
        new_account: bool,
        sink: impl Fn(RunUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<String, StudioError> {
        let _ = (window, connector, new_account, sink);
        Err(StudioError::RunUnknown)
    }

    /// The person does not sign in now: what waited for it is signed out, and asks no more by itself.
    pub async fn app_sign_in_decline(&self, window: &str) -> Result<(), StudioError> {
        let _ = window;
        Err(StudioError::RunUnknown)
    }

    /// Makes the app use another account of a connector.
    pub async fn app_account_use(
        &self,
        window: &str,
        connector: &str,
        account: &str,
    ) -> Result<(), StudioError> {
        let _ = (window, connector, account);
        Err(StudioError::RunUnknown)
    }

    /// Signs the account in use out of a connector, at the provider where that is possible.
    pub async fn app_sign_out(
        &self,
        window: &str,
        connector: &str,
    ) -> Result<SignedOut, StudioError> {
        let _ = (window, connector);
        Err(StudioError::RunUnknown)
    }

    /// The admin's answer to `SharedSignOutAsked`: whether the shared sign-ins are cleared too; nothing where they
    /// changed their mind and stay where they are.
    pub async fn app_authentication_answer(
        &self,
        window: &str,
        clear_shared: Option<bool>,
    ) -> Result<(), StudioError> {
        let _ = (window, clear_shared);
        Err(StudioError::RunUnknown)
    }

    /// The window is gone: its app ends, and what it was doing is cancelled.
    pub fn app_closed(&self, window: &str) {
        let _ = window;
    }
}
