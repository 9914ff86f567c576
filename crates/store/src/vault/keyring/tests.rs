use std::sync::mpsc::channel;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::fixture::{FakeKeeper, locked};
use crate::vault::VaultError;

#[tokio::test]
async fn a_keyring_keeps_gives_and_forgets() {
    let keyring = FakeKeeper::default().keyring();
    assert!(keyring.get("a").await.unwrap().is_none());
    keyring
        .set("a", Zeroizing::new("secret".into()))
        .await
        .unwrap();
    assert_eq!(keyring.get("a").await.unwrap().unwrap().as_str(), "secret");
    keyring.remove("a").await.unwrap();
    keyring.remove("a").await.unwrap();
    assert!(keyring.get("a").await.unwrap().is_none());
}

#[tokio::test]
async fn f40_a_stuck_keyring_is_slow_and_nothing_is_done_behind_the_caller() {
    let keeper = FakeKeeper::default();
    let (release, stuck) = channel();
    keeper.keeping().stuck = Some(stuck);
    let keyring = keeper.keyring();
    let hasty = keyring.clone().with_patience(Duration::from_millis(20));
    let error = hasty.get("a").await.unwrap_err();
    assert!(matches!(error, VaultError::Slow { waited } if waited == Duration::from_millis(20)));
    assert_eq!((error.code(), error.is_retryable()), ("vault.slow", true));
    let given_up = hasty.set("a", Zeroizing::new("late".into())).await;
    assert!(matches!(given_up, Err(VaultError::Slow { .. })));
    drop(release);
    // The thread is free again; what was given up while it was stuck is not done.
    assert!(keyring.get("a").await.unwrap().is_none());
    assert_eq!(keeper.keeping().written, 0);
}

#[tokio::test]
async fn the_keyrings_own_fault_is_the_source() {
    let keeper = FakeKeeper::default();
    keeper.keeping().fault = Some(locked);
    let error = keeper.keyring().get("a").await.unwrap_err();
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "locked: on demand"
    );
}
