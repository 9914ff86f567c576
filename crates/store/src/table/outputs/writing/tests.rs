use crate::fixture::{Folder, WORK, new_outputs, rows, session, session_text, sign_in, vault};
use crate::{CachedOutputs, Cleared, KeySource, Scope, Store, Stored, Vault};

const HOME: Scope<'static> = Scope::Account("home");

async fn renew(store: &Store, vault: &Vault, base: &CachedOutputs, json: &str) -> Stored {
    let outputs = store.outputs();
    let new = new_outputs(json);
    let renewed = outputs.write_renewed("1", WORK, new, base, vault).await;
    renewed.unwrap()
}

/// A vault that is kept, and one that ends with the process: what holds for one holds for the other.
async fn vaults(store: &Store) -> [Vault; 2] {
    let session = Vault::open(store, KeySource::Session).await.unwrap();
    [vault(store).await, session]
}

#[tokio::test]
async fn f3_new_outputs_and_the_end_of_the_attempt_are_one() {
    let folder = Folder::new();
    let store = folder.open().await;
    for vault in vaults(&store).await {
        let base = sign_in(&store, &vault, WORK, "old").await;
        let attempts = store.refresh_attempts();
        let attempt = attempts.record("1", WORK, &base, &vault).await;
        assert!(attempt.unwrap().is_some());
        assert_eq!(
            attempts.find("1", WORK).await.unwrap().is_some(),
            !vault.is_session_only()
        );
        assert_eq!(renew(&store, &vault, &base, "new").await, Stored::Yes);
        assert_eq!(attempts.find("1", WORK).await.unwrap(), None);
        assert_eq!(
            session_text(&store, &vault, WORK).await.as_deref(),
            Some("new")
        );
    }
}

#[tokio::test]
async fn f16_what_a_renewal_brings_after_a_clear_is_not_kept() {
    let folder = Folder::new();
    let (store, theirs) = (folder.open().await, folder.open().await);
    for vault in vaults(&store).await {
        for what in [
            Cleared::Account("work"),
            Cleared::Accounts,
            Cleared::Everything,
        ] {
            let base = sign_in(&store, &vault, WORK, "old").await;
            let (attempts, marks) = (store.refresh_attempts(), store.needs_you());
            attempts.record("1", WORK, &base, &vault).await.unwrap();
            theirs.outputs().clear("1", what).await.unwrap();
            // As the next read would notice.
            assert!(session(&store, &vault, WORK).await.is_none());
            assert_eq!(
                renew(&store, &vault, &base, "late").await,
                Stored::ClearedMeanwhile
            );
            let again = attempts.record("1", WORK, &base, &vault).await;
            assert_eq!(again.unwrap(), None);
            let marked = marks.set("1", WORK, &base, "c", "words", &vault).await;
            assert_eq!(marked.unwrap(), Stored::ClearedMeanwhile);
            assert!(session(&store, &vault, WORK).await.is_none());
            for table in ["outputs", "refresh_attempts", "needs_you"] {
                assert_eq!(rows(&store, table).await, 0, "{table} {what:?}");
            }
        }
    }
}

#[tokio::test]
async fn f16_a_clear_that_no_read_noticed_yet_wins_all_the_same() {
    let folder = Folder::new();
    let store = folder.open().await;
    for vault in vaults(&store).await {
        let base = sign_in(&store, &vault, WORK, "old").await;
        store
            .outputs()
            .clear("1", Cleared::Everything)
            .await
            .unwrap();
        assert_eq!(
            renew(&store, &vault, &base, "late").await,
            Stored::ClearedMeanwhile
        );
        assert!(session(&store, &vault, WORK).await.is_none());
    }
}

#[tokio::test]
async fn a_sign_in_during_a_renewal_wins() {
    let folder = Folder::new();
    let store = folder.open().await;
    for vault in vaults(&store).await {
        let base = sign_in(&store, &vault, WORK, "old").await;
        sign_in(&store, &vault, WORK, "signed in anew").await;
        assert_eq!(
            renew(&store, &vault, &base, "of the old").await,
            Stored::ReplacedMeanwhile
        );
        let attempt = store
            .refresh_attempts()
            .record("1", WORK, &base, &vault)
            .await;
        assert_eq!(attempt.unwrap(), None);
        assert_eq!(
            session_text(&store, &vault, WORK).await.as_deref(),
            Some("signed in anew")
        );
    }
}

#[tokio::test]
async fn f6_of_two_renewals_of_the_same_the_first_stays() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let (our_vault, their_vault) = (vault(&ours).await, vault(&theirs).await);
    let our_base = sign_in(&ours, &our_vault, WORK, "old").await;
    let their_base = session(&theirs, &their_vault, WORK).await.unwrap();
    assert_eq!(
        renew(&theirs, &their_vault, &their_base, "first").await,
        Stored::Yes
    );
    assert_eq!(
        renew(&ours, &our_vault, &our_base, "second").await,
        Stored::ReplacedMeanwhile
    );
    let now = session(&ours, &our_vault, WORK).await.unwrap();
    assert_eq!(now.json(), b"first");
    assert_eq!(renew(&ours, &our_vault, &now, "third").await, Stored::Yes);
}

