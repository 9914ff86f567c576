//! What a person at a terminal is asked and shown. The terminal is a real one, made by `script` (util-linux).
#![cfg(target_os = "linux")]

mod support;

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use latchwork_testkit::oauth::{Endpoint, Script};
use serde_json::json;
use support::{PASSWORD, Provider, Server, Workspace, code_connector, form_connector, with_step};

/// The program at a terminal; it is ended with the test.
struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    screen: Receiver<Vec<u8>>,
    /// What was shown so far.
    shown: String,
    /// How much of it was waited for.
    seen: usize,
}

impl Terminal {
    /// Starts the program, and says at its end whether the terminal shows what is typed.
    fn start(workspace: &Workspace, arguments: &[&str]) -> Self {
        let program = workspace.latchwork(arguments).into_command();
        let quoted: Vec<String> = [program.get_program()]
            .into_iter()
            .chain(program.get_args())
            .map(|word| format!("'{}'", word.to_str().unwrap()))
            .collect();
        let line = format!(
            "trap : INT; {}; code=$?; /usr/bin/stty -a | /usr/bin/grep -o -E -e '-?echo ' ; exit $code",
            quoted.join(" ")
        );
        let mut command = Command::new("/usr/bin/script");
        command
            .args(["--quiet", "--return", "--flush", "--command", &line])
            .arg("/dev/null")
            .env_clear()
            .envs(
                program
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("SHELL", "/bin/sh")
            .env("NO_COLOR", "1")
            .current_dir(program.get_current_dir().unwrap())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        let (sender, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                let _ = sender.send(bytes[..length].to_vec());
            }
        });
        Self {
            keyboard: child.stdin.take().unwrap(),
            child,
            screen,
            shown: String::new(),
            seen: 0,
        }
    }

    /// Waits until this is shown, after what was waited for before; what stood before it.
    #[track_caller]
    fn shows(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.shown[self.seen..].find(text) {
                let before = self.shown[self.seen..self.seen + at].to_owned();
                self.seen += at + text.len();
                return before;
            }
            let Ok(bytes) = self.screen.recv() else {
                panic!("{text:?} was not shown: {}", self.shown);
            };
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    fn types(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Waits for the end: the exit status, and all that was shown.
    fn end(mut self) -> (i32, String) {
        while let Ok(bytes) = self.screen.recv() {
            self.shown.push_str(&String::from_utf8_lossy(&bytes));
        }
        let status = self.child.wait().unwrap();
        (status.code().unwrap_or(-1), std::mem::take(&mut self.shown))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address on a line of its own.
#[track_caller]
fn address(terminal: &mut Terminal) -> String {
    terminal.shows("\r\nhttp://");
    format!("http://{}", terminal.shows("\r\n"))
}

#[test]
fn f20_over_ssh_the_address_is_pasted_though_a_listener_waits() {
    let (workspace, provider) = (Workspace::new(), Provider::start(Script::default()));
    let file = workspace.connector("harbour.connector.json", &code_connector(&provider));
    for command in [&["test", &file][..], &["call", &file, "me"]] {
        let arguments = [command, &["--no-browser"]].concat();
        let mut terminal = Terminal::start(&workspace, &arguments);
        let address = address(&mut terminal);
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
    let address = address(&mut terminal);
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
        let last = shown
            .lines()
            .filter(|line| line.starts_with('{'))
            .next_back()
            .unwrap();
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
    address(&mut terminal);
    terminal.shows("Then paste");
    terminal.types("\u{3}");
    let (code, shown) = terminal.end();
    assert_eq!(code, 1, "{shown}");
    assert!(shown.contains("run.cancelled"), "{shown}");
}
