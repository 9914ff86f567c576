use std::collections::HashSet;
use std::sync::mpsc::channel;
use std::time::Duration;

use secrecy::SecretString;

use super::{KeptBy, Place, Rotation, Vault, VaultError};
use crate::fixture::{FakeKeeper, Folder, failed, locked, missing, quick, refused};
use crate::vault::rotation::Table;
use crate::{Cleared, KeySource, NewOutputs, Scope, Store, StoreError};

async fn keep(store: &Store, vault: &Vault, name: &str) {
    store
        .secret_variables()
        .set("1", name, "f", &format!("value of {name}"), vault)
        .await
        .unwrap();
    let json = format!("outputs of {name}");
    let outputs = NewOutputs {
        fingerprint: "f",
        json: json.as_bytes(),
        expires_at: None,
    };
    let generation = store.outputs().generation("1").await.unwrap();
    store
        .outputs()
        .write("1", Scope::Account(name), outputs, generation, vault)
        .await
        .unwrap();
}

async fn kept(store: &Store, vault: &Vault, name: &str) {
    let secret = store
        .secret_variables()
        .get("1", name, "f", vault)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(secret.as_str(), format!("value of {name}"));
    let outputs = store
        .outputs()
        .read("1", Scope::Account(name), "f", vault)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(outputs.json(), format!("outputs of {name}").as_bytes());
}

async fn fault(store: &Store, source: KeySource) -> VaultError {
    match Vault::open(store, source).await {
        Err(StoreError::Vault(error)) => error,
        Err(other) => panic!("another kind of error: {other}"),
        Ok(_) => panic!("it opened"),
    }
}

async fn dump(folder: &Folder) -> Vec<(String, Option<Vec<u8>>)> {
    let mut outsider = folder.outsider().await;
    sqlx::query_as(
        "SELECT vault_id, check_record FROM vault UNION ALL SELECT kept_by, wrapped FROM vault_keepers
         UNION ALL SELECT 'key ' || key_id, wrapped FROM vault_keys UNION ALL SELECT name, ciphertext FROM secret_variables
         UNION ALL SELECT scope, ciphertext FROM outputs",
    )
    .fetch_all(&mut outsider)
    .await
    .unwrap()
}

#[tokio::test]
async fn z33_the_keyring_keeps_the_master_key_and_opens_the_vault_again() {
    let folder = Folder::new();
    let keeper = FakeKeeper::default();
    let store = folder.open().await;
    let vault = Vault::open(&store, keeper.source()).await.unwrap();
    assert_eq!(vault.kept_by(), KeptBy::Keyring);
    keep(&store, &vault, "a").await;
    drop(vault);
    let again = Vault::open(&store, keeper.source()).await.unwrap();
    kept(&store, &again, "a").await;
    assert_eq!(keeper.keeping().written, 1);
    let text = keeper.keeping().entries.values().next().unwrap().clone();
    assert_eq!(text.len(), 44, "256 bits in base64");
}

#[tokio::test]
async fn z33_a_passphrase_opens_the_vault_and_the_keyring_is_not_asked() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = Vault::open(&store, quick("first")).await.unwrap();
    assert_eq!(vault.kept_by(), KeptBy::Passphrase);
    keep(&store, &vault, "a").await;
    kept(
        &store,
        &Vault::open(&store, quick("first")).await.unwrap(),
        "a",
    )
    .await;
    let wrong = fault(&store, quick("second")).await;
    assert!(matches!(
        wrong,
        VaultError::KeyWrong {
            kept_by: KeptBy::Passphrase
        }
    ));
    assert!(matches!(
        fault(&store, quick("")).await,
        VaultError::PassphraseEmpty
    ));
    let keeper = FakeKeeper::default();
    assert!(matches!(
        fault(&store, keeper.source()).await,
        VaultError::PassphraseNeeded
    ));
    assert_eq!(keeper.keeping().asked, 0);
}

