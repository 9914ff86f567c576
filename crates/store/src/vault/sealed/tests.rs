use proptest::prelude::*;

use super::{Place, SealedFault, associated_data, key_id, open, seal};
use crate::vault::key::Key;

fn place<'a>(table: &'a str, row: &'a [&'a str], column: &'a str) -> Place<'a> {
    Place { table, row, column }
}

proptest! {
    #[test]
    fn z33_what_is_sealed_opens_in_its_place_and_under_its_key_alone(
        plain in prop::collection::vec(any::<u8>(), 0..300),
        id in any::<u32>(),
        row in "\\PC{0,12}",
        other in "\\PC{0,12}",
    ) {
        let key = Key::random().unwrap();
        let parts = [row.as_str(), "second"];
        let sealed = seal(&key, id, place("outputs", &parts, "ciphertext"), &plain).unwrap();
        prop_assert_eq!(key_id(&sealed), Ok(id));
        let opened = open(&key, place("outputs", &parts, "ciphertext"), &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), plain.as_slice());

        let others = [other.as_str(), "second"];
        if other != row {
            prop_assert_eq!(open(&key, place("outputs", &others, "ciphertext"), &sealed), Err(SealedFault::Broken));
        }
        prop_assert!(open(&key, place("secret_variables", &parts, "ciphertext"), &sealed).is_err());
        prop_assert!(open(&key, place("outputs", &parts, "other"), &sealed).is_err());
        prop_assert!(open(&Key::random().unwrap(), place("outputs", &parts, "ciphertext"), &sealed).is_err());
    }

    #[test]
    fn z33_any_change_of_any_byte_is_noticed(
        plain in prop::collection::vec(any::<u8>(), 0..60),
        at in any::<prop::sample::Index>(),
        change in 1..=255_u8,
    ) {
        let key = Key::random().unwrap();
        let here = place("outputs", &["row"], "ciphertext");
        let mut sealed = seal(&key, 1, here, &plain).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= change;
        prop_assert!(open(&key, here, &sealed).is_err());
        sealed[at] ^= change;
        sealed.truncate(at);
        prop_assert!(open(&key, here, &sealed).is_err());
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let key = Key::random().unwrap();
        prop_assert!(open(&key, place("outputs", &["row"], "ciphertext"), &bytes).is_err());
    }
}

#[test]
fn z33_parts_of_a_place_cannot_be_shifted_into_each_other() {
    let all = [
        associated_data(1, place("ab", &["c"], "d")),
        associated_data(1, place("a", &["c"], "bd")),
        associated_data(1, place("ab", &["c", ""], "d")),
        associated_data(1, place("ab", &["", "c"], "d")),
        associated_data(2, place("ab", &["c"], "d")),
    ];
    for (index, one) in all.iter().enumerate() {
        assert!(!all[index + 1..].contains(one));
    }
}

#[test]
fn z33_each_seal_has_its_own_nonce() {
    let key = Key::random().unwrap();
    let here = place("outputs", &["row"], "ciphertext");
    assert_ne!(
        seal(&key, 1, here, b"same").unwrap(),
        seal(&key, 1, here, b"same").unwrap()
    );
}
