//! Apps that run, each in a window of its own (decision 0012). What an app holds is here, what is drawn of it goes to its
//! window, and what a person does there comes back; there is no rule in the page.

mod accounts;
mod acting;
mod auth;
mod bound;
mod calls;
mod changes;
mod events;
mod gate;
mod loading;
mod rows;
mod session;
mod state;
mod view;
mod windows;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use latchwork_model::app::App;
use latchwork_model::{Connector, read_app};

use crate::documents::read_file;
use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{AppError, AppUpdate, ControlEvent, RunUpdate, SignedOut, Tone};
use session::{Phase, Session};

pub(crate) use windows::RunningApps;
pub use windows::{APP_WINDOWS, PreparedApp};

/// The largest app file that is read, in bytes.
const LARGEST_FILE: u64 = 16 << 20;

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
    /// Makes an app ready to run, in the window that it has already or in one of its own.
    pub async fn app_prepare(
        self: &Arc<Self>,
        source: AppSource,
    ) -> Result<PreparedApp, StudioError> {
        let (app, key, is_preview) = match source {
            AppSource::Preview { id, document } => {
                let mut app = read_app(&document)?;
                // The library's id stays the app's id, whatever was typed.
                app.id = uuid::Uuid::parse_str(&id).ok().or(app.id);
                let key = app.key();
                (app, key, true)
            }
            AppSource::File(path) => {
                let app = read_app_file(&path).await?;
                // A file that says that it is another app gets nothing of that app's choices.
                let path = tokio::fs::canonicalize(&path).await.unwrap_or(path);
                (app, format!("file:{}", path.display()), false)
            }
        };
        let session = Session::new(self, app, key, is_preview);
        self.running_apps().place(session)
    }

    /// What a running app's window is called by people.
    pub fn app_title(&self, window: &str) -> Result<String, StudioError> {
        let session = self.running_apps().get(window)?;
        let name = &session.app.name;
        Ok(if session.is_preview {
            format!("{name} (preview)")
        } else {
            name.clone()
        })
    }

    /// Starts an app, or tells what it shows to a window that was loaded again. `sink` says false once nobody listens.
    pub async fn app_watch(
        &self,
        window: &str,
        sink: impl Fn(AppUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<(), StudioError> {
        let session = self.running_apps().get(window)?;
        session.watch(Arc::new(sink)).await;
        Ok(())
    }

    /// A person did something with a control. What is not on the screen, or cannot be done there, does nothing.
    pub fn app_event(
        &self,
        window: &str,
        control: &str,
        event: ControlEvent,
    ) -> Result<(), StudioError> {
        let session = self.running_apps().get(window)?;
        let is_running = matches!(session.lock().phase, Phase::Running);
        if is_running && let Some(control) = session.control_shown(control).cloned() {
            session.lock().unasked = 0;
            events::happen(&session, &control, event);
        }
        Ok(())
    }

    /// A person went to a screen by the menu.
    pub fn app_go(&self, window: &str, screen: &str) -> Result<(), StudioError> {
        let session = self.running_apps().get(window)?;
        let is_running = matches!(session.lock().phase, Phase::Running);
        let leads_there = session
            .app
            .screen(screen)
            .is_some_and(|screen| screen.in_menu);
        if is_running && leads_there {
            session.lock().unasked = 0;
            session.go(screen);
        }
        Ok(())
    }

    /// *Continue* on the managed auth screen.
    pub async fn app_continue(&self, window: &str) -> Result<(), StudioError> {
        self.running_apps().get(window)?.go_on().await
    }

    /// Signs in to one of the app's connectors: as the account in use, or as one more.
    pub async fn app_sign_in(
        &self,
        window: &str,
        connector: &str,
        new_account: bool,
        sink: impl Fn(RunUpdate) -> bool + Send + Sync + 'static,
    ) -> Result<String, AppError> {
        let session = self.running_apps().get(window)?;
        session.sign_in(connector, new_account, sink).await
    }

    /// The person does not sign in now: what waited for it is signed out, and asks no more by itself.
    pub fn app_sign_in_decline(&self, window: &str) -> Result<(), StudioError> {
        self.running_apps().get(window)?.decline();
        Ok(())
    }

    /// Makes the app use another account of a connector.
    pub async fn app_account_use(
        &self,
        window: &str,
        connector: &str,
        account: &str,
    ) -> Result<(), AppError> {
        let session = self.running_apps().get(window)?;
        session.choose_account(connector, account).await
    }

    /// Signs the account in use out of a connector, at the provider where that is possible.
    pub async fn app_sign_out(&self, window: &str, connector: &str) -> Result<SignedOut, AppError> {
        let session = self.running_apps().get(window)?;
        session.sign_out(connector).await
    }

    /// The admin's answer to `SharedSignOutAsked`: whether the shared sign-ins are cleared too; nothing where they
    /// changed their mind and stay where they are.
    pub fn app_authentication_answer(
        &self,
        window: &str,
        clear_shared: Option<bool>,
    ) -> Result<(), StudioError> {
        let session = self.running_apps().get(window)?;
        session.answer_for_shared(clear_shared);
        Ok(())
    }

    /// The window is gone: its app ends, and what it was doing is cancelled.
    pub fn app_closed(&self, window: &str) {
        if let Some(session) = self.running_apps().remove(window) {
            session.stop();
        }
    }

    /// New tokens are in memory only (F35): the people of apps that use them hear it too.
    pub(crate) fn tell_apps_of_not_kept(&self, connector: &Connector, error: &AppError) {
        for session in self.running_apps().all() {
            if session.uses(connector) {
                session.say(
                    format!(
                        "You are still signed in to {}, but only until this program ends.",
                        connector.name
                    ),
                    Tone::Warning,
                    Some(error.clone()),
                );
            }
        }
    }

    /// Who is signed in has changed, here or elsewhere: apps that ask show it.
    pub(crate) async fn tell_apps_of_sessions(&self) {
        for session in self.running_apps().all() {
            session.tell_asked().await;
            session.tell_managed_auth().await;
        }
    }
}

async fn read_app_file(path: &Path) -> Result<App, StudioError> {
    let size = tokio::fs::metadata(path)
        .await
        .map_err(|source| StudioError::FileAccess {
            path: path.to_owned(),
            source,
        })?
        .len();
    if size > LARGEST_FILE {
        let path = path.to_owned();
        return Err(StudioError::AppFileTooLarge { path, size });
    }
    Ok(read_app(&read_file(path)?)?)
}
