//! Bytes where a sealed value should be: an error, never a panic, and never anything but what was sealed for that
//! very place (SAFETY Z33).

use std::sync::OnceLock;

use latchwork_store::{Place, Vault};

/// The bytes: as a sealed value, as what is sealed, and as a change to one.
pub fn run(data: &[u8]) {
    let here = Place {
        table: "outputs",
        row: &["acme", "account:1", "fingerprint"],
        column: "ciphertext",
    };
    assert!(vault().open_sealed(here, data).is_err());

    let vault = sealing_vault();
    let sealed = vault.seal(here, data).expect("a short text is sealed");
    let opened = vault
        .open_sealed(here, &sealed)
        .expect("it opens in its place");
    assert_eq!(opened.as_slice(), data);
    let row = String::from_utf8_lossy(data);
    let elsewhere = Place {
        row: &["acme", "account:1", &row],
        ..here
    };
    assert!(row == "fingerprint" || vault.open_sealed(elsewhere, &sealed).is_err());

    // The input says which bytes are changed, and how.
    let mut changed = sealed.clone();
    for (at, change) in data
        .chunks(2)
        .filter_map(|pair| Some((pair.first()?, pair.get(1)?)))
    {
        let at = usize::from(*at) % changed.len();
        changed[at] ^= change;
    }
    let unchanged = changed == sealed;
    assert_eq!(vault.open_sealed(here, &changed).is_ok(), unchanged);
    let length = data.first().map_or(0, |byte| usize::from(*byte)) % sealed.len();
    assert!(vault.open_sealed(here, &sealed[..length]).is_err());
}

/// A vault that seals nothing: whatever bytes there are, they are not its own.
pub(crate) fn vault() -> &'static Vault {
    static VAULT: OnceLock<Vault> = OnceLock::new();
    VAULT.get_or_init(new_vault)
}

/// The one that seals. A fuzzer sees what it compares, and gives it back.
fn sealing_vault() -> &'static Vault {
    static VAULT: OnceLock<Vault> = OnceLock::new();
    VAULT.get_or_init(new_vault)
}

fn new_vault() -> Vault {
    Vault::session_only().expect("the system gives random bytes")
}