#[tokio::test]
async fn z33_the_default_cost_is_what_owasp_asks_for() {
    let folder = Folder::new();
    let store = folder.open().await;
    Vault::open(&store, KeySource::Passphrase(SecretString::from("x")))
        .await
        .unwrap();
    let cost: (i64, i64, i64) =
        sqlx::query_as("SELECT memory_kib, iterations, lanes FROM vault_keepers")
            .fetch_one(store.readers())
            .await
            .unwrap();
    assert!(
        cost.0 >= 19 * 1024 && cost.1 >= 2 && cost.2 >= 1,
        "{cost:?}"
    );
}

#[tokio::test]
async fn a_vault_may_have_both_keepers() {
    let folder = Folder::new();
    let keeper = FakeKeeper::default();
    let store = folder.open().await;
    let vault = Vault::open(&store, keeper.source()).await.unwrap();
    keep(&store, &vault, "a").await;
    assert!(matches!(
        fault(&store, quick("x")).await,
        VaultError::PassphraseNotSet
    ));
    vault
        .set_passphrase(&store, &SecretString::from("first"))
        .await
        .unwrap();
    vault
        .set_passphrase(&store, &SecretString::from("second"))
        .await
        .unwrap();
    assert!(matches!(
        fault(&store, quick("first")).await,
        VaultError::KeyWrong { .. }
    ));
    let by_passphrase = Vault::open(&store, quick("second")).await.unwrap();
    kept(&store, &by_passphrase, "a").await;
    kept(
        &store,
        &Vault::open(&store, keeper.source()).await.unwrap(),
        "a",
    )
    .await;

    let new_keeper = FakeKeeper::default();
    assert!(matches!(
        fault(&store, new_keeper.source()).await,
        VaultError::KeyGone
    ));
    by_passphrase
        .keep_in_keyring(&store, &new_keeper.keyring())
        .await
        .unwrap();
    kept(
        &store,
        &Vault::open(&store, new_keeper.source()).await.unwrap(),
        "a",
    )
    .await;
}

#[tokio::test]
async fn f40_six_outcomes_each_with_its_own_words() {
    let folder = Folder::new();
    let keeper = FakeKeeper::default();
    let store = folder.open().await;
    keep(
        &store,
        &Vault::open(&store, keeper.source()).await.unwrap(),
        "a",
    )
    .await;

    let mut told = Vec::new();
    for fail in [locked, refused, missing, failed] {
        keeper.keeping().fault = Some(fail);
        told.push(fault(&store, keeper.source()).await);
    }
    keeper.keeping().fault = None;

    let (_release, stuck) = channel();
    keeper.keeping().stuck = Some(stuck);
    let hasty = keeper.keyring().with_patience(Duration::from_millis(20));
    told.push(fault(&store, KeySource::Keyring(hasty)).await);

    let right = keeper.keeping().entries.clone();
    keeper.keeping().entries.clear();
    told.push(fault(&store, keeper.source()).await);
    for other in [
        "bm90IGEga2V5",
        "",
        "\u{0}",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ] {
        let name = right.keys().next().unwrap().clone();
        keeper.keeping().entries.insert(name, other.to_owned());
        told.push(fault(&store, keeper.source()).await);
    }

    let codes: Vec<_> = told.iter().map(VaultError::code).collect();
    let wrong = "vault.key_wrong";
    assert_eq!(
        codes,
        [
            "vault.locked",
            "vault.refused",
            "vault.unavailable",
            "vault.unavailable",
            "vault.slow",
            "vault.key_gone",
            wrong,
            wrong,
            wrong,
            wrong
        ]
    );
    let messages: HashSet<_> = told[..7].iter().map(ToString::to_string).collect();
    let hints: HashSet<_> = told[..5]
        .iter()
        .map(|error| error.hint().unwrap())
        .collect();
    assert_eq!((messages.len(), hints.len()), (7, 5));

    keeper.keeping().entries = right;
    kept(
        &store,
        &Vault::open(&store, keeper.source()).await.unwrap(),
        "a",
    )
    .await;
}

