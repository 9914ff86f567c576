use std::sync::Arc;

use crate::fixture::{
    Folder, NOW, WORK, fill_disk, new_outputs, session, session_text, sign_in, vault,
};
use crate::{Basis, CachedOutputs, Cleared, HeldOutputs, Scope, Store, Stored, Vault};

/// More than a full database has room for.
fn large(text: &str) -> String {
    text.repeat(100_000 / text.len())
}

/// Renews as a caller does: where the disk is full, the outputs are held.
async fn renew(store: &Store, vault: &Vault, base: &CachedOutputs, json: &str) -> Stored {
    let (outputs, new) = (store.outputs(), new_outputs(json));
    match outputs.write_renewed("1", WORK, new, base, vault).await {
        Err(error) if error.code() == "store.disk_full" => {
            let basis = Basis::Renewal(base);
            let held = outputs.hold_in_memory("1", WORK, new, basis, vault).await;
            held.unwrap()
        }
        other => other.unwrap(),
    }
}

async fn signed_in() -> (Folder, Store, Vault, Arc<CachedOutputs>) {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let base = sign_in(&store, &vault, WORK, "old").await;
    (folder, store, vault, base)
}

fn held_since_now() -> [HeldOutputs; 1] {
    [HeldOutputs {
        connector_id: "1".to_owned(),
        account: Some("work".to_owned()),
        since: NOW,
    }]
}

#[tokio::test]
async fn f35_what_a_full_disk_would_not_take_is_used_from_memory_said_and_tried_again() {
    let (folder, store, vault, base) = signed_in().await;
    let theirs = folder.open().await;
    let their_vault = crate::fixture::vault(&theirs).await;
    let new = large("new ");
    fill_disk(&store, true).await;
    assert_eq!(renew(&store, &vault, &base, &new).await, Stored::Yes);
    for _ in 0..3 {
        assert_eq!(
            session_text(&store, &vault, WORK).await.as_ref(),
            Some(&new)
        );
    }
    assert_eq!(store.outputs().held(&vault), held_since_now());
    let status = store.outputs().status("1", &vault).await.unwrap();
    assert_eq!((status.len(), status[0].held), (1, true));
    assert_eq!(
        session_text(&theirs, &their_vault, WORK).await.as_deref(),
        Some("old")
    );

    let error = store.outputs().retry_held(&vault).await.unwrap_err();
    assert_eq!(error.code(), "store.disk_full");
    assert_eq!(store.outputs().held(&vault), held_since_now());
    assert_eq!(
        session_text(&store, &vault, WORK).await.as_ref(),
        Some(&new)
    );

    fill_disk(&store, false).await;
    assert_eq!(store.outputs().retry_held(&vault).await.unwrap(), 1);
    assert_eq!(store.outputs().held(&vault), []);
    assert!(!store.outputs().status("1", &vault).await.unwrap()[0].held);
    for (store, vault) in [(&store, &vault), (&theirs, &their_vault)] {
        assert_eq!(session_text(store, vault, WORK).await.as_ref(), Some(&new));
    }
    assert_eq!(store.outputs().retry_held(&vault).await.unwrap(), 0);
}

#[tokio::test]
async fn f35_a_sign_in_is_held_too_and_ends_with_a_clear() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let generation = store.outputs().generation("1").await.unwrap();
    let hold = async || {
        let (new, basis) = (new_outputs("held"), Basis::SignIn(generation));
        let outputs = store.outputs();
        let held = outputs.hold_in_memory("1", WORK, new, basis, &vault).await;
        held.unwrap()
    };
    assert_eq!(hold().await, Stored::Yes);
    assert_eq!(
        session_text(&store, &vault, WORK).await.as_deref(),
        Some("held")
    );
    store
        .outputs()
        .clear("1", Cleared::Account("work"))
        .await
        .unwrap();
    assert!(session(&store, &vault, WORK).await.is_none());
    assert_eq!(hold().await, Stored::ClearedMeanwhile);
    assert!(session(&store, &vault, WORK).await.is_none());
    assert_eq!(store.outputs().held(&vault), []);
}

