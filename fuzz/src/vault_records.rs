//! The vault's own records out of a database that anybody may have written, and what a keyring gave back: refused,
//! whatever they hold, and without work beyond bounds.
//!
//! The first line is what the keyring gave, the second the cost of the passphrase in three numbers (KiB of memory,
//! passes, lanes), the third the number of the data key; all behind it is the record.

use std::sync::OnceLock;

use latchwork_store::PassphraseCost;
use latchwork_store::fuzzing::{Records, open_by_keyring, open_by_passphrase, open_by_vault};
use secrecy::SecretString;
use tokio::runtime::Runtime;

use crate::input::{first_line_bytes, text};
use crate::sealed_value::vault;

/// What the keyring gave, a cost, a number and a record.
pub fn run(data: &[u8]) {
    let (kept, rest) = first_line_bytes(data);
    let (cost, rest) = first_line_bytes(rest);
    let (key_id, record) = first_line_bytes(rest);
    let records = Records {
        check_record: record,
        key_id: text(key_id).trim().parse().unwrap_or_default(),
        wrapped_key: record,
    };
    assert!(open_by_keyring(&text(kept), records).is_err());
    assert!(open_by_vault(vault(), records).is_err());

    let Some(cost) = read_cost(&text(cost)).filter(is_quick_or_refused) else {
        return;
    };
    let salt = record.get(..16).unwrap_or(record);
    let passphrase = SecretString::from("correct horse");
    let opened = runtime().block_on(open_by_passphrase(&passphrase, record, salt, cost));
    assert!(opened.is_err());
}

fn read_cost(line: &str) -> Option<PassphraseCost> {
    let mut numbers = line.split_whitespace().map(|number| number.parse().ok());
    Some(PassphraseCost {
        memory_kib: numbers.next()??,
        iterations: numbers.next()??,
        lanes: numbers.next()??,
    })
}

/// What is sane and slow would only make fuzzing slow.
fn is_quick_or_refused(cost: &PassphraseCost) -> bool {
    let quick = cost.memory_kib <= 256 && cost.iterations <= 2 && cost.lanes <= 4;
    quick || cost.memory_kib > 1024 * 1024 || cost.iterations > 64 || cost.lanes > 16
}

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime")
    })
}
