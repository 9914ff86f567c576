//! A redirect's `Location`: joined to the address that sent it, never with credentials or a fragment, and to
//! another origin nothing goes along (SAFETY Z24).
//!
//! The first line is the status, the second the address, all behind it is the `Location`.

use latchwork_engine::fuzzing::Sent;
use latchwork_engine::template::Scope;
use latchwork_model::{Body, Connector, ConnectorKind, Origin, Parameter, Request, TextBody};

use crate::input::{first_line_bytes, text};

/// A status, an address and a location.
pub fn run(data: &[u8]) {
    let (status, rest) = first_line_bytes(data);
    let (address, location) = first_line_bytes(rest);
    let Ok(status) = text(status).trim().parse() else {
        return;
    };
    let Some(sent) = sent(&text(address)) else {
        return;
    };
    let Ok(Some(next)) = sent.clone().redirected(status, location) else {
        return;
    };
    assert!((300..400).contains(&status), "{status} redirects");
    assert_eq!(next.url.username(), "", "{}", next.url);
    assert_eq!(next.url.password(), None, "{}", next.url);
    assert_eq!(next.url.fragment(), None, "{}", next.url);
    if Origin::of(&next.url) != Origin::of(&sent.url) {
        assert!(next.headers.is_empty(), "{:?}", next.headers);
        assert_eq!(next.body, None);
    }
    if next.body.is_some() {
        assert_eq!(next.method, sent.method, "a body of another request");
    }
}

/// A request with all that must not go astray.
fn sent(address: &str) -> Option<Sent> {
    let connector = Connector::new("Acme", ConnectorKind::Rest, address);
    let mut request = Request::new("POST", "");
    request.headers = vec![Parameter::new("Authorization", "Bearer canary")];
    request.body = Body::Text(TextBody {
        content_type: "text/plain".to_owned(),
        content: "canary".into(),
    });
    Sent::prepare(&connector, &request, &Scope::new()).ok()
}
