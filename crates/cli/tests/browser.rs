//! Whether a browser is opened, with what, and what is said where it is not.
#![cfg(unix)]

mod support;

use latchwork_testkit::oauth::Script;
use serde_json::{Value, json};
use support::{Latchwork, Provider, Workspace, code_connector, with_step};

/// A browser that only notes what it is given, and its environment.
const NOTES: &str = r#"printf '%s\n' "$#" "$@" >> opened; export -p > environment"#;

fn opened(workspace: &Workspace) -> Vec<String> {
    let noted = std::fs::read_to_string(workspace.path("opened")).unwrap_or_default();
    noted.lines().map(str::to_owned).collect()
}

/// The program, with a browser that notes what it is given.
fn with_browser(workspace: &Workspace, arguments: &[&str]) -> Latchwork {
    workspace.program("xdg-open", NOTES);
    workspace.latchwork(arguments)
}

fn lines_with_address(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.retain(|line| line.contains("state="));
    lines
}

#[test]
fn test_and_login_open_the_browser_without_a_terminal() {
    for command in ["test", "login"] {
        let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
        let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
        let mut live = with_browser(&workspace, &[command, &file]).start();
        let said = live.says(|line| line.contains("the browser is open at"));
        assert!(
            said.contains("127.0.0.1") && !said.contains("state="),
            "{said}"
        );
        let opened = opened(&workspace);
        assert_eq!(opened.len(), 2, "{opened:?}");
        assert_eq!(opened[0], "1", "the address is one argument");
        provider.sign_in(&opened[1]);
        live.end().ends(0);
        provider.assert_content();
    }
}

#[test]
fn z7_the_address_is_written_again_and_no_shell_reads_it() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let hostile = "$(touch pwned) `touch pwned` ; --flag\n\"'|&";
    let connector = with_step(
        code_connector(&provider),
        &json!({ "authorize_params": [{ "name": "hint", "value": hostile }] }),
    );
    let file = workspace.connector("harbour.connector.json", &connector);
    let mut live = with_browser(&workspace, &["test", &file]).start();
    live.says(|line| line.contains("the browser is open at"));
    let opened = opened(&workspace);
    assert_eq!(opened[0], "1");
    let url = url::Url::parse(&opened[1]).unwrap();
    let hint = url.query_pairs().find(|(name, _)| name == "hint").unwrap();
    assert_eq!(hint.1, hostile);
    for character in [' ', '$', '`', '\'', '"', '|', ';'] {
        assert!(!opened[1].contains(character), "{}", opened[1]);
    }
    provider.sign_in(&opened[1]);
    live.end().ends(0);
    assert!(!workspace.path("pwned").exists());
}

#[test]
fn z7_nothing_but_a_web_address_is_opened() {
    for address in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://host/share",
        "http://accounts.example/authorize",
        "--flag",
        "$(reboot)",
    ] {
        let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
        let mut connector = with_step(
            code_connector(&provider),
            &json!({ "authorization_url": "{{ vars.where }}" }),
        );
        connector["variables"] = json!([{ "name": "where", "value": address }]);
        let file = workspace.connector("harbour.connector.json", &connector);
        let done = with_browser(&workspace, &["test", &file, "--json"]).run();
        let done = done.ends(1);
        let code = done.json_lines().pop().unwrap()["error"]["code"].clone();
        assert!(
            code == "oauth.browser_address" || code == "url.invalid",
            "{address}: {code}"
        );
        assert_eq!(opened(&workspace), [] as [&str; 0], "{address}");
    }
}

#[test]
fn the_browser_is_given_none_of_our_secrets() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let mut live = with_browser(&workspace, &["login", &file])
        .env("LATCHWORK_PASSPHRASE", "c4nary of a passphrase")
        .env("OTHER", "kept")
        .start();
    live.says(|line| line.contains("the browser is open at"));
    let environment = std::fs::read_to_string(workspace.path("environment")).unwrap();
    assert!(environment.contains("OTHER="), "{environment}");
    assert!(!environment.contains("LATCHWORK"), "{environment}");
    provider.sign_in(&opened(&workspace)[1]);
    live.end().ends(0);
}

#[test]
fn no_browser_shows_the_address_alone_on_its_line_once() {
    for arguments in [
        &["test"][..],
        &["login"],
        &["login", "--quiet"],
        &["call", "me"],
        &["call", "me", "--json"],
        &["call", "me", "--quiet"],
    ] {
        let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
        // Longer than any terminal is wide.
        let connector = with_step(
            code_connector(&provider),
            &json!({ "authorize_params": [{ "name": "long", "value": "x".repeat(2_000) }] }),
        );
        let file = workspace.connector("harbour.connector.json", &connector);
        let mut all = vec![arguments[0], &file];
        all.extend(&arguments[1..]);
        all.push("--no-browser");
        let mut live = with_browser(&workspace, &all).env("COLUMNS", "40").start();
        let address = live.address();
        provider.sign_in(&address);
        let done = live.end().ends(0);
        assert_eq!(opened(&workspace), [] as [&str; 0]);
        assert_eq!(
            lines_with_address(&done.stderr),
            [&address],
            "{arguments:?}"
        );
        assert_eq!(lines_with_address(&done.text()), [] as [&str; 0]);
        if arguments.contains(&"--json") {
            assert_eq!(done.json()["auth"], "ran");
        }
        provider.assert_content();
    }
}

#[test]
fn where_nothing_opens_the_address_is_shown() {
    // The one that is there fails, and the others are not there.
    for script in [None, Some("exit 3")] {
        let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
        let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
        if let Some(script) = script {
            workspace.program("xdg-open", script);
        }
        let mut live = workspace.latchwork(&["login", &file]).start();
        let address = live.address();
        provider.sign_in(&address);
        let done = live.end().ends(0);
        assert_eq!(lines_with_address(&done.stderr), [&address]);
    }
}

#[test]
fn login_tells_as_json_what_is_to_be_visited_and_its_result_is_the_last_line() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let mut live = workspace
        .latchwork(&["login", &file, "--json", "--no-browser"])
        .start();
    let requested = live.event("browser_requested");
    provider.sign_in(requested["url"].as_str().unwrap());
    let done = live.end().ends(0);
    let lines = done.json_lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[1]["signed_in"], true);
    assert_eq!(lines_with_address(&done.stderr), [] as [&str; 0]);

    // Where a browser was opened there is nothing to visit, and the result is alone.
    let mut live = with_browser(&workspace, &["login", &file, "--json"]).start();
    live.says(|line| line.contains("the browser is open at"));
    provider.sign_in(&opened(&workspace)[1]);
    assert_eq!(live.end().ends(0).json()["signed_in"], true);
}

#[test]
fn a_call_without_a_terminal_opens_nothing_and_ends_with_3() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    for redirect in ["loopback", "deep_link", "paste"] {
        let connector = with_step(code_connector(&provider), &json!({ "redirect": redirect }));
        let file = workspace.connector("harbour.connector.json", &connector);
        let done = with_browser(&workspace, &["call", &file, "me", "--json"])
            .run()
            .ends(3);
        assert_eq!(done.error_code(), "input.needed");
        let error: Value = done.json()["error"].clone();
        assert_eq!(error["step"], "signin");
        assert!(error["hint"].as_str().unwrap().contains("--no-browser"));
        assert_eq!(lines_with_address(&done.stderr), [] as [&str; 0]);
    }
    assert_eq!(opened(&workspace), [] as [&str; 0]);
}
