//! Many processes on one data folder, and processes that are killed in the middle of a renewal: F2, F3, F4.

#![allow(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod support;

use std::process::Stdio;
use std::time::{Duration, Instant};

use latchwork_testkit::oidc::{OidcOptions, OidcProvider};
use support::{Done, PASSPHRASE, Workspace, call, login, signed_in};

#[test]
fn f2_eight_processes_that_meet_an_expired_token_make_one_token_request() {
    let (workspace, provider, file) = signed_in(&OidcOptions::default());
    for round in 1..=2 {
        provider.expire_access_tokens();
        let running: Vec<_> = (0..8)
            .map(|_| {
                workspace
                    .latchwork(&["call", &file, "me", "--json"])
                    .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
                    .start()
            })
            .collect();
        for live in running {
            let done = live.end().ends(0).json();
            assert_eq!(done["status"], 200);
        }
        // Reuse of a rotated token would end the grant, and the second round with it.
        assert_eq!(provider.counts().token_requests("refresh_token"), round);
    }
    assert_eq!(provider.counts().token_refusals("refresh_token"), 0);
}

/// Makes a call and kills it after a while; whether it had ended by itself.
fn killed_after(workspace: &Workspace, file: &str, after: Duration) -> bool {
    let mut child = workspace
        .latchwork(&["call", file, "me", "--json"])
        .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
        .into_command()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The moment itself is what is tried here.
    std::thread::sleep(after);
    let had_ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    had_ended
}

/// How long a call with a renewal takes: the moments of the kills are spread over it.
fn time_of_a_renewal(workspace: &Workspace, provider: &OidcProvider, file: &str) -> Duration {
    provider.expire_access_tokens();
    let started = Instant::now();
    assert_eq!(call(workspace, file).ends(0).json()["auth"], "refreshed");
    started.elapsed()
}

#[test]
fn f3_f4_a_killed_renewal_never_loses_a_grant_that_the_provider_still_knows() {
    const ROUNDS: u32 = 100;
    // Whoever was killed before the answer was stored may send the old token once more.
    let (workspace, provider, file) = signed_in(&OidcOptions {
        rotation_grace_seconds: 3_600,
        ..OidcOptions::default()
    });
    let whole = time_of_a_renewal(&workspace, &provider, &file);
    let mut killed = 0;
    for round in 0..ROUNDS {
        provider.expire_access_tokens();
        // Every part of it is met, the end a little more often than the start, where nothing happens yet.
        let after = whole.mul_f64(f64::from(round % 20) / 19.0);
        killed += u32::from(!killed_after(&workspace, &file, after));
        if round % 10 == 9 {
            let before = provider.counts().token_requests("refresh_token");
            let done = call(&workspace, &file).ends(0).json();
            assert_eq!(done["status"], 200, "round {round}");
            let sent = provider.counts().token_requests("refresh_token") - before;
            // One by the call, and one by who was killed: that one may have been on its way still.
            assert!(sent <= 2, "round {round}: {sent} token requests");
        }
    }
    assert!(killed > ROUNDS / 4, "only {killed} were killed in time");
    assert_eq!(provider.counts().token_refusals("refresh_token"), 0);
    assert_eq!(provider.counts().token_requests("authorization_code"), 1);
}

#[test]
fn f3_where_the_provider_has_ended_the_grant_it_is_said_once_and_never_a_loop() {
    const ROUNDS: u32 = 30;
    // Without a grace, the old token ends the grant when its rotation was not stored.
    let (workspace, provider, file) = signed_in(&OidcOptions::default());
    let whole = time_of_a_renewal(&workspace, &provider, &file);
    for round in 0..ROUNDS {
        provider.expire_access_tokens();
        let before = provider.counts().token_requests("refresh_token");
        let after = whole.mul_f64(f64::from(round) / f64::from(ROUNDS - 1));
        killed_after(&workspace, &file, after);
        let done = call(&workspace, &file);
        if done.code == 0 {
            continue;
        }
        // One by the call, which was refused, and one by who was killed: that one may have been on its way still.
        let sent = provider.counts().token_requests("refresh_token") - before;
        assert_eq!(
            done.ends(3).error_code(),
            "session.needs_you",
            "round {round}"
        );
        assert_eq!(
            sent, 2,
            "round {round}: where the provider had not rotated, the grant is lost"
        );
        // It is tried once, and then it is known.
        let before = provider.counts().token_requests("refresh_token");
        call(&workspace, &file).ends(3);
        assert_eq!(provider.counts().token_requests("refresh_token"), before);
        login(&workspace, &file, &[]);
        assert_eq!(call(&workspace, &file).ends(0).json()["status"], 200);
    }
}

/// A call of which no file may grow beyond this many blocks of 512 bytes.
fn call_with_little_room(workspace: &Workspace, file: &str, blocks: u32) -> Done {
    let program = env!("CARGO_BIN_EXE_latchwork");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let command = workspace
        .latchwork(&["call", file, "me", "--json"])
        .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
        .into_command();
    let mut shell = std::process::Command::new("/bin/sh");
    shell
        .args(["-c", &script, program])
        .args(command.get_args());
    shell.env_clear();
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    Done::of(shell.output().unwrap())
}

#[test]
fn f35_a_disk_that_fills_up_costs_nobody_what_was_sent_for() {
    let (workspace, provider, file) = signed_in(&OidcOptions {
        rotation_grace_seconds: 3_600,
        ..OidcOptions::default()
    });
    let (mut refused, mut in_memory) = (0, 0);
    for blocks in (8..=160).step_by(8) {
        provider.expire_access_tokens();
        let before = provider.counts().token_requests("refresh_token");
        let done = call_with_little_room(&workspace, &file, blocks);
        let sent = provider.counts().token_requests("refresh_token") - before;
        if sent == 0 {
            // Nothing could be noted of it, so nothing was asked for.
            assert_eq!(done.code, 4, "{blocks}: {}", done.stderr);
            refused += 1;
            continue;
        }
        in_memory += u32::from(done.stderr.contains("in memory only"));
        assert_eq!(done.ends(0).json()["auth"], "refreshed", "{blocks}");
    }
    assert!(refused > 0, "the smallest disk took everything");
    assert!(
        in_memory > 0,
        "no disk was full between the attempt and the tokens"
    );
    assert_eq!(call(&workspace, &file).ends(0).json()["status"], 200);
}
