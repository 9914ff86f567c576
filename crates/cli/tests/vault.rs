//! What keeps the secrets: a passphrase, or the process alone. And what is never written in the clear.

mod support;

use serde_json::{Value, json};
use support::{
    PASSPHRASE, PASSWORD, Server, TOKEN, Workspace, form_connector, open_connector, with_answers,
};

#[test]
fn f40_without_keyring_and_passphrase_it_works_and_says_that_nothing_is_kept() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    for command in ["call", "login"] {
        let target = if command == "call" {
            vec!["call", &file, "bytes"]
        } else {
            vec!["login", &file]
        };
        let done = workspace.run(&with_answers(&target)).ends(0);
        assert!(done.stderr.contains("only as long as"), "{}", done.stderr);
        assert!(
            done.stderr.contains("LATCHWORK_PASSPHRASE"),
            "{}",
            done.stderr
        );
        assert!(
            !done.text().contains("only as long as"),
            "not among the results"
        );
    }
    let next = workspace.run(&["call", &file, "bytes", "--json"]).ends(3);
    assert_eq!(next.error_code(), "input.needed", "nothing was kept");
    assert_eq!(
        workspace.run(&["accounts", "--json"]).ends(0).json(),
        json!([])
    );
    workspace.assert_keeps_no(TOKEN);
    workspace.assert_keeps_no(PASSWORD);
}

#[test]
fn what_was_kept_with_a_passphrase_is_untouched_by_a_process_without() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    let without = workspace.run(&["call", &file, "bytes"]).ends(3);
    assert!(
        without.stderr.contains("only as long as"),
        "{}",
        without.stderr
    );
    workspace.run(&with_answers(&["login", &file])).ends(0);
    let kept = workspace
        .run_kept(&["call", &file, "bytes", "--json"])
        .ends(0)
        .json();
    assert_eq!(kept["auth"], "cached");
}

#[test]
fn a_wrong_passphrase_ends_with_4_and_harms_nothing() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    let asked = server.requests().len();
    for arguments in [
        with_answers(&["call", &file, "bytes", "--json"]),
        with_answers(&["login", &file, "--json"]),
        vec!["accounts".to_owned(), "--json".to_owned()],
    ] {
        let done = workspace
            .latchwork(&arguments)
            .env("LATCHWORK_PASSPHRASE", "not that one")
            .run()
            .ends(4);
        assert_eq!(done.error_code(), "vault.key_wrong");
        done.says_no("not that one").says_no(PASSPHRASE);
    }
    assert_eq!(server.requests().len(), asked, "nothing was sent");
    let kept = workspace
        .run_kept(&["call", &file, "bytes", "--json"])
        .ends(0)
        .json();
    assert_eq!(kept["auth"], "cached");
}

#[test]
fn the_passphrase_file_wins_over_the_environment() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.write("pass", format!("{PASSPHRASE}\n# not this\n"));
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    let call = |passphrase_file: &str| {
        let arguments = [
            "call",
            &file,
            "bytes",
            "--json",
            "--passphrase-file",
            passphrase_file,
        ];
        workspace
            .latchwork(&arguments)
            .env("LATCHWORK_PASSPHRASE", "wrong")
            .run()
    };
    assert_eq!(call("pass").ends(0).json()["auth"], "cached");
    assert_eq!(call("none").ends(2).error_code(), "file.not_found");
    workspace.write("empty", "");
    assert_eq!(call("empty").ends(2).error_code(), "usage.invalid");
}

#[test]
fn a_data_folder_that_cannot_be_used_ends_with_4() {
    let workspace = Workspace::new();
    let file = workspace.connector("open.connector.json", &open_connector("http://127.0.0.1:9"));
    let no_folder = workspace.write("a-file", "x");
    for arguments in [
        vec!["connectors"],
        vec!["call", &file, "bytes"],
        vec!["accounts"],
        vec!["import", &file],
    ] {
        let arguments = [arguments, vec!["--json", "--data-dir", &no_folder]].concat();
        let done = workspace.run(&arguments).ends(4);
        assert!(done.error_code().starts_with("store."), "{}", done.text());
    }
}

