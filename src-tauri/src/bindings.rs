//! The TypeScript bindings: generated from the commands, committed, and checked against drift.

use tauri::Wry;
use tauri_specta::{Builder, Casing, ErrorHandlingMode, collect_commands};

use crate::commands::{
    accounts, app_window, apps, auth, browser, bundle, catalogue, connectors, desktop, editor,
    graphql, imports, linked, notices, oauth, practice, runs, secrets, sso, studio,
};

/// Every command that a window may call, with its types.
pub(crate) fn builder() -> Builder<Wry> {
    Builder::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .dangerously_cast_bigints_to_number()
        .function_casing(Casing::CamelCase)
        .constant("errorCodes", latchwork_studio::error_codes())
        .commands(collect_commands![
            studio::studio_status,
            studio::vault_retry,
            studio::vault_unlock,
            studio::vault_use_session_only,
            studio::settings_get,
            studio::settings_set,
            connectors::connector_list,
            connectors::connector_create,
            connectors::connector_open,
            connectors::connector_duplicate,
            connectors::connector_delete,
            connectors::connector_save,
            connectors::draft_save,
            connectors::draft_discard,
            catalogue::catalogue_list,
            catalogue::catalogue_add,
            linked::connector_open_file,
            linked::connector_file,
            linked::connector_file_text,
            linked::connector_take_file,
            linked::connector_link,
            linked::connector_unlink,
            desktop::certificate_choose,
            imports::import_preview,
            imports::import_preview_file,
            imports::import_commit,
            imports::import_discard,
            imports::connector_export_text,
            imports::connector_export_as,
            editor::connector_check,
            editor::template_names,
            editor::auth_turn_into_multistep,
            editor::step_rename,
            editor::step_references,
            editor::step_parse,
            graphql::graphql_schema,
            graphql::graphql_schema_fetch,
            graphql::graphql_schema_choose,
            graphql::graphql_schema_forget,
            secrets::secret_list,
            secrets::secret_set,
            secrets::secret_clear,
            runs::run_start,
            runs::run_answer,
            runs::run_decline,
            runs::run_cancel,
            runs::run_reveal,
            runs::run_request_as_curl,
            browser::run_browser_open,
            browser::run_browser_copy,
            browser::run_callback_paste,
            runs::run_list,
            runs::run_get,
            auth::auth_status,
            auth::auth_clear,
            auth::auth_sign_out,
            accounts::account_list,
            accounts::account_add,
            accounts::account_rename,
            accounts::account_activate,
            accounts::account_remove,
            accounts::account_clear,
            accounts::account_sign_out,
            accounts::session_activity,
            apps::app_list,
            apps::app_create,
            apps::app_open,
            apps::app_duplicate,
            apps::app_delete,
            apps::app_save,
            apps::app_draft_save,
            apps::app_draft_discard,
            apps::app_check,
            apps::app_template_names,
            apps::app_control_rename,
            apps::app_connectors,
            apps::app_import_text,
            apps::app_import_file,
            apps::app_export,
            apps::app_preview,
            app_window::app_watch,
            app_window::app_event,
            app_window::app_go,
            app_window::app_continue,
            app_window::app_sign_in,
            app_window::app_sign_in_decline,
            app_window::app_account_use,
            app_window::app_sign_out,
            app_window::app_authentication_answer,
            app_window::app_quit,
            oauth::oauth_discover,
            oauth::oauth_redirect_addresses,
            oauth::token_inspect,
            sso::sso_status,
            sso::sso_sign_in,
            sso::sso_sign_out,
            bundle::bundle_seal,
            bundle::bundle_open,
            notices::notice_watch,
            practice::sandbox_start,
            practice::sandbox_stop,
            practice::samples_add,
            desktop::clipboard_read,
            desktop::clipboard_write,
            desktop::link_open,
        ])
}

#[cfg(test)]
mod tests {
    use specta_typescript::Typescript;

    use super::builder;

    /// Writes the file where `LATCHWORK_WRITE_BINDINGS` is set (`cargo xtask bindings`), else fails on drift.
    #[test]
    fn bindings_are_up_to_date() {
        let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/platform/bindings.ts");
        let export = |path: &str| {
            builder()
                .export(Typescript::default(), path)
                .expect("the commands have TypeScript types");
        };
        if std::env::var_os("LATCHWORK_WRITE_BINDINGS").is_some() {
            return export(committed);
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = folder.path().join("bindings.ts");
        export(made.to_str().expect("a path that is text"));
        let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            read(committed.as_ref()) == read(&made),
            "ui/src/platform/bindings.ts has drifted: run `cargo xtask bindings`"
        );
    }
}
