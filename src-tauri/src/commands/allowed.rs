//! Which window may call which command (SAFETY Z36). The studio's window may call what is the studio's; the window of a
//! running app what an end user may, and nothing else: no values revealed, nothing edited, no shared output, no library.
//!
//! Asked before a command's arguments are looked at.

use crate::windows::{STUDIO, is_app_window};

/// What only the window of a running app calls. Which app it is, its label says.
const APP_ONLY: &[&str] = &[
    "app_watch",
    "app_event",
    "app_go",
    "app_continue",
    "app_sign_in",
    "app_sign_in_decline",
    "app_account_use",
    "app_sign_out",
    "app_authentication_answer",
    "app_quit",
];

/// What the window of a running app calls beside that: the vault's state and its choices, the questions of a sign-in that
/// it began (whose run's id it alone knows), the clipboard to write to, the browser.
const APP_TOO: &[&str] = &[
    "studio_status",
    "vault_retry",
    "vault_unlock",
    "vault_use_session_only",
    "run_answer",
    "run_decline",
    "run_cancel",
    "run_browser_open",
    "run_browser_copy",
    "run_callback_paste",
    "clipboard_write",
    "link_open",
];

/// Whether a window may call a command.
pub(crate) fn is_allowed(window: &str, command: &str) -> bool {
    let is_app_only = APP_ONLY.contains(&command);
    if is_app_window(window) {
        is_app_only || APP_TOO.contains(&command)
    } else {
        window == STUDIO && !is_app_only
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command that there is, out of the generated bindings.
    fn commands() -> Vec<&'static str> {
        let bindings = include_str!("../../../ui/src/platform/bindings.ts");
        let calls = bindings.split("=> __TAURI_INVOKE").skip(1);
        let names: Vec<&str> = calls.filter_map(|call| call.split('"').nth(1)).collect();
        assert!(names.len() > 60, "the bindings are read: {}", names.len());
        names
    }

    #[test]
    fn z36_an_apps_window_calls_what_an_end_user_may_and_nothing_else() {
        let allowed: Vec<&str> = commands()
            .into_iter()
            .filter(|command| is_allowed("app-1", command))
            .collect();
        // A new command is refused there until this list says otherwise.
        assert_eq!(allowed.len(), APP_ONLY.len() + APP_TOO.len(), "{allowed:?}");
        for never in [
            "run_reveal",
            "run_start",
            "token_inspect",
            "secret_set",
            "connector_save",
            "connector_export_as",
            "catalogue_add",
            "bundle_seal",
            "auth_clear",
            "account_clear",
            "app_save",
            "app_preview",
            "clipboard_read",
            "notice_watch",
            "sso_sign_out",
        ] {
            assert!(commands().contains(&never), "{never} is a command");
            assert!(!is_allowed("app-1", never), "{never}");
        }
    }

    #[test]
    fn z36_the_studio_names_no_app_and_other_windows_may_call_nothing() {
        for command in APP_ONLY {
            assert!(commands().contains(command), "{command} is a command");
            assert!(!is_allowed("studio", command), "{command}");
        }
        assert!(is_allowed("studio", "connector_save"));
        for window in ["", "app", "app-9", "app-1x", "studio2", "main"] {
            assert!(!is_allowed(window, "studio_status"), "{window}");
        }
    }
}