#[test]
fn a_database_of_a_newer_version_is_opened_by_nobody() {
    let workspace = Workspace::new();
    workspace.run(&["connectors"]).ends(0);
    let database = workspace.data_dir().join("latchwork.db");
    let mut bytes = std::fs::read(&database).unwrap();
    // `user_version` is big-endian at offset 60 of the file.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&database, &bytes).unwrap();
    let done = workspace.run(&["connectors", "--json"]).ends(4);
    assert_eq!(done.error_code(), "store.newer_version");
    assert_eq!(
        std::fs::read(&database).unwrap(),
        bytes,
        "and is left as it is"
    );
}

#[test]
fn a_broken_database_is_moved_aside_and_said() {
    let workspace = Workspace::new();
    std::fs::create_dir_all(workspace.data_dir()).unwrap();
    workspace.write(
        "data/latchwork.db",
        "this is no database, and never was one\n".repeat(200),
    );
    let done = workspace.run(&["connectors", "--json"]).ends(0);
    assert_eq!(done.json(), json!([]));
    assert!(done.stderr.contains("moved to"), "{}", done.stderr);
    let kept = workspace
        .files_below("data")
        .into_iter()
        .any(|(_, text)| text.contains("never was one"));
    assert!(kept, "what was broken is still there");
}

#[test]
fn z29_the_canary_is_in_no_file_and_on_no_stream() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    connector["variables"] = json!([{ "name": "client_secret", "secret": true }]);
    connector["auth"]["steps"][1]["request"]["headers"] = json!([{ "name": "Authorization", "value": "Basic {{ ('id:' ~ vars.client_secret) | base64encode }}" }]);
    connector["auth"]["steps"][1]["request"]["query"] =
        json!([{ "name": "s", "value": "{{ vars.client_secret }}" }]);
    let file = workspace.connector("acme.connector.json", &connector);
    let secret = "cl13nt c4nary/secret&=";
    let variable = format!("client_secret={secret}");
    for arguments in [
        vec!["test", &file, "--json"],
        vec!["test", &file, "-v"],
        vec!["login", &file, "-v"],
        vec!["call", &file, "bytes", "-v"],
        vec!["call", &file, "missing", "--json"],
        vec!["call", &file, "get_contact", "--param", "id=x", "--json"],
    ] {
        let arguments = with_answers(&[arguments, vec!["--var", &variable]].concat());
        let done = workspace.run_kept(&arguments);
        for canary in [secret, PASSWORD, TOKEN, PASSPHRASE] {
            done.says_no(canary);
        }
    }
    for canary in [secret, PASSWORD, TOKEN, PASSPHRASE] {
        workspace.assert_keeps_no(canary);
    }
}

#[test]
fn z31_errors_show_neither_query_nor_body() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    connector["auth"]["steps"][1]["request"]["url"] = json!("/missing");
    connector["auth"]["steps"][1]["request"]["query"] =
        json!([{ "name": "p", "value": "{{ ask.password }}" }]);
    let file = workspace.connector("acme.connector.json", &connector);
    let done = workspace
        .run(&with_answers(&["login", &file, "--json"]))
        .ends(1);
    assert_eq!(done.error_code(), "step.unexpected_status");
    done.says_no(PASSWORD);
    assert!(!done.stderr.contains("not here"), "{}", done.stderr);
}

#[cfg(unix)]
#[test]
fn z34_the_data_folder_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&workspace.data_dir()), 0o700);
    for (name, _) in workspace.files_below("data") {
        assert_eq!(mode(name.as_ref()), 0o600, "{name}");
    }
}

#[test]
fn the_data_folder_may_come_from_option_environment_or_platform() {
    let workspace = Workspace::new();
    let exists = |name: &str| workspace.path(name).join("latchwork.db").exists();
    let given = workspace.path("given").display().to_string();
    workspace.run(&["connectors", "--data-dir", &given]).ends(0);
    assert!(exists("given") && !exists("data"));
    workspace.run(&["connectors"]).ends(0);
    assert!(exists("data"));
    let own = workspace
        .latchwork(&["connectors", "--json"])
        .without_env("LATCHWORK_DATA_DIR")
        .run()
        .ends(0);
    assert_eq!(own.json(), Value::Array(Vec::new()));
    #[cfg(target_os = "linux")]
    assert!(exists("home/data/latchwork"));
}
