//! Sessions shared by processes: the lease, and renewals of which some are killed.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod process;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use latchwork_store::{CachedOutputs, NewOutputs, Scope, Store, Stored, Vault};

use process::{Process, WAIT, child, open, quick, say, this};

const WORK: Scope<'static> = Scope::Account("work");

fn outputs(json: &str) -> NewOutputs<'_> {
    NewOutputs {
        fingerprint: "f",
        json: json.as_bytes(),
        expires_at: None,
    }
}

async fn sign_in(store: &Store, vault: &Vault, json: &str) {
    let outputs = outputs(json);
    let stored = store.outputs().write("1", WORK, outputs, 0, vault).await;
    assert_eq!(stored.unwrap(), Stored::Yes);
}

async fn session(store: &Store, vault: &Vault) -> Arc<CachedOutputs> {
    let found = store.outputs().read("1", WORK, "f", vault).await;
    found.unwrap().unwrap()
}

fn text(session: &CachedOutputs) -> &str {
    std::str::from_utf8(session.json()).unwrap()
}

/// What a provider counts: one line a token request.
fn ask_provider(data_dir: &Path) {
    let mut requests = std::fs::File::options()
        .append(true)
        .create(true)
        .open(data_dir.join("requests"))
        .unwrap();
    requests.write_all(b"refresh\n").unwrap();
}

#[tokio::test]
async fn f2_of_eight_processes_one_renews_and_the_others_read_what_it_stored() {
    if let Some((data_dir, _)) = child() {
        let store = open(&data_dir).await;
        let vault = Vault::open(&store, quick()).await.unwrap();
        assert_eq!(text(&*session(&store, &vault).await), "expired");
        say("waits");
        let _lease = store.session_leases().acquire("1", WORK).await.unwrap();
        let base = session(&store, &vault).await;
        if text(&base) == "renewed" {
            say("read again");
            return;
        }
        let attempts = store.refresh_attempts();
        let attempt = attempts.record("1", WORK, &base, &vault).await;
        assert_eq!(attempt.unwrap(), Some(1));
        ask_provider(&data_dir);
        let stored = store
            .outputs()
            .write_renewed("1", WORK, outputs("renewed"), &base, &vault)
            .await;
        assert_eq!(stored.unwrap(), Stored::Yes);
        say("renewed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let store = open(&data_dir).await;
    let vault = Vault::open(&store, quick()).await.unwrap();
    sign_in(&store, &vault, "expired").await;
    let lease = store.session_leases().acquire("1", WORK).await.unwrap();
    let test = "f2_of_eight_processes_one_renews_and_the_others_read_what_it_stored";
    let processes: Vec<_> = (0..8)
        .map(|_| Process::start(&this(), test, &data_dir, "renewer", None))
        .collect();
    for process in &processes {
        assert_eq!(process.lines.recv_timeout(WAIT).unwrap(), "waits");
    }
    drop(lease);
    let mut said: Vec<String> = processes.into_iter().flat_map(Process::finish).collect();
    said.sort();
    assert_eq!(said[..7], ["read again"; 7]);
    assert_eq!(said[7..], ["renewed"]);
    let requests = std::fs::read_to_string(data_dir.join("requests")).unwrap();
    assert_eq!(requests, "refresh\n");
    assert_eq!(text(&*session(&store, &vault).await), "renewed");
    let attempt = store.refresh_attempts().find("1", WORK).await.unwrap();
    assert_eq!(attempt, None);
}

#[tokio::test]
async fn f3_a_killed_holder_gives_its_lease_up_within_two_seconds() {
    if let Some((data_dir, _)) = child() {
        let store = open(&data_dir).await;
        let _lease = store.session_leases().acquire("1", WORK).await.unwrap();
        say("holds it");
        std::future::pending::<()>().await;
    }
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let test = "f3_a_killed_holder_gives_its_lease_up_within_two_seconds";
    let process = Process::start(&this(), test, &data_dir, "holder", None);
    assert_eq!(process.lines.recv_timeout(WAIT).unwrap(), "holds it");
    let store = open(&data_dir).await;
    let leases = store.session_leases();
    let mut waiting = Box::pin(leases.acquire("1", WORK));
    let soon = tokio::time::timeout(Duration::from_millis(100), &mut waiting).await;
    assert!(soon.is_err(), "two processes hold the lease");
    let killed_at = Instant::now();
    process.kill();
    drop(waiting.await.unwrap());
    let took = killed_at.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// One renewal after the other: the session's text counts them.
async fn renew_forever(data_dir: &Path) {
    let store = open(data_dir).await;
    let vault = Vault::open(&store, quick()).await.unwrap();
    loop {
        let _lease = store.session_leases().acquire("1", WORK).await.unwrap();
        let base = session(&store, &vault).await;
        let attempts = store.refresh_attempts();
        let attempt = attempts.record("1", WORK, &base, &vault).await;
        assert!(attempt.unwrap().is_some());
        let next = (text(&base).parse::<u64>().unwrap() + 1).to_string();
        let stored = store
            .outputs()
            .write_renewed("1", WORK, outputs(&next), &base, &vault)
            .await;
        assert_eq!(stored.unwrap(), Stored::Yes);
        say(&next);
    }
}

#[tokio::test]
async fn f4_a_renewal_killed_anywhere_leaves_the_old_session_or_the_new_one() {
    if let Some((data_dir, _)) = child() {
        renew_forever(&data_dir).await;
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let store = open(&data_dir).await;
    let vault = Vault::open(&store, quick()).await.unwrap();
    sign_in(&store, &vault, "0").await;
    store.close().await;

    let test = "f4_a_renewal_killed_anywhere_leaves_the_old_session_or_the_new_one";
    let (mut last, mut between) = (0, 0);
    for round in 0..100 {
        let process = Process::start(&this(), test, &data_dir, "renewer", None);
        let mut said = vec![process.lines.recv_timeout(WAIT).unwrap()];
        // At another moment of its round each time.
        let until = Instant::now() + Duration::from_micros(round * 97 % 3_000);
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            said.extend(process.lines.recv_timeout(left));
        }
        said.extend(process.kill());
        let said: u64 = said.last().unwrap().parse().unwrap();
        assert!(said > last, "round {round}");

        let store = open(&data_dir).await;
        assert!(store.recovery().is_none(), "round {round}");
        let vault = Vault::open(&store, quick()).await.unwrap();
        let leases = store.session_leases();
        let lease = tokio::time::timeout(Duration::from_secs(2), leases.acquire("1", WORK)).await;
        let _lease = lease.expect("a dead process holds it").unwrap();
        let session = session(&store, &vault).await;
        last = text(&session).parse().unwrap();
        assert!(
            last == said || last == said + 1,
            "round {round}: stored {last}, said {said}"
        );
        // An attempt is there with the session that it was about to renew, and never with the one that it led to.
        let attempts = store.refresh_attempts();
        if attempts.find("1", WORK).await.unwrap().is_some() {
            assert_eq!(last, said, "round {round}");
            between += 1;
        }
        store.close().await;
    }
    assert!(
        (1..100).contains(&between),
        "{between} of 100 were killed between attempt and answer"
    );
}
