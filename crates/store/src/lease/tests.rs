use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures::{FutureExt, poll};

use super::lease_name;
use crate::fixture::{Folder, WORK};
use crate::{Scope, Store};

/// Takes the lease often, and panics if someone else is inside.
async fn contend(store: Store, inside: Arc<AtomicBool>, times: usize, done: Arc<AtomicUsize>) {
    for _ in 0..times {
        let lease = store.session_leases().acquire("1", WORK).await.unwrap();
        assert!(!inside.swap(true, Ordering::SeqCst), "two hold the lease");
        tokio::task::yield_now().await;
        inside.store(false, Ordering::SeqCst);
        drop(lease);
        done.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f1_a_thousand_tasks_hold_the_lease_one_after_the_other() {
    let folder = Folder::new();
    let store = folder.open().await;
    let (inside, done) = (Arc::default(), Arc::<AtomicUsize>::default());
    let tasks: Vec<_> = (0..1_000)
        .map(|_| {
            let task = contend(store.clone(), Arc::clone(&inside), 1, Arc::clone(&done));
            tokio::spawn(task)
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(done.load(Ordering::SeqCst), 1_000);
}

/// Each opening of the folder is as another process to the system's lock. Every lease given back removes its file, so
/// the others meet files that go away between opening and locking.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f2_the_lease_is_one_holders_over_many_openings_of_the_folder() {
    let folder = Folder::new();
    let (inside, done) = (Arc::default(), Arc::<AtomicUsize>::default());
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let task = contend(
            folder.open().await,
            Arc::clone(&inside),
            250,
            Arc::clone(&done),
        );
        tasks.push(tokio::spawn(task));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(done.load(Ordering::SeqCst), 2_000);
}

#[tokio::test]
async fn f12_a_waiter_that_goes_away_costs_the_others_nothing() {
    let folder = Folder::new();
    let (ours, theirs) = (folder.open().await, folder.open().await);
    for holder in [&ours, &theirs] {
        let held = holder.session_leases().acquire("1", WORK).await.unwrap();
        let leases = ours.session_leases();
        let mut gone = Box::pin(leases.acquire("1", WORK));
        let mut patient = Box::pin(leases.acquire("1", WORK));
        assert!(poll!(&mut gone).is_pending());
        assert!(poll!(&mut patient).is_pending());
        drop(gone);
        assert!(poll!(&mut patient).is_pending());
        drop(held);
        if std::ptr::eq(holder, &raw const ours) {
            // Its turn comes with the release, not at the next look at the file.
            assert!(poll!(&mut patient).is_ready());
        } else {
            drop(patient.await.unwrap());
        }
    }
    assert_eq!(leases_there(&folder), 0);
}

#[tokio::test]
async fn sessions_do_not_wait_for_each_other() {
    let folder = Folder::new();
    let store = folder.open().await;
    let leases = store.session_leases();
    let sessions = [
        ("1", WORK),
        ("1", Scope::Account("home")),
        ("1", Scope::Shared),
        ("2", WORK),
    ];
    let mut held = Vec::new();
    for (connector, scope) in sessions {
        let lease = leases.acquire(connector, scope).now_or_never();
        held.push(lease.expect("it is free").unwrap());
    }
    for (connector, scope) in sessions {
        assert!(leases.acquire(connector, scope).now_or_never().is_none());
    }
    assert_eq!(leases_there(&folder), 4);
    drop(held);
    for (connector, scope) in sessions {
        assert!(leases.acquire(connector, scope).now_or_never().is_some());
    }
}

#[test]
fn names_are_apart_and_tell_nothing() {
    let names = [
        lease_name("acme", "shared"),
        lease_name("acmes", "hared"),
        lease_name("acme", "account:shared"),
    ];
    assert_ne!(names[0], names[1]);
    assert_ne!(names[0], names[2]);
    assert!(names.iter().all(|name| name.len() == 32 + ".lease".len()));
    assert!(!names.concat().contains("acme"));
}

#[tokio::test]
async fn what_was_leased_once_leaves_nothing_behind() {
    let folder = Folder::new();
    let store = folder.open().await;
    for number in 0..1_000 {
        let id = number.to_string();
        drop(store.session_leases().acquire(&id, WORK).await.unwrap());
    }
    assert_eq!(leases_there(&folder), 0);
    assert!(store.turns().remembered() <= 64);
}

#[tokio::test]
async fn the_first_lease_sweeps_away_what_killed_processes_left() {
    let folder = Folder::new();
    let theirs = folder.open().await;
    let held = theirs.session_leases().acquire("1", WORK).await.unwrap();
    let leases = folder.location().lease_folder();
    for number in 0..20 {
        std::fs::write(leases.join(format!("{number}.lease")), "").unwrap();
    }
    std::fs::write(leases.join("something else"), "").unwrap();

    let ours = folder.open().await;
    let other = ours.session_leases().acquire("2", WORK).await.unwrap();
    assert_eq!(leases_there(&folder), 3);
    assert!(leases.join("something else").exists());
    assert!(
        ours.session_leases()
            .acquire("1", WORK)
            .now_or_never()
            .is_none()
    );
    drop((held, other));
    assert_eq!(leases_there(&folder), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn z34_lock_files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let store = folder.open().await;
    let leases = folder.location().lease_folder();
    std::fs::create_dir(&leases).unwrap();
    std::fs::set_permissions(&leases, std::fs::Permissions::from_mode(0o755)).unwrap();
    let _held = store.session_leases().acquire("1", WORK).await.unwrap();
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(leases.clone()), 0o700);
    let file = leases.join(lease_name("1", "account:work"));
    assert_eq!(mode(file), 0o600);
}

fn leases_there(folder: &Folder) -> usize {
    std::fs::read_dir(folder.location().lease_folder())
        .unwrap()
        .count()
}
