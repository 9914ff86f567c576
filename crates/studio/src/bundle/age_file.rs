//! A text sealed with a passphrase, as an age file (<https://age-encryption.org/v1>), and opened again. What a hostile
//! file asks for is bounded.

use std::io::Read as _;
use std::iter;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, scrypt};
use zeroize::Zeroizing;

use crate::error::StudioError;

/// The largest file that is read, and the most that comes out of one, in bytes.
pub(super) const LARGEST: u64 = 16 * 1024 * 1024;
/// The cost of the key, as scrypt's log₂ N: half a second and 128 MiB, which is what a guess costs too.
const WORK_FACTOR: u8 = 17;
/// The highest cost that is paid to open one: a hostile file asks for hours.
const MOST_WORK: u8 = 18;

/// Seals a text.
pub(super) fn seal(text: &[u8], passphrase: &str) -> Result<Vec<u8>, StudioError> {
    seal_at_cost(text, passphrase, WORK_FACTOR)
}

fn seal_at_cost(text: &[u8], passphrase: &str, work_factor: u8) -> Result<Vec<u8>, StudioError> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(work_factor);
    age::encrypt(&recipient, text).map_err(|error| StudioError::BundleInvalid {
        reason: error.to_string(),
    })
}

/// Opens a file.
pub(super) fn open(bundle: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, StudioError> {
    let invalid = |reason: &str| StudioError::BundleInvalid {
        reason: reason.to_owned(),
    };
    if bundle.len() as u64 > LARGEST {
        return Err(invalid("it is too large to be one"));
    }
    let decryptor = Decryptor::new(bundle).map_err(|_| invalid("this is no bundle"))?;
    if !decryptor.is_scrypt() {
        return Err(invalid("it is not sealed with a passphrase"));
    }
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    let reader = decryptor
        .decrypt(iter::once(&identity as &dyn age::Identity))
        .map_err(|error| match error {
            DecryptError::DecryptionFailed
            | DecryptError::KeyDecryptionFailed
            | DecryptError::NoMatchingKeys => StudioError::BundlePassphrase,
            DecryptError::ExcessiveWork { .. } => {
                invalid("its key costs more than any bundle's does")
            }
            _ => invalid("it is damaged"),
        })?;
    let mut text = Zeroizing::new(Vec::new());
    reader
        .take(LARGEST + 1)
        .read_to_end(&mut text)
        .map_err(|_| invalid("it is damaged"))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cheap to make, so that tests are quick; opened like any other.
    const CHEAP: u8 = 2;

    #[test]
    fn a_bundle_opens_with_its_passphrase_and_no_other() {
        let sealed = seal_at_cost(b"text", "right", CHEAP).unwrap();
        assert_eq!(&**open(&sealed, "right").unwrap(), b"text");
        for wrong in ["wrong", "", "Right", "right "] {
            assert!(
                matches!(open(&sealed, wrong), Err(StudioError::BundlePassphrase)),
                "{wrong}"
            );
        }
    }

    #[test]
    fn whatever_is_broken_or_foreign_is_refused_and_never_a_panic() {
        let sealed = seal_at_cost(&[b'x'; 2_000], "right", CHEAP).unwrap();
        let invalid =
            |bytes: &[u8]| matches!(open(bytes, "right"), Err(StudioError::BundleInvalid { .. }));
        assert!(invalid(b"") && invalid(b"{}") && invalid(b"age-encryption.org/v1\n"));
        for at in (0..sealed.len()).step_by(37) {
            let cut = &sealed[..at];
            assert!(invalid(cut), "cut at {at}");
        }
        for at in (0..sealed.len()).step_by(41) {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open(&changed, "right").is_err(), "changed at {at}");
        }
    }

    #[test]
    fn a_file_that_asks_for_more_work_than_any_bundle_is_refused_at_once() {
        let sealed = seal_at_cost(b"text", "right", CHEAP).unwrap();
        let stanza = String::from_utf8_lossy(&sealed)
            .lines()
            .nth(1)
            .unwrap()
            .to_owned();
        assert!(
            stanza.starts_with("-> scrypt ") && stanza.ends_with(" 2"),
            "{stanza}"
        );
        for costly in ["19", "30", "63", "255"] {
            let hostile = stanza.strip_suffix('2').unwrap().to_owned() + costly;
            let at = sealed
                .windows(stanza.len())
                .position(|window| window == stanza.as_bytes())
                .unwrap();
            let mut bytes = sealed[..at].to_vec();
            bytes.extend(hostile.as_bytes());
            bytes.extend(&sealed[at + stanza.len()..]);
            let refused = open(&bytes, "right");
            assert!(
                matches!(refused, Err(StudioError::BundleInvalid { .. })),
                "{costly}"
            );
        }
    }
}