#[tokio::test]
async fn clearing_one_account_costs_no_other_its_session() {
    let folder = Folder::new();
    let store = folder.open().await;
    for vault in vaults(&store).await {
        let base = sign_in(&store, &vault, WORK, "old").await;
        sign_in(&store, &vault, HOME, "home").await;
        let began = store.outputs().generation("1").await.unwrap();
        for what in [Cleared::Account("home"), Cleared::Shared] {
            store.outputs().clear("1", what).await.unwrap();
        }
        assert!(session(&store, &vault, HOME).await.is_none());
        assert!(session(&store, &vault, WORK).await.is_some());
        assert_eq!(store.outputs().status("1", &vault).await.unwrap().len(), 1);
        assert_eq!(renew(&store, &vault, &base, "renewed").await, Stored::Yes);

        // Sign-ins that began before: those to what was cleared are too late, another is not.
        for (scope, expected) in [
            (WORK, Stored::Yes),
            (Scope::Account("third"), Stored::Yes),
            (HOME, Stored::ClearedMeanwhile),
            (Scope::Shared, Stored::ClearedMeanwhile),
        ] {
            let late = new_outputs("late");
            let stored = store
                .outputs()
                .write("1", scope, late, began, &vault)
                .await
                .unwrap();
            assert_eq!(stored, expected, "{scope:?}");
        }
        store
            .outputs()
            .clear("1", Cleared::Everything)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_was_cleared_when_takes_a_row_for_each_account_at_most() {
    let folder = Folder::new();
    let store = folder.open().await;
    for round in 0..3 {
        for account in ["work", "home"] {
            let what = Cleared::Account(account);
            store.outputs().clear("1", what).await.unwrap();
        }
        assert_eq!(rows(&store, "output_clears").await, 2, "round {round}");
    }
    store.outputs().clear("1", Cleared::Shared).await.unwrap();
    assert_eq!(rows(&store, "output_clears").await, 3);
    store.outputs().clear("1", Cleared::Accounts).await.unwrap();
    assert_eq!(rows(&store, "output_clears").await, 2);
    let last = store.outputs().generation("1").await.unwrap();
    let early = new_outputs("early");
    let vault = vault(&store).await;
    let stored = store
        .outputs()
        .write("1", WORK, early, last - 1, &vault)
        .await;
    assert_eq!(stored.unwrap(), Stored::ClearedMeanwhile);
}

#[tokio::test]
async fn sealing_rows_anew_takes_no_renewal_its_place() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let base = sign_in(&store, &vault, WORK, "old").await;
    assert_eq!(vault.rotate(&store).await.unwrap().resealed, 1);
    assert_eq!(renew(&store, &vault, &base, "new").await, Stored::Yes);
}

#[tokio::test]
async fn a_vault_given_up_during_a_renewal_keeps_nothing() {
    let folder = Folder::new();
    let store = folder.open().await;
    let old = vault(&store).await;
    let base = sign_in(&store, &old, WORK, "old").await;
    store
        .refresh_attempts()
        .record("1", WORK, &base, &old)
        .await
        .unwrap();
    Vault::give_up(&store).await.unwrap();
    let new = vault(&store).await;
    assert_eq!(
        renew(&store, &new, &base, "late").await,
        Stored::ClearedMeanwhile
    );
    assert_eq!(rows(&store, "refresh_attempts").await, 0);
}

/// The level that the writing connection is at after each: FULL is 2, NORMAL is 1.
#[tokio::test]
async fn f4_tokens_and_attempts_are_written_with_full_durability() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let base = sign_in(&store, &vault, WORK, "old").await;
    let level = async |relax: bool| {
        if relax {
            store.settings().set("key", "value").await.unwrap();
        }
        let level: i64 = sqlx::query_scalar("PRAGMA synchronous")
            .fetch_one(store.writer())
            .await
            .unwrap();
        level
    };
    assert_eq!(level(true).await, 1);
    store
        .refresh_attempts()
        .record("1", WORK, &base, &vault)
        .await
        .unwrap();
    assert_eq!(level(false).await, 2);
    assert_eq!(level(true).await, 1);
    assert_eq!(renew(&store, &vault, &base, "new").await, Stored::Yes);
    assert_eq!(level(false).await, 2);
    assert_eq!(level(true).await, 1);
    sign_in(&store, &vault, WORK, "anew").await;
    assert_eq!(level(false).await, 2);
}

#[tokio::test]
async fn what_is_stored_changes_the_stamp_in_both_places_and_what_comes_too_late_in_none() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let stamps = async || {
        let stamp: Vec<u8> = sqlx::query_scalar("SELECT stamp FROM output_stamp")
            .fetch_one(store.readers())
            .await
            .unwrap();
        (stamp, store.session_stamp().unwrap().to_vec())
    };
    let base = sign_in(&store, &vault, WORK, "old").await;
    let before = stamps().await;
    // One statement tells what is stored and changes the stamp: what it finds ends it, and it is undone.
    sign_in(&store, &vault, WORK, "signed in anew").await;
    let (now, file) = stamps().await;
    assert_eq!(now, file, "other processes' copies count again");
    assert_ne!(before.0, now);
    assert_eq!(
        renew(&store, &vault, &base, "late").await,
        Stored::ReplacedMeanwhile
    );
    assert_eq!(stamps().await, (now, file));
}