#[tokio::test]
async fn z33_no_fault_of_the_keyring_makes_a_new_key_or_touches_the_data() {
    let folder = Folder::new();
    let keeper = FakeKeeper::default();
    let store = folder.open().await;
    keep(
        &store,
        &Vault::open(&store, keeper.source()).await.unwrap(),
        "a",
    )
    .await;
    let before = dump(&folder).await;
    let written = keeper.keeping().written;
    for fail in [locked, refused, missing, failed] {
        keeper.keeping().fault = Some(fail);
        fault(&store, keeper.source()).await;
    }
    let empty = FakeKeeper::default();
    fault(&store, empty.source()).await;
    fault(&store, quick("x")).await;
    assert_eq!(
        (keeper.keeping().written, empty.keeping().written),
        (written, 0)
    );
    assert_eq!(dump(&folder).await, before);
}

#[tokio::test]
async fn z33_a_locked_keyring_makes_no_first_vault_either() {
    let folder = Folder::new();
    let keeper = FakeKeeper::default();
    keeper.keeping().fault = Some(locked);
    let store = folder.open().await;
    assert_eq!(fault(&store, keeper.source()).await.code(), "vault.locked");
    assert!(dump(&folder).await.is_empty());
}

#[tokio::test]
async fn a_lost_key_with_nothing_sealed_makes_a_new_vault() {
    let folder = Folder::new();
    let store = folder.open().await;
    Vault::open(&store, FakeKeeper::default().source())
        .await
        .unwrap();
    let keeper = FakeKeeper::default();
    let vault = Vault::open(&store, keeper.source()).await.unwrap();
    keep(&store, &vault, "a").await;
    kept(
        &store,
        &Vault::open(&store, keeper.source()).await.unwrap(),
        "a",
    )
    .await;
}

#[tokio::test]
async fn f38_a_database_copied_without_its_keyring_says_so_and_keeps_everything() {
    let folder = Folder::new();
    let here = FakeKeeper::default();
    let store = folder.open().await;
    keep(
        &store,
        &Vault::open(&store, here.source()).await.unwrap(),
        "a",
    )
    .await;
    store.close().await;

    let machine = Folder::new();
    std::fs::create_dir_all(machine.location().data_dir()).unwrap();
    std::fs::copy(folder.database(), machine.database()).unwrap();
    let there = FakeKeeper::default();
    let copy = machine.open().await;
    let before = dump(&machine).await;
    let error = fault(&copy, there.source()).await;
    assert_eq!(error.code(), "vault.key_gone");
    assert!(
        error
            .to_string()
            .starts_with("The key for this data is not here")
    );
    assert!(error.hint().unwrap().contains("Nothing was changed"));
    assert_eq!(there.keeping().written, 0);
    assert_eq!(dump(&machine).await, before);
}

#[tokio::test]
async fn two_data_folders_never_share_or_clobber_a_key() {
    let (one, two) = (Folder::new(), Folder::new());
    let keeper = FakeKeeper::default();
    let (first, second) = (one.open().await, two.open().await);
    keep(
        &first,
        &Vault::open(&first, keeper.source()).await.unwrap(),
        "a",
    )
    .await;
    keep(
        &second,
        &Vault::open(&second, keeper.source()).await.unwrap(),
        "b",
    )
    .await;
    assert_eq!(keeper.keeping().entries.len(), 2);
    kept(
        &first,
        &Vault::open(&first, keeper.source()).await.unwrap(),
        "a",
    )
    .await;
    kept(
        &second,
        &Vault::open(&second, keeper.source()).await.unwrap(),
        "b",
    )
    .await;
}