#[tokio::test]
async fn f16_a_clear_anywhere_ends_what_is_held() {
    for read_first in [true, false] {
        let (folder, store, vault, base) = signed_in().await;
        fill_disk(&store, true).await;
        renew(&store, &vault, &base, &large("new ")).await;
        fill_disk(&store, false).await;
        let theirs = folder.open().await;
        theirs
            .outputs()
            .clear("1", Cleared::Accounts)
            .await
            .unwrap();
        if read_first {
            assert!(session(&store, &vault, WORK).await.is_none());
            assert_eq!(store.outputs().held(&vault), []);
        }
        assert_eq!(store.outputs().retry_held(&vault).await.unwrap(), 0);
        assert_eq!(store.outputs().held(&vault), []);
        assert!(session(&store, &vault, WORK).await.is_none());
        assert!(
            store
                .outputs()
                .status("1", &vault)
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn a_sign_in_anywhere_takes_the_place_of_what_is_held() {
    for elsewhere in [true, false] {
        let (folder, store, vault, base) = signed_in().await;
        fill_disk(&store, true).await;
        renew(&store, &vault, &base, &large("new ")).await;
        fill_disk(&store, false).await;
        if elsewhere {
            let theirs = folder.open().await;
            let their_vault = crate::fixture::vault(&theirs).await;
            sign_in(&theirs, &their_vault, WORK, "anew").await;
        } else {
            sign_in(&store, &vault, WORK, "anew").await;
        }
        assert_eq!(store.outputs().retry_held(&vault).await.unwrap(), 0);
        assert_eq!(
            session_text(&store, &vault, WORK).await.as_deref(),
            Some("anew")
        );
        assert_eq!(store.outputs().held(&vault), []);
    }
}

#[tokio::test]
async fn what_is_held_is_renewed_as_if_it_were_stored() {
    // The disk is still full at the second renewal; or what is held was stored meanwhile; or there is room again.
    for (full, retried) in [(true, false), (false, true), (false, false)] {
        let (_folder, store, vault, base) = signed_in().await;
        fill_disk(&store, true).await;
        renew(&store, &vault, &base, &large("first ")).await;
        let held = session(&store, &vault, WORK).await.unwrap();
        fill_disk(&store, full).await;
        if retried {
            assert_eq!(store.outputs().retry_held(&vault).await.unwrap(), 1);
        }
        let second = large("second ");
        assert_eq!(renew(&store, &vault, &held, &second).await, Stored::Yes);
        assert_eq!(store.outputs().held(&vault).len(), usize::from(full));
        assert_eq!(
            renew(&store, &vault, &base, "of the oldest").await,
            Stored::ReplacedMeanwhile
        );
        fill_disk(&store, false).await;
        let stored = store.outputs().retry_held(&vault).await.unwrap();
        assert_eq!(stored, u64::from(full));
        assert_eq!(
            session_text(&store, &vault, WORK).await.as_ref(),
            Some(&second)
        );
    }
}

#[tokio::test]
async fn other_sessions_and_new_keys_leave_what_is_held_alone() {
    let (_folder, store, vault, base) = signed_in().await;
    let new = large("new ");
    fill_disk(&store, true).await;
    renew(&store, &vault, &base, &new).await;
    fill_disk(&store, false).await;
    sign_in(&store, &vault, Scope::Shared, "shared").await;
    store
        .outputs()
        .clear("1", Cleared::Account("home"))
        .await
        .unwrap();
    vault.rotate(&store).await.unwrap();
    assert_eq!(
        session_text(&store, &vault, WORK).await.as_ref(),
        Some(&new)
    );
    assert_eq!(store.outputs().status("1", &vault).await.unwrap().len(), 2);
    assert_eq!(store.outputs().retry_held(&vault).await.unwrap(), 1);
    assert_eq!(
        session_text(&store, &vault, WORK).await.as_ref(),
        Some(&new)
    );
}

#[tokio::test]
async fn z32_what_is_held_is_bound_to_its_fingerprint() {
    let (_folder, store, vault, base) = signed_in().await;
    fill_disk(&store, true).await;
    renew(&store, &vault, &base, &large("new ")).await;
    let other = store.outputs().read("1", WORK, "other", &vault).await;
    assert!(other.unwrap().is_none());
    assert!(session(&store, &vault, WORK).await.is_some());
}

#[tokio::test]
async fn z29_what_is_held_is_in_no_file() {
    let (folder, store, vault, base) = signed_in().await;
    fill_disk(&store, true).await;
    renew(&store, &vault, &base, &large("canary ")).await;
    for name in folder.names("latchwork") {
        let bytes = std::fs::read(folder.location().data_dir().join(&name)).unwrap();
        let found = bytes.windows(6).any(|window| window == b"canary");
        assert!(!found, "{name}");
    }
}

/// Between the commit of a retry and its letting go, what is held and what is stored are the same.
#[tokio::test]
async fn a_renewal_of_what_is_being_stored_at_this_moment_is_kept() {
    let (_folder, store, vault, base) = signed_in().await;
    fill_disk(&store, true).await;
    renew(&store, &vault, &base, &large("first ")).await;
    fill_disk(&store, false).await;
    let held = vault.held().get("1", "account:work").unwrap();
    assert_eq!(store.outputs().retry_held(&vault).await.unwrap(), 1);
    vault.held().put(held.clone());
    let renewed = renew(&store, &vault, &held.outputs, "second").await;
    assert_eq!(renewed, Stored::Yes);
    assert_eq!(
        session_text(&store, &vault, WORK).await.as_deref(),
        Some("second")
    );
    assert_eq!(store.outputs().held(&vault), []);
}
