//! Deep links: the scheme, whose it is, and the one way that an address takes into the core.
//!
//! The plugin tells of an address, with its code, by an event that any webview with the permission to listen would
//! hear. No window has it (`capabilities/`, held by `cargo xtask check-layers`): addresses are read here, in Rust, and
//! go to the studio and nowhere else. Nothing of them is logged.

use std::sync::Arc;

use latchwork_studio::{
    AppError, DEEP_LINK_SCHEME, DeepLinkState, ReceivedBy, RedirectAddresses, StudioNotice,
};
use tauri::{AppHandle, Context, Manager as _, Runtime};
use tauri_plugin_deep_link::DeepLinkExt as _;

use crate::host::Studio;
use crate::scheme;

/// The plugin's name in the configuration.
const PLUGIN: &str = "deep-link";

/// Makes the plugin listen to this build's scheme alone: a development build never takes the installed one's links.
pub(crate) fn use_scheme_of_this_build<R: Runtime>(context: &mut Context<R>) {
    let setting = serde_json::json!({ "desktop": { "schemes": [DEEP_LINK_SCHEME] } });
    context
        .config_mut()
        .plugins
        .0
        .insert(PLUGIN.to_owned(), setting);
}

/// Hands addresses to the studio, from now on and the one that this process was started with.
pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) {
    let started_with = app.deep_link().get_current().ok().flatten();
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            receive(&handle, url.as_str());
        }
    });
    for url in started_with.unwrap_or_default() {
        receive(app, url.as_str());
    }
}

fn receive<R: Runtime>(app: &AppHandle<R>, address: &str) {
    let Some(studio) = app.try_state::<Studio>() else {
        return;
    };
    let (studio, address) = (Arc::clone(&studio), address.to_owned());
    tauri::async_runtime::spawn(async move {
        // What became of it the person is told by the studio.
        let _ = studio
            .callback_received(&address, ReceivedBy::DeepLink)
            .await;
    });
}

/// Makes sure, beside everything else, that links come here, and says where they do not. A development build takes
/// its scheme at every start; an installed one takes it where nobody has it, and never from another program.
pub(crate) fn claim<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    // It asks other programs, which takes a while.
    tauri::async_runtime::spawn_blocking(move || {
        let (state, _) = scheme::owner(&handle);
        let take = match state {
            // The binary may have moved since.
            DeepLinkState::Ours | DeepLinkState::OtherProgram => cfg!(debug_assertions),
            DeepLinkState::NotRegistered => true,
        };
        if take && let Err(error) = handle.deep_link().register(DEEP_LINK_SCHEME) {
            // Said again, to a person, wherever a deep link is chosen.
            let _ = error;
        }
        let (state, note) = scheme::owner(&handle);
        if state == DeepLinkState::OtherProgram
            && let Some(studio) = handle.try_state::<Studio>()
        {
            let error = AppError::deep_link_lost(note.unwrap_or_default());
            studio.tell_notice(StudioNotice::DeepLinkRefused { error });
        }
    });
}

/// The redirect addresses to register, and whose the deep links are now.
pub(crate) async fn addresses<R: Runtime>(app: AppHandle<R>) -> RedirectAddresses {
    let owner = tauri::async_runtime::spawn_blocking(move || scheme::owner(&app)).await;
    let (state, note) = owner.unwrap_or((DeepLinkState::NotRegistered, None));
    latchwork_studio::Studio::oauth_redirect_addresses(state, note)
}
