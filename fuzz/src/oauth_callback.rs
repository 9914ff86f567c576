//! An address that a browser came back with, a person pasted, or another program handed over: taken only where it is
//! the redirect address and has the state and nothing twice, and never taken a second time.

use latchwork_engine::fuzzing::oauth;
use url::Url;

use crate::input::text;

const REDIRECT_URI: &str = "http://127.0.0.1:4700/callback";
const STATE: &str = "fuzz-state-0123456789-0123456789-0123456789";

/// An address.
pub fn run(data: &[u8]) {
    let address = text(data);
    let ([first, second], heard) = oauth::callback_twice(&address, REDIRECT_URI, STATE);
    assert_eq!(first.is_ok(), heard, "who waits hears just what is taken");
    let Err(refusal) = second else {
        panic!("taken twice: {address}");
    };
    assert!(
        !refusal.to_string().contains(char::is_control),
        "{refusal:?}"
    );
    if first.is_err() {
        return;
    }
    let url = Url::parse(address.trim()).expect("what is taken is an address");
    assert_eq!(
        (url.scheme(), url.host_str(), url.port()),
        ("http", Some("127.0.0.1"), Some(4700))
    );
    let all = |name: &str| url.query_pairs().filter(|(other, _)| other == name).count();
    assert_eq!(all("state"), 1);
    assert!(all("code") + all("error") >= 1 && all("code") <= 1 && all("error") <= 1);
    assert!(
        url.query_pairs()
            .any(|(name, value)| name == "state" && value == STATE)
    );
}
