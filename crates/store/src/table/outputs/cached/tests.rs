use crate::CachedOutputs;
use crate::fixture::{Folder, WORK, session, sign_in, vault};

#[tokio::test]
async fn those_who_read_at_once_share_one_form_and_nobody_keeps_it_for_later() {
    let folder = Folder::new();
    let store = folder.open().await;
    let vault = vault(&store).await;
    let row = sign_in(&store, &vault, WORK, "17").await;
    let made = std::cell::Cell::new(0);
    let number = |row: &CachedOutputs| {
        row.in_form(|json| {
            made.set(made.get() + 1);
            std::str::from_utf8(json).ok()?.parse::<u8>().ok()
        })
    };
    let first = number(&row).unwrap();
    let again = session(&store, &vault, WORK).await.unwrap();
    assert_eq!((*first, number(&again), made.get()), (17, Some(first), 1));
    assert_eq!(number(&row).as_deref(), Some(&17));
    assert_eq!(made.get(), 2, "it was nobody's any more");
    // Another form is another's, and what cannot be made is not there.
    let text = row.in_form(|json| String::from_utf8(json.to_vec()).ok());
    assert_eq!(text.as_deref().map(String::as_str), Some("17"));
    assert_eq!(row.in_form(|_| None::<u16>), None);
}
