//! What a person at a terminal is asked and shown. The terminal is a real one, made by `script` (util-linux).
#![cfg(target_os = "linux")]

mod support;

use latchwork_testkit::oauth::{Endpoint, Script};
use serde_json::json;
use support::{
    PASSWORD, Provider, Server, Terminal, Workspace, code_connector, form_connector, with_step,
};

#[test]
fn f20_over_ssh_the_address_is_pasted_though_a_listener_waits() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    for command in [&["test", &file][..], &["call", &file, "me"]] {
        let arguments = [command, &["--no-browser"]].concat();
        let mut terminal = Terminal::start(&workspace, &arguments);
        let address = terminal.address();
        terminal.shows("paste the address that it ends at");
        terminal.types("\n");
        terminal.types("http://127.0.0.1/other\n");
        terminal.shows("Not taken: the answer has no `state`");
        let ends_at = provider.allow(&address);
        terminal.types(&format!("{ends_at}\n"));
        let (code, shown) = terminal.end();
        assert_eq!(code, 0, "{shown}");
    }
    provider.assert_content();
}

#[test]
fn a_call_at_a_terminal_opens_the_browser() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    workspace.program("xdg-open", r#"printf '%s' "$1" > opened"#);
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    let mut terminal = Terminal::start(&workspace, &["call", &file, "me"]);
    terminal.shows("the browser is open at 127.0.0.1");
    let opened = std::fs::read_to_string(workspace.path("opened")).unwrap();
    provider.sign_in(&opened);
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("Ada"), "{shown}");
}

#[test]
fn a_question_after_the_browser_is_back_has_the_next_line_to_itself() {
    // While the browser is away a line may be pasted; once it is back, what is typed answers the form.
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let mut connector = code_connector(&provider);
    let fields = json!([
        { "key": "site", "label": "Site", "type": "text" },
        { "key": "pin", "label": "Pin", "type": "password" }
    ]);
    connector["auth"]["steps"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "id": "pick", "type": "form", "title": "Which site?", "fields": fields }));
    let file = workspace.connector("harbour.connector.json", &connector);
    let mut terminal = Terminal::start(&workspace, &["test", &file, "--no-browser"]);
    let address = terminal.address();
    terminal.shows("paste the address");
    provider.sign_in(&address);
    terminal.shows("Site: ");
    terminal.types("north\n");
    terminal.shows("Pin: ");
    terminal.types(&format!("{PASSWORD}\n"));
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("pick.site = north"), "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    assert_eq!(provider.requests_to(Endpoint::Token).len(), 1);
}

#[test]
fn a_password_is_not_shown_and_the_terminal_is_left_as_it_was() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let mut terminal = Terminal::start(&workspace, &["test", &file]);
    terminal.shows("E-mail: ");
    terminal.types("nobody\n");
    terminal.shows("Password: ");
    terminal.types(&format!("{PASSWORD}\n"));
    // Only what was refused is asked again.
    terminal.shows("E-mail: ");
    terminal.types("ada@example.com\n");
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    assert!(shown.trim_end().ends_with("\r\necho"), "{shown}");
    assert!(server.seen("/login").text().contains(PASSWORD));
}

#[test]
fn ctrl_c_at_a_question_ends_the_run_in_order() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    for (first, question) in [("", "E-mail: "), ("ada@example.com\n", "Password: ")] {
        let mut terminal = Terminal::start(&workspace, &["test", &file, "--json"]);
        terminal.types(first);
        terminal.shows(question);
        terminal.types("\u{3}");
        let (code, shown) = terminal.end();
        assert_eq!(code, 1, "{shown}");
        let last = shown.lines().rfind(|line| line.starts_with('{')).unwrap();
        assert!(last.contains(r#""event":"run_finished""#), "{shown}");
        assert!(last.contains("run.cancelled"), "{shown}");
        assert!(shown.trim_end().ends_with("\r\necho"), "{shown}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn the_end_of_the_input_declines_a_question() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let mut terminal = Terminal::start(&workspace, &["test", &file]);
    terminal.shows("E-mail: ");
    terminal.types("\u{4}");
    let (code, shown) = terminal.end();
    assert_eq!(code, 1, "{shown}");
    assert!(shown.contains("form.declined"), "{shown}");
}

#[test]
fn ctrl_c_while_the_browser_is_away_ends_the_run() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let connector = with_step(code_connector(&provider), &json!({ "redirect": "paste" }));
    let file = workspace.connector("harbour.connector.json", &connector);
    let mut terminal = Terminal::start(&workspace, &["login", &file, "--no-browser"]);
    terminal.address();
    terminal.shows("Then paste");
    terminal.types("\u{3}");
    let (code, shown) = terminal.end();
    assert_eq!(code, 1, "{shown}");
    assert!(shown.contains("run.cancelled"), "{shown}");
}
