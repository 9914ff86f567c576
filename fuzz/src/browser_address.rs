//! An address for the system's browser: http or https, parsed and written again, nothing that a shell or another
//! program could take for something else (SAFETY Z7).

use latchwork_studio::browser_address;
use url::Url;

use crate::input::text;

/// The address.
pub fn run(data: &[u8]) {
    let Ok(address) = browser_address(&text(data)) else {
        return;
    };
    assert!(
        address.starts_with("http://") || address.starts_with("https://"),
        "{address:?}"
    );
    assert!(
        address.bytes().all(|byte| byte.is_ascii_graphic()),
        "{address:?}"
    );
    assert!(!address.contains(['"', '<', '>']), "{address:?}");
    let url = Url::parse(&address).expect("what was written is an address");
    let host = url.host_str().expect("a host");
    assert!(
        !host.contains(['`', '$', '(', ';', '&', '\'', '%']),
        "{host:?}"
    );
    assert!(
        url.username().is_empty() && url.password().is_none(),
        "{address:?}"
    );
    assert_eq!(browser_address(&address).as_deref(), Ok(&*address));
}