#[tokio::test]
async fn z38_two_processes_that_make_the_vault_at_once_end_up_with_one() {
    let folder = Folder::new();
    let keeper = FakeKeeper::default();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let (one, two) = tokio::join!(
        Vault::open(&ours, keeper.source()),
        Vault::open(&theirs, keeper.source())
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    keep(&ours, &one, "a").await;
    keep(&theirs, &two, "b").await;
    kept(&ours, &one, "b").await;
    kept(&theirs, &two, "a").await;
    assert_eq!(keeper.keeping().entries.len(), 1);
}

#[tokio::test]
async fn z33_broken_records_are_told_from_a_wrong_key() {
    for (break_it, what) in [
        ("UPDATE vault SET check_record = x'00'", "its key check"),
        (
            "UPDATE vault_keys SET wrapped = zeroblob(90)",
            "the active data key",
        ),
        (
            "UPDATE vault_keepers SET salt = zeroblob(16)",
            "the passphrase's record",
        ),
        (
            "UPDATE vault_keepers SET wrapped = NULL",
            "the passphrase's record",
        ),
        (
            "UPDATE vault_keepers SET memory_kib = 4000000000",
            "the passphrase's record",
        ),
    ] {
        let folder = Folder::new();
        let store = folder.open().await;
        keep(&store, &Vault::open(&store, quick("x")).await.unwrap(), "a").await;
        folder.meddle(break_it).await;
        let error = fault(&store, quick("x")).await;
        assert!(
            matches!(error, VaultError::Broken { what: found } if found == what),
            "{break_it}: {error}"
        );
        assert_eq!(error.code(), "vault.broken");
    }
}

#[tokio::test]
async fn z33_rotation_moves_every_row_and_drops_the_old_key() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = Vault::open(&store, quick("x")).await.unwrap();
    keep(&store, &vault, "a").await;
    keep(&store, &vault, "b").await;
    let before = dump(&folder).await;
    let rotation = vault.rotate(&store).await.unwrap();
    assert_eq!(
        rotation,
        Rotation {
            resealed: 4,
            unreadable: 0
        }
    );
    let after = dump(&folder).await;
    assert!(
        after
            .iter()
            .filter(|(name, _)| name.contains(['a', 'b']) && name.len() < 10)
            .all(|row| !before.contains(row))
    );
    let keys: Vec<i64> = sqlx::query_scalar("SELECT key_id FROM vault_keys")
        .fetch_all(store.readers())
        .await
        .unwrap();
    assert_eq!(keys, [2]);
    for vault in [vault, Vault::open(&store, quick("x")).await.unwrap()] {
        kept(&store, &vault, "a").await;
        kept(&store, &vault, "b").await;
    }
}

#[tokio::test]
async fn z33_rotation_stopped_after_any_step_leaves_all_readable_and_goes_on_later() {
    for batches in 0..6 {
        let folder = Folder::new();
        let store = folder.open().await;
        let vault = Vault::open(&store, quick("x")).await.unwrap();
        for number in 0..100 {
            store
                .secret_variables()
                .set("1", &format!("{number}"), "f", &number.to_string(), &vault)
                .await
                .unwrap();
        }
        keep(&store, &vault, "a").await;
        vault.start_rotation(&store).await.unwrap();
        let steps = [
            (Table::Outputs, i64::MIN),
            (Table::Outputs, 1),
            (Table::SecretVariables, i64::MIN),
            (Table::SecretVariables, 64),
            (Table::SecretVariables, 101),
        ];
        for (table, after) in steps.into_iter().take(batches) {
            vault
                .move_batch(&store, table, after, &mut Rotation::default())
                .await
                .unwrap();
        }
        drop(vault);
        store.close().await;

        let store = folder.open().await;
        let vault = Vault::open(&store, quick("x")).await.unwrap();
        assert!(vault.is_rotation_pending(&store).await.unwrap());
        kept(&store, &vault, "a").await;
        for number in 0..100 {
            let secret = store
                .secret_variables()
                .get("1", &format!("{number}"), "f", &vault)
                .await
                .unwrap();
            assert_eq!(secret.unwrap().as_str(), number.to_string());
        }
        vault.finish_rotation(&store).await.unwrap();
        assert!(!vault.is_rotation_pending(&store).await.unwrap());
        kept(&store, &Vault::open(&store, quick("x")).await.unwrap(), "a").await;
    }
}

