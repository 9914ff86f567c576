use super::LeaseFile;
use crate::files;

#[test]
fn f2_a_file_that_its_holder_removed_meanwhile_is_no_lease() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.lease");
    let held = LeaseFile::try_take(&path).unwrap().unwrap();
    let opened_too_early = files::open_private(&path).unwrap();
    drop(held);
    let again = LeaseFile::try_take(&path).unwrap();
    assert!(again.is_some());
    assert!(LeaseFile::lock(opened_too_early, &path).unwrap().is_none());
    // Which did not take the file away from its holder either.
    assert!(LeaseFile::try_take(&path).unwrap().is_none());
    drop(again);
    assert!(LeaseFile::try_take(&path).unwrap().is_some());
}

#[test]
fn a_lease_that_was_deleted_by_hand_leaves_the_next_ones_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.lease");
    let first = LeaseFile::try_take(&path).unwrap().unwrap();
    std::fs::remove_file(&path).unwrap();
    let second = LeaseFile::try_take(&path).unwrap().unwrap();
    drop(first);
    assert!(LeaseFile::try_take(&path).unwrap().is_none());
    drop(second);
}
