//! What holds for the program as a whole: streams, colour, usage, processes side by side, the sandbox.

mod support;

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::Value;
use support::{Done, PASSPHRASE, Server, Workspace, form_connector, with_answers};

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let workspace = Workspace::new();
    let mut child = workspace
        .latchwork(&["schema", "connector"])
        .into_command()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn clap_errors_end_with_2_and_help_with_0() {
    let workspace = Workspace::new();
    for wrong in [
        &["nonsense"][..],
        &[],
        &["test"],
        &["call", "x"],
        &["connectors", "-q", "-v"],
        &["schema", "nothing"],
        &["login", "x", "--timeout", "soon"],
    ] {
        let done = workspace.run(wrong).ends(2);
        assert_eq!(done.text(), "");
        assert!(!done.stderr.is_empty());
    }
    let done: Done = workspace.run(&["call", "x", "--json"]).ends(2);
    assert_eq!(done.error_code(), "usage.invalid");
    for fine in [&["--help"][..], &["call", "--help"], &["--version"]] {
        let done = workspace.run(fine).ends(0);
        assert_eq!(done.stderr, "");
        assert!(done.text().contains("latchwork"), "{}", done.text());
    }
}

#[test]
fn no_colour_is_kept_and_no_colour_is_there_without_a_terminal() {
    // `Done` refuses any escape on either stream; this runs the commands that would paint.
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    for colour in [
        ("NO_COLOR", "1"),
        ("CLICOLOR", "1"),
        ("TERM", "xterm-256color"),
    ] {
        for arguments in [
            with_answers(&["test", &file]),
            vec!["check".to_owned(), file.clone()],
            vec!["nonsense".to_owned()],
        ] {
            workspace
                .latchwork(&arguments)
                .env(colour.0, colour.1)
                .run();
        }
    }
}

#[test]
fn the_sandbox_serves_samples_that_sign_in() {
    let workspace = Workspace::new();
    let folder = workspace.path("samples").display().to_string();
    let mut child = workspace
        .latchwork(&["sandbox", "--port", "0", "--samples", &folder])
        .into_command()
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let run = |sample: &str, step: &str, arguments: &[&str]| {
        let sample = format!("{folder}/{sample}.connector.json");
        let password = format!("{step}.password=practice");
        let mut all = vec![arguments[0], &sample];
        all.extend(&arguments[1..]);
        all.extend(["--json", "--input", &password]);
        workspace.run(&all)
    };
    let mail = "credentials.username=demo@latchwork.example";
    let tests = [
        run("harbour-form", "signin", &["test"]),
        run("harbour-basic", "credentials", &["test", "--input", mail]),
    ];
    let calls = [
        run(
            "harbour-form",
            "signin",
            &["call", "get_contact", "--param", "id=1001"],
        ),
        run(
            "harbour-basic",
            "credentials",
            &["call", "echo", "--param", "text=Hello", "--input", mail],
        ),
    ];
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("http://127.0.0.1:"), "{line}");
    for done in tests {
        let done = done.ends(0);
        let last: Value = done.json_lines().pop().unwrap();
        assert_eq!(last["ok"], true);
        // Whatever the provider hands out is named so that it is masked.
        for token in ["hbr_", "hbrr_"] {
            assert!(!done.text().contains(token), "{}", done.text());
        }
    }
    for done in calls {
        assert_eq!(done.ends(0).json()["auth"], "ran");
    }
}

#[test]
fn processes_side_by_side_share_a_new_data_folder() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let children: Vec<_> = (0..6)
        .map(|number| {
            let account = format!("account{number}");
            workspace
                .latchwork(&with_answers(&["login", &file, "--account", &account]))
                .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
                .into_command()
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{words}");
    }
    let accounts = workspace
        .run_kept(&["accounts", &file, "--json"])
        .ends(0)
        .json();
    assert_eq!(accounts.as_array().unwrap().len(), 6, "{accounts}");
    for number in 0..6 {
        let account = format!("account{number}");
        let answer = workspace
            .run_kept(&["call", &file, "bytes", "--json", "--account", &account])
            .ends(0)
            .json();
        assert_eq!(answer["auth"], "cached");
    }
}

#[test]
fn results_are_alone_on_standard_output() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    // Every failure is words on standard error, and nothing on standard output unless JSON is asked for.
    for (arguments, code) in [
        (vec!["call", &file, "bytes"], 3),
        (vec!["call", &file, "nothing"], 2),
        (vec!["login", &file], 3),
        (vec!["export", "nobody"], 2),
        (vec!["logout", "nobody"], 2),
        (vec!["accounts", "nobody"], 2),
    ] {
        let quiet = [&arguments[..], &["--quiet"]].concat();
        for arguments in [arguments, quiet] {
            let done = workspace.run(&arguments).ends(code);
            assert_eq!(done.text(), "", "{arguments:?}");
            assert!(done.stderr.contains("error["), "{}", done.stderr);
        }
    }
    for arguments in [
        with_answers(&["login", &file, "--quiet"]),
        with_answers(&["login", &file, "-v"]),
    ] {
        assert_eq!(workspace.run(&arguments).ends(0).text(), "");
    }
}

#[test]
fn an_event_stream_that_nobody_reads_to_the_end_is_no_fault() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    for command in [
        with_answers(&["test", &file, "--json"]),
        with_answers(&["call", &file, "bytes", "--include"]),
    ] {
        let mut child = workspace
            .latchwork(&command)
            .into_command()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!words.contains("panicked"), "{words}");
        assert_eq!(output.status.code(), Some(0), "{words}");
    }
}