#[tokio::test]
async fn z38_a_process_that_opened_before_a_rotation_goes_on() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    let our_vault = Vault::open(&ours, quick("x")).await.unwrap();
    let their_vault = Vault::open(&theirs, quick("x")).await.unwrap();
    keep(&ours, &our_vault, "a").await;
    their_vault.rotate(&theirs).await.unwrap();
    kept(&ours, &our_vault, "a").await;
    their_vault.rotate(&theirs).await.unwrap();
    keep(&ours, &our_vault, "b").await;
    kept(&theirs, &their_vault, "b").await;
    let old: i64 = sqlx::query_scalar("SELECT count(*) FROM outputs WHERE key_id <> 3")
        .fetch_one(ours.readers())
        .await
        .unwrap();
    assert_eq!(old, 0);
}

#[tokio::test]
async fn f41_a_rotation_leaves_an_unreadable_row_and_its_key() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = Vault::open(&store, quick("x")).await.unwrap();
    keep(&store, &vault, "a").await;
    keep(&store, &vault, "b").await;
    folder
        .meddle("UPDATE secret_variables SET ciphertext = zeroblob(80) WHERE name = 'a'")
        .await;
    let rotation = vault.rotate(&store).await.unwrap();
    assert_eq!(
        rotation,
        Rotation {
            resealed: 3,
            unreadable: 1
        }
    );
    kept(&store, &vault, "b").await;
    let error = store
        .secret_variables()
        .get("1", "a", "f", &vault)
        .await
        .unwrap_err();
    assert_eq!(error.code(), "vault.broken");
}

#[tokio::test]
async fn giving_up_clears_what_is_sealed_and_makes_room_for_a_new_vault() {
    let folder = Folder::new();
    let keeper = FakeKeeper::default();
    let store = folder.open().await;
    let vault = Vault::open(&store, keeper.source()).await.unwrap();
    keep(&store, &vault, "a").await;
    let other = folder.open().await;
    kept(&other, &vault, "a").await;
    Vault::give_up(&store).await.unwrap();
    assert_eq!(
        keeper.keeping().entries.len(),
        1,
        "the old key stays for old backups"
    );
    assert!(
        other
            .outputs()
            .read("1", Scope::Account("a"), "f", &vault)
            .await
            .unwrap()
            .is_none()
    );
    let generation = other.outputs().generation("1").await.unwrap();
    let outputs = NewOutputs {
        fingerprint: "f",
        json: b"{}",
        expires_at: None,
    };
    let stale = other
        .outputs()
        .write("1", Scope::Shared, outputs, generation, &vault)
        .await
        .unwrap_err();
    assert!(matches!(stale, StoreError::Vault(VaultError::Replaced)));
    let fresh = Vault::open(&store, FakeKeeper::default().source())
        .await
        .unwrap();
    keep(&store, &fresh, "b").await;
    kept(&store, &fresh, "b").await;
}

#[tokio::test]
async fn a_session_vault_writes_nothing_and_cannot_be_kept() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = Vault::open(&store, KeySource::Session).await.unwrap();
    assert_eq!(vault.kept_by(), KeptBy::Session);
    keep(&store, &vault, "a").await;
    kept(&store, &vault, "a").await;
    store
        .outputs()
        .clear("1", Cleared::Everything)
        .await
        .unwrap();
    assert!(dump(&folder).await.is_empty());
    for error in [
        vault.rotate(&store).await.unwrap_err(),
        vault
            .set_passphrase(&store, &SecretString::from("x"))
            .await
            .unwrap_err(),
        vault
            .keep_in_keyring(&store, &FakeKeeper::default().keyring())
            .await
            .unwrap_err(),
    ] {
        assert!(
            matches!(error, StoreError::Vault(VaultError::SessionOnly)),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_vault_seals_for_others_too() {
    let vault = Vault::session_only().unwrap();
    let place = Place {
        table: "elsewhere",
        row: &["1"],
        column: "c",
    };
    let sealed = vault.seal(place, b"text").unwrap();
    assert_eq!(
        vault.open_sealed(place, &sealed).unwrap().as_slice(),
        b"text"
    );
    let other = Place {
        column: "d",
        ..place
    };
    assert_eq!(
        vault.open_sealed(other, &sealed).unwrap_err().code(),
        "vault.broken"
    );
}
