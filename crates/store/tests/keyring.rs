//! The vault against a real Secret Service: gnome-keyring-daemon on a bus of its own, with a home of its own.
//!
//! Each test starts this binary again under `dbus-run-session`; the child then is the program under test. Where
//! gnome-keyring or dbus is not installed, the tests say so and pass: other systems have other keyrings.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use latchwork_store::{
    KeptBy, KeySource, Keyring, Store, StoreError, StoreLocation, Vault, VaultError,
};

const DATA_DIR: &str = "LATCHWORK_TEST_DATA_DIR";

/// Runs a scene in a child on its own bus. `keyring` is the shell command that brings up the keyring.
fn on_own_bus(home: &Path, scene: &str, keyring: &str) {
    let installed = |name: &str| {
        Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok()
    };
    if !installed("dbus-run-session") || !installed("gnome-keyring-daemon") {
        let mut out = std::io::stderr();
        writeln!(
            out,
            "not run: dbus-run-session or gnome-keyring-daemon is not installed"
        )
        .unwrap();
        return;
    }
    // No service directory: nothing is started on demand, and no prompter can wait for a screen.
    let config = home.join("bus.conf");
    std::fs::write(
        &config,
        format!(
            "<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir={}</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
             <allow own=\"*\"/></policy></busconfig>",
            home.display()
        ),
    )
    .unwrap();
    let this = std::env::current_exe().unwrap();
    let script = format!("{keyring}\nexec \"$0\" --exact {scene} --nocapture");
    let output = Command::new("dbus-run-session")
        .arg("--config-file")
        .arg(&config)
        .args(["--", "sh", "-c", &script])
        .arg(this)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_RUNTIME_DIR", home)
        .env(DATA_DIR, home.join("data"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Where this process is a child: the store it is to use.
async fn child() -> Option<Store> {
    let data_dir = std::env::var_os(DATA_DIR)?;
    Some(Store::open(StoreLocation::new(data_dir)).await.unwrap())
}

async fn fault(store: &Store) -> VaultError {
    match Vault::open(store, KeySource::Keyring(Keyring::system())).await {
        Err(StoreError::Vault(error)) => error,
        Err(other) => panic!("another kind of error: {other}"),
        Ok(_) => panic!("it opened"),
    }
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

const UNLOCKED: &str =
    "printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
/// Its collection is there from before, and nobody gives the password.
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null";
const NONE: &str = ":";

#[tokio::test]
async fn z33_the_real_keyring_keeps_the_key_across_processes() {
    if let Some(store) = child().await {
        let vault = Vault::open(&store, KeySource::Keyring(Keyring::system()))
            .await
            .unwrap();
        assert_eq!(vault.kept_by(), KeptBy::Keyring);
        let secrets = store.secret_variables();
        match secrets.get("1", "key", "f", &vault).await.unwrap() {
            None => secrets.set("1", "key", "f", "kept", &vault).await.unwrap(),
            Some(kept) => {
                assert_eq!(kept.as_str(), "kept");
                store.settings().set("second run", "yes").await.unwrap();
            }
        }
        store.close().await;
        return;
    }
    let home = home();
    let scene = "z33_the_real_keyring_keeps_the_key_across_processes";
    on_own_bus(home.path(), scene, UNLOCKED);
    on_own_bus(home.path(), scene, UNLOCKED);
    if home.path().join("data").exists() {
        let store = Store::open(StoreLocation::new(home.path().join("data")))
            .await
            .unwrap();
        assert_eq!(
            store.settings().get("second run").await.unwrap().as_deref(),
            Some("yes")
        );
    }
}

#[tokio::test]
async fn f40_the_real_keyring_locked_is_said_and_makes_no_new_key() {
    if let Some(store) = child().await {
        if store.settings().get("first run").await.unwrap().is_none() {
            let vault = Vault::open(&store, KeySource::Keyring(Keyring::system()))
                .await
                .unwrap();
            store
                .secret_variables()
                .set("1", "key", "f", "kept", &vault)
                .await
                .unwrap();
            store.settings().set("first run", "yes").await.unwrap();
        } else {
            let error = fault(&store).await;
            assert_eq!(error.code(), "vault.locked", "{error:?}");
            assert!(error.hint().unwrap().contains("Unlock the keyring"));
            store.settings().set("was locked", "yes").await.unwrap();
        }
        store.close().await;
        return;
    }
    let home = home();
    let scene = "f40_the_real_keyring_locked_is_said_and_makes_no_new_key";
    on_own_bus(home.path(), scene, UNLOCKED);
    on_own_bus(home.path(), scene, LOCKED);
    if home.path().join("data").exists() {
        let store = Store::open(StoreLocation::new(home.path().join("data")))
            .await
            .unwrap();
        assert_eq!(
            store.settings().get("was locked").await.unwrap().as_deref(),
            Some("yes")
        );
    }
}

#[tokio::test]
async fn f40_the_real_keyring_emptied_says_that_the_key_is_gone() {
    if let Some(store) = child().await {
        if store.settings().get("first run").await.unwrap().is_none() {
            let vault = Vault::open(&store, KeySource::Keyring(Keyring::system()))
                .await
                .unwrap();
            store
                .secret_variables()
                .set("1", "key", "f", "kept", &vault)
                .await
                .unwrap();
            store.settings().set("first run", "yes").await.unwrap();
        } else {
            assert_eq!(fault(&store).await.code(), "vault.key_gone");
        }
        store.close().await;
        return;
    }
    let home = home();
    let scene = "f40_the_real_keyring_emptied_says_that_the_key_is_gone";
    on_own_bus(home.path(), scene, UNLOCKED);
    std::fs::remove_dir_all(home.path().join("share")).ok();
    on_own_bus(home.path(), scene, UNLOCKED);
}

#[tokio::test]
async fn f40_a_bus_without_a_keyring_says_that_there_is_none() {
    if let Some(store) = child().await {
        let error = fault(&store).await;
        assert!(matches!(error, VaultError::Missing(_)), "{error:?}");
        assert_eq!(error.code(), "vault.unavailable");
        store.close().await;
        return;
    }
    let home = home();
    on_own_bus(
        home.path(),
        "f40_a_bus_without_a_keyring_says_that_there_is_none",
        NONE,
    );
}

#[tokio::test]
async fn f40_a_keyring_that_starts_later_is_found_by_the_same_process() {
    if let Some(store) = child().await {
        let error = fault(&store).await;
        assert!(matches!(error, VaultError::Missing(_)), "{error:?}");
        // The same process, once the keyring is there: what `vault_retry` does.
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        daemon.stdin.take().unwrap().write_all(b"password").unwrap();
        daemon.wait().unwrap();
        let keyring = Keyring::system().with_patience(Duration::from_secs(20));
        Vault::open(&store, KeySource::Keyring(keyring))
            .await
            .unwrap();
        store.close().await;
        return;
    }
    let home = home();
    on_own_bus(
        home.path(),
        "f40_a_keyring_that_starts_later_is_found_by_the_same_process",
        NONE,
    );
}
